"""Forgetting: which items may go, and their going.

Owns retention by age and by count. Identities are never touched: a story listed again years later is not new.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, exists, func, select

from feedbuilder.store.rows import chunks
from feedbuilder.store.schema import items, sources, statements


def forget(
    connection: Connection, now: datetime, *, keep_age: timedelta, keep_items: int, shown: Collection[str]
) -> int:
    """Drop the texts of items that no page has listed for `keep_age`, and of those beyond `keep_items`; count them.

    The ones seen longest ago go first. What a page still lists stays, and what a feed still shows (the ids `shown`),
    even if that is more than `keep_items`. A source that left the configuration has no page any more.
    """
    last_seen = func.max(statements.c.last_seen)
    query = select(statements.c.item).where(~_is_listed()).group_by(statements.c.item)
    old = connection.execute(query.having(last_seen < now - keep_age)).scalars()
    gone = {item for item in old if item not in shown}
    count: int = connection.execute(select(func.count()).select_from(items)).scalar_one()
    excess = count - len(gone) - keep_items
    if excess > 0:
        oldest = connection.execute(query.order_by(last_seen, statements.c.item)).scalars()
        spare = (item for item in oldest if item not in shown and item not in gone)
        gone |= {item for item, _ in zip(spare, range(excess), strict=False)}
    for chunk in chunks(sorted(gone)):
        connection.execute(delete(items).where(items.c.id.in_(chunk)))
    return len(gone)


def _is_listed() -> ColumnElement[bool]:
    """Return the condition that a configured source's page shows the item of `statements` now."""
    other = statements.alias("other")
    return exists(
        select(1)
        .select_from(other.join(sources, sources.c.id == other.c.source))
        .where(other.c.item == statements.c.item, other.c.listed, sources.c.removed.is_(None))
    )
