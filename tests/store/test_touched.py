"""What the database notes by itself: what was touched since feeds were made, how often tags and items are there."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from feedbuilder.model import Icon, TagUse, Touched
from feedbuilder.store import SourceCount, SqlStore
from feedbuilder.store.tables import statement_tags
from tests.store.makers import DAY, MINUTE, NOW, make_item, make_source, poll

WORLD, ASIA = make_source("world"), make_source("asia")


def settled(store: SqlStore) -> Touched:
    """Take what was touched as published; return what it was."""
    news = store.touched()
    store.settle([], [], {}, news.until)
    return news


def counted(store: SqlStore) -> Counter[tuple[str, str]]:
    """Count the tags that items carry, row by row."""
    with store._database.reading() as connection:
        return Counter((row.key, row.name) for row in connection.execute(select(statement_tags)))


def uses(store: SqlStore) -> dict[tuple[str, str], int]:
    return {(use.key, use.name): use.items for use in store.tag_uses()}


def test_what_comes_is_touched_once_and_what_stays_is_not(store: SqlStore) -> None:
    poll(store, WORLD, [make_item("talks", tags=("Tea",)), make_item("trade")], NOW)
    news = settled(store)
    assert len(news.items) == 2
    assert news.tags == {"tea"}
    poll(store, WORLD, [make_item("talks", tags=("Tea",)), make_item("trade")], NOW + MINUTE)
    assert store.touched() == Touched(0)


def test_numbers_only_grow_so_that_what_came_late_stays_touched(store: SqlStore) -> None:
    poll(store, WORLD, [make_item("talks")], NOW)
    read = store.touched()
    poll(store, WORLD, [make_item("talks", title="Another title")], NOW + DAY)
    store.settle([], [], {}, read.until)
    late = store.touched()
    assert late.until > read.until
    assert late.items == read.items
    settled(store)
    poll(store, ASIA, [make_item("talks")], NOW + DAY)  # another list shows it too
    assert store.touched().until > late.until


def test_what_goes_is_touched_and_counted_no_longer(store: SqlStore) -> None:
    poll(store, WORLD, [make_item("old", tags=("Tea", "Milk"))], NOW)
    poll(store, WORLD, [make_item("new", tags=("TEA",))], NOW + 60 * DAY)
    settled(store)
    assert uses(store) == {("tea", "Tea"): 1, ("tea", "TEA"): 1, ("milk", "Milk"): 1} == counted(store)
    assert store.counts() == {"world": SourceCount(items=2, listed=1)}
    assert store.prune(NOW + 61 * DAY, keep_age=30 * DAY, keep_items=100, shown=()) == 1
    news = store.touched()
    assert len(news.items) == 1
    assert news.tags == {"tea", "milk"}
    assert uses(store) == {("tea", "TEA"): 1} == counted(store)
    assert store.counts() == {"world": SourceCount(items=1, listed=1)}
    assert store.tag_uses(frozenset({"milk"})) == []
    assert store.tag_uses(frozenset({"tea"})) == [TagUse("tea", "TEA", 1)]


def test_an_icon_touches_its_source_and_having_none_touches_nothing(store: SqlStore) -> None:
    poll(store, WORLD, [make_item("talks")], NOW)
    settled(store)
    store.remember_icon("world", None, NOW)
    assert store.touched() == Touched(0)
    store.remember_icon("world", Icon("png", b"\x89PNG"), NOW + DAY)
    assert settled(store).icons == {"world"}
    store.remember_icon("world", None, NOW + 2 * DAY)
    assert store.touched() == Touched(0)
