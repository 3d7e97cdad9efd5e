"""The first readings after a store was lost: what the feeds had no room for does not come back as news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedbuilder.model import Item, Known, Precision, SaidDate, Source, StoredItem
from feedbuilder.store import SqlStore, open_store
from tests.store.makers import DAY, MINUTE, NOW, make_item, make_source, poll, whole_day

WORLD, ASIA = make_source("world"), make_source("asia")
ALL = frozenset[str]()


def story(number: int, said: datetime | None) -> Item:
    return make_item(str(number), published=None if said is None else SaidDate(said))


def feed(store: SqlStore, entries: int) -> list[StoredItem]:
    """Return the entries of a feed of everything with room for so many."""
    return list(islice(store.newest(tags=ALL, sources=ALL), entries))


def names(items: Sequence[StoredItem]) -> list[str]:
    return [item.canonical.rpartition("/")[2] for item in items]


def recovered(store: SqlStore, shown: Sequence[StoredItem]) -> list[Known]:
    """Return what the published feeds tell of the entries `shown` in them."""
    with store.transaction() as memory:
        known = memory.known(item.canonical for item in shown)
    return [
        Known(
            known[item.canonical].identity,
            item,
            tuple(replace(one, tags=item.own_tags, assumed=True) for one in known[item.canonical].statements),
            announced=True,
        )
        for item in shown
    ]


def refilled(path: Path, known: Sequence[Known], sources: Sequence[Source], now: datetime) -> SqlStore:
    """Return a new store with nothing in it but what the feeds told."""
    store = open_store(path)
    store.seed(known, now)
    store.sync_sources(sources, now)
    return store


def test_entries_that_a_full_feed_had_pushed_out_stay_out_however_often_the_store_is_lost(tmp_path: Path) -> None:
    page = [story(number, NOW - number * DAY) for number in range(10)]
    store = open_store(tmp_path / "0.db")
    store.sync_sources([WORLD], NOW)
    poll(store, WORLD, page, NOW)
    shown = feed(store, 3)
    assert names(shown) == ["0", "1", "2"]
    for number in range(1, 4):
        later = NOW + number * DAY
        with store:
            known = recovered(store, feed(store, 3))
        store = refilled(tmp_path / f"{number}.db", known, [WORLD], later)
        assert poll(store, WORLD, page, later).new == ()
        assert [(one.id, one.published) for one in feed(store, 3)] == [(one.id, one.published) for one in shown]
    store.close()


def test_what_is_dated_after_the_newest_entry_is_new(tmp_path: Path) -> None:
    page = [story(number, NOW - number * DAY) for number in range(6)]
    with open_store(tmp_path / "lost.db") as lost:
        poll(lost, WORLD, page, NOW)
        known = recovered(lost, feed(lost, 2))
    with refilled(tmp_path / "new.db", known, [WORLD], NOW + DAY) as store:
        changes = poll(store, WORLD, [story(77, NOW + timedelta(hours=1)), *page], NOW + DAY)
        assert names([change.item for change in changes.new]) == ["77"]
        assert names(feed(store, 3)) == ["77", "0", "1"]


@pytest.mark.parametrize("dated", [False, True], ids=["undated", "a day each"])
def test_what_stands_above_the_topmost_entry_is_new_and_what_stands_below_is_not(
    tmp_path: Path, *, dated: bool
) -> None:
    said = whole_day("2026-02-06T00:00+04:00") if dated else None
    page = [make_item(str(number), published=said) for number in range(6)]
    with open_store(tmp_path / "lost.db") as lost:
        poll(lost, WORLD, page, NOW)
        known = recovered(lost, feed(lost, 2))
    with refilled(tmp_path / "new.db", known, [WORLD], NOW + MINUTE) as store:
        changes = poll(store, WORLD, [make_item("77", published=said), *page], NOW + MINUTE)
        assert names([change.item for change in changes.new]) == ["77"]
        assert names(feed(store, 3)) == ["77", "0", "1"]


def test_a_source_that_no_feed_showed_brings_back_nothing_old(tmp_path: Path) -> None:
    quiet = [story(100 + number, NOW - (30 + number) * DAY) for number in range(5)]
    busy = [story(number, NOW - number * MINUTE) for number in range(5)]
    with open_store(tmp_path / "lost.db") as lost:
        lost.sync_sources([WORLD, ASIA], NOW)
        poll(lost, ASIA, quiet, NOW)
        poll(lost, WORLD, busy, NOW + MINUTE)
        shown = feed(lost, 5)
        assert names(shown) == ["0", "1", "2", "3", "4"]
        known = recovered(lost, shown)
    with refilled(tmp_path / "new.db", known, [WORLD, ASIA], NOW + DAY) as store:
        assert poll(store, ASIA, quiet, NOW + DAY).new == ()
        assert poll(store, WORLD, busy, NOW + DAY).new == ()
        assert names(feed(store, 5)) == ["0", "1", "2", "3", "4"]


def test_a_page_that_turned_over_meanwhile_is_all_new(tmp_path: Path) -> None:
    with open_store(tmp_path / "lost.db") as lost:
        poll(lost, WORLD, [story(number, None) for number in range(3)], NOW)
        known = recovered(lost, feed(lost, 3))
    with refilled(tmp_path / "new.db", known, [WORLD], NOW + 9 * DAY) as store:
        changes = poll(store, WORLD, [story(number, None) for number in range(10, 13)], NOW + 9 * DAY)
        assert len(changes.new) == 3
        assert names(feed(store, 6)) == ["10", "11", "12", "0", "1", "2"]


def test_only_the_first_reading_guesses(tmp_path: Path) -> None:
    page = [story(number, NOW - number * DAY) for number in range(4)]
    with open_store(tmp_path / "lost.db") as lost:
        poll(lost, WORLD, page, NOW)
        known = recovered(lost, feed(lost, 2))
    with refilled(tmp_path / "new.db", known, [WORLD], NOW + DAY) as store:
        poll(store, WORLD, page, NOW + DAY)
        late = story(50, NOW - 20 * DAY)  # a story listed late with an old date is news again
        assert len(poll(store, WORLD, [*page, late], NOW + 2 * DAY).new) == 1
        assert names(feed(store, 1)) == ["50"]


AGES = st.integers(0, 40)
"""How many hours before the reading a story is dated."""
STORIES = st.lists(st.one_of(AGES, st.none()), min_size=1, max_size=6)
"""What one reading finds new at the top of a page, top first."""


@given(readings=st.lists(st.tuples(st.booleans(), STORIES), min_size=1, max_size=5), room=st.integers(1, 6))
@example(readings=[(False, [0]), (False, [25])], room=1)  # a story with an old date, listed late
@settings(max_examples=25, deadline=None)
def test_losing_the_store_changes_no_feed(readings: list[tuple[bool, list[int | None]]], room: int) -> None:
    pages: dict[str, list[Item]] = {"world": [], "asia": []}
    with TemporaryDirectory() as folder:
        with open_store(Path(folder, "lost.db")) as lost:
            lost.sync_sources([WORLD, ASIA], NOW)
            for number, (in_asia, ages) in enumerate(readings):
                source, now = ASIA if in_asia else WORLD, NOW + number * DAY
                fresh = [
                    story(number * 10 + place, None if age is None else now - age * timedelta(hours=1))
                    for place, age in enumerate(ages)
                ]
                pages[source.id] = [*fresh, *pages[source.id]][:8]
                poll(lost, source, pages[source.id], now)
            shown = feed(lost, room)
            known = recovered(lost, shown)
        now = NOW + len(readings) * DAY
        with refilled(Path(folder, "new.db"), known, [WORLD, ASIA], now) as store:
            poll(store, WORLD, pages["world"], now)
            poll(store, ASIA, pages["asia"], now)
            assert [(one.id, one.published) for one in feed(store, room)] == [(one.id, one.published) for one in shown]


def test_an_item_that_is_guessed_to_be_old_keeps_what_the_page_says_of_it(tmp_path: Path) -> None:
    page = [story(number, NOW - number * DAY) for number in range(4)]
    with open_store(tmp_path / "lost.db") as lost:
        poll(lost, WORLD, page, NOW)
        known = recovered(lost, feed(lost, 1))
    with refilled(tmp_path / "new.db", known, [WORLD], NOW + DAY) as store:
        poll(store, WORLD, page, NOW + DAY)
        item = next(item for item in feed(store, 9) if item.title == "Story of 3")
        assert (item.published, item.precision) == (NOW - 3 * DAY, Precision.INSTANT)
        assert item.first_seen < NOW
        assert item.changed == item.first_seen
