"""Forgetting: which items may go, and their going.

Owns retention by age and by count. Identities are never touched: a story listed again years later is not new.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, exists, func, or_, select

from feedbuilder.store.rows import chunks
from feedbuilder.store.tables import items, source_counts, sources, statements


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
    excess = _count(connection, beyond=len(gone) + keep_items) - len(gone) - keep_items
    if excess > 0:
        # What stays after all, or goes already, may be among the oldest.
        oldest = _oldest_first().limit(excess + len(kept) + len(gone))
        spare = (item for item in connection.execute(oldest).scalars() if item not in kept and item not in gone)
        gone.update(islice(spare, excess))
    for chunk in chunks(sorted(gone)):
        connection.execute(delete(items).where(items.c.id.in_(chunk)))
    return len(gone)


def _count(connection: Connection, *, beyond: int) -> int:
    """Return how many items are remembered; where that is at most `beyond`, a number that is not more either.

    To count them is to look through all of them. What is counted already are statements: every item has one or more.
    """
    statement_count: int = connection.execute(select(func.coalesce(func.sum(source_counts.c["items"]), 0))).scalar_one()
    if statement_count <= beyond:
        return int(statement_count)
    return connection.execute(select(func.count()).select_from(items)).scalar_one()


def _oldest_first() -> Select[Any]:
    """Return the query of the items that no page lists, those seen longest ago first.

    In the order of an index, so that it ends when there are enough; each item where it was seen last.
    """
    later = statements.alias("later")
    seen_later = or_(
        later.c.last_seen > statements.c.last_seen,
        and_(later.c.last_seen == statements.c.last_seen, later.c.source > statements.c.source),
    )
    is_last = ~exists(select(1).where(later.c.item == statements.c.item, seen_later))
    query: Select[Any] = select(statements.c.item).where(is_last, ~_is_wanted())
    return query.order_by(statements.c.last_seen, statements.c.item)


def _is_wanted(since: datetime | None = None) -> ColumnElement[bool]:
    """Return the condition that a configured source's page shows the item of `statements` now, or any did `since`."""
    other = statements.alias("other")
    wanted = other.c.listed & sources.c.removed.is_(None)
    return exists(
        select(1)
        .select_from(other.join(sources, sources.c.id == other.c.source))
        .where(other.c.item == statements.c.item, wanted if since is None else or_(wanted, other.c.last_seen >= since))
    )
