"""The pages that are kept to be looked into: one of each kind for a source, and not more than so many in all.

Owns the table `kept_pages`. What is left of a page is `parse.kept_copy`'s, which may be kept is the pipeline's.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select

from feedbuilder.model import KeptKind, KeptPage
from feedbuilder.store.database import DialectTraits
from feedbuilder.store.tables import kept_pages
from feedbuilder.store.upsert import put

MOST = 2_000
"""Pages of all sources together; those that were taken first go first. At most 600 MB, in practice a twentieth."""


def keep(connection: Connection, dialect: DialectTraits, source: str, page: KeptPage) -> None:
    """Keep `page` of `source` in place of the one of its kind, and forget the oldest where there are too many."""
    row = {"source": source, "kind": page.kind.value, "url": page.url, "fetched": page.fetched, "content": page.content}
    put(connection, dialect, kept_pages, [row])
    fetched = kept_pages.c.fetched
    oldest = connection.execute(select(fetched).order_by(fetched.desc()).limit(1).offset(MOST - 1)).scalar()
    if oldest is not None:
        connection.execute(delete(kept_pages).where(fetched < oldest))


def forget(connection: Connection, source: str) -> None:
    """Keep no page of `source`."""
    connection.execute(delete(kept_pages).where(kept_pages.c.source == source))


def pages_of(connection: Connection, source: str) -> dict[KeptKind, KeptPage]:
    """Return the pages that are kept of `source`, by their kind."""
    rows = connection.execute(select(kept_pages).where(kept_pages.c.source == source))
    return {(kind := KeptKind(row.kind)): KeptPage(kind, row.url, row.fetched, bytes(row.content)) for row in rows}


def moments_of(connection: Connection, source: str) -> dict[KeptKind, datetime]:
    """Return when the pages that are kept of `source` were taken, by their kind, without reading them."""
    query = select(kept_pages.c.kind, kept_pages.c.fetched).where(kept_pages.c.source == source)
    return {KeptKind(row.kind): row.fetched for row in connection.execute(query)}
