"""When people hear of a source: once per incident, at once for what does not pass, and when it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedbuilder.health import PATIENCE, standing, told, weigh
from feedbuilder.model import EventKind, HealthEvent, Outcome, Run, SourceState

NOW = datetime(2026, 2, 6, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class History:
    """The state of one source from run to run, as the store keeps it, and what was told of it."""

    def __init__(self) -> None:
        self.state = SourceState("town", last_run=NOW, last_success=NOW)
        self.now = NOW
        self.events: list[HealthEvent] = []

    def fails(self, status: int | None = 503, error: str = "It is overloaded.") -> None:
        self.now += HOUR
        run = Run("town", self.now, self.now, Outcome.FAILED, error=error, status=status)
        after = replace(self.state, failures=self.state.failures + 1, last_run=self.now, error=error)
        self._ends(run, after)

    def is_read(self, outcome: Outcome = Outcome.UNCHANGED, repair: str | None = None) -> None:
        self.now += HOUR
        run = Run("town", self.now, self.now, outcome, repair=repair)
        self._ends(run, replace(self.state, failures=0, last_run=self.now, last_success=self.now, error=None))

    def _ends(self, run: Run, after: SourceState) -> None:
        self.state, events = weigh(run, self.state, after)
        self.events += events

    @property
    def kinds(self) -> list[EventKind]:
        return [event.kind for event in self.events]


@pytest.fixture
def town() -> History:
    return History()


def test_a_failure_or_two_are_nobodys_business(town: History) -> None:
    for _ in range(10):
        for _ in range(PATIENCE - 1):
            town.fails()
        town.is_read()
    assert town.events == []


def test_how_many_failures_are_too_many_is_for_the_operator_to_say() -> None:
    run = Run("town", NOW, NOW, Outcome.FAILED, error="It is overloaded.", status=503)
    for failures, patience, is_told in ((1, 1, True), (1, 2, False), (5, 6, False), (6, 6, True)):
        state = SourceState("town", failures=failures)
        assert bool(weigh(run, state, state, patience)[1]) is is_told


def test_what_will_hardly_pass_is_told_at_once() -> None:
    run = Run("town", NOW, NOW, Outcome.FAILED, error="It is for sale.", status=200, is_lasting=True)
    state = SourceState("town", failures=1)
    assert len(weigh(run, state, state)[1]) == 1


def test_an_incident_is_said_in_a_sentence_as_long_as_it_lasts(town: History) -> None:
    assert standing(town.state) is None
    for _ in range(PATIENCE + 1):
        town.fails()
    assert standing(town.state) == (
        "It was last read well on 6 February 2026, 10:00 UTC; the last 4 readings failed. "
        "An incident since 6 February 2026, 13:00 UTC."
    )
    town.is_read()
    assert standing(town.state) is None
    assert "never read well; the last reading failed" in str(standing(SourceState("new", failures=1, incident=NOW)))


def test_an_incident_is_told_once_and_its_end_once(town: History) -> None:
    for _ in range(20):
        town.fails()
    assert town.kinds == [EventKind.FAILING]
    [failing] = town.events
    assert (failing.failures, failing.since, failing.at) == (PATIENCE, NOW, NOW + PATIENCE * HOUR)
    for _ in range(5):
        town.is_read(Outcome.NOT_MODIFIED)
    assert town.kinds == [EventKind.FAILING, EventKind.RECOVERED]
    assert (town.events[1].since, town.events[1].failures) == (failing.at, 20)
    assert town.state.incident is None


@pytest.mark.parametrize("status", [404, 410])
def test_what_waiting_does_not_bring_back_is_told_at_once(town: History, status: int) -> None:
    town.fails(status)
    town.fails(status)
    assert town.kinds == [EventKind.FAILING]


def test_the_next_incident_is_told_again_with_an_id_of_its_own(town: History) -> None:
    for _ in range(2):
        town.fails(410)
        town.is_read()
    assert town.kinds == [EventKind.FAILING, EventKind.RECOVERED] * 2
    assert len({event.id for event in town.events}) == 4


def test_a_repair_is_told_and_ends_an_incident(town: History) -> None:
    for _ in range(PATIENCE):
        town.fails(200)
    town.is_read(Outcome.NEW, repair="the page has changed, and its list was found again.")
    assert town.kinds == [EventKind.FAILING, EventKind.REPAIRED, EventKind.RECOVERED]


def test_the_words_say_since_when_why_and_what_to_do(town: History) -> None:
    for _ in range(PATIENCE):
        town.fails(error="https://town.example/news?token=abcdef is overloaded. It will be tried again later.")
    town.is_read()
    failing, recovered = (told(event, "Town hall") for event in town.events)
    assert failing.title == "Town hall cannot be read"
    assert failing.text == (
        "The last 3 readings failed; it was last read well on 6 February 2026, 10:00 UTC. https://town.example/news is "
        "overloaded. It will be tried again later. What was published stays as it is. You will be told when it is read "
        "again. To look into it: feedbuilder diagnose town"
    )
    assert recovered.title == "Town hall is read again"
    assert "told on 6 February 2026, 13:00 UTC" in recovered.text
    assert "abcdef" not in failing.text + recovered.text


def test_one_failure_of_a_source_that_was_never_read(town: History) -> None:
    town.state = SourceState("town")
    town.fails(404, "It does not exist.")
    [event] = town.events
    assert told(event, "Town hall").text.startswith("The last reading failed; it was never read well. It does not")
