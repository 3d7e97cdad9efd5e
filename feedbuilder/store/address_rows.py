"""The rows about addresses that change: what sources have learnt to ignore, and which stories may stand under new ones.

Owns the table `address_rules`. Decides nothing about what an address means; that is `feedbuilder.pipeline.recognise`.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, func, literal_column, select

from feedbuilder.model import AddressRule
from feedbuilder.store.database import DialectTraits
from feedbuilder.store.one_of import one_of
from feedbuilder.store.rows import chunks
from feedbuilder.store.tables import address_rules, statements
from feedbuilder.store.upsert import put

_FIELDS = ("place", "name", "learnt", "before", "after", "tells_apart")

# Made once: to build a statement and to find out that it is one seen before takes longer than to run it.
_RULES = (
    select(address_rules)
    .where(address_rules.c.source == bindparam("of"))
    .order_by(address_rules.c.learnt, address_rules.c.name)
)
_CALLED = select(statements.c.item).where(statements.c.source == bindparam("of"), one_of(statements.c.title, "values"))
_BEGINNING = 200
"""Letters of a title by which the index `searched_titles` knows it on PostgreSQL."""
_CALLED_ON_POSTGRESQL = _CALLED.where(
    # In the words of the index, which knows no parameter.
    one_of(func.left(statements.c.title, literal_column(str(_BEGINNING))), "beginnings")
)


def rules_of(connection: Connection, source: str) -> tuple[AddressRule, ...]:
    """Return what `source` has learnt about its addresses, the first lesson first."""
    rows = connection.execute(_RULES, {"of": source}).mappings()
    return tuple(AddressRule(**{name: row[name] for name in _FIELDS}) for row in rows)


def all_rules(connection: Connection) -> dict[str, tuple[AddressRule, ...]]:
    """Return what all sources have learnt, by source; those that have learnt nothing are absent."""
    sources = connection.execute(select(address_rules.c.source).distinct().order_by(address_rules.c.source)).scalars()
    return {source: rules_of(connection, source) for source in sources.all()}


def remember_rules(connection: Connection, dialect: DialectTraits, source: str, rules: Iterable[AddressRule]) -> None:
    """Remember what `source` has learnt; what it knows already stays as it is."""
    rows = [{"source": source, **{name: getattr(rule, name) for name in _FIELDS}} for rule in rules]
    put(connection, dialect, address_rules, rows, ())


def forget_rules(connection: Connection, source: str) -> int:
    """Forget what `source` has learnt about its addresses; return how many rules that were."""
    return connection.execute(delete(address_rules).where(address_rules.c.source == source)).rowcount


def items_called(connection: Connection, source: str, titles: Iterable[str]) -> set[str]:
    """Return the ids of the items that `source` ever listed under one of `titles`."""
    found: set[str] = set()
    by_beginnings = connection.dialect.name == "postgresql"
    for chunk in chunks(titles):
        values = {"of": source, "values": chunk}
        if by_beginnings:
            values["beginnings"] = [title[:_BEGINNING] for title in chunk]
        found |= set(connection.execute(_CALLED_ON_POSTGRESQL if by_beginnings else _CALLED, values).scalars())
    return found
