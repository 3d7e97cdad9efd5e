"""The rows of `statements` as a list: which items it shows, which of those stand, when it showed them last.

Owns these columns; what a list says of an item is not looked at here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, select, update

from feedbuilder.store.rows import chunks
from feedbuilder.store.tables import statements

# Made once: to build a statement and to find out that it is one seen before takes longer than to run it.
_OF_SOURCE = statements.c.source == bindparam("of")
_LISTED: Select[Any] = select(statements.c.item, statements.c.standing, statements.c.dated).where(
    _OF_SOURCE, statements.c.listed
)
_LISTING = (
    update(statements)
    .where(_OF_SOURCE, statements.c.item.in_(bindparam("ids", expanding=True)))
    .values(listed=bindparam("now_listed", type_=statements.c.listed.type))
)
_STANDS = (
    update(statements).where(statements.c.item == bindparam("shown"), _OF_SOURCE).values(standing=bindparam("mark"))
)
_SEEN = (
    update(statements)
    .where(_OF_SOURCE, statements.c.listed)
    .values(last_seen=bindparam("now", type_=statements.c.last_seen.type))
)


def listed(connection: Connection, source: str) -> Sequence[Row[Any]]:
    """Return the items that `source` lists: `item`, its mark where it stands (`standing`), and when it is `dated`."""
    return connection.execute(_LISTED, {"of": source}).all()


def note_listed(connection: Connection, source: str, ids: Iterable[str], *, is_listed: bool) -> None:
    """Note whether `source` lists these items, of which it said something before."""
    for chunk in chunks(sorted(ids)):
        connection.execute(_LISTING, {"of": source, "ids": chunk, "now_listed": is_listed})


def note_seen(connection: Connection, source: str, now: datetime) -> None:
    """Note that `source` lists at `now` what it lists."""
    connection.execute(_SEEN, {"of": source, "now": now})


def note_standing(connection: Connection, source: str, marks: Mapping[str, str]) -> None:
    """Remember the marks of items (ids) that `source` lists."""
    if marks:
        rows = [{"of": source, "shown": item, "mark": mark} for item, mark in marks.items()]
        connection.execute(_STANDS, rows)
