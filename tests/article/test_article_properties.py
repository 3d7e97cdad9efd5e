"""Whatever a page holds: reading it never raises, and what is read keeps its promises."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder.article.article_text import ArticleText
from feedbuilder.article.evidence import Evidence
from feedbuilder.article.read_article import read_article
from feedbuilder.model import Article, ExtractError, Page
from tests.article.conftest import NOW, URL, Reader, source_of

NAMES = ("og:title", "article:published_time", "article:tag", "author", "keywords", "og:image", "date", "og:url")
PROPERTIES = ("headline", "author", "datePublished", "keywords", "image", "url", "@id", "@graph", "publisher", "name")
texts = st.text(max_size=40) | st.sampled_from(
    ["By Ann Lee", "6 Feb. 2026 12:35", "/a.jpg", "#Tag", "2026-02-06", "a, b"]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(PROPERTIES), inner, max_size=3),
    max_leaves=8,
)
tags = st.sampled_from(
    [
        "h1",
        "h2",
        "p",
        "a",
        "div",
        "span",
        "time",
        "article",
        "main",
        "footer",
        "nav",
        "figure",
        "img",
        "small",
        "ul",
        "li",
        "b",
    ]
)
attributes = st.dictionaries(
    st.sampled_from(["class", "href", "rel", "datetime", "src", "itemprop", "id"]), texts, max_size=2
)


@st.composite
def pages(draw: st.DrawFn) -> str:
    parts = []
    for _ in range(draw(st.integers(0, 6))):
        said = {"@type": draw(st.sampled_from(["NewsArticle", "WebPage", "BreadcrumbList"])), **draw(
            st.dictionaries(st.sampled_from(PROPERTIES), values, max_size=4)
        )}  # fmt: skip
        kind = draw(st.integers(0, 3))
        if kind == 0:
            parts.append(f'<script type="application/ld+json">{json.dumps(said)}</script>')
        elif kind == 1:
            content = draw(texts).replace('"', "&quot;")
            parts.append(f'<meta property="{draw(st.sampled_from(NAMES))}" content="{content}">')
        else:
            name = draw(tags)
            given_ = "".join(f' {key}="{value}"' for key, value in draw(attributes).items())
            parts.append(f"<{name}{given_}>{draw(texts)}" + (f"</{name}>" if draw(st.booleans()) else ""))
    return "".join(parts)


def read(html: str) -> Article:
    body = html.encode("utf-8", "surrogatepass")
    return read_article(Page(URL, body, NOW), source_of(), full=False)


@settings(max_examples=150, deadline=None)
@given(pages())
def test_any_page_is_read_and_what_is_read_is_clean(html: str) -> None:
    article = read(html)
    named = (*article.authors, *article.tags)
    for text in (article.title, article.section, *named):
        assert text is None or (text == " ".join(text.split()) and text)
    assert len({name.casefold() for name in article.tags}) == len(article.tags)
    for url in (article.image, article.canonical):
        assert url is None or url.startswith(("http://", "https://"))
    if article.published:
        assert datetime(1990, 1, 1, tzinfo=UTC) <= article.published.at
        assert article.zone is not None
        assert article.modified is None or article.modified >= article.published.at
    assert all(getattr(article, name) for name in article.origins)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read(body: bytes) -> None:
    read_article(Page(URL, body, NOW), source_of(), full=False)


@settings(max_examples=60, deadline=None)
@given(pages())
def test_reading_twice_reads_the_same(html: str) -> None:
    assert read(html) == read(html)


@settings(max_examples=40, deadline=None)
@given(pages(), st.lists(texts, max_size=5))
def test_whatever_is_known_of_a_text_it_is_found_without_error_and_the_same_each_time(
    html: str, lines: list[str]
) -> None:
    found = ArticleText(Evidence(html, URL), "\n".join(lines), (), ()).html()
    assert ArticleText(Evidence(html, URL), "\n".join(lines), (), ()).html() == found


MANY = 20_000


@pytest.mark.parametrize(
    "html",
    [
        "<h1>Bridge</h1>" + '<div class="author tag date">' * 9_000 + "By Ann Lee, 6 Feb. 2026",
        "<h1>Bridge</h1>" + '<a href="/tag/x">tag</a>' * MANY,
        "<h1>Bridge</h1>" + "<p>By Ann Lee, 6 Feb. 2026</p>" * MANY,
        "<h1>Bridge</h1>" * MANY,
        '<meta property="article:tag" content="a,b,c">' * MANY,
        f'<h1 class="{"author-tag " * MANY}">Bridge</h1>',
        f'<title>{"a - " * MANY}</title><meta name="author" content="{"by " * MANY}">',
        '<script type="application/ld+json">' + '{"@graph":[' * MANY + "</script>",
        '<div itemscope itemtype="https://schema.org/Article">' + '<b itemprop="author keywords">x</b>' * MANY,
    ],
    ids=range(9),
)
def test_pages_made_to_take_long_are_read(html: str) -> None:
    read(html)


def test_a_monster_is_refused_with_its_address(read: Reader) -> None:
    with pytest.raises(ExtractError, match=URL):
        read("<p>" * 200_000)
