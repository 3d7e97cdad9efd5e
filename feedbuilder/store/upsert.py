"""Inserting rows that may be there already, in either dialect.

Owns how an upsert is written; knows nothing of what the rows mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Table

from feedbuilder.store.database import DialectTraits
from feedbuilder.store.ready import Ready, Session


def put(
    connection: Session,
    dialect: DialectTraits,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    replaced: Sequence[str] | None = None,
) -> None:
    """Insert `rows` into `table`; where one is there already, replace the columns `replaced`.

    By default all that are not its key; with none, the row that is there stays as it is.
    """
    if rows:
        names = tuple(rows[0])
        _adding(dialect.insert, table, names, names if replaced is None else tuple(replaced)).run(connection, *rows)


@lru_cache
def _adding(insert: Callable[[Table], Any], table: Table, columns: tuple[str, ...], replaced: tuple[str, ...]) -> Ready:
    """Return the statement that inserts rows with these columns; made once, for that takes longer than to run it."""
    keys = [column.name for column in table.primary_key]
    names = [name for name in replaced if name not in keys]
    adding = insert(table)
    if names:
        put = adding.on_conflict_do_update(index_elements=keys, set_={name: adding.excluded[name] for name in names})
        return Ready(put, columns)
    return Ready(adding.on_conflict_do_nothing(index_elements=keys), columns)
