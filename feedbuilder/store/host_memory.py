"""What the store remembers of hosts: which of them want to be left alone, and until when.

Owns the table `host_waits`. Decides nothing about how long a host is left alone; that is `fetch.host_waits`.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select

from feedbuilder.model import HostWait
from feedbuilder.store.database import Database
from feedbuilder.store.rows import chunks
from feedbuilder.store.tables import host_waits
from feedbuilder.store.upsert import put

_FIELDS = ("place", "until", "since", "refusals", "reason", "status")


class HostMemory:
    """The part of `SqlStore` that knows hosts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def host_waits(self) -> list[HostWait]:
        """Return the waits that are remembered, those that are over too, by place."""
        with self._database.reading() as connection:
            rows = connection.execute(select(host_waits).order_by(host_waits.c.place)).all()
        return [HostWait(**{name: getattr(row, name) for name in _FIELDS}) for row in rows]

    def remember_wait(self, wait: HostWait) -> None:
        """Remember `wait` in place of what was known of its place."""
        row = {name: getattr(wait, name) for name in _FIELDS}
        with self._database.writing() as connection:
            put(connection, self._database.dialect, host_waits, [row])

    def forget_waits(self, places: Collection[str]) -> None:
        """Forget what is remembered of `places`."""
        with self._database.writing() as connection:
            for chunk in chunks(places):
                connection.execute(delete(host_waits).where(host_waits.c.place.in_(chunk)))
