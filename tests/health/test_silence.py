"""A hint that a source has been silent for longer than ever; nights, weekends and short lives are no reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedbuilder.health import unusual_silence
from feedbuilder.model import ListProfile, SourceState

NOW = datetime(2026, 2, 20, tzinfo=UTC)
USUAL = ListProfile(items=10, titles=1, dates=1, summaries=1, images=0)


def hint(quiet_hours: float, rest_hours: float, **parts: object) -> str | None:
    state = SourceState("town", last_run=NOW, last_success=NOW, last_change=NOW - timedelta(hours=quiet_hours))
    return unusual_silence(replace(state, **parts), replace(USUAL, rest=rest_hours))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("quiet_hours", "rest_hours", "is_told"),
    [
        (60, 10, False),  # a weekend
        (71, 1, False),
        (73, 1, True),
        (24 * 9, 24 * 4, False),
        (24 * 13, 24 * 4, True),
        (24 * 365, 0, False),  # it never brought anything twice
    ],
)
def test_three_times_the_longest_rest_and_three_days_at_least(
    quiet_hours: float, rest_hours: float, is_told: bool
) -> None:
    assert (hint(quiet_hours, rest_hours) is not None) is is_told


def test_it_is_said_in_whole_days_and_hours() -> None:
    assert str(hint(24 * 12.4, 20.2)).startswith(
        "It has brought nothing for 12d, where it used to rest for 20h at most."
    )


@pytest.mark.parametrize("parts", [{"failures": 1}, {"last_change": None}, {"last_success": None}])
def test_a_source_that_cannot_be_read_is_told_of_otherwise(parts: dict[str, object]) -> None:
    assert hint(24 * 30, 2, **parts) is None


def test_what_is_not_known_is_not_told() -> None:
    assert unusual_silence(SourceState("town", last_success=NOW, last_change=NOW - timedelta(days=90)), None) is None
