"""What is said about a source's selectors, settings and cards on a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedbuilder.extract import SelectorSurvey, extract, survey_selectors
from feedbuilder.model import ExtractError, Page, Source
from tests.reading import URL

Look = Callable[..., SelectorSurvey]


@pytest.fixture
def look(page: Callable[..., Page], source: Callable[..., Source]) -> Look:
    """SelectorSurvey a page of cards, each given by its inside, with these selectors and settings."""

    def make(*insides: str, item: str = ".card", **own: object) -> SelectorSurvey:
        cards = "".join(f'<div class="card">{inside}</div>' for inside in insides)
        html = f'<title>News</title><div class="list">{cards}</div><p class="foot">© <i>Us</i></p>'
        return survey_selectors(page(html), source(item, **own))

    return make


def card(name: str, more: str = "") -> str:
    return f'<h2><a href="/{name}" title="The whole {name}">{name}</a></h2>{more}'


def said(found: SelectorSurvey, key: str) -> list[str]:
    return [note.text for note in found.notes if note.key == key]


def faults(found: SelectorSurvey) -> set[str]:
    return {note.key for note in found.notes if note.fault}


def test_a_source_that_finds_everything_has_no_notes(look: Look) -> None:
    found = look(
        card("a", "<p>Text</p><i>Feb. 6, 2026</i>"), card("b", "<p>Text</p>"), title="h2 a", summary="p", date="i"
    )
    assert found.counts == {"title": 2, "date": 1, "summary": 2, "image": 0, "author": 0, "tags": 0}
    assert found.notes == ()
    assert found.is_well


def test_an_alternative_that_never_matched_is_named_and_is_no_fault(look: Look) -> None:
    found = look(card("a"), title=["h4", "h2 a@title", "h2 a, h5"])
    assert said(found, "title") == [
        '"h4" never matched. It can go, unless the site shows it only at times; or the site was redesigned.',
        '"h5" never matched. It can go, unless the site shows it only at times; or the site was redesigned.',
    ]
    assert found.is_well


def test_a_part_of_a_joined_field_that_never_matched_is_named(look: Look) -> None:
    found = look(card("a", "<b>Feb. 6, 2026</b>"), date={"join": ["b", ".time"]})
    assert found.counts["date"] == 1
    assert [text.split(".")[1] for text in said(found, "date")] == ['time" never matched']
    assert found.is_well


def test_a_field_that_was_found_in_no_item_is_a_fault(look: Look) -> None:
    found = look(card("a"), summary=".gone")
    assert said(found, "summary") == ['".gone" never matched. Correct it, or take it out; or the site was redesigned.']
    assert faults(found) == {"summary"}
    assert not found.is_well


def test_alternatives_of_the_item_selector_that_never_matched_are_named(look: Look) -> None:
    found = look(card("a"), item=".list :is(.card, .box):not(.x), .hero")
    assert [text.partition(" never")[0] for text in said(found, "item")] == [
        '".box" in ".list :is(.card, .box):not(.x)"',
        '".hero"',
    ]
    assert found.is_well


@pytest.mark.parametrize(
    ("selector", "instead"),
    [
        (".list .card p", ".card p"),
        (".list > div > p", "div > p"),
        ("body > .list p b", "p b"),
        ("div.list p@title", "p@title"),
    ],
)
def test_a_selector_that_leans_on_what_is_around_the_item_is_told_what_to_write(
    look: Look, selector: str, instead: str
) -> None:
    found = look(card("a", '<p title="t"><b>Text</b></p>'), summary=selector)
    (text,) = said(found, "summary")
    assert "leans on elements around the item" in text
    assert text.endswith(f'Write "{instead}".')
    assert look(card("a", '<p title="t"><b>Text</b></p>'), summary=instead).notes == ()


def test_a_selector_that_leans_on_what_is_around_an_item_without_an_element_of_its_own(look: Look) -> None:
    found = look(card("a", "<p>A</p>") + card("b", "<p>B</p>"), item="h2", between=True, summary=".card > h2 + p")
    assert len(found.items) == 2
    assert said(found, "summary")[0].endswith('Write "h2 + p".')


def test_a_selector_that_matches_outside_of_the_items_only(look: Look) -> None:
    found = look(card("a"), author=".foot i")
    assert said(found, "author") == [
        '".foot i" matches 1 element of the page, but none inside an item. Choose one inside.'
    ]


def test_what_stands_between_cards_within_cards_is_outside_of_the_items(look: Look) -> None:
    day = '<b class="day">Feb. 6, 2026</b><div class="card">'
    found = look(day + card("a") + "</div>" + '<div class="card">' + card("b") + "</div>", date=".day")
    assert len(found.items) == 2
    assert said(found, "date") == ['".day" matches 1 element of the page, but none inside an item. Choose one inside.']


def test_a_terminal_is_not_addressed_by_the_page(page: Callable[..., Page], source: Callable[..., Source]) -> None:
    html = '<title>N&#27;[2J</title><div class="card">Buy &#27;[2J now</div>'
    nothing = survey_selectors(page(html), source(".gone"))
    left_out = survey_selectors(page(html + f'<div class="card">{card("a")}</div>'), source())
    assert '(title of the page: "N[2J")' in said(nothing, "item")[0]
    assert left_out.notes
    assert not any("\x1b" in note.text for note in (*nothing.notes, *left_out.notes))


def test_an_attribute_that_is_nowhere(look: Look) -> None:
    found = look(card("a"), title=["h2 a@alt", "h2 a"])
    assert said(found, "title") == ['nothing that "h2 a" matches has the attribute "alt", only: href, title.']
    own = look(card("a"), title=["@data-title", "h2"])
    assert said(own, "title") == ['nothing that ".card" matches has the attribute "data-title", only: class.']


def test_a_pattern_that_fits_nothing(look: Look) -> None:
    found = look(card("a", "<i>Post by : Jane</i>"), author={"select": "i", "match": "Written by (.+)"})
    assert said(found, "author") == ['the pattern \'Written by (.+)\' fits no text of "i", such as "Post by : Jane".']
    assert faults(found) == {"author"}


def test_a_selector_of_boilerplate(look: Look) -> None:
    found = look(card("a", "<p>Read More</p>"), summary="p")
    assert said(found, "summary") == ['"p" matches, but gives nothing of use in any item.']
    assert faults(found) == {"summary"}


def test_a_picture_without_a_web_address(look: Look) -> None:
    found = look(card("a", '<img src="javascript:alert(1)">'), image="img")
    assert said(found, "image") == ["found in no item."]
    assert faults(found) == {"image"}


def test_cards_without_a_link_are_counted_and_told_apart(
    page: Callable[..., Page], source: Callable[..., Source]
) -> None:
    articles = f'<div class="card">{card("a")}</div><div class="card big">{card("b")}</div>'
    adverts = '<div class="card ad big"><p>Buy now</p></div><div class="card ad"></div>'
    found = survey_selectors(page(articles + adverts), source())
    assert len(found.items) == 2
    (text,) = said(found, "item")
    assert text.startswith('2 matches lead to no article, such as "Buy now": there is no link. ')
    assert text.endswith("if not, add :not(.ad) to item.")
    assert survey_selectors(page(articles + adverts), source(".card:not(.ad)")).notes == ()


def test_cards_with_links_that_are_not_the_articles(look: Look) -> None:
    found = look(card("a"), '<a href="https://wa.me/?text=x">Share</a>')
    assert "1 match leads" in said(found, "item")[0]
    assert "for sharing" in said(found, "item")[0]
    ruled = look(card("a"), '<h3><a href="/b">B</a></h3>', link="h2 a")
    assert "the link selector finds nothing there. If these are articles, add an alternative" in said(ruled, "item")[0]


@pytest.mark.parametrize(
    ("texts", "own", "reason", "remedy"),
    [
        (["01/02/2026", "01/02/2026 12:00"], {"language": "en"}, "exchanged", "set day_first"),
        (["02/03/2026"], {"day_first": True}, "exchanged", "see whether day_first is right"),
        (["Feb. 6, 2026 6 p.m."], {"timezone": None}, "ahead of the present", "set timezone"),
        (["Feb. 6, 2026 6 p.m."], {}, "ahead of the present", "see whether timezone is right"),
        (["March 1, 2026"], {}, "in the future", "choose another element"),
        (["30 Feb. 2025"], {}, "no such day", "choose another element"),
        (["Zork 6 gnusto 2026"], {}, "If that is a date", "set language"),
        (["Zork 6 gnusto 2026"], {"language": "de"}, "If that is a date", "see whether language is right"),
        (["3 p.m."], {}, "no whole date", "join its parts"),
        (["By Jane"], {}, "no whole date", "choose the element that holds it"),
    ],
)
def test_dates_that_could_not_be_read_are_shown_with_the_remedy(
    look: Look, texts: list[str], own: dict[str, object], reason: str, remedy: str
) -> None:
    found = look(*(card(str(number), f"<i>{text}</i>") for number, text in enumerate(texts)), date="i", **own)
    assert found.counts["date"] == 0
    (text,) = said(found, "date")
    assert all(f'"{one}"' in text for one in texts)
    assert reason in text
    assert remedy in text
    assert faults(found) == {"date"}


def test_few_of_many_unread_dates_are_shown_and_one_that_was_read_makes_it_a_note(look: Look) -> None:
    cards = [card(str(number), f"<i>By author {'x' * number}</i>") for number in range(9)]
    found = look(*cards, card("last", "<i>Feb. 6, 2026</i>"), date="i")
    (text,) = said(found, "date")
    assert text.startswith('the dates of 9 items could not be read: "By author", "By author x", "By author xx". ')
    assert found.is_well


def test_a_double_with_a_date_lends_it(look: Look) -> None:
    found = look(card("a", "<i>soon</i>"), card("a", "<i>Feb. 6, 2026</i>"), date="i")
    assert found.counts["date"] == len(found.items) == 1
    assert found.notes == ()


def test_where_nothing_matched_the_title_of_the_page_is_told_and_how_far_the_selector_gets(look: Look) -> None:
    found = look(card("a"), item=".list > .box a", link="h2 a")
    assert found.items == ()
    assert faults(found) == {"item"}
    first, second = said(found, "item")
    assert '".list > .box a" matched nothing' in first
    assert '(title of the page: "News")' in first
    assert second == 'its beginning ".list" matches 1 element; look at what comes after it.'
    assert said(found, "link") == []


def test_where_matches_hold_no_article_the_link_selector_is_told(look: Look) -> None:
    found = look(card("a"), link=".list h2 a")
    assert found.items == ()
    assert "finds no article link in any" in said(found, "item")[0]
    assert said(found, "link")[0].endswith('Write "h2 a".')


def test_an_empty_list_that_is_allowed_is_a_note(look: Look) -> None:
    found = look(card("a"), item=".gone", allow_empty=True, summary="p")
    assert found.notes
    assert found.is_well


def test_of_very_many_cards_the_first_are_looked_at(look: Look) -> None:
    cards = [card(f"n{number}") for number in range(600)]
    found = look(*cards, card("last", "<p>Text</p>"), summary=["p", "h2"])
    assert len(found.items) == 601
    assert said(found, "summary") == ['"p" matches in none of the 500 items that were looked at.']


def test_a_comment_in_a_selector_confuses_nobody(look: Look) -> None:
    assert look(card("a"), title="h2 /* a, b */ a", item=".card /* one, two */").notes == ()


def test_what_cannot_be_read_at_all_is_an_error(look: Look) -> None:
    with pytest.raises(ExtractError, match="is not valid"):
        look(card("a"), item="[")


PIECES = """
    <div class=card>|</div>|<a href=/x>|<a href='https://wa.me/'>|</a>|<p>|</p>|<h2>|</h2>|<tr>|<td>|
    <i>03/02/2026</i>|<i>soon</i>|<img src=x>|<template>|<select>|<table>|<svg>|</svg>|<title>|text|<!--|-->|<li>|
    <body class=card>|&#xD800;
"""
pieces = st.lists(st.sampled_from([piece.strip() for piece in PIECES.split("|")]), max_size=25).map("".join)
selectors = st.sampled_from(
    [
        ".card",
        ".card > h2",
        "div p, .x",
        ":is(p, .y) *",
        "a",
        "body .card > *",
        ".card:has(a, i)",
        "p:-soup-contains(x)",
    ]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(pieces, selectors, selectors, st.booleans())
def test_whatever_the_page_the_items_are_those_of_extraction(html: str, item: str, field: str, between: bool) -> None:
    rules = {"item": item, "between": between, "summary": [field, "p@title"], "date": "i", "link": ["a", field]}
    source = Source.model_validate({"id": "n", "url": URL, "allow_empty": True, "selectors": rules})
    page = Page(URL, html.encode(), datetime(2026, 2, 6, 11, 5, tzinfo=UTC))
    found = survey_selectors(page, source)
    assert found.items == extract(page, source)
    assert all(count <= len(found.items) for count in found.counts.values())
    assert all(found.counts[note.key] == 0 for note in found.notes if note.fault)
