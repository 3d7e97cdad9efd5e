"""The big stores of the benchmarks are what the store itself would have written, read by read."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from feedbuilder.model import Outcome, Run, SourceState, Touched
from feedbuilder.store import SqlStore, open_store
from feedbuilder.store.tables import metadata
from tests.store.makers import poll

PROJECT = Path(__file__).parents[1]
COUNT, LISTED = 24, 3
NOT_ALIKE = {"touched", "runs", "sources"}
"""Nothing waits to be published in a big store, and of each source only the last reading is told."""


@pytest.fixture
def big_store(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(PROJECT / "benchmarks"))
    module = import_module("big_store")
    monkeypatch.setattr(module, "LISTED", LISTED)
    return module


def rows_of(store: SqlStore) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that stands in the tables that are to be alike, and what the index of texts knows."""
    with store._database.reading() as connection:
        rows = {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
            if table.name not in NOT_ALIKE
        }
        found = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE '%_stat1'")
        rows["schema"] = sorted((tuple(row) for row in found), key=repr)
        rows["searched"] = [tuple(row) for row in connection.exec_driver_sql("SELECT number, item FROM searched")]
    return rows


def test_a_big_store_is_what_the_store_would_have_written(big_store: Any, tmp_path: Path) -> None:
    sources = big_store.sources_of(3)
    with big_store.fill(tmp_path / "big.db", COUNT, sources) as made, open_store(tmp_path / "polled.db") as polled:
        polled.sync_sources(sources, big_store.LATEST)
        pages = {source.id: deque[Any](maxlen=LISTED) for source in sources}
        for number in range(COUNT):
            source, now = sources[number % 3], big_store.came_at(number, COUNT, big_store.LATEST)
            pages[source.id].appendleft(big_store.item_of(number, sources, COUNT, big_store.LATEST))
            poll(polled, source, list(pages[source.id]), now)
            with polled.transaction() as memory:
                run = Run(source.id, now, now + timedelta(seconds=2), Outcome.NEW, found=len(pages[source.id]))
                memory.record(run, SourceState(source.id, last_success=now))
        polled.announce(item.id for item in polled.items(limit=COUNT))
        assert rows_of(made) == rows_of(polled)
        assert made.touched() == Touched(0)
        for words in ("story 7:", "source-2.example", "tal", "zeppelin"):
            assert [one.id for one in made.items(search=words)] == [one.id for one in polled.items(search=words)]
