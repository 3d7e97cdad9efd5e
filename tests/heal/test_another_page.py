"""Whether a page is another one by how it calls itself: what tells that, and what must not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feedbuilder.heal.another_page import another_page, asked_again
from feedbuilder.model import KnownNames, PageNames

NOW = datetime(2026, 2, 6, tzinfo=UTC)


def compared(before: PageNames, now: PageNames) -> tuple[str, str] | None:
    return another_page(KnownNames(before, NOW), now)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (PageNames("Blog"), PageNames("Team")),
        (PageNames("World news"), PageNames("Sports news")),
        (PageNames("Blog", "Blog"), PageNames("About us", "About us")),
        (PageNames("ニュース"), PageNames("会社概要")),
        (PageNames(canonical="/news"), PageNames(canonical="/about")),
        (PageNames("Town for you", "World"), PageNames("Town for you", "Sports", canonical="/sports")),
        (PageNames(trail="World"), PageNames(trail="Sports")),
    ],
)
def test_another_name_is_another_page(before: PageNames, now: PageNames) -> None:
    known_place = PageNames(before.title, before.heading, before.trail, before.canonical or "/world")
    assert compared(known_place, now) is not None


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (PageNames("Blog"), PageNames("The blog")),
        (PageNames("News (3)"), PageNames("News (14)")),
        (PageNames("News of November 2026"), PageNames("News of December 2026")),
        (PageNames("November 2026", "November 2026"), PageNames("December 2026", "December 2026")),
        (PageNames("Freitag, 27. November"), PageNames("Samstag, 28. November")),
        (PageNames("A slogan for today", "News"), PageNames("Some words on hope", "News")),
        (PageNames("News", "Rain is expected"), PageNames("News", "The sun comes back")),
        (PageNames("News", canonical="/news"), PageNames("News", canonical="/aktuelles")),
        (PageNames("News", "All", canonical="/news"), PageNames("News", "All", canonical="/about")),
        (PageNames("News"), PageNames()),
        (PageNames(), PageNames("News")),
        (PageNames(canonical="/news"), PageNames(shared="/about")),
    ],
)
def test_the_same_page_may_change_some_of_its_names(before: PageNames, now: PageNames) -> None:
    assert compared(before, now) is None


def test_without_knowledge_nothing_is_said() -> None:
    assert another_page(None, PageNames("News")) is None


def test_what_was_another_name_before_says_nothing_until_it_stays() -> None:
    known = None
    for hours, title in enumerate(("Rain is expected", "The sun comes back")):
        known = asked_again(known, PageNames(title, canonical="/news"), NOW + timedelta(hours=hours))
    assert known is not None
    assert known.unsteady == ("title",)
    assert another_page(known, PageNames("Wind from the north", canonical="/news")) is None
    assert another_page(known, PageNames("Wind from the north", canonical="/about")) == ("/news", "/about")
    known = asked_again(known, PageNames("The sun comes back", canonical="/other"), NOW)
    assert known.unsteady == ("canonical",)
    assert another_page(known, PageNames("Imprint")) == ("The sun comes back", "Imprint")


def test_what_is_known_of_names_survives_the_store() -> None:
    known = asked_again(asked_again(None, PageNames("A"), NOW), PageNames("Other", shared="/b"), NOW)
    assert KnownNames.from_json(known.as_json()) == known
