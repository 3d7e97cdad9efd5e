"""Finding items by a part of their title, summary or link, in any case of any script.

Owns what is meant by that, and when the index of `migrations/search_index.py` is asked first. It only narrows down
where to look: the texts themselves decide, so that an index can make an answer quick and never another one.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, bindparam, select, text, true

from feedbuilder.store.columns import WordList
from feedbuilder.store.feed_queries import RARE, newest_first
from feedbuilder.store.tables import identities, items

LETTERS = 3
"""How many letters in a row the index knows; what is shorter is looked for in all texts."""
MOST_PARTS = 4
"""Of how many groups of letters the index is asked, the rarest: it goes through the items of each."""
SAMPLE = 200
"""In how many of the newest items it is counted how rare groups of letters are."""

_HAS_INDEX = text("SELECT 1 FROM sqlite_master WHERE name = 'searched_parts'")
_IN_INDEX = (
    "SELECT item FROM searched_parts JOIN searched ON number = searched_parts.rowid "
    "WHERE searched_parts MATCH :parts UNION ALL SELECT item FROM searched WHERE NOT indexed"
)
_FEW = text(f"{_IN_INDEX} LIMIT :most").bindparams(bindparam("parts", type_=WordList()))
_NEWEST_TEXTS = newest_first(select(items.c.folded).join(identities, identities.c.id == items.c.id)).limit(SAMPLE)


class Words:
    """Words that are looked for, and what the index of the store says of them."""

    def __init__(self, connection: Connection, words: str) -> None:
        needle = words.casefold()
        self.stand_there: ColumnElement[bool] = items.c.folded.contains(needle, autoescape=True)
        """The condition that an item has them."""
        self.may_stand_there: ColumnElement[bool] = true()
        """A condition that all items meet that have them, as few others as the index can tell apart."""
        self.are_rare = False
        """Whether few items meet it."""
        if len(needle) < LETTERS or connection.dialect.name != "sqlite" or not connection.execute(_HAS_INDEX).first():
            return
        parts = _query(rarest(_parts(needle), connection.execute(_NEWEST_TEXTS).scalars().all()))
        found = connection.execute(_FEW, {"parts": parts, "most": RARE}).scalars().all()
        self.are_rare = len(found) < RARE
        named = text(_IN_INDEX).bindparams(bindparam("parts", parts, WordList())).columns(items.c.id)
        self.may_stand_there = identities.c.id.in_(found if self.are_rare else named)


def _parts(needle: str) -> list[str]:
    """Return the groups of letters of `needle`, each once."""
    return list(dict.fromkeys(needle[place : place + LETTERS] for place in range(len(needle) - LETTERS + 1)))


def rarest(parts: Iterable[str], texts: Iterable[str]) -> list[str]:
    """Return at most `MOST_PARTS` of `parts`, those that the fewest of `texts` have."""
    counts = dict.fromkeys(parts, 0)
    for one in texts:
        for part in counts:
            counts[part] += part in one
    return sorted(counts, key=counts.__getitem__)[:MOST_PARTS]


def _query(parts: Iterable[str]) -> str:
    """Return what asks the index for the texts that have all `parts`, wherever they stand."""
    return " AND ".join('"{}"'.format(part.replace('"', '""')) for part in parts)
