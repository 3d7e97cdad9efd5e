"""The store on an SQL database: SQLite on one machine, PostgreSQL beyond.

Owns opening and closing it, and what is asked of the store as a whole: looking, forgetting, recovering. What it answers
about sources is in `source_memory`, about feeds in `feed_memory`, about hosts in `host_memory`, about icons in
`icon_memory`, about files in `media_memory`; connections and their failures are the `database`'s.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import select

from feedbuilder.model import (
    Known,
    StoredItem,
)
from feedbuilder.store.database import connect
from feedbuilder.store.feed_memory import FeedMemory
from feedbuilder.store.host_memory import HostMemory
from feedbuilder.store.hub_memory import HubMemory
from feedbuilder.store.icon_memory import IconMemory
from feedbuilder.store.media_memory import MediaMemory
from feedbuilder.store.migrate import bring_up, check_version
from feedbuilder.store.place import Place
from feedbuilder.store.printed_memory import PrintedMemory
from feedbuilder.store.put_right import newest_moment, put_right
from feedbuilder.store.recovery import fill
from feedbuilder.store.retention import forget
from feedbuilder.store.rows import RowReader
from feedbuilder.store.snapshot import refuse_half_restored
from feedbuilder.store.source_memory import SourceMemory
from feedbuilder.store.tables import (
    identities,
    source_counts,
)


@dataclass(frozen=True, slots=True)
class SourceCount:
    """How much is remembered of a source."""

    items: int
    """Items that it has listed and that are still remembered."""
    listed: int
    """Those among them that its page showed when it was last read."""


def open_store(place: Place) -> SqlStore:
    """Return the store at `place`: the path of an SQLite file, or the URL of a PostgreSQL database.

    A store that is not there is made, its folder too; an older one is brought up to date. Raises StoreError if that
    cannot be done, for a store that a newer feedbuilder has written, and for one that was only half restored.
    """
    if isinstance(place, Path):
        refuse_half_restored(place)
    database = connect(place)
    try:
        bring_up(database)
        database.close_to_others()
    except BaseException:
        database.close()
        raise
    return SqlStore(database)


class SqlStore(SourceMemory, FeedMemory, HostMemory, IconMemory, MediaMemory, PrintedMemory, HubMemory):
    """What is remembered: answers `feedbuilder.pipeline.ports.Store`, which says what its methods promise, and more.

    Safe to call from several threads and beside other processes. All datetimes in and out are aware, those that come
    out in UTC. Every method raises StoreError where the database fails, and leaves the store as it was then.
    """

    def items(
        self, *, source: str | None = None, tag: str | None = None, search: str | None = None, limit: int = 50
    ) -> list[StoredItem]:
        """Return at most `limit` items, newest first (see `newest`): of one source, with one tag, or with some words.

        `search` is looked for in title, summary and link, in any case of any script.
        """
        from feedbuilder.store.lookup import newest  # noqa: PLC0415 - no reading and no publishing asks for it

        with self._database.reading() as connection:
            rows = newest(connection, limit, source=source, tag=tag, words=search)
            return RowReader(connection).stored_items(rows)

    def check_version(self) -> None:
        """Raise OutdatedError if a newer program has brought the store to its own version since it was opened."""
        check_version(self._database)

    def counts(self) -> dict[str, SourceCount]:
        """Return how much is remembered of each source, by id; sources without items are absent."""
        query = select(source_counts).where(source_counts.c["items"] > 0).order_by(source_counts.c.source)
        with self._database.reading() as connection:
            return {row.source: SourceCount(row.items, row.listed) for row in connection.execute(query)}

    def prune(self, now: datetime, *, keep_age: timedelta, keep_items: int, shown: Collection[str]) -> int:
        """Forget old items, and return how many; see `retention.forget` for what always stays."""
        with self._database.writing() as connection:
            return forget(connection, now, keep_age=keep_age, keep_items=keep_items, shown=shown)

    def newest_moment(self) -> datetime | None:
        """Return the newest moment at which a source was read or an item came, None before the first."""
        with self._database.reading() as connection:
            return newest_moment(connection)

    def put_right(self, now: datetime) -> int:
        """Put right what a wrong clock left in the future of `now`, which is right; see `put_right.put_right`."""
        with self._database.writing() as connection:
            return put_right(connection, now)

    def is_empty(self) -> bool:
        """Return whether no item was ever remembered."""
        with self._database.reading() as connection:
            return connection.execute(select(identities.c.id).limit(1)).first() is None

    def seed(self, known: Iterable[Known], now: datetime) -> int:
        """Fill an empty store with what published feeds knew; return how many items that are, 0 if it is not empty."""
        with self._database.writing() as connection:
            if connection.execute(select(identities.c.id).limit(1)).first() is not None:
                return 0
            return fill(connection, self._database.dialect, known, now)

    def close(self) -> None:
        """Close all connections; the store cannot be used after."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
