"""What the store answers about feeds: which entries they ask for, their archives, their tags and addresses.

Owns these questions and in which transaction each is answered; the queries themselves are in `feed_queries` and
`tag_rows`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update

from feedbuilder.model import (
    ArchivePage,
    Outline,
    Sight,
    StoredItem,
    TagFeed,
    TagUse,
)
from feedbuilder.store import feed_entries, tag_rows
from feedbuilder.store.database import Database
from feedbuilder.store.feed_entries import BATCH
from feedbuilder.store.feed_queries import chosen, coming_from, oldest_first, released, tagged
from feedbuilder.store.one_of import one_of
from feedbuilder.store.ready import Ready
from feedbuilder.store.rows import RowReader, chunks
from feedbuilder.store.tables import (
    archive_pages,
    feeds,
    identities,
    printed,
    tag_feeds,
)
from feedbuilder.store.upsert import put

# Made once: to build a statement takes longer than to run it.
_ANNOUNCED = Ready(
    update(identities).where(one_of(identities.c.id, "ids"), ~identities.c.announced).values(announced=True)
)


class FeedMemory:
    """The part of `SqlStore` that knows feeds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self, *, tags: frozenset[str], sources: frozenset[str]) -> Iterator[StoredItem]:
        """See `Store.newest`."""
        with self._database.reading() as connection:
            reader = RowReader(connection)
            for rows in feed_entries.newest(connection, _asked(tags, sources), whole=True):
                yield from reader.stored_items(rows)

    def outlines(self, *, tags: frozenset[str], sources: frozenset[str]) -> Iterator[Outline]:
        """See `Store.outlines`."""
        with self._database.reading() as connection:
            reader = RowReader(connection)
            for rows in feed_entries.newest(connection, _asked(tags, sources), whole=False):
                yield from reader.outlines(rows)

    def between(
        self, after: Sight | None, until: Sight | None, *, tags: frozenset[str], sources: frozenset[str]
    ) -> Iterator[StoredItem]:
        """See `Archives.between`."""
        query = oldest_first(released(), after, until)
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
        """See `Archives.archive_pages`."""
        query = select(archive_pages).where(archive_pages.c.slug == slug).order_by(archive_pages.c.number)
        with self._database.reading() as connection:
            return tuple(
                ArchivePage(row.name, Sight(row.first_seen, row.published, row.height, row.item))
                for row in connection.execute(query)
            )

    def add_archive_pages(self, slug: str, pages: Sequence[ArchivePage]) -> None:
        """See `Archives.add_archive_pages`."""
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
            put(connection, self._database.dialect, archive_pages, rows)

    def announce(self, ids: Iterable[str]) -> None:
        """See `Archives.announce`."""
        wanted = list(ids)
        if wanted:
            with self._database.quickly_writing() as connection:
                _ANNOUNCED.run(connection, {"ids": wanted})

    def tag_uses(self, keys: frozenset[str] | None = None) -> list[TagUse]:
        """See `Store.tag_uses`."""
        with self._database.reading() as connection:
            return tag_rows.uses(connection, keys)

    def tag_items(self, keys: frozenset[str], sources: frozenset[str]) -> dict[str, int]:
        """See `Store.tag_items`."""
        with self._database.reading() as connection:
            return tag_rows.count(connection, keys, sources)

    def tag_feeds(self) -> list[TagFeed]:
        """See `Store.tag_feeds`."""
        with self._database.reading() as connection:
            return tag_rows.known_feeds(connection)

    def remember_tag_feeds(self, addresses: Sequence[TagFeed]) -> None:
        """See `Store.remember_tag_feeds`."""
        if addresses:
            with self._database.writing() as connection:
                tag_rows.remember_feeds(connection, self._database.dialect, addresses)

    def register_feeds(self, slugs: Iterable[str], now: datetime) -> Mapping[str, datetime]:
        """See `Store.register_feeds`."""
        wanted, known = list(slugs), self.feeds()
        missing = [{"slug": slug, "created": now} for slug in dict.fromkeys(wanted) if slug not in known]
        if missing:
            with self._database.writing() as connection:
                put(connection, self._database.dialect, feeds, missing, ())
            known = self.feeds()
        return {slug: known[slug] for slug in wanted}

    def feeds(self) -> dict[str, datetime]:
        """See `Store.feeds`."""
        with self._database.reading() as connection:
            return {row.slug: row.created for row in connection.execute(select(feeds).order_by(feeds.c.slug))}

    def forget_feeds(self, slugs: Iterable[str]) -> None:
        """Forget that these feeds ever were, and the tags whose addresses they are; unknown ones are passed over."""
        with self._database.writing() as connection:
            for chunk in chunks(slugs):
                connection.execute(delete(feeds).where(feeds.c.slug.in_(chunk)))
                connection.execute(delete(tag_feeds).where(tag_feeds.c.slug.in_(chunk)))
                connection.execute(delete(archive_pages).where(archive_pages.c.slug.in_(chunk)))
                connection.execute(delete(printed).where(printed.c.slug.in_(chunk)))


def _asked(tags: frozenset[str], sources: frozenset[str]) -> Mapping[str, Sequence[str]]:
    given = {"tags": sorted(tags), "sources": sorted(sources)}
    return {name: values for name, values in given.items() if values}
