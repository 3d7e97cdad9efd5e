"""Finding items by a part of their title, summary or link, in any case of any script.

Owns what is meant by that, and how the index of `migrations/search_index.py` is asked. It only narrows down where to
look: the texts themselves decide, so that an index can make an answer quick and never another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Text,
    and_,
    bindparam,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
    text,
)

from feedbuilder.store.columns import UtcMoment, WordList, storable
from feedbuilder.store.feed_queries import newest_first
from feedbuilder.store.tables import identities, items

LETTERS = 3
"""How many letters in a row the index knows; of two, it knows the groups that begin with them."""
MOST_PARTS = 4
"""Of how many groups of letters the index is asked at most, the rarest: it goes through the items of each."""
RARE_ENOUGH = 3e-5
"""What is asked for with groups that so small a part of all items would have together is not narrowed down further."""
MOST_TERMS = 500
"""By how many groups two letters are looked for that these begin with; what has more is common."""
SAMPLE, ACROSS = 100, 32
"""How many of the newest items are looked at first, and of all; by them it is told how rare groups of letters are."""
PORTION = 64
"""How many items that the index names are looked at, if no more are wanted, before it is asked whether more are."""

_INDEX = text("SELECT name FROM sqlite_master WHERE name IN ('searched_parts', 'searched_terms', 'searched_batches')")
"""An SQLite without FTS5 may have brought the store up to date: then it lacks what came with a migration."""
_TERMS = text(
    "SELECT term FROM searched_terms WHERE term >= :first AND term <= :first || char(1114111) LIMIT :most"
).bindparams(bindparam("first", type_=WordList()))
_WAITING = text("SELECT item FROM searched WHERE NOT indexed").columns(items.c.id)
_PARTS = table("searched_parts", column("rowid", Integer))
_searched = table("searched", column("number", Integer), column("item", Text))
# None is passed over, so that the last of some is the last that was looked at.
_NAMED_ITEMS = (
    _PARTS.outerjoin(_searched, _searched.c.number == _PARTS.c.rowid)
    .outerjoin(items, items.c.id == _searched.c.item)
    .outerjoin(identities, identities.c.id == items.c.id)
)
_NEWEST_BELOW = text("SELECT newest FROM searched_batches WHERE number >= :number - 1 ORDER BY number LIMIT 1").columns(
    column("newest", UtcMoment)
)
_LOOKED_AT = identities.join(items, items.c.id == identities.c.id)
_ORDER = (identities.c.first_seen, identities.c.published, -identities.c.position, identities.c.id)
"""What `newest_first` goes by."""
_NEWEST = newest_first(select(identities.c.id, items.c.folded).select_from(_LOOKED_AT)).limit(bindparam("many"))
_NUMBERS = text("SELECT (SELECT min(number) FROM searched), (SELECT max(number) FROM searched)")
_ACROSS = (
    select(items.c.folded)
    .join(_searched, _searched.c.item == items.c.id)
    .where(_searched.c.number.in_(bindparam("numbers", expanding=True)))
)
_GOLDEN = (5**0.5 - 1) / 2
"""Its multiples, without what stands before the point, are spread evenly and in no step."""


class Words:
    """Words that are looked for, and what the index of the store says of them."""

    def __init__(self, connection: Connection, words: str) -> None:
        self._connection = connection
        self._needle = words.casefold()
        self.stand_there: ColumnElement[bool] = items.c.folded.contains(self._needle, autoescape=True)
        """The condition that an item has them."""

    def newest(self, limit: int, conditions: Sequence[ColumnElement[bool]], *, most: int | None) -> list[str] | None:
        """Return the ids of the newest `limit` items that have them and meet the conditions, newest first.

        None without an index that knows of them, and where more than `most` would be looked at, if that is said.
        """
        index = self._index()
        if not {"searched_parts", "searched_batches"} <= index:
            return None
        sample = self._connection.execute(_NEWEST, {"many": SAMPLE}).all()
        if not conditions:
            needle = storable(self._needle)
            found = [row.id for row in sample if needle in row.folded]
            if len(found) >= limit:
                return found[:limit]
        asked = self._asked(sample, has_terms="searched_terms" in index)
        return None if asked is None else self._in_order(asked, limit, conditions, most)

    def _index(self) -> set[str]:
        is_sqlite = self._connection.dialect.name == "sqlite"
        return set(self._connection.execute(_INDEX).scalars()) if is_sqlite else set()

    def _asked(self, sample: Sequence[Row[Any]], *, has_terms: bool) -> str | None:
        """Return what the index is asked for: nothing where no text has it; None where the index is of no use."""
        if len(self._needle) >= LETTERS:
            texts = [*(row.folded for row in sample), *self._across()]
            return _query(rarest(_parts(self._needle), texts), " AND ")
        if not has_terms or len(self._needle) < LETTERS - 1:
            return None
        terms = self._connection.execute(_TERMS, {"first": self._needle, "most": MOST_TERMS}).scalars().all()
        return _query(terms, " OR ") if len(terms) < MOST_TERMS else None

    def _across(self) -> Sequence[str]:
        """Return the texts of items from all times: what is rare among the newest may have been common once."""
        first, last = self._connection.execute(_NUMBERS).one()
        if first is None:
            return ()
        span = last - first + 1
        # Not evenly: sources take turns, and of each hundredth item all may be of the same one.
        numbers = sorted({first + int(place * _GOLDEN % 1 * span) for place in range(ACROSS)})
        return self._connection.execute(_ACROSS, {"numbers": numbers}).scalars().all()

    def _in_order(
        self, asked: str, limit: int, conditions: Sequence[ColumnElement[bool]], most: int | None
    ) -> list[str] | None:
        """Go through what the index names, from what it took in last, until all that is left came earlier."""
        is_meant = and_(self.stand_there, *conditions)
        unnamed = select(*_ORDER).select_from(_LOOKED_AT).where(self._is_unnamed(), is_meant)
        found = {tuple(row) for row in self._connection.execute(unnamed)}
        if asked:
            looking = select(_PARTS.c.rowid, is_meant.label("is_meant"), *_ORDER).select_from(_NAMED_ITEMS)
            looking = looking.where(text("searched_parts MATCH :parts")).order_by(_PARTS.c.rowid.desc())
            values, looked_at = {"parts": storable(asked)}, 0
            looking = looking.execution_options(yield_per=max(PORTION, limit))
            with self._connection.execute(looking, values) as named:
                for rows in named.partitions():
                    found.update(tuple(row[2:]) for row in rows if row.is_meant)
                    looked_at += len(rows)
                    if len(found) >= limit:
                        best = sorted(found, reverse=True)[:limit]
                        if self._came_before(rows[-1].rowid, best[-1][0]):
                            break
                        found = set(best)
                    if most is not None and looked_at > most:
                        return None
        return [one[-1] for one in sorted(found, reverse=True)[:limit]]

    def _is_unnamed(self) -> ColumnElement[bool]:
        """Return the condition that the index may not know of an item that has them."""
        unnamed = identities.c.id.in_(_WAITING)
        if len(self._needle) >= LETTERS:
            return unnamed
        # The last two letters of a text begin no group. In the words of `searched_endings`, which knows no parameter.
        ending = select(items.c.id).where(func.substr(items.c.folded, literal_column("-2")) == self._needle)
        return or_(unnamed, identities.c.id.in_(ending))

    def _came_before(self, number: int, moment: datetime) -> bool:
        """Return whether all items to which the index gave a smaller number are known to have come before `moment`."""
        newest: datetime | None = self._connection.execute(_NEWEST_BELOW, {"number": number}).scalar_one_or_none()
        return newest is not None and newest < moment


def _parts(needle: str) -> list[str]:
    """Return the groups of letters of `needle`, each once."""
    return list(dict.fromkeys(needle[place : place + LETTERS] for place in range(len(needle) - LETTERS + 1)))


def rarest(parts: Iterable[str], texts: Sequence[str]) -> list[str]:
    """Return those of `parts` that the fewest of `texts` have: at most `MOST_PARTS`, and no more than are enough."""
    counts = dict.fromkeys(parts, 0)
    for one in texts:
        for part in counts:
            counts[part] += part in one
    chosen, share = [], 1.0
    for part in sorted(counts, key=counts.__getitem__)[:MOST_PARTS]:
        if share < RARE_ENOUGH:
            break
        chosen.append(part)
        share *= (counts[part] + 1) / (len(texts) + 1)
    return chosen


def _query(parts: Iterable[str], by: str) -> str:
    """Return what asks the index for the texts that have all or one of `parts`, wherever they stand."""
    return by.join('"{}"'.format(part.replace('"', '""')) for part in parts)
