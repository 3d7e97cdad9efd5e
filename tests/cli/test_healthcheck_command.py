"""`feedbuilder healthcheck`: one line and an exit code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from feedbuilder.cli import app
from feedbuilder.config import load
from feedbuilder.fetch import refusing
from feedbuilder.model import HostWait, Outcome, Run, SourceState
from feedbuilder.store import open_store

SOURCE = '[[source]]\nid = "town"\nurl = "https://town.example/"\nselectors.item = "article"\n'
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config" / "feedbuilder.toml"
    path.parent.mkdir()
    path.write_text(SOURCE, "utf-8")
    return path


def was_read(config: Path, *, due: datetime, incident: datetime | None = None) -> None:
    with open_store(load(config, {}).store.path) as store, store.transaction() as memory:
        run = Run("town", NOW - DAY, NOW - DAY, Outcome.UNCHANGED)
        memory.record(run, SourceState("town", last_run=NOW - DAY, next_due=due, incident=incident))


def call(config: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["healthcheck", *arguments, "-c", str(config)])


def test_without_a_store_nothing_works(config: Path) -> None:
    result = call(config)
    assert result.exit_code == 1
    assert "Nothing was built yet" in result.output


def test_a_well_one_is_one_line_and_no_failure(config: Path) -> None:
    was_read(config, due=NOW + DAY)
    result = call(config)
    assert result.exit_code == 0
    assert result.stdout == "well: 0 of 1 sources cannot be read, the latest reading is on time\n"


def test_a_broken_one_fails_unless_that_is_allowed(config: Path) -> None:
    was_read(config, due=NOW + DAY, incident=NOW - DAY)
    result = call(config)
    assert (result.exit_code, result.stdout[:39]) == (1, "not well: 1 of 1 sources cannot be read")
    assert call(config, "--failing", "1").exit_code == 0


def test_a_late_one_fails_unless_its_host_asked_for_it(config: Path) -> None:
    was_read(config, due=NOW - DAY)
    assert call(config).exit_code == 1
    assert call(config, "--lag", "2d").exit_code == 0
    with open_store(load(config, {}).store.path) as store:
        place = min(refusing("https://town.example/"))
        store.remember_wait(HostWait(place, NOW + DAY, NOW, 1, "It is overloaded.", 503))
    assert call(config).exit_code == 0


def test_a_lag_that_is_none_is_told(config: Path) -> None:
    was_read(config, due=NOW + DAY)
    result = call(config, "--lag", "soon")
    assert result.exit_code == 2
    assert "--lag soon: expected a duration" in " ".join(result.output.split())
