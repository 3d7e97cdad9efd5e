"""When lists last showed an item: it stands beside the source as long as they do; what is forgotten goes by it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from feedbuilder.model import Source, SourceState
from feedbuilder.store import SourceCount, SqlStore
from tests.store.makers import DAY, MINUTE, NOW, make_item, make_run, make_source, poll
from tests.store.test_store_contract import names, newest

HOUR = timedelta(hours=1)
WORLD, ASIA = make_source("world"), make_source("asia")


def read_well(store: SqlStore, source: Source, now: datetime, *listed: str) -> None:
    """Read a list of these items well, as the pipeline does; nothing listed: its page has not changed."""
    if listed:
        poll(store, source, [make_item(one) for one in listed], now)
    with store.transaction() as memory:
        memory.record(make_run(source.id, now), SourceState(source.id, last_success=now))


def seen(store: SqlStore) -> dict[str, datetime]:
    """Return when each item was last seen, by its name: as entries say it, and as known stories do."""
    items = newest(store)
    with store.transaction() as memory:
        known = memory.known(item.canonical for item in items)
    for item in items:
        assert max(one.last_seen for one in known[item.canonical].statements) == item.last_seen
    return {names([item])[0]: item.last_seen for item in items}


def test_what_a_page_still_lists_was_seen_when_it_was_last_read_well(store: SqlStore) -> None:
    read_well(store, WORLD, NOW, "gone", "stays")
    read_well(store, WORLD, NOW + HOUR)
    assert seen(store) == {"gone": NOW + HOUR, "stays": NOW + HOUR}
    read_well(store, WORLD, NOW + 2 * HOUR, "stays")
    poll(store, ASIA, [make_item("elsewhere")], NOW)
    read_well(store, WORLD, NOW + DAY)
    assert seen(store) == {"gone": NOW + HOUR, "stays": NOW + DAY, "elsewhere": NOW}
    assert store.counts() == {"asia": SourceCount(1, 1), "world": SourceCount(items=2, listed=1)}


def test_what_returns_to_a_list_is_seen_again(store: SqlStore) -> None:
    read_well(store, WORLD, NOW, "one", "two")
    read_well(store, WORLD, NOW + HOUR, "two")
    read_well(store, WORLD, NOW + 2 * HOUR, "one", "two")
    read_well(store, WORLD, NOW + 3 * HOUR)
    assert seen(store) == {"one": NOW + 3 * HOUR, "two": NOW + 3 * HOUR}


def test_what_a_source_listed_that_is_gone_was_last_seen_when_it_was_read(store: SqlStore) -> None:
    store.sync_sources([WORLD, ASIA], NOW)
    read_well(store, WORLD, NOW, "world")
    read_well(store, ASIA, NOW, "asia")
    for source in (WORLD, ASIA):
        read_well(store, source, NOW + HOUR)
    store.sync_sources([ASIA], NOW + 2 * HOUR)
    store.sync_sources([ASIA], NOW + 3 * HOUR)
    assert seen(store) == {"world": NOW + HOUR, "asia": NOW + HOUR}
    keep: dict[str, Any] = {"keep_items": 100, "shown": ()}
    assert store.prune(NOW + HOUR + 30 * MINUTE, keep_age=HOUR, **keep) == 0
    assert store.prune(NOW + 2 * HOUR + MINUTE, keep_age=HOUR, **keep) == 1
    assert seen(store) == {"asia": NOW + HOUR}


def test_of_too_many_those_seen_longest_ago_go_whatever_was_written_of_them_since(store: SqlStore) -> None:
    read_well(store, WORLD, NOW, "first", "second", "third")
    read_well(store, WORLD, NOW + HOUR)
    read_well(store, WORLD, NOW + 2 * HOUR, "second", "third")
    for hour in (3, 4):
        read_well(store, WORLD, NOW + hour * HOUR)
    read_well(store, ASIA, NOW + 3 * HOUR, "fourth")
    read_well(store, ASIA, NOW + 4 * HOUR, "fifth")
    read_well(store, WORLD, NOW + 5 * HOUR, "sixth")
    assert store.prune(NOW + 5 * HOUR, keep_age=DAY, keep_items=4, shown=()) == 2
    assert set(seen(store)) == {"second", "third", "fifth", "sixth"}
