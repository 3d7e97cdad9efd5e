"""The rows of `statements` as a list: which items it shows, which of those stand, when it showed them last.

Owns these columns; what a list says of an item is not looked at here. When it was last seen is written down beside an
item when its list shows it no more, and when the source is there no more (see `last_seen`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, func, select, update

from feedbuilder.store.last_seen import SEEN_THEN
from feedbuilder.store.one_of import one_of
from feedbuilder.store.ready import Ready
from feedbuilder.store.tables import address_rules, backlogs, sources, statements

# Made once: to build a statement and to find out that it is one seen before takes longer than to run it.
_OF_SOURCE = statements.c.source == bindparam("of")
_LISTED = Ready(
    select(
        statements.c.item,
        statements.c.standing,
        statements.c.dated,
        exists().where(backlogs.c.source == bindparam("of")).label("has_backlog"),
        exists().where(address_rules.c.source == bindparam("of")).label("has_rules"),
    )
    .select_from(sources.outerjoin(statements, (statements.c.source == sources.c.id) & statements.c.listed))
    .where(sources.c.id == bindparam("of"))
)
_COUNTED = Ready(
    select(func.count(), func.count(statements.c.standing), exists().where(backlogs.c.source == bindparam("of"))).where(
        _OF_SOURCE, statements.c.listed
    )
)
_THESE = update(statements).where(_OF_SOURCE, one_of(statements.c.item, "ids"))
_LISTING = Ready(_THESE.values(listed=True))
_LISTING_NO_MORE = Ready(_THESE.values(listed=False, last_seen=SEEN_THEN))
_STANDS = Ready(
    update(statements).where(statements.c.item == bindparam("shown"), _OF_SOURCE).values(standing=bindparam("mark"))
)
_GONE = (
    update(statements)
    .where(
        statements.c.listed, statements.c.source.in_(select(sources.c.id).where(sources.c.removed == bindparam("at")))
    )
    .values(last_seen=SEEN_THEN)
)


def listed(connection: Connection, source: str) -> tuple[Any, Sequence[Any]]:
    """Return what there is of `source`, None if nothing is, and the items that it lists.

    Of it: whether it `has_backlog` and `has_rules`. Of each item: `item`, its mark where it stands (`standing`), and
    when it is `dated`.
    """
    rows = _LISTED.rows(connection, {"of": source})
    if not rows:
        return None, ()
    return rows[0], rows if rows[0].item is not None else ()


def all_stand(connection: Connection, source: str, count: int) -> bool:
    """Return whether `source` lists so many items, all of which stand, and nothing of it was lost."""
    [(listed, standing, has_backlog)] = _COUNTED.rows(connection, {"of": source})
    return bool(listed == standing == count and not has_backlog)


def note_listed(connection: Connection, source: str, ids: Collection[str]) -> None:
    """Note that `source` lists these items, of which it said something before."""
    if ids:
        _LISTING.run(connection, {"of": source, "ids": sorted(ids)})


def note_unlisted(connection: Connection, source: str, ids: Collection[str]) -> None:
    """Note that `source` lists these items no more; to be called before it is noted as read."""
    if ids:
        _LISTING_NO_MORE.run(connection, {"of": source, "ids": sorted(ids)})


def note_gone(connection: Connection, removed: datetime) -> None:
    """Note when the items were last seen that sources list which were removed at this moment."""
    connection.execute(_GONE, {"at": removed})


def note_standing(connection: Connection, source: str, marks: Mapping[str, str]) -> None:
    """Remember the marks of items (ids) that `source` lists."""
    if marks:
        _STANDS.run(connection, *({"of": source, "shown": item, "mark": mark} for item, mark in marks.items()))
