"""Empty stores on SQLite, made as the migrations made the first one of this process, without running them each time.

More than a thousand tests begin with an empty store, and Alembic took more time than most of them. What migrations do
is tried in `tests/store/test_opening.py`, which has them run, as does every process that a test starts.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from feedbuilder.store import migrate, tables

_migrated = migrate._upgrade
# What SQLite keeps for an index of texts it makes with the index; what belongs to a UNIQUE, with its table.
_MADE = """
    SELECT sql FROM sqlite_master AS made WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite~_%' ESCAPE '~'
    AND NOT EXISTS (SELECT 1 FROM sqlite_master AS texts WHERE texts.sql LIKE 'CREATE VIRTUAL TABLE%'
                    AND made.type = 'table' AND made.name LIKE texts.name || '~_%' ESCAPE '~')
    ORDER BY type = 'table' DESC, rowid
"""


class QuickStores:
    """Makes stores by the statements that describe the first, which the migrations made."""

    def __init__(self) -> None:
        self._statements: list[str] = []

    def upgrade(self, connection: Connection, version: str | None, place: str) -> None:
        """Do what the function of this name in `migrate` does."""
        if version is None and connection.dialect.name == "sqlite" and self._statements:
            for statement in self._statements:
                connection.exec_driver_sql(statement)
            return
        _migrated(connection, version, place)
        if version is None and connection.dialect.name == "sqlite":
            made = [str(sql) for (sql,) in connection.exec_driver_sql(_MADE)]
            row = f"INSERT INTO {migrate.VERSION_TABLE} VALUES ('{tables.VERSION}')"
            self._statements = [*made, row]


@pytest.fixture(scope="session", autouse=True)
def quick_stores() -> Iterator[None]:
    """Make the stores of all tests so."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(migrate, "_upgrade", QuickStores().upgrade)
        yield


@pytest.fixture
def migrations_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the migrations run for each store that this test makes."""
    monkeypatch.setattr(migrate, "_upgrade", _migrated)
