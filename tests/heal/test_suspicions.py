"""What makes a reading suspicious: each sign has a reading that shows it, and one like it that does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from feedbuilder.heal import ListReading, is_strange, suspicions, worst
from feedbuilder.model import Item, ListProfile
from tests.heal.pages import NOW, before, known, page, profile, read, stories

USUAL = read(before(stories(1, 12)))


def signs(items: Sequence[Item], usual: Sequence[Item] = USUAL) -> list[str]:
    """Return the names of the signs that a reading shows after `usual`."""
    return [one.name for one in suspicions(ListReading(tuple(items), profile(usual), known(usual)))]


def others(count: int, folder: str, *, dated: bool = False) -> tuple[Item, ...]:
    """Return items that are none of the known stories."""
    cards = "".join(
        f'<article><h2><a href="/{folder}/name{number}">Name {number}</a></h2>'
        + (f'<time datetime="2020-01-{number + 1:02}"></time>' if dated else "")
        + "<p>Text.</p></article>"
        for number in range(count)
    )
    return read(page(f'<div class="news">{cards}</div>'))


def test_nothing_is_suspicious_about_the_usual() -> None:
    assert signs(USUAL) == []
    assert signs(read(before(stories(5, 16)))) == []


def test_new_stories_only_are_no_sign_by_themselves() -> None:
    """After a long pause all known ones are gone; the new ones are of the same kind, and later."""
    assert signs(read(before(stories(40, 51)))) == []


def test_links_that_lead_elsewhere() -> None:
    assert signs(others(12, "people")) == ["elsewhere", "dates-gone"]


def test_another_section_of_the_same_days_is_elsewhere() -> None:
    sports = [
        replace(item, canonical=f"town.example/sports/{number}-goals", title=f"{number} goals in the cup, and no more")
        for number, item in enumerate(USUAL)
    ]
    assert signs(sports) == ["elsewhere"]


def test_later_stories_may_stand_at_another_place() -> None:
    assert signs(read(before(stories(40, 51, folder="articles")))) == []


@pytest.mark.parametrize(("count", "expected"), [(3, ["far-fewer"]), (4, [])])
def test_a_list_that_shrinks_to_less_than_a_third(count: int, expected: list[str]) -> None:
    assert signs(USUAL[:count]) == expected


def test_a_short_list_may_shrink() -> None:
    assert signs(USUAL[:1], USUAL[:5]) == []


def test_a_selector_that_matches_much_else() -> None:
    assert "far-more" in signs((*USUAL[:5], *others(40, "people")))


def test_a_list_that_keeps_its_stories_may_grow() -> None:
    assert signs(read(before(stories(1, 60)))) == []


def test_older_stories_only() -> None:
    old = tuple(
        replace(
            item,
            canonical=f"town.example/news/long-ago-and-far-away-{number}",
            title=f"What happened long ago and far away, {number}",
            published=replace(item.published, at=NOW - timedelta(days=900)),
        )
        for number, item in enumerate(USUAL)
        if item.published
    )
    assert signs(old) == ["back-in-time"]


def test_titles_that_became_one() -> None:
    assert "titles-alike" in signs([replace(item, title="Share this post") for item in USUAL])


@pytest.mark.parametrize(("field", "sign"), [("published", "dates-gone"), ("summary", "summaries-gone")])
def test_a_field_that_all_had(field: str, sign: str) -> None:
    without = [replace(item, **{field: None}) for item in USUAL]  # type: ignore[arg-type]  # the rows name fields
    assert signs(without) == [sign]
    assert signs(without, without) == []


def test_a_picture_that_all_had() -> None:
    pictured = [replace(item, image="https://town.example/a.jpg") for item in USUAL]
    assert signs(USUAL, pictured) == ["images-gone"]


def test_the_worst_is_what_is_never_believed() -> None:
    found = suspicions(ListReading(others(12, "people"), profile(USUAL), known(USUAL)))
    gravest = worst(found)
    assert gravest is not None
    assert gravest.patience is None
    assert worst(()) is None


@pytest.mark.parametrize(
    ("items", "strange"),
    [(USUAL, False), (USUAL[:9], False), (USUAL[:8], True), ((), True), (read(before(stories(1, 40))), True)],
)
def test_numbers_alone_say_whether_a_second_look_is_due(items: tuple[Item, ...], strange: bool) -> None:
    assert is_strange(ListProfile.of(items), profile(USUAL)) is strange


@pytest.mark.parametrize(("known_ones", "strange"), [(0, True), (1, True), (2, True), (3, False)])
def test_a_reading_with_hardly_a_known_story_is_looked_at_again(known_ones: int, strange: bool) -> None:
    assert is_strange(profile(USUAL), profile(USUAL), known_ones) is strange


def test_one_known_story_of_a_short_list_is_enough() -> None:
    assert not is_strange(profile(USUAL[:4]), profile(USUAL[:4]), 1)


def test_what_is_usual_follows_slowly() -> None:
    usual = profile(USUAL)
    for _ in range(12):
        usual = usual.after(profile(USUAL[:6])).rounded()
    assert 6 <= usual.items < 7
    assert ListProfile.from_json(usual.as_json()) == usual
