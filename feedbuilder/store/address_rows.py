"""The rows about addresses that change: what sources have learnt to ignore.

Owns the table `address_rules`. Decides nothing about what an address means; that is `feedbuilder.pipeline.recognise`.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, select

from feedbuilder.model import AddressRule
from feedbuilder.store.database import DialectTraits
from feedbuilder.store.ready import Ready
from feedbuilder.store.tables import address_rules
from feedbuilder.store.upsert import put

_FIELDS = ("place", "name", "learnt", "before", "after", "tells_apart")

# Made once: to build a statement and to find out that it is one seen before takes longer than to run it.
_RULES = Ready(
    select(address_rules)
    .where(address_rules.c.source == bindparam("of"))
    .order_by(address_rules.c.learnt, address_rules.c.name)
)


def rules_of(connection: Connection, source: str) -> tuple[AddressRule, ...]:
    """Return what `source` has learnt about its addresses, the first lesson first."""
    rows = _RULES.rows(connection, {"of": source})
    return tuple(AddressRule(**{name: getattr(row, name) for name in _FIELDS}) for row in rows)


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
