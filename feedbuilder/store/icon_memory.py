"""What the store remembers of the icons of sites: the pictures themselves, and when their sites were last asked.

Owns the table `icons`. They are kept here, not in the output alone, so that publishing needs no network.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from feedbuilder.model import Icon
from feedbuilder.store.database import Database
from feedbuilder.store.tables import icons
from feedbuilder.store.upsert import put


class IconMemory:
    """The part of `SqlStore` that knows icons."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def lacks_icon(self, source: str, since: datetime) -> bool:
        """See `Store.lacks_icon`."""
        query = select(icons.c.tried).where(icons.c.source == source, icons.c.tried > since)
        with self._database.reading() as connection:
            return connection.execute(query).first() is None

    def remember_icon(self, source: str, icon: Icon | None, now: datetime) -> None:
        """See `Store.remember_icon`."""
        row = {"source": source, "tried": now}
        taken = {"taken": now, "kind": icon.kind, "content": icon.content} if icon else {}
        with self._database.writing() as connection:
            put(connection, self._database.dialect, icons, [row | taken], ("tried", *taken))

    def icon_kinds(self) -> dict[str, str]:
        """See `Store.icon_kinds`."""
        query = select(icons.c.source, icons.c.kind).where(icons.c.kind.is_not(None))
        with self._database.reading() as connection:
            return {row.source: row.kind for row in connection.execute(query)}

    def icon_stamps(self) -> dict[str, str]:
        """See `Store.icon_stamps`."""
        query = select(icons.c.source, icons.c.kind, icons.c.taken).where(icons.c.kind.is_not(None))
        with self._database.reading() as connection:
            return {row.source: f"{row.kind} {row.taken.isoformat()}" for row in connection.execute(query)}

    def icon(self, source: str) -> Icon | None:
        """See `Store.icon`."""
        query = select(icons.c.kind, icons.c.content).where(icons.c.source == source, icons.c.kind.is_not(None))
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return Icon(row.kind, row.content) if row else None
