"""What changes on all stories at once is doubted, and taken when a second reading says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedbuilder.model import Item, Known, SaidDate, Source
from feedbuilder.pipeline.sudden_changes import Doubts, Weighed, weighed
from feedbuilder.store import merge

NOW = datetime(2026, 2, 6, 12, tzinfo=UTC)
SOURCE = Source.model_validate({"id": "news", "url": "https://news.example/", "selectors": {"item": "article"}})
TITLES = ("Harbour bridge reopens", "Council votes on the roof", "Ferry timetable changes", "Schools plan a week")
PAGE = [
    Item(
        f"news.example/{place}",
        f"https://news.example/{place}",
        title,
        published=SaidDate(NOW - timedelta(days=place + 3)),
        tags=(f"Tag {place}",),
    )
    for place, title in enumerate(TITLES)
]
NEW = Item("news.example/9", "https://news.example/9", "Storm warning", published=SaidDate(NOW), tags=("Menu",))


@pytest.fixture
def stories() -> dict[str, Known]:
    changes = merge(PAGE, {}, SOURCE, NOW)
    return {one.identity.canonical: Known(one.identity, one.item, (one.statement,), True) for one in changes.changes}


def look(items: Sequence[Item], stories: dict[str, Known], before: Doubts | None = None) -> Weighed:
    return weighed(items, stories, "news", before or {})


def titled(*titles: str) -> list[Item]:
    return [replace(item, title=title) for item, title in zip(PAGE, titles, strict=True)]


OTHERS = titled("Local sport today", "Opinion and letters", "Video of the hour", "Puzzles, quizzes")


def test_an_ordinary_page_is_believed(stories: dict[str, Known]) -> None:
    assert look([NEW, *PAGE], stories) == Weighed((NEW, *PAGE), {})


def test_titles_that_all_change_are_left_out_with_the_stories_that_are_new(stories: dict[str, Known]) -> None:
    found = look([NEW, *OTHERS], stories)
    assert [(item.canonical, item.title) for item in found.items] == [(item.canonical, None) for item in PAGE]
    assert "the titles of all known articles changed at once" in (found.note() or "")


def test_they_are_taken_when_the_next_reading_says_the_same(stories: dict[str, Known]) -> None:
    doubts = look([NEW, *OTHERS], stories).doubts
    assert look([NEW, *OTHERS], stories, doubts) == Weighed((NEW, *OTHERS), {})
    others = titled("Weather map", "Lottery numbers", "Radio schedule", "Job market")
    assert look(others, stories, doubts).doubts.keys() == {"title"}


def test_a_site_that_changes_its_titles_at_every_reading_is_followed_after_a_while(stories: dict[str, Known]) -> None:
    doubts: Doubts = {}
    taken = []
    for reading in range(5):
        found = look(titled(*(f"Number {reading}{place} of something" for place in "abcd")), stories, doubts)
        doubts = found.doubts
        taken.append(not doubts)
    assert taken == [False, False, False, True, False]


def test_one_text_for_all_stories_is_never_taken(stories: dict[str, Known]) -> None:
    same = titled(*["Read more"] * 4)
    first = look(same, stories)
    assert look(same, stories, first.doubts).doubts.keys() == {"title"}


@pytest.mark.parametrize(
    "titles",
    [
        (*TITLES[:3], "Something else entirely"),
        tuple(f"{title}, says mayor" for title in TITLES),
        (TITLES[0], "Opinion and letters", "Video of the hour", "Puzzles, quizzes"),
    ],
)
def test_editors_may_reword_what_they_like(stories: dict[str, Known], titles: tuple[str, ...]) -> None:
    assert look(titled(*titles), stories).doubts == {}


def test_dates_that_all_become_those_of_today_are_left_out(stories: dict[str, Known]) -> None:
    today = [replace(item, published=SaidDate(NOW)) for item in (NEW, *PAGE)]
    found = look(today, stories)
    assert found.doubts.keys() == {"published"}
    assert {item.published for item in found.items} == {None}
    assert [item.title for item in found.items] == [NEW.title, *TITLES]


def test_rounded_dates_have_not_changed(stories: dict[str, Known]) -> None:
    later = [replace(one, published=SaidDate(one.published.at + timedelta(hours=2))) for one in PAGE if one.published]
    assert look(later, stories).doubts == {}


def test_tags_that_all_become_those_of_the_menu_are_left_out(stories: dict[str, Known]) -> None:
    found = look([NEW, *(replace(item, tags=("Home", "Menu")) for item in PAGE)], stories)
    assert found.doubts.keys() == {"tags"}
    assert {item.tags for item in found.items} == {()}


def test_two_stories_prove_nothing(stories: dict[str, Known]) -> None:
    assert look(OTHERS[:2], stories).doubts == {}
