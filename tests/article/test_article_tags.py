"""Which words of a page are the article's tags, and which section it stands in."""
# ruff: noqa: E501 - markup as sites write it

from __future__ import annotations

import json

import pytest

from feedbuilder.article.article_tags import tags
from tests.article.conftest import Reader

TEXT = "<p>" + "The bridge was opened on Friday. " * 9 + "</p>"


def page(under: str = "", head: str = "", over: str = "") -> str:
    return f"<head>{head}</head><body>{over}<main><article><h1>Bridge Opens</h1>{TEXT}{under}</article></main></body>"


def keywords(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "keywords": value})}</script>'


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (["Bridges, The Strait"], ["Bridges", "The Strait"]),
        (["#Bridges", "bridges", "BRIDGES "], ["Bridges"]),
        (["橋、港町"], ["橋", "港町"]),
        (["Bridges; Ferries"], ["Bridges", "Ferries"]),
        (["Subject: Bridges", "Language: English", "Day: Friday", "1200-1999"], ["Bridges"]),
        (["98be933f-38cf-4fba-b6c6-ad438e82010a", "Bridges", "NLP Category: Business"], ["Bridges"]),
        (["RSBI:HUMAN-RIGHTS", "MTVID", "CYCS08", "News"], []),
        (["SEPA", "Bridges", "Money"], ["SEPA", "Bridges", "Money"]),
        (["article_type", "strait.com", "Bridges"], ["Bridges"]),
        (["x" * 200], []),
        (["", " , ,"], []),
    ],
)
def test_what_in_a_list_of_keywords_is_a_tag(written: list[str], expected: list[str]) -> None:
    assert list(tags(written)) == expected


@pytest.mark.parametrize(
    "links",
    [
        '<div><a rel="tag" href="/a">Bridges</a> <a rel="tag" href="/b">Ferries</a></div>',
        '<div><a href="/a">#Bridges</a> <a href="/b">#Ferries</a></div>',
        '<ul class="article-tags"><li><a href="/a">Bridges</a></li><li><a href="/b">Ferries</a></li></ul>',
        '<div class="RelatedTopics"><a href="/a">Bridges</a><a href="/b">Ferries</a></div>',
        '<ul><li><a href="/topics/a">Bridges</a></li><li><a href="/topics/b">Ferries</a></li></ul>',
        '<p>Tags: <a href="/a">Bridges</a>, <a href="/b">Ferries</a></p>',
        '<section><h4>Mehr zum Thema</h4><ul><li><a href="/a">Bridges</a></li><li><a href="/b">Ferries</a></li></ul></section>',
        '<footer><nav><a rel="tag" href="/a">Bridges</a><a rel="tag" href="/b">Ferries</a><a href="/t">All</a></nav></footer>',
    ],
)
def test_tags_that_readers_see(read: Reader, links: str) -> None:
    found = read(page(links))
    assert (found.tags, found.origins["tags"]) == (("Bridges", "Ferries"), "links")


@pytest.mark.parametrize(
    "links",
    [
        '<p>As <a href="/tag/x">the ministry</a> said, the ferries that crossed the strait will go on for one year.</p>',
        '<nav class="menu"><a href="/tag/a">Politics</a><a href="/tag/b">Sports</a></nav>',
        '<div class="related"><div class="tags"><a href="/tag/a">Else</a><a href="/tag/b">Where</a></div></div>',
        "<ul>" + "".join(f'<li><a href="/tag/{n}">Word {n}</a></li>' for n in range(60)) + "</ul>",
        '<div><a href="/a">Terms</a> <a href="/b">Privacy</a></div>',
    ],
)
def test_what_only_looks_like_tags(read: Reader, links: str) -> None:
    assert read(page(links)).tags == ()


def test_a_lone_tag_is_known_by_what_wraps_it(read: Reader) -> None:
    assert read(page('<div class="articleTags"><span><a href="/x">Bridges</a></span></div>')).tags == ("Bridges",)


def test_of_several_places_the_one_that_the_others_agree_with_counts(read: Reader) -> None:
    head = (
        '<meta name="news_keywords" content="bridge, opens, last">'
        '<meta property="article:tag" content="Bridges"><meta property="article:tag" content="Ferries">'
    )
    assert read(page(head=head + keywords(["Bridges", "Ferries"]))).tags == ("Bridges", "Ferries")


def test_words_for_all_of_a_news_site_are_no_tags(read: Reader) -> None:
    head = '<meta name="news_keywords" content="breaking news, Latest News, The Strait Post">'
    site = '<meta property="og:site_name" content="The Strait Post">'
    assert read(page(head=head + site)).tags == ()
    lone = '<p class="article-tags"><a href="/tags/bridges">#Bridges</a></p>'
    assert read(page(lone, head=head + site)).tags == ("Bridges",)


def test_a_list_that_has_all_of_them_and_more_is_the_whole(read: Reader) -> None:
    links = '<div class="tags"><a href="/a">Bridges</a><a href="/b">Ferries</a></div>'
    assert read(page(links, keywords("Ferries, Bridges, Money"))).tags == ("Ferries", "Bridges", "Money")


def test_the_menu_over_the_article_is_no_list_of_tags(read: Reader) -> None:
    menu = '<header><div class="topics"><a href="/topic/a">Politics</a><a href="/topic/b">Sports</a></div></header>'
    assert read(page(over=menu)).tags == ()


@pytest.mark.parametrize(
    ("head", "section"),
    [
        ('<meta property="article:section" content="Transport">', "Transport"),
        (
            '<script type="application/ld+json">{"@type": "BreadcrumbList", "itemListElement": [{"position": 1, "name": "Home"}, {"position": 2, "item": {"@id": "/t", "name": "Transport"}}]}</script>',
            "Transport",
        ),
        ("", None),
    ],
)
def test_the_section_is_told_apart_from_the_tags(read: Reader, head: str, section: str | None) -> None:
    found = read(page(head=head))
    assert (found.section, found.tags) == (section, ())
