"""Inserting rows that may be there already, in either dialect.

Owns how an upsert is written; knows nothing of what the rows mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table

from feedbuilder.store.database import DialectTraits


def put(
    connection: Connection,
    dialect: DialectTraits,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    replaced: Sequence[str] | None = None,
) -> None:
    """Insert `rows` into `table`; where one is there already, replace the columns `replaced`.

    By default all that are not its key; with none, the row that is there stays as it is.
    """
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    names = [name for name in rows[0] if name not in keys] if replaced is None else list(replaced)
    adding = dialect.insert(table)
    if names:
        adding = adding.on_conflict_do_update(index_elements=keys, set_={name: adding.excluded[name] for name in names})
    else:
        adding = adding.on_conflict_do_nothing(index_elements=keys)
    connection.execute(adding, rows)
