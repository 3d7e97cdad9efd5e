"""What a clock that was ahead has left in the store is put right, on both databases."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime, timedelta

from feedbuilder.model import Outcome, Precision, SaidDate, StoredItem, Validators
from feedbuilder.store import SqlStore
from tests.store.makers import DAY, MINUTE, NOW, make_item, make_run, make_source, poll

WORLD = make_source("world")
YEAR = 365 * DAY
ALL = frozenset[str]()


def newest(store: SqlStore) -> list[StoredItem]:
    return list(store.newest(tags=ALL, sources=ALL))


def names(store: SqlStore) -> list[str]:
    return [item.canonical.rpartition("/")[2] for item in newest(store)]


def read(store: SqlStore, now: datetime, *stories: str, outcome: Outcome = Outcome.NEW) -> None:
    """Read a page at `now` and remember when it is due again."""
    poll(store, WORLD, [make_item(name) for name in stories], now)
    with store.transaction() as memory:
        state = replace(
            store.state("world"),
            validators=Validators('"1"', None),
            next_due=now + 30 * MINUTE,
            blocked_until=now + 12 * 60 * MINUTE,
            failures=3,
            last_run=now,
            last_success=now,
        )
        memory.record(make_run(now=now, outcome=outcome), state)


def test_moments_in_the_future_come_after_all_that_have_passed_in_their_order(store: SqlStore) -> None:
    store.sync_sources([WORLD], NOW)
    read(store, NOW, "right")
    read(store, NOW + YEAR, "first", "right")
    read(store, NOW + YEAR + 10 * MINUTE, "second", "first", "right")
    read(store, NOW + YEAR + 20 * MINUTE, "third", "second", "first", "right")
    now = NOW + 2 * 60 * MINUTE
    assert store.newest_moment() == NOW + YEAR + 20 * MINUTE
    assert store.put_right(now) > 0
    assert names(store) == ["third", "second", "first", "right"]
    seen = [item.first_seen for item in newest(store)]
    assert [one - other for one, other in itertools.pairwise(seen)][:2] == [10 * MINUTE, 10 * MINUTE]
    assert NOW < seen[2] < seen[0] < now
    assert store.newest_moment() == max(seen)
    assert [run.finished < now for run in store.runs("world", 10)] == [True] * 4
    for item in newest(store):
        assert (item.published, item.precision) == (item.first_seen, Precision.SEEN)
        assert item.changed == item.first_seen
        assert item.last_seen <= now
    assert store.put_right(now) == 0


def test_a_source_that_was_read_in_the_future_is_due_and_waits_for_nothing(store: SqlStore) -> None:
    store.sync_sources([WORLD], NOW)
    read(store, NOW + YEAR, "story")
    store.put_right(NOW)
    state = store.state("world")
    assert (state.next_due, state.blocked_until, state.failures) == (None, None, 0)
    assert state.validators == Validators()
    assert state.last_run is not None
    assert state.last_run < NOW


def test_a_source_that_waits_rightly_goes_on_waiting(store: SqlStore) -> None:
    asia = make_source("asia")
    store.sync_sources([WORLD, asia], NOW)
    read(store, NOW - MINUTE, "story")
    before = store.state("world")
    poll(store, asia, [make_item("other")], NOW + YEAR)
    store.put_right(NOW)
    assert store.state("world") == before


def test_dates_that_only_a_clock_ahead_could_believe_are_said_anew(store: SqlStore) -> None:
    """A day without a year was taken for one of the next year; the date that readers saw is corrected."""
    store.sync_sources([WORLD], NOW)
    wrong, right = SaidDate(NOW + YEAR - DAY), SaidDate(NOW - DAY)
    poll(store, WORLD, [make_item("talks", published=wrong), make_item("kept", published=right)], NOW + YEAR)
    store.announce({item.id for item in newest(store)})
    store.put_right(NOW)
    talks, kept = (next(item for item in newest(store) if item.canonical.endswith(name)) for name in ("talks", "kept"))
    assert (talks.published, talks.precision) == (talks.first_seen, Precision.SEEN)
    assert (kept.published, kept.precision) == (NOW - DAY, Precision.INSTANT)
    poll(store, WORLD, [make_item("talks", published=right), make_item("kept", published=SaidDate(NOW - 9 * DAY))], NOW)
    assert {item.published for item in newest(store)} == {NOW - DAY}


def test_guesses_of_one_page_keep_their_order(store: SqlStore) -> None:
    store.sync_sources([WORLD], NOW)
    poll(store, WORLD, [make_item(str(number)) for number in range(4)], NOW + YEAR)
    before = [item.published for item in newest(store)]
    store.put_right(NOW)
    after = [item.published for item in newest(store)]
    assert names(store) == ["0", "1", "2", "3"]
    shift = before[0] - after[0]
    assert [one - other for one, other in zip(before, after, strict=True)] == [shift] * 4
    assert shift > YEAR - timedelta(seconds=1)


def test_nothing_in_the_future_is_nothing_to_do(store: SqlStore) -> None:
    store.sync_sources([WORLD], NOW)
    read(store, NOW, "story")
    before = newest(store), store.state("world")
    assert store.put_right(NOW + MINUTE) == 0
    assert (newest(store), store.state("world")) == before
