"""Where each number of detection makes the difference: on this side and on that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

import pytest

from feedbuilder.detect.boxes import share_of_boxes
from feedbuilder.detect.class_names import class_cost, stem, tokens
from feedbuilder.detect.doubts import doubts_about
from feedbuilder.detect.link_groups import groups, in_running_text
from feedbuilder.detect.list_facts import Finding, ListFacts, ListPlace
from feedbuilder.detect.one_page import OnePageView
from feedbuilder.detect.outline import Outline, outline
from feedbuilder.detect.page_regions import aside_name, in_navigation
from feedbuilder.detect.parsed_page import ParsedPage, plain_source
from feedbuilder.detect.records import Records
from feedbuilder.detect.rules import address_rules, item_rules, place_rules
from feedbuilder.detect.unite_layouts import belongs
from feedbuilder.model import Item, Page, SaidDate, Selectors
from tests.detect.sample import NOW, each, find, stories


def view(html: str) -> Outline:
    page = Page("https://example.org/section/", f"<!doctype html><body>{html}</body>".encode(), NOW)
    document = ParsedPage.of(page)
    return outline(document, plain_source(document, Selectors(item="a")))


EMPTY = view("")
LINK = "https://example.org/a/{}"


def item(number: int, title: str = "", *, day: int | None = None, link: str = LINK, **more: Any) -> Item:
    url = link.format(number)
    date = SaidDate(datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=day)) if day is not None else None
    return Item(canonical=url.removeprefix("https://"), link=url, title=title or None, published=date, **more)


def facts(items: Sequence[Item] = (), titles: Sequence[str] | None = None, place: ListPlace | None = None) -> ListFacts:
    found = [one.title or "" for one in items] if titles is None else titles
    return ListFacts(EMPTY, place or ListPlace((), 0.0, 0.0), found, items)


def points(finding: Finding | None) -> float | None:
    return None if finding is None else round(finding[0], 2)


def days(*numbers: int | None) -> list[Item]:
    return [item(place, f"Story {place} of them", day=day) for place, day in enumerate(numbers)]


def folders(names: str) -> list[Item]:
    return [
        item(place, "A story of these", link=f"https://example.org/{name}/{{}}") for place, name in enumerate(names)
    ]


def lengths(*numbers: int) -> list[str]:
    return ["x" * number for number in numbers]


RULES: tuple[tuple[Callable[[ListFacts], Finding | None], ListFacts, float | None], ...] = (
    (item_rules.many, facts(titles=lengths(*[9] * 8)), 0.75),
    (item_rules.many, facts(titles=lengths(*[9] * 16)), 1.0),
    (item_rules.new_to_old, facts(days(9, 8)), None),
    (item_rules.new_to_old, facts(days(9, 8, 7)), 1.0),
    (item_rules.new_to_old, facts(days(9, 8, 7, 8, 6)), 0.75),
    (item_rules.new_to_old, facts(days(9, 8, 9, 8, 9)), None),
    (item_rules.halves, facts(days(1, None, 2, None, 3)), None),
    (item_rules.halves, facts(days(1, None, 2, None, 3, None)), -1.0),
    (item_rules.halves, facts(days(1, None, 2, None, 3, 4)), None),
    (item_rules.halves, facts(folders("abababab")), -1.0),
    (item_rules.halves, facts(folders("abcabcabc")), None),
    (item_rules.long_titles, facts(titles=lengths(6, 6, 6)), -0.75),
    (item_rules.long_titles, facts(titles=lengths(24, 24, 24)), 0.5),
    (item_rules.long_titles, facts(titles=lengths(36, 36, 36)), 1.0),
    (item_rules.long_titles, facts(titles=lengths(170, 170, 170)), 1.0),
    (item_rules.long_titles, facts(titles=lengths(190, 190, 190)), 0.3),
    (item_rules.varied_titles, facts(titles=lengths(20, 36, 20)), None),
    (item_rules.varied_titles, facts(titles=lengths(20, 36, 20, 36)), 0.5),
    (place_rules.readable, facts(place=ListPlace((), 0.0, 0.0, cost=10.0)), -0.5),
    (address_rules.like_addresses, facts(folders("aa")), None),
    (address_rules.like_addresses, facts(folders("aaa")), 1.0),
)


@pytest.mark.parametrize(("rule", "given", "expected"), RULES)
def test_what_a_rule_finds(rule: Callable[[ListFacts], Finding | None], given: ListFacts, expected: float) -> None:
    assert points(rule(given)) == expected


def test_dates_that_are_guessed_from_headings_do_not_pay_for_the_guess() -> None:
    shown = facts(days(9, 8, 7))
    guessed = replace(shown, guessed_dates=True)
    assert [points(rule(shown)) for rule in (item_rules.dated, item_rules.new_to_old)] == [1.0, 1.0]
    assert [rule(guessed) for rule in (item_rules.dated, item_rules.new_to_old)] == [None, None]


@pytest.mark.parametrize(("aside", "of", "expected"), [(1, 25, 0.0), (2, 25, -0.6), (1, 2, -0.6), (4, 5, -0.8)])
def test_a_few_strays_in_navigation_are_forgiven_and_more_of_them_count_as_many(
    aside: int, of: int, expected: float
) -> None:
    page = view(f"<nav>{'<i></i>' * aside}</nav><b>x</b>{'<i></i>' * (of - aside)}")
    place = ListPlace(tuple(page.select("i")), 0.0, 0.0)
    assert points(place_rules.navigation(ListFacts(page, place, [""] * of))) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/harbour-reopens", False),
        ("/harbour-reopens-today", True),
        ("/123", False),
        ("/1234", True),
        ("/2026/11/a", True),
    ],
)
def test_addresses_that_tell_an_article(url: str, expected: bool) -> None:
    assert address_rules.has_telling_address(f"https://example.org{url}") is expected


@pytest.mark.parametrize(
    ("name", "cost"),
    [("story", 1.08), ("quux", 1.67), ("col-md-4", 4.0), ("bbPfFc", None), ("newsTop", 1.12), ("css-1x2y3z", None)],
)
def test_what_a_class_is_worth(name: str, cost: float | None) -> None:
    found = class_cost(name)
    assert (None if found is None else round(found, 2)) == cost


@pytest.mark.parametrize(
    ("name", "half"),
    [("Card_title__x1Y2z", "Card_title__"), ("story--2D5rE", "story--"), ("news-item2", None), ("post-Title", None)],
)
def test_the_half_of_a_class_that_lasts(name: str, half: str | None) -> None:
    assert stem(name) == half


def test_what_simple_selectors_cost() -> None:
    [div] = view('<div class="Card_title__x1Y2z"></div>').select("div")
    assert [(css, round(cost, 2)) for css, cost in tokens(div)] == [('[class*="Card_title__"]', 1.7), ("div", 3.0)]


@pytest.mark.parametrize(
    ("before", "expected"),
    [("seebeforethat ", False), ("found more in ", True), ("more in ", False), ("Ministry of Finance: ", False),
     ("3 May 2026 ", False), ("Smith, J. and Doe ", False), ("<b>all about it in</b> ", False)],
)  # fmt: skip
def test_a_link_in_a_sentence(before: str, expected: bool) -> None:
    [link] = view(f'<p>{before}<a href="/x">the report of it</a></p>').select("a")
    assert in_running_text(link) is expected


@pytest.mark.parametrize(
    ("title", "count", "expected"),
    [("Harbour reopens, and ", 3, 1.0), ("Harbour reopens, and ", 2, 0.0), ("Harbour, ", 3, 0.0)],
)
def test_a_box_holds_several_headlines(title: str, count: int, expected: float) -> None:
    links = "".join(f'<a href="/a/{number}">{title} {number}</a>' for number in range(count + 1))
    page = view(f"<div>{links}</div>")
    [box] = page.select("div")
    records = Records((box,), ((box,),), page.anchors[:1], ((box,),))
    assert share_of_boxes(page, records) == expected


@pytest.mark.parametrize(("boxes", "expected"), [(1, "related"), (3, "related"), (5, None)])
def test_what_each_of_many_boxes_has_is_no_aside(boxes: int, expected: str | None) -> None:
    box = '<div class="box"><p>A story with some words</p><ul class="related"><li>One of them</li></ul></div>'
    page = view(box * boxes + "<p>more of it</p>" * 9)
    assert aside_name(page.select("li")[0]) == expected


@pytest.mark.parametrize(("words", "expected"), [(1, "related-line"), (40, None)])
def test_names_within_the_card_of_a_story_say_nothing(words: int, expected: str | None) -> None:
    page = view(
        f'<article><b>A story</b><ul><li class="related-line">Another</li></ul></article>{"<p>text</p>" * words}'
    )
    assert aside_name(page.select("li")[0]) == expected


@pytest.mark.parametrize(("rest", "expected"), [(2, "sidebar"), (1, "sidebar"), (0, None)])
def test_what_holds_nearly_all_of_the_page_is_no_part_of_it(rest: int, expected: str | None) -> None:
    page = view(f'<div class="sidebar"><p>{"ten words " * 10}</p></div>{"<p>and again ten words</p>" * rest}')
    assert aside_name(page.select(".sidebar p")[0]) == expected


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<form><input><input><a href=/x>x</a></form>", True),
        ("<form><input><a href=/x>x</a><a href=/y>y</a></form>", False),
        ("<nav><article><a href=/x>x</a></article></nav>", True),
        ("<header><article><a href=/x>x</a></article></header>", False),
        ("<header><p><a href=/x>x</a></p></header>", True),
        ("<article><header><a href=/x>x</a></header></article>", False),
        ("<ul class=menu><li><a href=/n>n</a><p><a href=/x>x</a></p></li></ul>", True),
        ("<ul class=news><li><a href=/n>n</a><p><a href=/x>x</a></p></li></ul>", False),
    ],
)
def test_what_navigation_is(inner: str, expected: bool) -> None:
    page = view(f"{inner}<p>{'More words than that. ' * 9}</p>")
    assert in_navigation(page.select('[href="/x"]')[0]) is expected


@pytest.mark.parametrize(("count", "labels"), [(2, True), (3, False)])
def test_words_that_several_links_share_are_a_label(count: int, labels: bool) -> None:
    cards = "".join(f'<li><a href="/a/{n}">PDF</a></li>' for n in range(count))
    titled = "".join(f'<li><a href="/b/{n}">Title number {n}</a></li>' for n in range(4))
    largest = groups(view(f"<ul>{cards}{titled}</ul>"))[0]
    assert any(anchor.element.text == "PDF" for anchor in largest) is labels


def rich(count: int, dated: int, pictured: int, *, start: int = 0) -> tuple[Item, ...]:
    return tuple(
        item(start + n, f"A headline of usual length, {start + n}", day=n if n < dated else None,
             image="https://example.org/p.jpg" if n < pictured else None)
        for n in range(count)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("others", "below", "expected"),
    [
        (rich(4, 0, 4, start=50), False, True),  # a few large cards without dates, above
        (rich(4, 0, 4, start=50), True, False),
        (rich(8, 0, 8, start=50), False, False),  # nearly as many as the list
        (rich(4, 0, 1, start=50), False, False),  # help links: neither dates nor pictures
        (rich(8, 8, 0, start=50), True, True),
        (rich(4, 4, 4), False, False),  # the same articles
    ],
)
def test_what_belongs_to_a_dated_list(others: tuple[Item, ...], below: bool, expected: bool) -> None:
    assert belongs(rich(10, 10, 0), others, below=below, outside=False) is expected


NAMES = [item(n, "Ann Miller") for n in range(1)] + [item(n, f"Name {n}") for n in range(2, 9)]


@pytest.mark.parametrize(
    ("items", "ahead", "doubtful"),
    [
        (rich(6, 6, 0), 4.0, False),
        (rich(6, 6, 0), 2.0, True),  # hardly ahead of navigation
        ([item(n, f"Oak table {n}") for n in range(6)], 9.0, True),
        ([item(n, f"Oak table of the year {n}") for n in range(6)], 9.0, False),
        ([item(n, f"Oak table {n}", day=n) for n in range(6)], 9.0, False),
        ([item(n + 1000 * (n < 2), f"Oak table {n}") for n in range(5)], 9.0, False),
        ([item(n + 1000 * (n < 1), f"Oak table {n}") for n in range(5)], 9.0, True),
        ([item(n, "Press release of the day") for n in range(6)], 9.0, True),
        ([item(n, f"Press release {n // 2} of the day") for n in range(12)], 9.0, True),
        ([item(n, f"Press release {min(n, 8)} of the day") for n in range(12)], 9.0, False),
    ],
)
def test_what_is_doubtful(items: Sequence[Item], ahead: float, doubtful: bool) -> None:
    assert bool(doubts_about(facts(items), ahead)) is doubtful


@pytest.mark.parametrize(
    ("items", "credible"),
    [
        (rich(2, 2, 0), False),  # two dates stand on any page
        (rich(4, 4, 0), True),
        (rich(10, 9, 0), True),
        (rich(10, 6, 0), False),  # a list of contents, with days in some of its entries
        ([item(n, f"Notice {min(n, 7)}", day=n) for n in range(10)], True),
        ([item(n, f"Notice {min(n, 3)}", day=n) for n in range(10)], False),  # opening hours
        ([item(n, f"Notice {n}" if n < 9 else "12,40", day=n) for n in range(10)], True),
        ([item(n, f"Notice {n}" if n < 6 else f"1{n},40", day=n) for n in range(10)], False),  # a table of prices
    ],
)
def test_what_are_stories_without_pages_of_their_own(items: Sequence[Item], credible: bool) -> None:
    assert OnePageView(EMPTY, MappingProxyType({})).is_credible(tuple(items)) is credible


@pytest.mark.parametrize(
    ("pictured", "expected"),
    [(0, False), (3, True), (1, False)],
)
def test_large_cards_without_dates_have_pictures_instead(pictured: int, expected: bool) -> None:
    assert belongs(rich(10, 10, 0), rich(5, 0, pictured, start=50), below=False, outside=False) is expected


@pytest.mark.parametrize("count", [2, 3])
def test_three_links_beside_many_words_are_a_list_and_two_are_not(count: int) -> None:
    names = ("Harbour news", "Orchards now", "Night trains")
    made = [replace(story, title=name) for story, name in zip(stories(), names[:count], strict=False)]
    page = each(made, '<p><a href="{url}">{title}</a></p>') + f"<p>{'Many words about this page. ' * 40}</p>"
    assert bool(find(page).detection.candidates) is (count == len(names))
