"""The rows about files of sound and video: which are to be asked for their size, and what came of that.

Owns the table `media_files`. Decides nothing about who is asked when; that is `pipeline.media_files`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, Integer, bindparam, select, update

from feedbuilder.model import StoredItem
from feedbuilder.model.enclosures import MediaFile
from feedbuilder.store.database import DialectTraits
from feedbuilder.store.rows import digest
from feedbuilder.store.tables import media_files
from feedbuilder.store.upsert import put

# Made once: it is asked after each poll with news, and to build it takes longer than to run it.
_DUE = (
    select(media_files.c.url, media_files.c.tries)
    .where(media_files.c.source == bindparam("of"), media_files.c.due <= bindparam("now"))
    .order_by(media_files.c.due.desc(), media_files.c.url)
    .limit(bindparam("most", type_=Integer))
)


def note(
    connection: Connection, dialect: DialectTraits, source: str, items: Iterable[StoredItem], now: datetime
) -> None:
    """Note that the files of these items are to be asked for, those that are not known yet."""
    rows = [
        {"item": item.id, "digest": digest(url), "url": url, "source": source, "due": now, "tries": 0}
        for item in items
        for url in dict.fromkeys(item.enclosures)
    ]
    put(connection, dialect, media_files, rows, ())


def due(connection: Connection, source: str, now: datetime, limit: int) -> list[tuple[str, int]]:
    """Return the addresses of files of `source` that are to be asked for at `now`, with how often they were in vain."""
    rows = connection.execute(_DUE, {"of": source, "now": now, "most": limit})
    return [(row.url, row.tries) for row in rows]


def remember(connection: Connection, file: MediaFile) -> None:
    """Remember what a server said of a file, for all items that have it."""
    row = update(media_files).where(media_files.c.digest == digest(file.url))
    connection.execute(row.values(kind=file.kind, size=file.size, due=None, tries=0))


def postpone(connection: Connection, url: str, tries: int, due: datetime | None) -> None:
    """Remember that a file was asked for in vain so often, and when it is due again; None: not any more."""
    connection.execute(update(media_files).where(media_files.c.digest == digest(url)).values(tries=tries, due=due))
