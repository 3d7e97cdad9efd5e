"""Which items stand in a feed: by tags, sources and texts; those first seen last; in the order of their dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.feeds import reroute, route
from feedbuilder.model import Outline, Sight, StoredItem
from tests.feeds.conftest import NOON, make_feed, make_item


@pytest.mark.parametrize(
    ("rules", "admitted"),
    [
        ({}, True),
        ({"tags": "WORLD news"}, True),
        ({"tags": ["Sport", "#Climate"]}, True),
        ({"tags": ["Sport"]}, False),
        ({"tags": {"all": ["World News", "Climate"]}}, True),
        ({"tags": {"all": ["World News", "Sport"]}}, False),
        ({"tags": {"any": ["World News"], "none": ["climate"]}}, False),
        ({"sources": ["paper"]}, True),
        ({"sources": ["gazette"]}, False),
        ({"sources": {"none": ["paper"]}}, False),
        ({"include": {"title": "sea wall"}}, True),
        ({"include": {"title": ["harbour", "SEA WALL"]}}, True),
        ({"include": {"title": "sea wall", "summary": "harbour"}}, False),
        ({"include": {"author": "field"}}, True),
        ({"include": {"link": r"/story-1$"}}, True),
        ({"exclude": {"title": "sea wall"}}, False),
        ({"exclude": {"title": "harbour", "author": "lindqvist"}}, False),
        ({"exclude": {"title": "harbour"}}, True),
    ],
)
def test_rules(feed: Any, item: Any, rules: dict[str, Any], admitted: bool) -> None:
    story = item(
        title="Coastal towns rebuild sea walls",
        summary="A levy pays for it.",
        authors=("Mara Lindqvist", "Jo Field"),
        tags=("World News", "Climate"),
    )
    assert bool(route(feed(**rules), [story])) is admitted


def test_a_part_that_the_site_did_not_give_matches_no_pattern(feed: Any, item: Any) -> None:
    bare = item(title=None, summary=None, authors=())
    assert route(feed(include={"summary": ".*"}), [bare]) == ()
    assert route(feed(exclude={"summary": ".*", "author": ".*"}), [bare]) == (bare,)


def test_a_late_story_with_an_old_date_gets_in_and_stands_where_its_date_puts_it(
    feed: Any, item: Any, noon: datetime
) -> None:
    late = item(9, published=noon - timedelta(days=3), first_seen=noon)
    recent = [item(number) for number in (1, 2, 3)]
    entries = route(feed(entries=3), [late, *recent])
    assert entries == (recent[0], recent[1], late)


def test_entries_of_one_date_stand_as_they_were_first_seen(feed: Any, item: Any, noon: datetime) -> None:
    earlier = item(1, published=noon, first_seen=noon)
    later = item(2, published=noon, first_seen=noon + timedelta(minutes=1))
    twin = item(3, published=noon, first_seen=noon)
    expected = (later, *sorted((earlier, twin), key=lambda entry: entry.id))
    assert route(feed(), [later, earlier, twin]) == route(feed(), [twin, earlier, later]) == expected


def test_candidates_are_read_no_further_than_needed(feed: Any, item: Any) -> None:
    def candidates() -> Iterator[StoredItem]:
        yield item(1)
        yield item(2, tags=("Sport",))
        yield item(3)
        pytest.fail("read on after the feed was full")

    assert len(route(feed(entries=2, tags=["World News"]), candidates())) == 2


def stories(numbers: st.SearchStrategy[int]) -> st.SearchStrategy[dict[int, StoredItem]]:
    """Stories by number: few dates, so that many share one; some have the tag and the word, others have not."""
    hours = st.integers(0, 3).map(lambda ago: NOON - timedelta(hours=ago))
    parts = st.fixed_dictionaries(
        {
            "published": hours,
            "first_seen": hours,
            "position": st.integers(0, 2),
            "tags": st.sampled_from([("World News",), ("Sport",)]),
            "title": st.sampled_from(["Story", "Levy"]),
        }
    )
    return st.dictionaries(numbers, parts, max_size=12).map(
        lambda found: {number: make_item(number, **parts) for number, parts in found.items()}
    )


@given(stories(st.integers(0, 14)), stories(st.integers(0, 14)), st.sets(st.integers(0, 14)), st.integers(1, 6))
def test_what_changed_is_put_where_looking_everything_up_would_put_it(
    before: dict[int, StoredItem], others: dict[int, StoredItem], gone: set[int], room: int
) -> None:
    now = {number: one for number, one in (before | others).items() if number not in gone}
    changed = {make_item(number).id for number in {*others, *gone}}
    for rules in ({}, {"tags": ["World News"]}, {"include": {"title": "Levy"}}):
        feed = make_feed(entries=room, **rules)
        stood, stands = (
            tuple(map(Outline.of, route(feed, sorted(there.values(), key=Sight.of, reverse=True))))
            for there in (before, now)
        )
        found = reroute(feed, stood, changed, [one for one in now.values() if one.id in changed])
        if found is None:  # only where something went that had room
            assert len(stood) == room
            assert {one.id for one in stood} & changed
        else:
            assert found == stands
