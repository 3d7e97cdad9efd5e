"""The rows about pages whose changes are watched: what each said when it was last read.

Owns the table `editions`. What a change is, and what of a page is watched, is `feedbuilder.watch`'s.
"""

from __future__ import annotations

import json
import zlib

from sqlalchemy import Connection, select

from feedbuilder.model import Edition
from feedbuilder.store.database import DialectTraits
from feedbuilder.store.tables import editions
from feedbuilder.store.upsert import put


def edition_of(connection: Connection, source: str) -> Edition | None:
    """Return what the page of `source` said; None if that is not known."""
    row = connection.execute(select(editions).where(editions.c.source == source)).one_or_none()
    if row is None:
        return None
    try:
        lines = json.loads(zlib.decompress(row.content))
    except (zlib.error, ValueError):  # a damaged store: the page is watched anew from here on
        return None
    return Edition(row.settings, tuple(lines), tuple(row.former), row.restless, row.doubted)


def remember(connection: Connection, dialect: DialectTraits, source: str, edition: Edition) -> None:
    """Remember `edition` of `source` in place of the one before."""
    row = {
        "source": source,
        "settings": edition.settings,
        "content": zlib.compress(json.dumps(edition.lines).encode()),
        "former": list(edition.former),
        "restless": edition.restless,
        "doubted": edition.is_doubted,
    }
    put(connection, dialect, editions, [row])
