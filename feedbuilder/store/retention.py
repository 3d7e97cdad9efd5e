"""Forgetting: which items may go, and their going.

Owns retention by age and by count. Identities are never touched: a story listed again years later is not new.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import ColumnElement, Connection, delete, exists, func, or_, select

from feedbuilder.store.rows import chunks
from feedbuilder.store.tables import items, sources, statements


def forget(
    connection: Connection, now: datetime, *, keep_age: timedelta, keep_items: int, shown: Collection[str]
) -> int:
    """Drop the texts of items that no page has listed for `keep_age`, and of those beyond `keep_items`; count them.

    The ones seen longest ago go first. What a page still lists stays, and what a feed still shows (the ids `shown`),
    even if that is more than `keep_items`. A source that left the configuration has no page any more.
    """
    cutoff = now - keep_age
    kept = frozenset(shown)
    old = select(statements.c.item).where(statements.c.last_seen < cutoff, ~_is_wanted(since=cutoff))
    gone = set(connection.execute(old).scalars()) - kept
    count: int = connection.execute(select(func.count()).select_from(items)).scalar_one()
    excess = count - len(gone) - keep_items
    if excess > 0:
        last_seen = func.max(statements.c.last_seen)
        by_age = select(statements.c.item).where(~_is_wanted()).group_by(statements.c.item).order_by(last_seen)
        oldest = connection.execute(by_age.order_by(statements.c.item)).scalars()
        spare = (item for item in oldest if item not in kept and item not in gone)
        gone.update(islice(spare, excess))
    for chunk in chunks(sorted(gone)):
        connection.execute(delete(items).where(items.c.id.in_(chunk)))
    return len(gone)


def _is_wanted(since: datetime | None = None) -> ColumnElement[bool]:
    """Return the condition that a configured source's page shows the item of `statements` now, or any did `since`."""
    other = statements.alias("other")
    wanted = other.c.listed & sources.c.removed.is_(None)
    return exists(
        select(1)
        .select_from(other.join(sources, sources.c.id == other.c.source))
        .where(other.c.item == statements.c.item, wanted if since is None else or_(wanted, other.c.last_seen >= since))
    )
