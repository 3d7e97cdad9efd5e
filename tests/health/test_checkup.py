"""Whether an installation is well: how many sources cannot be read, and how late the latest reading is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from feedbuilder.health import Checkup, check_up
from feedbuilder.model import SourceState

NOW = datetime(2026, 2, 6, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
WELL = SourceState("one", last_run=NOW - HOUR, last_success=NOW - HOUR, next_due=NOW + HOUR)
BROKEN = replace(WELL, source="two", incident=NOW - HOUR, failures=3)


def looked_at(*states: SourceState, waiting: tuple[str, ...] = (), **limits: Any) -> Checkup:
    return check_up(states, waiting, NOW, **{"failing": 0.5, "lag": HOUR, **limits})


def test_a_well_one_is_well() -> None:
    assert looked_at(WELL) == Checkup(
        is_well=True, sentence="well: 0 of 1 sources cannot be read, the latest reading is on time"
    )


def test_the_share_of_broken_sources_counts() -> None:
    assert looked_at(WELL, BROKEN).is_well
    found = looked_at(WELL, BROKEN, BROKEN)
    assert found == Checkup(
        is_well=False, sentence="not well: 2 of 3 sources cannot be read, the latest reading is on time"
    )
    assert looked_at(WELL, BROKEN, BROKEN, failing=0.7).is_well
    assert not looked_at(WELL, BROKEN, failing=0).is_well


def test_a_failure_that_is_no_incident_is_no_illness() -> None:
    assert looked_at(replace(WELL, failures=2, error="It timed out."), failing=0).is_well


@pytest.mark.parametrize(("late", "is_well"), [(HOUR, True), (HOUR + timedelta(seconds=1), False)])
def test_a_late_reading_counts(late: timedelta, is_well: bool) -> None:
    found = looked_at(WELL, replace(WELL, next_due=NOW - late))
    assert found.is_well == is_well
    assert "1h" in found.sentence
    assert found.sentence.endswith(" late")


def test_who_was_asked_to_wait_is_not_late() -> None:
    late = replace(WELL, next_due=NOW - 9 * HOUR)
    assert not looked_at(late).is_well
    assert looked_at(replace(late, blocked_until=NOW + HOUR)).is_well
    assert looked_at(late, waiting=("one",)).is_well


def test_what_never_worked_is_not_well_and_nothing_to_do_is() -> None:
    assert looked_at(SourceState("one")) == Checkup(is_well=False, sentence="not well: no source was read yet")
    assert looked_at(WELL, SourceState("new")).is_well
    assert looked_at() == Checkup(is_well=True, sentence="well: there are no sources")
