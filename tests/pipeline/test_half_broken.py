"""A selector that finds nothing in any card: what is read instead, and what is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedbuilder.extract import extract, missed_parts
from feedbuilder.model import Item, Page, Source
from feedbuilder.pipeline.guessed_titles import with_guessed_titles
from feedbuilder.pipeline.local_reader import LocalReader

CARDS = "".join(
    f'<div class=card><h3><a href="/{n}">Story number {n} of the harbour</a></h3><time datetime="2026-02-0{n}"></time>'
    f"<p>What happened on day {n}, told at length.</p></div>"
    for n in range(1, 5)
)
Make = Callable[..., Source]


def read_list(page: Page, source: Source) -> tuple[Item, ...]:
    reader = LocalReader()
    return with_guessed_titles(page, source, reader.read_list(page, source), reader)


def titles(items: tuple[Item, ...]) -> list[str | None]:
    return [item.title for item in items]


def test_titles_are_guessed_where_the_selector_finds_none_in_any_card(page: Callable[..., Page], source: Make) -> None:
    gone = source(title=".headline__x1y2", summary="p")
    assert titles(extract(page(CARDS), gone)) == [None] * 4
    items = read_list(page(CARDS), gone)
    assert titles(items) == [f"Story number {n} of the harbour" for n in range(1, 5)]
    assert all(item.title_guessed for item in items)


def test_one_title_that_is_found_is_enough_to_trust_the_selector(page: Callable[..., Page], source: Make) -> None:
    html = CARDS.replace("<h3>", "<h3 class=head>", 1)
    items = read_list(page(html), source(title=".head"))
    assert titles(items) == ["Story number 1 of the harbour", None, None, None]
    assert not any(item.title_guessed for item in items)


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ({}, []),
        ({"title": "h3", "date": "time"}, []),
        ({"title": ".gone"}, ["title"]),
        ({"date": ".gone"}, ["date"]),
        ({"date": "p"}, []),  # what stands there is no date: `check --online` tells so
        ({"title": [".gone", ".lost"], "date": ".gone"}, ["title", "date"]),
        ({"title": [".gone", "h3"]}, []),
    ],
)
def test_what_is_found_in_no_card_is_told(
    page: Callable[..., Page], source: Make, rules: dict[str, str], told: list[str]
) -> None:
    made = source(**rules)
    missed = list(missed_parts(read_list(page(CARDS), made), made))
    assert [next(key for key in ("title", "date") if f"the {key} selector" in one) for one in missed] == told
    assert all(("any of the 4 articles" in one and '".gone"' in one) or '"p"' in one for one in missed)


def test_a_date_that_the_pages_data_say_is_not_missed(page: Callable[..., Page], source: Make) -> None:
    data = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Story number 1 of the harbour",'
        ' "url": "/1", "datePublished": "2026-02-01T10:00:00Z"}</script>'
    )
    made = source(date=".gone")
    assert list(missed_parts(read_list(page(CARDS + data), made), made)) == []


def test_nothing_is_said_of_a_page_without_articles(source: Make) -> None:
    assert list(missed_parts((), source(title=".gone", date=".gone"))) == []
