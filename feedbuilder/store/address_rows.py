"""The rows about addresses that change: what sources have learnt to ignore, and which stories may stand under new ones.

Owns the table `address_rules`. Decides nothing about what an address means; that is `feedbuilder.pipeline.recognise`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, delete, select

from feedbuilder.model import AddressRule
from feedbuilder.store.database import DialectTraits
from feedbuilder.store.rows import chunks
from feedbuilder.store.tables import address_rules, statements
from feedbuilder.store.upsert import put

_FIELDS = ("place", "name", "learnt", "before", "after", "tells_apart")


def rules_of(connection: Connection, source: str) -> tuple[AddressRule, ...]:
    """Return what `source` has learnt about its addresses, the first lesson first."""
    query = select(address_rules).where(address_rules.c.source == source)
    rows = connection.execute(query.order_by(address_rules.c.learnt, address_rules.c.name)).mappings()
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


def candidates(connection: Connection, source: str, titles: Collection[str], resolved: Collection[str]) -> list[str]:
    """Return the ids of the stories of `source` that may stand under an unknown address, without those `resolved`.

    Those that it listed at its last reading, and those of which it ever listed one of `titles`, which are few.
    """
    of_source = select(statements.c.item).where(statements.c.source == source)
    found = dict.fromkeys(connection.execute(of_source.where(statements.c.listed)).scalars())
    for chunk in chunks(titles):
        found |= dict.fromkeys(connection.execute(of_source.where(statements.c.title.in_(chunk))).scalars())
    return sorted(found.keys() - set(resolved))
