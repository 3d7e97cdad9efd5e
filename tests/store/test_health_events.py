"""What people should hear of sources is remembered, bounded, and without secrets."""

from __future__ import annotations

from dataclasses import replace

from feedbuilder.model import EventKind, HealthEvent, Outcome, SourceState
from feedbuilder.store import SqlStore
from feedbuilder.store.health_rows import EVENTS_KEPT
from tests.store.makers import DAY, MINUTE, NOW, make_item, make_run, make_source, poll


def event(place: int, reason: str = "It is gone.") -> HealthEvent:
    return HealthEvent.of("world", EventKind.FAILING, NOW + place * MINUTE, since=NOW, failures=3, reason=reason)


def test_events_come_back_as_they_were_told_the_last_one_first(store: SqlStore) -> None:
    with store.transaction() as memory:
        memory.tell([event(1), event(2)])
    with store.transaction() as memory:
        memory.tell([event(3)])
    numbers, events = zip(*store.health_events(10), strict=True)
    assert events == (event(3), event(2), event(1))
    assert list(numbers) == sorted(numbers, reverse=True)
    assert [one for _, one in store.health_events(1)] == [event(3)]


def test_only_so_many_are_kept(store: SqlStore) -> None:
    for start in range(0, EVENTS_KEPT + 50, 50):
        with store.transaction() as memory:
            memory.tell([event(start + place) for place in range(50)])
    events = [one for _, one in store.health_events(1_000)]
    assert len(events) == EVENTS_KEPT
    assert events[0] == event(EVENTS_KEPT + 49)


def test_no_secret_is_kept(store: SqlStore) -> None:
    with store.transaction() as memory:
        memory.tell([event(1, "https://user:pass-word@site.example/?token=abcdef is gone.")])
    [(_, one)] = store.health_events(1)
    assert one.reason == "https://***@site.example/?token=*** is gone."


def test_a_source_remembers_that_people_know(store: SqlStore) -> None:
    state = SourceState("world", failures=3, incident=NOW)
    with store.transaction() as memory:
        memory.record(make_run(outcome=Outcome.FAILED), state)
    assert store.state("world") == state
    with store.transaction() as memory:
        memory.record(make_run(), replace(state, failures=0, incident=None))
    assert store.state("world").incident is None


def test_news_are_counted_by_day_and_source(store: SqlStore) -> None:
    world, paper = make_source("world"), make_source("paper")
    poll(store, world, [make_item("one"), make_item("two")], NOW - 13 * DAY)
    poll(store, world, [make_item("one"), make_item("three")], NOW)
    poll(store, paper, [make_item("old")], NOW - 14 * DAY)
    poll(store, paper, [make_item("old"), make_item("late")], NOW.replace(hour=0))
    assert store.news_per_day(NOW, 14) == {"world": (2, *[0] * 12, 1), "paper": (*[0] * 13, 1)}
