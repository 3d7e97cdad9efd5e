"""All that one store remembers, into another one, from SQLite to PostgreSQL or back.

Owns the order in which tables are copied, and what the database would otherwise note by itself: what triggers write is
copied like all else, and no trigger fires meanwhile. Knows nothing of what the rows mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import sqlalchemy as sa

from feedbuilder.model import StoreError
from feedbuilder.store.database import connect
from feedbuilder.store.migrate import bring_up
from feedbuilder.store.migrations.search_index import KEPT_BY
from feedbuilder.store.place import Place, shown
from feedbuilder.store.tables import holders, host_turns, identities, items, metadata

_AT_ONCE = 1000
"""Rows that are in memory at one time; a page that is kept may have 100 KB."""
_COPIED = tuple(table for table in metadata.sorted_tables if table not in (holders, host_turns))
"""What is remembered, in an order in which no row comes before what it hangs on; who works on a store is no part."""


def copy_over(source: Place, target: Place, *, overwrite: bool = False) -> Mapping[str, int]:
    """Copy all that the store at `source` remembers to the one at `target`; return how many rows, by table.

    The copy is of one moment, whoever writes to `source` meanwhile, and `target` has all of it or is as it was; both
    are brought to the version of this program. Raises StoreError where either cannot be used, and where `target`
    remembers something already and is not to be overwritten. Nobody may be working on `target`.
    """
    origin, destination = connect(source), connect(target)
    try:
        bring_up(origin)
        bring_up(destination)
        destination.close_to_others()
        with origin.reading() as old, destination.writing() as new:
            if not overwrite:
                _refuse_what_is_there(new, target)
            with _without_triggers(new):
                for table in reversed(_COPIED):
                    new.execute(table.delete())
                rows = {table.name: _copy(old, new, table) for table in _COPIED}
            _continue_numbers(new)
    finally:
        origin.close()
        destination.close()
    return rows


def _refuse_what_is_there(new: sa.Connection, target: Place) -> None:
    if any(_holds_rows(new, table) for table in _COPIED):
        raise StoreError(
            f"The store {shown(target)} remembers something already. Nothing was copied. Name an empty one, or say "
            "--overwrite: what it remembers is gone then."
        )


def _holds_rows(connection: sa.Connection, table: sa.Table) -> bool:
    return connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first() is not None


def _copy(old: sa.Connection, new: sa.Connection, table: sa.Table) -> int:
    count = 0
    query = sa.select(table).order_by(*table.primary_key)
    if table is items:  # the index of texts gives numbers by it: a search ends the earlier, the more these say of it
        came = identities.c.first_seen
        query = sa.select(items).join(identities, identities.c.id == items.c.id).order_by(came, items.c.id)
    found = old.execution_options(yield_per=_AT_ONCE).execute(query)
    for rows in found.mappings().partitions():
        new.execute(table.insert(), [dict(row) for row in rows])
        count += len(rows)
    return count


@contextmanager
def _without_triggers(connection: sa.Connection) -> Iterator[None]:
    """Let the block write without triggers that note it; the index of texts goes on being kept."""
    with _TRIGGERS[connection.dialect.name](connection):
        yield


@contextmanager
def _none_on_sqlite(connection: sa.Connection) -> Iterator[None]:
    found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    noting = [(name, sql) for name, sql in found if name not in KEPT_BY]
    for name, _ in noting:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for _, sql in noting:
        connection.exec_driver_sql(sql)


@contextmanager
def _none_on_postgresql(connection: sa.Connection) -> Iterator[None]:
    for word in ("DISABLE", "ENABLE"):
        for table in metadata.sorted_tables:
            connection.exec_driver_sql(f'ALTER TABLE "{table.name}" {word} TRIGGER USER')
        if word == "DISABLE":
            yield


_TRIGGERS = {"sqlite": _none_on_sqlite, "postgresql": _none_on_postgresql}


def _continue_numbers(connection: sa.Connection) -> None:
    """Have numbers that the database gives go on behind those that were copied; SQLite's do so by themselves."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
            newest = sa.func.max(column)
            connection.execute(
                sa.select(sa.func.setval(sequence, sa.func.coalesce(newest, 1), newest.is_not(None))).select_from(table)
            )
