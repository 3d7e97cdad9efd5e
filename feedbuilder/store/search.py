"""Finding items by a part of their title, summary or link, in any case of any script.

Owns what is meant by that, and when the index of `migrations/search_index.py` is asked first. It only narrows down
where to look: the texts themselves decide, so that an index can make an answer quick and never another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    TextualSelect,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    text,
    true,
)

from feedbuilder.store.columns import WordList
from feedbuilder.store.feed_queries import RARE, newest_first
from feedbuilder.store.tables import identities, items

LETTERS = 3
"""How many letters in a row the index knows; of two, it knows the groups that begin with them."""
MOST_PARTS = 4
"""Of how many groups of letters the index is asked, the rarest: it goes through the items of each."""
MOST_TERMS = 500
"""By how many groups two letters are looked for that these begin with; what has more is common."""
SAMPLE = 200
"""In how many of the newest items it is counted how rare groups of letters are."""

_INDEX = text("SELECT name FROM sqlite_master WHERE name IN ('searched_parts', 'searched_terms')")
"""An SQLite without FTS5 may have brought the store up to date: then it has neither, or the first alone."""
_WAITING = "SELECT item FROM searched WHERE NOT indexed"
_NAMED = (
    "SELECT item FROM searched_parts JOIN searched ON number = searched_parts.rowid WHERE searched_parts MATCH :parts"
)
_IN_INDEX = f"{_NAMED} UNION ALL {_WAITING}"
_TERMS = text(
    "SELECT term FROM searched_terms WHERE term >= :first AND term <= :first || char(1114111) LIMIT :most"
).bindparams(bindparam("first", type_=WordList()))
_FEW = text(f"{_IN_INDEX} LIMIT :most").bindparams(bindparam("parts", type_=WordList()))
_NEWEST_TEXTS = newest_first(select(items.c.folded).join(identities, identities.c.id == items.c.id)).limit(SAMPLE)


class Words:
    """Words that are looked for, and what the index of the store says of them."""

    def __init__(self, connection: Connection, words: str) -> None:
        self._connection = connection
        self._needle = words.casefold()
        self.stand_there: ColumnElement[bool] = items.c.folded.contains(self._needle, autoescape=True)
        """The condition that an item has them."""
        is_sqlite = connection.dialect.name == "sqlite"
        index = set(connection.execute(_INDEX).scalars()) if is_sqlite else set()
        self._has_index, self._has_terms = "searched_parts" in index, len(index) > 1
        self._few = self._narrowed() if self._has_index and len(self._needle) >= LETTERS else None

    @property
    def are_rare(self) -> bool:
        """Return whether it is known that few items meet `may_stand_there`."""
        return self._few is not None and len(self._few) < RARE

    @property
    def may_stand_there(self) -> ColumnElement[bool]:
        """Return a condition that all items meet that have them, as few others as the index can tell apart."""
        if self._few is not None:
            return identities.c.id.in_(self._few if self.are_rare else self._named_by(self._parts))
        if self._has_terms and len(self._needle) == LETTERS - 1:
            terms = self._connection.execute(_TERMS, {"first": self._needle, "most": MOST_TERMS}).scalars().all()
            if len(terms) < MOST_TERMS:
                # In the words of the index `searched_endings`, which knows no parameter.
                ending = select(items.c.id).where(func.substr(items.c.folded, literal_column("-2")) == self._needle)
                return or_(identities.c.id.in_(self._named_by(_query(terms, " OR "))), identities.c.id.in_(ending))
        return true()

    def _narrowed(self) -> Sequence[str]:
        """Return the items that have the rarest groups of letters, as many of them as are few."""
        sample = self._connection.execute(_NEWEST_TEXTS).scalars().all()
        self._parts = _query(rarest(_parts(self._needle), sample), " AND ")
        return self._connection.execute(_FEW, {"parts": self._parts, "most": RARE}).scalars().all()

    def _named_by(self, parts: str) -> TextualSelect:
        """Return the query of all items that the index names for `parts`, and of those that it does not know yet."""
        named = _IN_INDEX if parts else _WAITING
        return text(named).bindparams(*([bindparam("parts", parts, WordList())] if parts else [])).columns(items.c.id)


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


def _query(parts: Iterable[str], by: str) -> str:
    """Return what asks the index for the texts that have all or one of `parts`, wherever they stand."""
    return by.join('"{}"'.format(part.replace('"', '""')) for part in parts)
