"""The store on an SQL database: SQLite on one machine, PostgreSQL beyond.

Owns what is asked of the store and in which transaction it is answered. Rows become values in `rows`, changes are
carried out in `transaction`, forgetting is in `retention`; connections and their failures are the `database`'s.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Select, case, delete, func, or_, select, update

from feedbuilder.model import (
    ArchivePage,
    ArticleNote,
    ArticleVisit,
    Known,
    Run,
    Sight,
    Source,
    SourceState,
    StoredItem,
    TagFeed,
    TagUse,
)
from feedbuilder.model.wording import tag_key
from feedbuilder.store import article_rows, tag_rows
from feedbuilder.store.database import Database, connect
from feedbuilder.store.feed_queries import chosen, coming_from, newest_first, oldest_first, tagged
from feedbuilder.store.migrate import bring_up
from feedbuilder.store.recovery import await_readings, fill
from feedbuilder.store.retention import forget
from feedbuilder.store.rows import RowReader, chunks, entries, new_source_row, run_of, state_of
from feedbuilder.store.tables import (
    archive_pages,
    articles,
    feeds,
    identities,
    items,
    runs,
    source_tags,
    sources,
    statements,
    tag_feeds,
)
from feedbuilder.store.transaction import SqlTransaction
from feedbuilder.store.upsert import put

BATCH = 100
"""How many entries `newest` holds in memory at a time."""


@dataclass(frozen=True, slots=True)
class SourceCount:
    """How much is remembered of a source."""

    items: int
    """Items that it has listed and that are still remembered."""
    listed: int
    """Those among them that its page showed when it was last read."""


def open_store(place: Path | str) -> SqlStore:
    """Return the store at `place`: the path of an SQLite file, or an SQLAlchemy URL (SQLite, PostgreSQL).

    A store that is not there is made, its folder too; an older one is brought up to date. Raises StoreError if that
    cannot be done, and for a store that a newer feedbuilder has written.
    """
    database = connect(place)
    try:
        bring_up(database)
    except BaseException:
        database.close()
        raise
    return SqlStore(database)


class SqlStore:
    """What is remembered; see `pipeline.Store`. Safe to call from several threads and beside other processes.

    All datetimes in and out are aware, those that come out in UTC. Every method raises StoreError where the database
    fails, and leaves the store as it was then.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading a source and remembering it

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        """Open a transaction that is alone in writing: committed when the block ends, undone when it raises.

        The block may read from the store beside it, and sees what was there before; another one within it would wait
        for ever.
        """
        with self._database.writing() as connection:
            yield SqlTransaction(connection, self._database.speech)

    def state(self, source: str) -> SourceState:
        """Return what is known of the source with this id; an empty state if nothing is."""
        with self._database.reading() as connection:
            row = connection.execute(select(sources).where(sources.c.id == source)).one_or_none()
        return SourceState(source) if row is None else state_of(row)

    def states(self) -> dict[str, SourceState]:
        """Return what is known of every source there ever was, by id."""
        with self._database.reading() as connection:
            return {row.id: state_of(row) for row in connection.execute(select(sources).order_by(sources.c.id))}

    def runs(self, source: str | None, limit: int) -> list[Run]:
        """Return the last `limit` runs of `source`, of all sources for None, the last one first."""
        query = select(runs).order_by(runs.c.id.desc()).limit(limit)
        if source is not None:
            query = query.where(runs.c.source == source)
        with self._database.reading() as connection:
            return [run_of(row) for row in connection.execute(query)]

    def request(self, ids: Iterable[str], now: datetime, *, force: bool = False) -> None:
        """Ask whoever runs on this store to read these sources soon; with `force`, even where they back off."""
        asked: dict[str, Any] = {"requested": now} | ({"blocked_until": None} if force else {})
        with self._database.writing() as connection:
            for chunk in chunks(ids):
                put(connection, self._database.speech, sources, [new_source_row(one) for one in chunk], ())
                connection.execute(update(sources).where(sources.c.id.in_(chunk)).values(asked))

    def requested(self) -> set[str]:
        """Return the ids of the sources that were asked for and not read since."""
        with self._database.reading() as connection:
            return set(connection.execute(select(sources.c.id).where(sources.c.requested.is_not(None))).scalars())

    def sync_sources(self, configured: Sequence[Source], now: datetime) -> None:
        """Take over from the configuration what the sources are called, their tags, and which ones there are.

        Sources that are there no longer keep their tags and items, and are noted as removed since `now`.
        """
        rows = [
            new_source_row(one.id)
            | {"url": one.url, "title": one.title, "zone": one.timezone.key if one.timezone else None}
            for one in configured
        ]
        tags = [
            {"source": one.id, "key": key, "name": name}
            for one in configured
            for key, name in {tag_key(tag): tag for tag in reversed(one.tags)}.items()
            if key
        ]
        with self._database.writing() as connection:
            speech = self._database.speech
            configured_before = update(sources).where(sources.c.removed.is_(None))
            connection.execute(configured_before.values(removed=now))
            put(connection, speech, sources, rows, ("url", "title", "zone", "removed"))
            connection.execute(update(sources).where(sources.c.removed.is_not(None)).values(requested=None))
            present = select(sources.c.id).where(sources.c.removed.is_(None))
            connection.execute(delete(source_tags).where(source_tags.c.source.in_(present)))
            put(connection, speech, source_tags, tags, ())
            await_readings(connection, speech, [one.id for one in configured])

    def explain(self, source: str, origin: Mapping[str, Any]) -> None:
        """Keep `origin`, a JSON object that says why this source reads its list, in place of what was kept before."""
        row = new_source_row(source) | {"origin": dict(origin)}
        with self._database.writing() as connection:
            put(connection, self._database.speech, sources, [row], ("origin",))

    def explanation(self, source: str) -> dict[str, Any] | None:
        """Return what `explain` has kept for this source; None for one that nobody explained."""
        with self._database.reading() as connection:
            return connection.execute(select(sources.c.origin).where(sources.c.id == source)).scalar_one_or_none()

    # Articles' own pages

    def article_notes(self, ids: Iterable[str]) -> dict[str, ArticleNote]:
        """Return how reading the pages of these items went, by id; those that were never to be read are absent."""
        with self._database.reading() as connection:
            return {item: note for chunk in chunks(ids) for item, note in article_rows.notes(connection, chunk).items()}

    def visits(self, source: str, now: datetime, limit: int) -> list[ArticleVisit]:
        """Return at most `limit` article pages of `source` that are to be read at `now`, the newest items' first."""
        with self._database.reading() as connection:
            return article_rows.due(connection, source, now, limit)

    def next_visit(self, source: str) -> datetime | None:
        """Return when the next article page of `source` is to be read, None if none is."""
        with self._database.reading() as connection:
            return article_rows.next_due(connection, source)

    def release(self, now: datetime | None) -> int:
        """Let the items into the feeds that have waited for their own page until `now`, all of them for None.

        Return how many those are. Their pages are still to be read.
        """
        with self._database.reading() as connection:  # most often there are none, and then nothing is written
            if not article_rows.any_waited(connection, now):
                return 0
        with self._database.writing() as connection:
            return article_rows.release(connection, now)

    # Feeds

    def newest(self, *, tags: frozenset[str], sources: frozenset[str]) -> Iterator[StoredItem]:
        """Yield the items first seen last, first; of one moment, the one published last first.

        What shares both dates comes as it stood on its page, then by id.

        `tags` are tag keys: items must carry one of them, their own or, as configured today, their sources'.
        `sources` are ids: items must come from one of them. An empty set admits all. Items that wait for their own page
        are left out (see `release`). The store is read in batches, as
        it was when the first item was asked for, whatever is written meanwhile.
        """
        return self._chosen(newest_first(_released()), tags, sources)

    def between(
        self, after: Sight | None, until: Sight | None, *, tags: frozenset[str], sources: frozenset[str]
    ) -> Iterator[StoredItem]:
        """Yield the items after `after`, up to and with `until`, in the order of `Sight`: the reverse of `newest`.

        None: from the first on, and to the last. Otherwise as `newest`.
        """
        return self._chosen(oldest_first(_released(), after, until), tags, sources)

    def changed(self, since: datetime, *, tags: frozenset[str], sources: frozenset[str]) -> Iterator[StoredItem]:
        """Yield, in any order, the items of which the entry became another at `since` or later."""
        return self._chosen(_released().where(or_(items.c.changed >= since, articles.c.read >= since)), tags, sources)

    def _chosen(self, query: Select[Any], tags: frozenset[str], sources: frozenset[str]) -> Iterator[StoredItem]:
        with self._database.reading() as connection:
            if tags:
                query = chosen(connection, query, tagged(tags))
            if sources:
                query = chosen(connection, query, coming_from(sources))
            reader = RowReader(connection)
            with connection.execution_options(yield_per=BATCH).execute(query) as result:
                for rows in result.partitions():
                    yield from reader.stored_items(rows)

    def archive_pages(self, slug: str) -> tuple[ArchivePage, ...]:
        """Return the pages of that feed's history, the oldest first; none for one that has no history yet."""
        query = select(archive_pages).where(archive_pages.c.slug == slug).order_by(archive_pages.c.number)
        with self._database.reading() as connection:
            return tuple(
                ArchivePage(row.name, Sight(row.first_seen, row.published, row.height, row.item))
                for row in connection.execute(query)
            )

    def add_archive_pages(self, slug: str, pages: Sequence[ArchivePage]) -> None:
        """Remember `pages` after those that are; they outlive retention and changes of the configuration."""
        count = select(func.count()).select_from(archive_pages).where(archive_pages.c.slug == slug)
        with self._database.writing() as connection:
            first = connection.execute(count).scalar_one()
            rows = [
                {
                    "slug": slug,
                    "number": number,
                    "name": page.name,
                    "first_seen": page.last.first_seen,
                    "published": page.last.published,
                    "height": page.last.height,
                    "item": page.last.id,
                }
                for number, page in enumerate(pages, start=first)
            ]
            put(connection, self._database.speech, archive_pages, rows)

    def announce(self, ids: Iterable[str]) -> None:
        """Note that these items stand in published feeds: from now on their dates are fixed."""
        fresh: list[str] = []
        with self._database.reading() as connection:  # most often there are none, and then nothing is written
            for chunk in chunks(ids):
                query = select(identities.c.id).where(identities.c.id.in_(chunk), ~identities.c.announced)
                fresh += connection.execute(query).scalars()
        if fresh:
            with self._database.writing() as connection:
                for chunk in chunks(fresh):
                    connection.execute(update(identities).where(identities.c.id.in_(chunk)).values(announced=True))

    def tag_uses(self) -> list[TagUse]:
        """Return how often each tag is there in each of its spellings; in no order that matters."""
        with self._database.reading() as connection:
            return tag_rows.uses(connection)

    def tag_items(self, keys: frozenset[str], sources: frozenset[str]) -> dict[str, int]:
        """Return how many items carry each of the tags with these keys, their own or their source's; 0 may be absent.

        Of those only that come from one of `sources` (ids; none: from any), and do not wait for their own page.
        """
        with self._database.reading() as connection:
            return tag_rows.count(connection, keys, sources)

    def tag_feeds(self) -> list[TagFeed]:
        """Return the addresses that tags were ever given, sorted by slug."""
        with self._database.reading() as connection:
            return tag_rows.known_feeds(connection)

    def remember_tag_feeds(self, given: Sequence[TagFeed]) -> None:
        """Remember that these addresses were given; those that are known stay as they are."""
        if given:
            with self._database.writing() as connection:
                tag_rows.remember_feeds(connection, self._database.speech, given)

    def register_feeds(self, slugs: Iterable[str], now: datetime) -> Mapping[str, datetime]:
        """Return since when each of these feeds exists; the unknown ones since `now`, which is remembered."""
        wanted, known = list(slugs), self.feeds()
        missing = [{"slug": slug, "created": now} for slug in dict.fromkeys(wanted) if slug not in known]
        if missing:
            with self._database.writing() as connection:
                put(connection, self._database.speech, feeds, missing, ())
            known = self.feeds()
        return {slug: known[slug] for slug in wanted}

    def feeds(self) -> dict[str, datetime]:
        """Return since when each feed exists, by slug; also of those that are in the configuration no longer."""
        with self._database.reading() as connection:
            return {row.slug: row.created for row in connection.execute(select(feeds).order_by(feeds.c.slug))}

    def forget_feeds(self, slugs: Iterable[str]) -> None:
        """Forget that these feeds ever were, and the tags whose addresses they are; unknown ones are passed over."""
        with self._database.writing() as connection:
            for chunk in chunks(slugs):
                connection.execute(delete(feeds).where(feeds.c.slug.in_(chunk)))
                connection.execute(delete(tag_feeds).where(tag_feeds.c.slug.in_(chunk)))
                connection.execute(delete(archive_pages).where(archive_pages.c.slug.in_(chunk)))

    # Looking, forgetting, recovering

    def items(
        self, *, source: str | None = None, tag: str | None = None, search: str | None = None, limit: int = 50
    ) -> list[StoredItem]:
        """Return at most `limit` items, newest first (see `newest`): of one source, with one tag, or with some words.

        `search` is looked for in title, summary and link, in any case of any script.
        """
        with self._database.reading() as connection:
            query = newest_first(entries()).limit(limit)
            if source is not None:
                query = chosen(connection, query, coming_from({source}))
            if tag is not None:
                query = chosen(connection, query, tagged({tag_key(tag)}))
            if search is not None:
                query = query.where(items.c.folded.contains(search.casefold(), autoescape=True))
            return RowReader(connection).stored_items(connection.execute(query).all())

    def counts(self) -> dict[str, SourceCount]:
        """Return how much is remembered of each source, by id; sources without items are absent."""
        listed = func.sum(case((statements.c.listed, 1), else_=0)).label("listed")
        query = select(statements.c.source, func.count().label("items"), listed).group_by(statements.c.source)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(statements.c.source))
            return {row.source: SourceCount(row.items, row.listed) for row in rows}

    def prune(self, now: datetime, *, keep_age: timedelta, keep_items: int, shown: Collection[str]) -> int:
        """Forget old items, and return how many; see `retention.forget` for what always stays."""
        with self._database.writing() as connection:
            return forget(connection, now, keep_age=keep_age, keep_items=keep_items, shown=shown)

    def is_empty(self) -> bool:
        """Return whether no item was ever remembered."""
        with self._database.reading() as connection:
            return connection.execute(select(identities.c.id).limit(1)).first() is None

    def seed(self, known: Iterable[Known], now: datetime) -> int:
        """Fill an empty store with what published feeds knew; return how many items that are, 0 if it is not empty."""
        with self._database.writing() as connection:
            if connection.execute(select(identities.c.id).limit(1)).first() is not None:
                return 0
            return fill(connection, self._database.speech, known, now)

    def close(self) -> None:
        """Close all connections; the store cannot be used after."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _released() -> Select[Any]:
    """Return the query of the entries that do not wait for their own page."""
    return entries().where(articles.c.held_until.is_(None))
