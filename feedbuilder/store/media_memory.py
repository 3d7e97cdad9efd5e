"""What the store remembers of files of sound and video."""

from __future__ import annotations

from datetime import datetime

from feedbuilder.model.enclosures import MediaFile
from feedbuilder.store import media_rows
from feedbuilder.store.database import Database


class MediaMemory:
    """The part of `SqlStore` that knows files."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due_files(self, source: str, now: datetime, limit: int) -> list[tuple[str, int]]:
        """See `Store.due_files`."""
        with self._database.looking() as connection:
            return media_rows.due(connection, source, now, limit)

    def remember_file(self, file: MediaFile) -> None:
        """See `Store.remember_file`."""
        with self._database.writing() as connection:
            media_rows.remember(connection, file)

    def postpone_file(self, url: str, tries: int, due: datetime | None) -> None:
        """See `Store.postpone_file`."""
        with self._database.writing() as connection:
            media_rows.postpone(connection, url, tries, due)
