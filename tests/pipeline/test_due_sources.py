"""Which sources a build reads that comes from a cron: those whose interval is over, or nearly so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from feedbuilder.cli import app
from feedbuilder.model import SourceState
from feedbuilder.pipeline.schedule import is_due

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("due_in", "interval", "expected"),
    [
        (None, None, True),  # never read
        (-HOUR, HOUR, True),
        (timedelta(), HOUR, True),
        (timedelta(minutes=5), HOUR, True),  # cron does not come to the minute
        (timedelta(minutes=7), HOUR, False),
        (timedelta(minutes=7), 6 * HOUR, True),
        (5 * HOUR, 6 * HOUR, False),
        (timedelta(seconds=1), None, False),
    ],
)
def test_a_source_is_due_when_its_interval_is_nearly_over(
    due_in: timedelta | None, interval: timedelta | None, expected: bool
) -> None:
    state = SourceState("world", interval=interval, next_due=None if due_in is None else NOW + due_in)
    assert is_due(state, NOW) is expected


def test_to_read_what_waits_and_only_what_is_due_is_a_contradiction() -> None:
    told = CliRunner().invoke(app, ["build", "--force", "--due"])
    assert told.exit_code == 2
    assert "contradict" in told.output
