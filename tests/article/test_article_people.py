"""Bylines: what in them is a name, and which byline is the article's."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.article.authors import people
from feedbuilder.article.bylines import LINKED, bylines, linked_authors
from feedbuilder.article.evidence import Evidence
from tests.article.conftest import URL, Reader


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("By Ann Lee", ["Ann Lee"]),
        ("Post by : Saif Nasser", ["Saif Nasser"]),
        ("Author : Ann Lee", ["Ann Lee"]),
        ("Von Jörg Weiß und Anna Brandt", ["Jörg Weiß", "Anna Brandt"]),
        ("Par Élodie Marchand et Luc Petit", ["Élodie Marchand", "Luc Petit"]),
        ("Por Lucía Vega y Juan Gil", ["Lucía Vega", "Juan Gil"]),
        ("Автор: Анна Орлова", ["Анна Орлова"]),
        ("記者：山田太郎", ["山田太郎"]),
        ("배윤경 기자", ["배윤경"]),
        ("배윤경,이상현,김혜진", ["배윤경", "이상현", "김혜진"]),
        ("Ann Lee and Bo Ek, staff reporter", ["Ann Lee", "Bo Ek"]),
        ("Ann Lee & Bo Ek; Cy Dee", ["Ann Lee", "Bo Ek", "Cy Dee"]),
        ("Ann Lee ann.lee@strait.example", ["Ann Lee"]),
        ("Ann Lee, https://strait.example/ann", ["Ann Lee"]),
        ("Ann Lee (Strait Post)", ["Ann Lee"]),
        ("AFP", ["AFP"]),
        ("Associated Press", ["Associated Press"]),
        ("https://www.facebook.com/strait", []),
        ("@strait", []),
        ("Admin", []),
        ("Photo: Ann Lee", []),
        ("12", []),
        ("", []),
        ("Twitter Facebook", []),
        ("Maria van der Berg", ["Maria van der Berg"]),
        ("By the time the bridge had opened there was nobody left who could remember it.", []),
    ],
)
def test_names_in_a_byline(written: str, names: list[str]) -> None:
    assert list(people([written])) == names


def test_a_name_in_two_spellings_comes_once() -> None:
    assert people(["Ann Lee", "ANN LEE", "Ann  Lee"]) == ("Ann Lee",)


def ld(author: object, **said: object) -> str:
    data = {"@type": "NewsArticle", "headline": "Bridge", "author": author, **said}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_the_site_is_author_only_where_nobody_else_is_named(read: Reader) -> None:
    site = ld({"@type": "Organization", "name": "The Strait Post"}, publisher={"name": "The Strait Post"})
    assert read(site).authors == ("The Strait Post",)
    assert read(site + '<h1>Bridge</h1><p class="byline">By Ann Lee</p>').authors == ("Ann Lee",)
    assert read(site + '<meta name="author" content="Bo Ek">').authors == ("Bo Ek",)


@pytest.mark.parametrize("login", ["alee7", "ann.lee", "editor_2"])
def test_a_name_to_log_in_with_is_author_only_where_nobody_else_is_named(read: Reader, login: str) -> None:
    data = ld({"@type": "Person", "name": login})
    assert read(data + '<h1>Bridge</h1><p class="byline">By Ann Lee</p>').authors == ("Ann Lee",)
    assert read(data + "<h1>Bridge</h1>").authors == (login,)


def test_a_name_in_small_letters_is_a_name_all_the_same(read: Reader) -> None:
    data = ld({"@type": "Person", "name": "bell hooks"})
    assert read(data + '<h1>Bridge</h1><p class="byline">By Ann Lee</p>').authors == ("bell hooks",)


@pytest.mark.parametrize(
    "byline",
    [
        '<a rel="author" href="/x">Ann Lee</a>, <a rel="author" href="/y">Bo Ek</a>',
        '<a href="/authors/ann-lee">Ann Lee</a> <a href="/authors/bo-ek">Bo Ek</a>',
        '<div class="article-byline">By Ann Lee and Bo Ek</div>',
        "<div>By Ann Lee and Bo Ek</div>",
        '<span itemprop="author">Ann Lee and Bo Ek</span>',
    ],
)
def test_bylines_that_readers_see(read: Reader, byline: str) -> None:
    heading = '<h1 itemprop="headline">Bridge</h1>'
    html = f'<main itemscope itemtype="https://schema.org/Article">{heading}{byline}<p>Text.</p></main>'
    assert read(html).authors == ("Ann Lee", "Bo Ek")


def test_authors_of_the_cards_under_the_text_are_not_taken(read: Reader) -> None:
    cards = "".join(f'<p>Word.</p><a href="/author/{n}">Nobody Else</a>' for n in range(30))
    html = (
        f'<main><h1>Bridge</h1><a href="/author/ann">Ann Lee</a><p>Text.</p><div class="related">{cards}</div></main>'
    )
    assert read(html).authors == ("Ann Lee",)


def test_a_first_line_that_is_a_name_in_bold_is_the_byline(read: Reader) -> None:
    html = "<article><h1>Bridge</h1><p><strong>Ann Lee</strong></p><p>The bridge was opened.</p></article>"
    found = read(html)
    assert (found.authors, found.origins["authors"]) == (("Ann Lee",), "first line")
    bold = "<article><h1>Bridge</h1><p><strong>Ann Lee</strong> has opened the bridge.</p></article>"
    assert read(bold).authors == ()


MARKUP = st.sampled_from(
    [
        '<a rel="author" href="/a">Ann Lee</a>',
        '<a rel="me AUTHOR" href="/b">Bo Ek</a>',
        '<a rel="author">Cy Dee</a>',
        '<a rel="co-author" href="/c">Di Oh</a>',
        '<a rel=author href="/author/e">Ed Moe</a>',
        "<h1>Bridge</h1>",
        "<article>",
        "</article>",
        "<nav>",
        "</nav>",
        '<p class="byline">By Flo Ray</p>',
        "<p>By Gil Kay</p>",
        "<p>x</p>" * 26,
    ]
)


@given(st.lists(MARKUP, max_size=12).map("".join))
def test_linked_authors_are_those_among_all_bylines(html: str) -> None:
    page = Evidence(html, URL)
    assert linked_authors(page) == next((one for one in bylines(page) if one.origin == LINKED), None)


def test_a_licence_is_no_author(read: Reader) -> None:
    licence = '<p>Under a <a href="https://commons.example/licenses/by/4.0/">Commons Licence</a>.</p>'
    assert read(f"<h1>Bridge Opens</h1><p>It opened.</p>{licence}").authors == ()
    linked = '<a href="/by/ann-lee">Ann Lee</a>'
    assert read(f"<h1>Bridge Opens</h1>{linked}<p>It opened.</p>{licence}").authors == ("Ann Lee",)
