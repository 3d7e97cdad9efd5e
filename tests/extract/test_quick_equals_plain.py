"""The quick way (lexbor picks the cards, each is read alone, known ones not at all) gives what the plain way gives.

The plain way is written down here: BeautifulSoup over the whole page, one `select_one` per field.
"""

import html as markup
from datetime import UTC, datetime
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from feedbuilder.extract import CardCache, extract
from feedbuilder.extract.split_cards import _shown
from feedbuilder.model import ExtractError, Page, Source

URL = "https://example.org/news/"
NOW = datetime(2026, 2, 6, 11, 5, tzinfo=UTC)
PLAIN = '<h3><a href="{link}">{title}</a></h3><p class="s">{text}</p>'
LAYOUTS = {
    # a card; what stands around all cards; the item selector
    "div": (f'<div class="c">{PLAIN}<b>{{views}}</b></div>', "{}", ".c"),
    "nested div": (f'<div class="c"><div><div>{PLAIN}</div></div></div>', "<main>{}</main>", "main .c"),
    "li": (f"<li>{PLAIN}", "<ul>{}</ul>", "ul > li"),
    "tr": ('<tr><td><h3><a href="{link}">{title}</a></h3><td class="s">{text}', "<table>{}</table>", "table tr"),
    "link": ('<a class="c" href="{link}"><h3>{title}</h3><span class="s">{text}</span></a>', "{}", "a.c"),
    "article": (f"<article>{PLAIN}</article><aside>x</aside>", "{}", "article"),
}
words = st.text(st.sampled_from("abc ÄéЖ中😀&<>\"'\u00a0\n"), min_size=1, max_size=20).map(lambda text: "T" + text)
stories = st.tuples(st.integers(0, 40), words, words, st.integers(0, 999))


def source_of(item: str) -> Source:
    rules = {"item": item, "title": "h3", "link": "h3 a, a", "summary": ".s"}
    return Source.model_validate({"id": "n", "url": URL, "allow_empty": True, "selectors": rules})


def plainly(html: str, item: str) -> list[tuple[str, str, str]]:
    found: dict[str, tuple[str, str, str]] = {}
    for card in BeautifulSoup(html, "lxml").select(item):
        link = card if card.name == "a" else card.select_one("a")
        title, text = card.select_one("h3"), card.select_one(".s")
        assert link is not None
        assert title is not None
        assert text is not None
        url = urljoin(URL, str(link["href"]))
        found.setdefault(url, (url, " ".join(title.get_text().split()), " ".join(text.get_text().split())))
    return list(found.values())


@settings(max_examples=150)
@given(st.sampled_from(sorted(LAYOUTS)), st.lists(stories, max_size=8, unique_by=lambda story: story[0]), st.booleans())
def test_quick_equals_plain(layout: str, page: list[tuple[int, str, str, int]], remembered: bool) -> None:
    card, around, item = LAYOUTS[layout]
    cells = [
        card.format(link=f"/a/{n}", title=markup.escape(title), text=markup.escape(text), views=views)
        for n, title, text, views in page
    ]
    html = "<!doctype html><html><head><title>x</title></head><body>" + around.format("".join(cells))
    # Both parsers agree on what is closed; on unclosed tags a browser, and so lexbor, is right and lxml is not.
    html = BeautifulSoup(html, "html5lib").decode()
    cards = CardCache() if remembered else None
    for _ in range(2):
        items = extract(Page(URL, html.encode(), NOW), source_of(item), cards)
        assert [(item.link, item.title, item.summary) for item in items] == plainly(html, item)


PIECES = """
    <div class=c> | </div> | <a href=/x> | <a href='http://[x'> | </a> | <p> | </p> | <table> | <tr> | <td> | <h3> |
    </h3> | <img src=x srcset='a 1w,,b'> | <time datetime=x> | &#0; | &#xD800; | &lt;p&gt; | <b> | </b> | <!-- | --> |
    <script> | </script> | <svg> | <title> | <template> | <select> | <option> | <form> | <base href='//['> | text |
    ]]> | 2 hours ago | 03/02/2026 | \x00 | <body class=c> | <html> | <frameset> | <plaintext> |
    <![CDATA[ | <?xml | <math> |
    <li>
"""
pieces = st.sampled_from([piece.strip() for piece in PIECES.split("|")])
CSS = [
    "div",
    ".c",
    "a",
    "*",
    "h3 a",
    "body",
    "html",
    "td, tr",
    "title",
    ":root",
    "p:-soup-contains(text)",
    "svg",
    "option",
]


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(pieces, max_size=25), st.sampled_from(CSS), st.booleans())
def test_whatever_the_page_there_are_items_or_an_extract_error(parts: list[str], item: str, between: bool) -> None:
    rules = {"item": item, "between": between, "summary": "p", "tags": "b", "author": "b"}
    source = Source.model_validate({"id": "n", "url": URL, "selectors": rules})
    page = Page(URL, "".join(parts).encode(), NOW)
    try:
        items = extract(page, source, CardCache())
    except ExtractError:
        return
    assert [one.position for one in items] == list(range(len(items)))
    assert len({one.canonical for one in items}) == len(items)
    assert all(text is None or text.strip() for one in items for text in (one.title, one.summary, one.image))


def test_lexbor_reads_unclosed_tags_as_a_browser_does() -> None:
    html = "<!doctype html><ul><li class=c><a href=/1>A</a><p class=s>a<li class=c><a href=/2>B</a><p class=s>b</ul>"
    items = extract(Page(URL, html.encode(), NOW), source_of(".c"))
    assert [(item.link[-1], item.summary) for item in items] == [("1", "a"), ("2", "b")]


@pytest.mark.parametrize("item", [".c", "div.c:-soup-contains('T')"])
def test_both_engines_find_the_same_cards(item: str) -> None:
    html = "<!doctype html>" + "".join(f"<div class=c><h3><a href=/{n}>T{n}</a></h3></div>" for n in range(5))
    assert [one.title for one in extract(Page(URL, html.encode(), NOW), source_of(item))] == [
        "T0",
        "T1",
        "T2",
        "T3",
        "T4",
    ]


@settings(max_examples=100)
@given(st.lists(pieces | st.sampled_from(["<noscript>", "</noscript>", "<div class=c>"]), max_size=25))
def test_what_stands_in_noscript_is_found_from_below_as_from_above(parts: list[str]) -> None:
    tree = LexborHTMLParser("".join(parts))
    hidden = {node.mem_id for node in tree.css("noscript *")}
    for css in (".c", "a, p, b", "*"):
        nodes = tree.css(css)
        plainly = [node.mem_id for node in nodes if node.mem_id not in hidden]
        assert [node.mem_id for node in _shown(nodes)] == (plainly or [node.mem_id for node in nodes])
