"""Where the numbers that part flat pages, and those that put layouts together, make the difference."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feedbuilder.detect.card_kinds import without_strangers
from feedbuilder.detect.flat_records import runs
from feedbuilder.detect.link_groups import card_name
from feedbuilder.detect.list_facts import ListPlace
from feedbuilder.detect.outline import Outline, outline
from feedbuilder.detect.parsed_page import ParsedPage, plain_source
from feedbuilder.detect.records import Records
from feedbuilder.detect.tried_list import TriedList, try_selectors
from feedbuilder.detect.unite_layouts import unions
from feedbuilder.model import Page, Selectors
from tests.detect.sample import NOW, OTHER_TITLES, TITLES, each, find, framed, stories


def view(html: str) -> Outline:
    page = Page("https://example.org/section/", f"<!doctype html><body>{html}</body>".encode(), NOW)
    document = ParsedPage.of(page)
    return outline(document, plain_source(document, Selectors(item="a")))


def parted(siblings: str, *, alike: int = 0) -> list[str]:
    """Return the records that siblings are parted into: "a" is a link, of which the first `alike` say one text.

    Each other letter is an element of a tag of its own, "." a paragraph that says nothing.
    """
    made = []
    for place, letter in enumerate(siblings):
        text = "More" if siblings[:place].count("a") < alike else f"Story {place}"
        made.append(
            {"a": f'<a href="/s/{place}">{text}</a>', ".": "<p></p>"}.get(letter, f"<x-{letter}>x</x-{letter}>")
        )
    page = view(f"<div>{''.join(made)}</div>")
    found = runs({number: anchor.element for number, anchor in enumerate(page.anchors)}, page.anchors)
    return ["".join(part.tag.removeprefix("x-") for part in run.parts) for run in found]


@pytest.mark.parametrize(
    ("siblings", "expected"),
    [
        ("apapapapaa", ["ap", "ap", "ap", "ap", "a", "a"]),
        ("apapaaa", []),  # half of the links have nothing behind them: they are cards of their own
    ],
)
def test_something_stands_between_most_links(siblings: str, expected: list[str]) -> None:
    assert parted(siblings) == expected


@pytest.mark.parametrize(
    ("alike", "expected"),
    [
        (6, ["pa", "pa", "pa", "pa", "pa", "pap"]),  # "More" six times: what they say stands before them
        (2, ["ap"] * 6),
        (4, ["pa", "pa", "pa", "pa", "pa", "pap"]),
    ],
)
def test_a_label_ends_its_record_and_a_title_begins_it(alike: int, expected: list[str]) -> None:
    assert parted("papapapapapap", alike=alike) == expected


@pytest.mark.parametrize(
    ("siblings", "expected"),
    [
        # Three gaps of ten are alike, that is no pattern: a link begins each record.
        ("papapapaqaraqsaqtauavawxa", ["ap", "ap", "ap", "aq", "ar", "aqs", "aqt", "au", "av", "awx", "a"]),
        # Half of them are: what stands before the first link is the beginning of a record.
        ("papapapapapaqaraqsaqtaua", ["pa", "pa", "pa", "pa", "pa", "paq", "ar", "aqs", "aqt", "au", "a"]),
    ],
)
def test_gaps_have_a_pattern_if_enough_of_them_are_alike(siblings: str, expected: list[str]) -> None:
    assert parted(siblings) == expected


@pytest.mark.parametrize(("name", "expected"), [("story", ".story"), ("quux", ".quux"), ("col-md-4", None)])
def test_the_class_that_says_what_a_card_is(name: str, expected: str | None) -> None:
    [card] = view(f'<div class="{name}">x</div>').select("div")
    assert card_name(card) == expected


@pytest.mark.parametrize(("videos", "kept"), [(2, 8), (4, 6), (5, 10), (7, 10)])
def test_cards_of_another_kind_are_left_out_only_if_they_are_the_fewer(videos: int, kept: int) -> None:
    names = ["video"] * videos + ["story"] * (10 - videos)
    page = view("".join(f'<p class="{name}"><a href="/{name}/{n}">x</a></p>' for n, name in enumerate(names)))
    cards = tuple(page.select("p"))
    way = Records(cards, tuple((card,) for card in cards), page.anchors, (cards,))
    assert len(without_strangers(way).starts) == kept


@pytest.mark.parametrize(("share", "is_united"), [(0.38, False), (0.42, True)])
def test_what_is_to_be_a_part_of_a_list_has_some_worth_of_its_own(share: float, is_united: bool) -> None:
    grid = each(stories(), '<div class="grid"><h3><a href="{url}">{title}</a></h3><time>{iso}</time></div>')
    large = each(
        stories(OTHER_TITLES[:3], "https://example.org/news/"),
        '<div class="large"><h2><a href="{url}">{title}</a></h2><time>{iso}</time></div>',
    )
    page = view(large + grid)

    def tried(css: str) -> TriedList:
        found = try_selectors(page, Selectors(item=css), ListPlace(tuple(page.select(css)), 0.3, 1.0))
        assert found is not None
        return found

    best, other = tried(".grid"), tried(".large")
    poor = replace(other, candidate=replace(other.candidate, score=share * best.candidate.score))
    assert bool(unions(page, [best, poor])) is is_united


@pytest.mark.parametrize(("others", "dated"), [(1, 7), (2, 8), (3, 8)])
def test_a_second_name_of_dates_is_for_several_records(others: int, dated: int) -> None:
    made = stories()[:8]
    card = '<div class="card"><a href="{{url}}">{{title}}</a><{0} class="{1}">{{long}}</{0}></div>'
    html = each(made[others:], card.format("b", "day")) + each(made[:others], card.format("i", "quux"))
    assert sum(day is not None for day in find(framed(html)).days) == dated


@pytest.mark.parametrize(("empty", "are_headings"), [(0, True), (1, True), (6, False)])
def test_nearly_all_days_over_a_list_have_records(empty: int, are_headings: bool) -> None:
    made = stories((*TITLES, *OTHER_TITLES))
    line = '<p class="story"><a href="{url}">{title}</a></p>'
    days = [each([one], "<h4>{long}</h4>") for one in stories((*TITLES, *OTHER_TITLES), days_apart=1)]
    html = "".join(days[1 : empty + 1]) + "".join(
        each([one], ("<h4>{long}</h4>" if one.number % 2 == 0 else "") + line) for one in made
    )
    found = find(framed(f'<div class="news">{html}</div>'))
    assert (found.best.selectors.group is not None) is are_headings
