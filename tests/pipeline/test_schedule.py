"""When a source is read next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.model import LONGEST_RETRY_AFTER, Outcome, Run, Source, SourceState
from feedbuilder.pipeline.backoff import LONGEST_BACKOFF, backoff
from feedbuilder.pipeline.schedule import SPREAD, after_run, due_at, spread_of, with_settings

NOW = datetime(2026, 2, 6, 11, 0, tzinfo=UTC)
MIDDLE = 0.5
SOURCE = Source.model_validate(
    {
        "id": "s",
        "url": "https://example.org/",
        "interval": "30m",
        "min_interval": "10m",
        "max_interval": "2h",
        "selectors": {"item": "li"},
    }
)


def run(outcome: Outcome, retry_after: timedelta | None = None, at: datetime = NOW, status: int | None = None) -> Run:
    error = "it broke" if outcome is Outcome.FAILED else None
    return Run("s", at, at, outcome, error=error, retry_after=retry_after, status=status)


def after(*outcomes: Outcome, pause: timedelta = timedelta(hours=3)) -> SourceState:
    """Return the state after these runs, `pause` apart; the last one is at NOW."""
    state = SourceState("s")
    for index, outcome in enumerate(outcomes, 1 - len(outcomes)):
        state = after_run(state, run(outcome, at=NOW + index * pause), SOURCE, MIDDLE)
    return state


def test_the_first_reading_finds_everything_new_and_says_nothing_about_the_pace() -> None:
    assert after(Outcome.NEW).interval == timedelta(minutes=30)


def test_news_shorten_the_interval_down_to_the_floor() -> None:
    one, many = after(Outcome.NEW, Outcome.NEW), after(*[Outcome.NEW] * 20)
    assert one.interval is not None
    assert one.interval < timedelta(minutes=30)
    assert many.interval == timedelta(minutes=10)


@pytest.mark.parametrize("outcome", [Outcome.UNCHANGED, Outcome.NOT_MODIFIED])
def test_quiet_lengthens_it_up_to_the_ceiling(outcome: Outcome) -> None:
    assert after(*[outcome] * 40).interval == timedelta(hours=2)


def test_looking_early_and_often_does_not_slow_a_source_down() -> None:
    assert after(*[Outcome.UNCHANGED] * 40, pause=timedelta(seconds=5)).interval == timedelta(minutes=30)


def test_a_page_that_could_not_be_read_keeps_nobody_away_who_mends_the_selectors() -> None:
    state = after_run(SourceState("s"), run(Outcome.FAILED, status=200), SOURCE, MIDDLE)
    assert state.blocked_until is None
    assert state.next_due is not None
    assert state.next_due > NOW


def test_waiting_under_other_settings_is_void() -> None:
    state = replace(after(Outcome.FAILED), fingerprint="old")
    assert with_settings(state, "old") == state
    assert with_settings(state, "new").blocked_until is None
    assert due_at(with_settings(state, "new"), NOW, 0.0, timedelta()) == NOW


def test_a_failure_backs_off_and_says_why() -> None:
    state = after(Outcome.NEW, Outcome.FAILED)
    assert (state.failures, state.error) == (1, "it broke")
    assert state.blocked_until is not None
    assert state.next_due is not None
    assert NOW < state.blocked_until <= state.next_due


def test_a_good_reading_forgets_the_failures() -> None:
    state = after(Outcome.NEW, Outcome.FAILED, Outcome.FAILED, Outcome.UNCHANGED)
    assert (state.failures, state.error, state.blocked_until) == (0, None, None)


def test_the_site_may_ask_for_a_longer_wait_but_not_for_ever() -> None:
    asked = after_run(SourceState("s"), run(Outcome.FAILED, timedelta(hours=30)), SOURCE, MIDDLE)
    mistaken = after_run(SourceState("s"), run(Outcome.FAILED, timedelta(days=4000)), SOURCE, MIDDLE)
    assert asked.blocked_until == NOW + timedelta(hours=30)
    assert mistaken.blocked_until == NOW + LONGEST_RETRY_AFTER


@given(st.integers(1, 1000), st.floats(0, 1))
def test_backoff_grows_to_a_ceiling_and_is_never_none(failures: int, chance: float) -> None:
    wait = backoff(failures, SOURCE, chance)
    assert timedelta() < wait <= LONGEST_BACKOFF
    assert backoff(failures + 1, SOURCE, chance) >= wait


@given(st.floats(0, 1))
def test_a_restart_spreads_what_fell_due_and_leaves_the_rest_where_it_stands(chance: float) -> None:
    spread = timedelta(minutes=2)
    late = SourceState("s", next_due=NOW - timedelta(hours=5))
    early = SourceState("s", next_due=NOW + timedelta(hours=1))
    assert NOW <= due_at(late, NOW, chance, spread) <= NOW + spread
    assert due_at(early, NOW, chance, spread) == NOW + timedelta(hours=1)


def test_a_request_comes_at_once_but_never_before_the_site_allows() -> None:
    wished = SourceState("s", next_due=NOW + timedelta(hours=1), requested=NOW)
    blocked = SourceState("s", requested=NOW, blocked_until=NOW + timedelta(minutes=7))
    assert due_at(wished, NOW, MIDDLE, timedelta()) == NOW
    assert due_at(blocked, NOW, MIDDLE, timedelta()) == NOW + timedelta(minutes=7)


def test_few_sources_are_no_stampede_and_wait_for_nothing() -> None:
    assert spread_of(0) == timedelta()
    assert spread_of(3) < timedelta(seconds=1)
    assert timedelta(seconds=10) < spread_of(500) < timedelta(minutes=1)
    assert spread_of(10_000) == SPREAD
