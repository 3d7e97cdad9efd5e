"""What the store answers about sources and the article pages that are read for them.

Owns these questions and in which transaction each is answered; what one reading writes is `transaction`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Text, bindparam, cast, delete, func, select, type_coerce, update

from feedbuilder.model import (
    AddressRule,
    ArticleNote,
    ArticleVisit,
    Edition,
    HealthEvent,
    KeptKind,
    KeptPage,
    ListMemory,
    ResponseTimes,
    Run,
    Source,
    SourceState,
)
from feedbuilder.model.queue_state import QueueState
from feedbuilder.model.wording import tag_key
from feedbuilder.store import (
    address_rows,
    article_rows,
    card_rows,
    edition_rows,
    health_rows,
    kept_rows,
    list_rows,
    listed_rows,
)
from feedbuilder.store.database import Database
from feedbuilder.store.queue_rows import queue_state
from feedbuilder.store.ready import Ready
from feedbuilder.store.recovery import await_readings
from feedbuilder.store.rows import chunks, new_source_row, run_of, state_of
from feedbuilder.store.tables import arrivals, kept_cards, kept_pages, list_memories, runs, source_tags, sources
from feedbuilder.store.upsert import put

if TYPE_CHECKING:
    from feedbuilder.store.transaction import SqlTransaction

_STATE = select(sources).where(sources.c.id == bindparam("of"))
_KNOWN = Ready(
    select(sources, *list_rows.COLUMNS)
    .outerjoin(list_memories, list_memories.c.source == sources.c.id)
    .where(sources.c.id == bindparam("of"))
)


class SourceMemory:
    """The part of `SqlStore` that knows sources."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        """See `Store.transaction`."""
        from feedbuilder.store.transaction import SqlTransaction  # noqa: PLC0415 - who only looks writes no reading

        with self._database.writing() as connection:
            yield SqlTransaction(connection, self._database.dialect)

    def state(self, source: str) -> SourceState:
        """See `Store.state`."""
        with self._database.reading() as connection:
            row = connection.execute(_STATE, {"of": source}).one_or_none()
        return SourceState(source) if row is None else state_of(row)

    def state_and_list(self, source: str) -> tuple[SourceState, ListMemory]:
        """See `Store.state_and_list`."""
        with self._database.quickly_looking() as connection:
            row = next(iter(_KNOWN.rows(connection, {"of": source})), None)
        if row is None:
            return SourceState(source), ListMemory()
        return state_of(row), ListMemory() if row.settings is None else list_rows.memory_in(row)

    def list_memory(self, source: str) -> ListMemory:
        """See `Store.list_memory`."""
        with self._database.reading() as connection:
            return list_rows.memory_of(connection, source)

    def list_memories(self, of: Collection[str] | None = None) -> dict[str, ListMemory]:
        """Return what is remembered of the lists `of` these sources, of all for None; absent are those never read."""
        with self._database.reading() as connection:
            return list_rows.memories(connection, of)

    def edition(self, source: str) -> Edition | None:
        """See `Store.edition`."""
        with self._database.looking() as connection:
            return edition_rows.edition_of(connection, source)

    def kept_pages(self, source: str) -> dict[KeptKind, KeptPage]:
        """Return the pages of `source` that are kept to be looked into, by their kind."""
        with self._database.reading() as connection:
            return kept_rows.pages_of(connection, source)

    def kept_moments(self, source: str) -> dict[KeptKind, datetime]:
        """See `Store.kept_moments`."""
        with self._database.reading() as connection:
            return kept_rows.moments_of(connection, source)

    def kept_cards(self, source: str) -> bytes | None:
        """See `Store.kept_cards`."""
        with self._database.looking() as connection:
            return card_rows.cards_of(connection, source)

    def states(self) -> dict[str, SourceState]:
        """Return what is known of every source there ever was, by id."""
        with self._database.reading() as connection:
            return {row.id: state_of(row) for row in connection.execute(select(sources).order_by(sources.c.id))}

    def queue_state(self) -> QueueState | None:
        """Return how the queue of several processes does; None where there is none."""
        if self._database.engine.dialect.name != "postgresql":
            return None
        with self._database.reading() as connection:
            return queue_state(connection)

    def read_since(self, moment: datetime | None) -> list[SourceState]:
        """Return what is known of the sources that were read since `moment`, of all that were ever for None."""
        query = select(sources).where(sources.c.last_run.is_not(None))
        if moment is not None:
            query = query.where(sources.c.last_run >= moment)
        with self._database.reading() as connection:
            return [state_of(row) for row in connection.execute(query)]

    def runs(self, source: str | None, limit: int) -> list[Run]:
        """Return the last `limit` runs of `source`, of all sources for None, the last one first."""
        query = select(runs).order_by(runs.c.id.desc()).limit(limit)
        if source is not None:
            query = query.where(runs.c.source == source)
        with self._database.reading() as connection:
            return [run_of(row) for row in connection.execute(query)]

    def response_times(self, since: datetime) -> dict[str, ResponseTimes]:
        """Return how long each site took to send its page in the readings since then; absent where none did."""
        took = type_coerce(runs.c.response, BigInteger)
        query = select(runs.c.source, func.sum(took), func.count(took), func.max(took)).group_by(runs.c.source)
        with self._database.reading() as connection:
            rows = connection.execute(query.where(runs.c.response.is_not(None), runs.c.started >= since)).all()
        microsecond = timedelta(microseconds=1)
        return {
            source: ResponseTimes(int(total) // count * microsecond, int(longest) * microsecond)
            for source, total, count, longest in rows
        }

    def health_events(self, limit: int) -> list[tuple[int, HealthEvent]]:
        """Return the last `limit` events of all sources with their numbers, which only rise; the last one first."""
        with self._database.reading() as connection:
            return health_rows.newest(connection, limit)

    def meet_alerted(self, addresses: Collection[str]) -> None:
        """Note of addresses (hashes) that were sent nothing yet that they are sent what is told from now on."""
        if addresses:
            with self._database.writing() as connection:
                health_rows.meet(connection, self._database.dialect, addresses)

    def alerted(self, address: str) -> int:
        """Return the number of the last event that was sent to this address (a hash), 0 for none."""
        with self._database.reading() as connection:
            return health_rows.sent(connection, address)

    def remember_alerted(self, address: str, event: int) -> None:
        """Note that all events up to the one with the number `event` were sent to this address (a hash)."""
        with self._database.writing() as connection:
            health_rows.remember_sent(connection, self._database.dialect, address, event)

    def news_per_day(self, now: datetime, days: int) -> dict[str, tuple[int, ...]]:
        """Return how many items were first seen on each of the last `days` days of UTC, today's last, by source.

        Sources that brought nothing are absent.
        """
        first = (now.astimezone(UTC) - timedelta(days=days - 1)).replace(hour=0, minute=0, second=0, microsecond=0)
        places = {f"{first + timedelta(days=place):%Y-%m-%d}": place for place in range(days)}
        # As text a moment begins with its day, in UTC, in both databases.
        day = func.substr(cast(arrivals.c.first_seen, Text), 1, 10).label("day")
        query = (
            select(sources.c.id, day, func.count().label("items"))
            .join(arrivals, arrivals.c.source == sources.c.id)
            .where(arrivals.c.first_seen >= first)
            .group_by(sources.c.id, day)
        )
        counts: dict[str, list[int]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(query):
                if row.day in places:
                    counts.setdefault(row.id, [0] * days)[places[row.day]] = row.items
        return {source: tuple(of_days) for source, of_days in counts.items()}

    def request(self, ids: Iterable[str], now: datetime, *, force: bool = False) -> None:
        """Ask whoever runs on this store to read these sources soon; with `force`, even where they back off."""
        asked: dict[str, Any] = {"requested": now} | ({"blocked_until": None} if force else {})
        with self._database.writing() as connection:
            for chunk in chunks(ids):
                put(connection, self._database.dialect, sources, [new_source_row(one) for one in chunk], ())
                connection.execute(update(sources).where(sources.c.id.in_(chunk)).values(asked))

    def requested(self) -> dict[str, datetime]:
        """Return when the sources were asked for that were asked for and not read since, by id."""
        query = select(sources.c.id, sources.c.requested).where(sources.c.requested.is_not(None))
        with self._database.reading() as connection:
            return {row.id: row.requested for row in connection.execute(query)}

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
            dialect = self._database.dialect
            configured_before = update(sources).where(sources.c.removed.is_(None))
            connection.execute(configured_before.values(removed=now))
            put(connection, dialect, sources, rows, ("url", "title", "zone", "removed"))
            connection.execute(update(sources).where(sources.c.removed.is_not(None)).values(requested=None))
            listed_rows.note_gone(connection, now)
            present = select(sources.c.id).where(sources.c.removed.is_(None))
            connection.execute(delete(source_tags).where(source_tags.c.source.in_(present)))
            for kept in (kept_pages, kept_cards):
                connection.execute(delete(kept).where(kept.c.source.not_in(present)))
            put(connection, dialect, source_tags, tags, ())
            await_readings(connection, dialect, [one.id for one in configured])

    def explain(self, source: str, origin: Mapping[str, Any]) -> None:
        """Keep `origin`, a JSON object that says why this source reads its list, in place of what was kept before."""
        row = new_source_row(source) | {"origin": dict(origin)}
        with self._database.writing() as connection:
            put(connection, self._database.dialect, sources, [row], ("origin",))

    def explanation(self, source: str) -> dict[str, Any] | None:
        """Return what `explain` has kept for this source; None for one that nobody explained."""
        with self._database.reading() as connection:
            return connection.execute(select(sources.c.origin).where(sources.c.id == source)).scalar_one_or_none()

    def address_rules(self) -> dict[str, tuple[AddressRule, ...]]:
        """Return what each source has learnt about its addresses, by source; absent are those that learnt nothing."""
        with self._database.reading() as connection:
            return address_rows.all_rules(connection)

    def forget_address_rules(self, source: str) -> int:
        """Forget what this source has learnt about its addresses; return how many rules that were.

        Addresses that are known as those of its stories stay so: what was published once never comes again.
        """
        with self._database.writing() as connection:
            return address_rows.forget_rules(connection, source)

    def article_notes(self, ids: Iterable[str]) -> dict[str, ArticleNote]:
        """Return how reading the pages of these items went, by id; those that were never to be read are absent."""
        with self._database.reading() as connection:
            return article_rows.notes(connection, list(ids))

    def titles_of_articles(self, source: str, limit: int) -> list[tuple[str, str]]:
        """Return what the list of `source` calls articles, and what their own pages do, of the `limit` read last."""
        with self._database.reading() as connection:
            return article_rows.titles(connection, source, limit)

    def visits(self, source: str, now: datetime, limit: int) -> list[ArticleVisit]:
        """Return at most `limit` article pages of `source` that are to be read at `now`, the newest items' first."""
        with self._database.looking() as connection:
            return article_rows.due(connection, source, now, limit)

    def next_visits(self) -> dict[str, datetime]:
        """Return when the next article page of each source is to be read, by source; absent are those without any."""
        with self._database.reading() as connection:
            return article_rows.all_next_due(connection)

    def next_visit(self, source: str) -> datetime | None:
        """Return when the next article page of `source` is to be read, None if none is."""
        with self._database.reading() as connection:
            return article_rows.next_due(connection, source)

    def release(self, now: datetime | None, patient: Collection[str] = ()) -> int:
        """See `Store.release`."""
        with self._database.quickly_looking() as connection:  # mostly there are none, and then nothing is written
            if not article_rows.any_waited(connection, now, patient):
                return 0
        with self._database.writing() as connection:
            return article_rows.release(connection, now, patient)

    def waiting(self) -> int:
        """Return how many items wait for their own page."""
        with self._database.reading() as connection:
            return article_rows.waiting(connection)
