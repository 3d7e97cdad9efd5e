"""Finding items by a part of their title, summary or link, in any case of any script.

Owns what is meant by that, and when the index of `migrations/search_index.py` is asked first. It only narrows down
where to look: the texts themselves decide, so that an index can make an answer quick and never another one.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, bindparam, text

from feedbuilder.store.columns import WordList
from feedbuilder.store.feed_queries import RARE
from feedbuilder.store.tables import items

LETTERS = 3
"""How many letters in a row the index knows; what is shorter is looked for in all texts."""
MOST_PARTS = 40
"""How many groups of letters are asked for: they leave few items, and SQLite does not take any number of them."""

_HAS_INDEX = text("SELECT 1 FROM sqlite_master WHERE name = 'searched_parts'")
_CANDIDATES = text(
    "SELECT item FROM searched_parts JOIN searched ON number = searched_parts.rowid "
    "WHERE searched_parts MATCH :parts "
    "UNION ALL SELECT item FROM searched WHERE NOT indexed LIMIT :most"
).bindparams(bindparam("parts", type_=WordList()))


def containing(connection: Connection, query: Select[Any], words: str) -> Select[Any]:
    """Return `query` (see `rows.entries`) for the items only that contain `words`, as they stand there, in any case.

    Where the index names few, those alone are looked at. Where it names many, or cannot tell, items are looked at in
    the order of `query`, which then soon has enough of them.
    """
    needle = words.casefold()
    query = query.where(items.c.folded.contains(needle, autoescape=True))
    if len(needle) < LETTERS or connection.dialect.name != "sqlite" or not connection.execute(_HAS_INDEX).first():
        return query
    found = connection.execute(_CANDIDATES, {"parts": _parts(needle), "most": RARE}).scalars().all()
    return query if len(found) == RARE else query.where(items.c.id.in_(found))


def _parts(needle: str) -> str:
    """Return what asks the index for the texts that have all groups of letters of `needle`, wherever they stand."""
    parts = dict.fromkeys(needle[place : place + LETTERS] for place in range(len(needle) - LETTERS + 1))
    quoted = ('"{}"'.format(part.replace('"', '""')) for part in list(parts)[:MOST_PARTS])
    return " AND ".join(quoted)
