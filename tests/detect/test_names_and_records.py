"""Elements -> the selector that names them, and links -> the records that they stand in: tables of small pages."""

from __future__ import annotations

import pytest

from feedbuilder.detect.class_names import common_tokens
from feedbuilder.detect.link_groups import groups
from feedbuilder.detect.name_records import item_selector
from feedbuilder.detect.outline import Element, Outline, outline
from feedbuilder.detect.parsed_page import ParsedPage, plain_source
from feedbuilder.detect.records import Records, records
from feedbuilder.detect.selector_names import best_name
from feedbuilder.model import Page, Selectors
from tests.detect.sample import NOW, each, stories


def view(html: str) -> Outline:
    page = Page("https://example.org/section/", f"<!doctype html><body>{html}</body>".encode(), NOW)
    document = ParsedPage.of(page)
    return outline(document, plain_source(document, Selectors(item="a")))


def name_of(page: Outline, wanted: list[Element]) -> tuple[str, float]:
    """Return the name of `wanted`, where a selector fits if it matches just these."""
    meant = {element.order for element in wanted}

    def fit(css: str) -> float:
        found = {element.order for element in page.select(css)}
        return 2 * len(found & meant) / (len(found) + len(meant)) if found else 0.0

    return best_name(wanted, common_tokens(wanted), fit)


NAMES = (
    # the page, what is meant in it ([x]), and its name
    ("<article x></article><article x></article>", "article"),
    ('<div class="story" x></div><div class="story" x></div>', ".story"),
    ('<div class="col-md-4 story" x></div><div class="col-md-6 story" x></div>', ".story"),
    ('<div class="a9f8e7d6" x></div><main><p></p></main>', "body > div"),
    ("<ul><li></li></ul><main><ul><li x></li><li x></li></ul></main>", "main li"),
    ('<ul><li></li></ul><ul id="latest"><li x></li><li x></li></ul>', "#latest > li"),
    ('<ul class="news"><li x></li><li x></li></ul><ul><li></li></ul>', ".news > li"),
    ('<i></i><b class="list"><i x></i></b><b class="list"><i x></i></b>', ".list > i"),
    ("<ul><li x></li><li x></li></ul>", "ul > li"),
    ('<main><div class="col-md-4" x></div><div class="col-md-4" x></div></main>', "main > div"),
    # a name that no other element has is not made longer, but one that says little is
    ("<main><footer x></footer><footer x></footer></main>", "footer"),
    ("<main><news-item x></news-item><news-item x></news-item></main>", "main > news-item"),
    ("<main><p><news-item x></news-item></p><news-item x></news-item></main>", "main news-item"),
    ('<div class="news"><div><div><div x><div></div></div><div x></div></div></div></div>', ".news > div > div > div"),
    ("<table><tr><td></td></tr></table><table><tr x><td></td></tr><tr x><td></td></tr></table>",
     "body > table:nth-of-type(2) tr"),
)  # fmt: skip


@pytest.mark.parametrize(("html", "expected"), NAMES)
def test_the_name_that_a_person_would_write(html: str, expected: str) -> None:
    page = view(html)
    css, fit = name_of(page, page.select("[x]"))
    assert (css, round(fit, 2)) == (expected, 1.0)


def test_nothing_is_named_where_elements_have_nothing_in_common() -> None:
    page = view("<i x></i><b x></b>")
    assert name_of(page, page.select("[x]")) == ("", 0.0)


def ways(html: str) -> list[tuple[str, int, bool]]:
    """Return of each way to part the list of most links: what its first record is, how many there are, whether runs."""
    page = view(html)
    return [(repr(way.starts[0]), len(way.starts), way.between) for way in records(groups(page)[0])]


RECORDS = (
    ("a card is the largest element that holds one link",
     '<div class="card"><h3><a href="{url}">{title}</a></h3><p>{summary}</p></div>', ("<div.card>", 12, False)),
    ("two links to one article are one record",
     '<li><a href="{url}"><img></a><a href="{url}">{title}</a></li>', ("<li>", 12, False)),
    ("heading and text side by side are a run", '<h3><a href="{url}">{title}</a></h3><p>{summary}</p>',
     ("<h3>", 12, True)),
    ("a date before each heading begins the run", '<time>{iso}</time><h3><a href="{url}">{title}</a></h3>',
     ("<time>", 12, True)),
    ("a heading over text and link begins the run", '<h3>{title}</h3><p>{summary}</p><a href="{url}">More</a>',
     ("<h3>", 12, True)),
)  # fmt: skip


@pytest.mark.parametrize(("says", "template", "expected"), RECORDS, ids=[row[0].replace(" ", "-") for row in RECORDS])
def test_where_a_record_begins_and_ends(says: str, template: str, expected: tuple[str, int, bool]) -> None:
    del says
    assert expected in ways(f"<main>{each(stories(), template)}</main>")


CARD = '<div class="card"><h3><a href="{url}">{title}</a></h3><time>{iso}</time></div>'
SELECTORS = (
    ("cards of one make", each(stories(), CARD), ".card"),
    (
        "a large card of another make",
        f'<div class="hero"><h3>{each(stories()[:1], "<a href={url}>{title}</a>")}</h3></div>'
        + each(stories()[1:], CARD),
        ":is(.card, .hero)",
    ),
    (
        "a link made like a card that lacks the date",
        f'{each(stories(), CARD)}<div class="card"><h3><a href="/all">More news</a></h3></div>',
        ".card:has(time)",
    ),
)


@pytest.mark.parametrize(("says", "html", "expected"), SELECTORS, ids=[row[0].replace(" ", "-") for row in SELECTORS])
def test_the_selector_of_the_cards(says: str, html: str, expected: str) -> None:
    del says
    page = view(f"<main>{html}</main>")
    found = {item_selector(page, way)[0] for group in groups(page) for way in records(group) if not way.between}
    assert expected in found


def named(html: str) -> tuple[str, float]:
    """Return the selector of the cards that are marked [x], each with a link, and what it costs a reader."""
    page = view(f"<main>{html}</main>")
    cards = tuple(page.select("[x]"))
    anchors = tuple(page.links_in(card)[0] for card in cards)
    return item_selector(page, Records(cards, tuple((card,) for card in cards), anchors, (cards,)))


def cards(count: int, mark: str = "x", name: str = "card", *, first: int = 0) -> str:
    return "".join(f'<div class="{name}" {mark}><a href="/a/{n}">A</a></div>' for n in range(first, first + count))


@pytest.mark.parametrize(("strangers", "expected"), [(1, ".card"), (4, "")])
def test_a_name_that_as_many_strangers_have_is_none(strangers: int, expected: str) -> None:
    assert named(cards(4) + cards(strangers, "", first=50))[0] == expected


@pytest.mark.parametrize(("letters", "is_cheaper"), [(25, True), (32, False)])
def test_a_stranger_among_ten_articles_costs_as_much_as_some_letters_more(letters: int, is_cheaper: bool) -> None:
    long = named(cards(10, name=("card" * 9)[:letters]))
    inexact = named(cards(10) + cards(1, "", first=50))
    assert inexact[0] == ".card"
    assert len(long[0]) == letters + 1
    assert (long[1] < inexact[1]) is is_cheaper


def marked(card: str, other: str = "") -> str:
    """Return twelve cards of one make, marked, and one of the same class that is none."""
    made = "".join(card.format(n=n) for n in range(12))
    return f'{made}<div class="card">{other or "<a href=/all>More</a>"}</div>'


LASTING = (
    (
        "what an element is outlives its class",
        each(stories(), '<article x class="post"><a href="{url}">{title}</a></article>'),
        "article",
    ),
    ("a class of its own outlives the class of what holds it", f'<div class="news-list">{cards(12)}</div>', ".card"),
    (
        "a headline is one in each design",
        marked('<div class="card" x><h2 class="title"><a href="/a/{n}">A</a></h2></div>'),
        ".card:has(h2)",
    ),
    (
        "a date is one in each design",
        marked('<div class="card" x><time class="card-date">1 May</time><h2><a href="/a/{n}">A</a></h2></div>'),
        ".card:has(time)",
    ),
)


@pytest.mark.parametrize(("says", "html", "expected"), LASTING, ids=[row[0].replace(" ", "-") for row in LASTING])
def test_of_several_names_the_one_is_written_that_outlives_redesigns(says: str, html: str, expected: str) -> None:
    """Decision 92 has the figures."""
    del says
    assert named(html)[0] == expected


def test_what_holds_a_mere_box_is_no_kind_of_card() -> None:
    boxed = "".join(f'<div class="card" x><div><a href="/a{n}">A</a></div></div>' for n in range(12))
    assert named(f'{boxed}<div class="card"><a href="/all">More news</a></div>')[0] == ".card"


@pytest.mark.parametrize("site", ["", "https://news.example"])
def test_cards_may_be_told_by_the_place_in_the_site_where_their_articles_stand(site: str) -> None:
    """A year is no part of it, for the next one comes."""
    rows = "".join(f'<div class="card" x><a href="{site}/news/2026/{n}">A</a></div>' for n in range(12))
    menu = "".join(f'<div class="card"><a href="/{word}/">All of {word}</a></div>' for word in ("sports", "culture"))
    assert named(rows + menu)[0] == '.card:has(a[href*="/news/"])'


def test_a_link_alone_is_no_group() -> None:
    assert groups(view('<p><a href="/a/1">Harbour reopens</a></p>')) == []
