"""What the tests of the store share: a store on SQLite and on PostgreSQL. The makers of values are in `makers`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from feedbuilder.store import SqlStore, open_store


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Return where a store can be made, on either database."""
    if request.param == "sqlite":
        return tmp_path / "var" / "feedbuilder.db"
    # Tables are made from the beginning only where that is what a test is of: they take longer than most tests.
    url: str = request.getfixturevalue(
        "fresh_postgres" if "migrations_run" in request.fixturenames else "made_postgres"
    )
    return url


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def one_place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path | str:
    """Return where a module can have tables of its own, on either database; there are no others."""
    if request.param == "sqlite":
        return tmp_path_factory.mktemp("own") / "tables.db"
    url: str = request.getfixturevalue("postgres")
    return url


@pytest.fixture
def store(place: Path | str) -> Iterator[SqlStore]:
    with open_store(place) as opened:
        yield opened


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_store(tmp_path / "feedbuilder.db") as opened:
        yield opened
