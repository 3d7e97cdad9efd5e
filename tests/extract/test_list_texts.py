"""The text of an article, read where its list shows it; and what is taken out before anything is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from feedbuilder.extract import CardCache, extract, survey_selectors
from feedbuilder.extract.card_texts import _Texts
from feedbuilder.model import ExtractError, Item, Page, Source
from feedbuilder.parse.removed_parts import without_parts

CARD = (
    '<h2><a href="/a">Locks open</a></h2><div class="text"><p>The <b>locks</b> open. '
    '<a href="tide?utm_source=x">Tide</a></p>'
    '<img data-src="/lock.jpg" src="/blank.gif"><script>steal()</script><p onclick="x()">Ships pass.</p></div>'
)


def test_the_text_of_a_card_is_that_of_an_article(only: Callable[..., Item]) -> None:
    text = only(CARD, content=".text").content_html or ""
    assert "<p>The <b>locks</b> open. " in text
    assert '<a href="https://example.org/news/tide">Tide</a>' in text
    assert 'src="https://example.org/lock.jpg"' in text
    assert "<p>Ships pass.</p>" in text
    assert "steal" not in text


def test_no_text_is_read_where_none_is_asked_for(only: Callable[..., Item]) -> None:
    assert only(CARD).content_html is None
    assert only(CARD, content=".elsewhere").content_html is None


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("p", "<p>One</p>\n<p>Two</p>"),
        ("p, .box", "<p>One</p>\n<p>Two</p>"),
        (".nothing", None),
        ([".nothing", "p.b"], "<p>Two</p>"),
        ("xpath:.//p[2]", "<p>Two</p>"),
        ("xpath:string(.//p[1])", "<p>One</p>"),
        ("@data-text", "<p>Said <i>aside</i></p>"),
        ({"join": ["p.b", "p.a"], "separator": "\n"}, "<p>Two</p>\n<p>One</p>"),
        ({"text": "See the page."}, "<p>See the page.</p>"),
        ({"select": "p.a", "steps": [{"replace": "One", "with": "First"}]}, "<p>First</p>"),
    ],
)
def test_all_that_a_rule_finds_is_the_text(items: Callable[..., tuple[Item, ...]], rule: Any, text: str | None) -> None:
    inside = '<a href="/a">A title</a><div class="box"><p class="a">One</p><p class="b">Two</p></div>'
    html = f'<div class="card" data-text="&lt;p>Said &lt;i>aside&lt;/i>&lt;/p>">{inside}</div>'
    assert items(html, content=rule)[0].content_html == text


def test_what_does_not_belong_is_not_there_for_any_selector(only: Callable[..., Item]) -> None:
    inside = (
        '<p class="ad"><a href="https://shop.example/">Buy</a> 6 Feb 2026</p><h2><a href="/a">Locks</a></h2>'
        '<div class="text"><p>The locks open.</p><p class="ad">Buy!</p></div><time>5 Feb 2026</time>'
    )
    item = only(inside, content=".text", remove=".ad", date=".ad, time")
    assert (item.link, item.content_html) == ("https://example.org/a", "<p>The locks open.</p>")
    assert item.published is not None
    assert item.published.at.isoformat() == "2026-02-04T20:00:00+00:00"


def test_xpath_and_what_only_soupsieve_knows_may_be_taken_out(only: Callable[..., Item]) -> None:
    inside = '<a href="/a">Locks</a><div class="text"><p>The locks open.</p><i>Ad</i><b>Share</b></div>'
    remove = ["xpath://i", "b:-soup-contains('Share')"]
    assert only(inside, content=".text", remove=remove).content_html == "<p>The locks open.</p>"


def test_of_data_what_stands_in_the_text_is_taken_out(page: Callable[..., Page]) -> None:
    source = Source.model_validate(
        {
            "id": "news",
            "url": "https://example.org/api",
            "kind": "json",
            "selectors": {"content": "body", "remove": [".ad"], "item": "posts"},
        }
    )
    answer = '{"posts": [{"title": "Locks", "url": "/a", "body": "<p>The locks open.</p><p class=\\"ad\\">Buy</p>"}]}'
    assert extract(page(answer), source)[0].content_html == "<p>The locks open.</p>"


def test_plain_text_in_data_becomes_paragraphs(page: Callable[..., Page]) -> None:
    settings = {"id": "news", "url": "https://example.org/api", "kind": "json", "selectors": {"content": "body"}}
    answer = '[{"title": "Locks", "url": "/a", "body": "Open: 1 < 2.\\n\\nShips pass."}]'
    item = extract(page(answer), Source.model_validate(settings))[0]
    assert item.content_html == "<p>Open: 1 &lt; 2.</p>\n<p>Ships pass.</p>"


RSS = (
    "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>T</title><item>"
    "<title>Locks</title><link>https://example.org/a</link><description>{}</description>{}</item></channel></rss>"
)


@pytest.mark.parametrize(
    ("description", "content", "text"),
    [
        ("Short.", "<content:encoded>&lt;p&gt;Long &lt;a href='/b'&gt;one&lt;/a&gt;&lt;/p&gt;</content:encoded>",
         '<p>Long <a href="https://example.org/b">one</a></p>'),
        ("&lt;p&gt;First.&lt;/p&gt;&lt;p&gt;Second.&lt;/p&gt;", "", "<p>First.</p>\n<p>Second.</p>"),
        ("&lt;p&gt;A teaser.&lt;/p&gt;", "", None),
    ],
)  # fmt: skip
def test_a_feed_of_others_brings_its_texts_along(
    page: Callable[..., Page], description: str, content: str, text: str | None
) -> None:
    source = Source.model_validate({"id": "news", "url": "https://example.org/rss", "kind": "feed"})
    assert extract(page(RSS.format(description, content)), source)[0].content_html == text


def test_a_card_that_is_remembered_has_the_text_of_now(items: Callable[..., tuple[Item, ...]]) -> None:
    cards, card = CardCache(), '<div class="card"><a href="/a">A title here</a><p>Said {} times</p></div>'
    read = [items(card.format(count), cards=cards, content="p")[0].content_html for count in (1, 1, 2, 13, 2, 7)]
    assert read == [f"<p>Said {count} times</p>" for count in (1, 1, 2, 13, 2, 7)]


def test_a_wrong_selector_of_what_to_take_out_is_told(only: Callable[..., Item]) -> None:
    with pytest.raises(ExtractError, match=r'The selector of remove "p\['):
        only(CARD, remove=["p["])


def test_the_survey_says_where_no_text_is_found(page: Callable[..., Page], source: Callable[..., Source]) -> None:
    html = f'<div class="card">{CARD}</div>'
    found = survey_selectors(page(html), source(content=".text"))
    assert (found.counts["content"], found.is_well) == (1, True)
    missed = survey_selectors(page(html), source(content=".story"))
    assert [note.key for note in missed.notes if note.fault] == ["content"]


def test_the_frame_of_a_page_stays() -> None:
    html = "<title>T</title><div class=a><p>x<div class=a><b>q</b></div></div><i>y</i>"
    assert without_parts(html, ["*"]) == "<html><head></head><body></body></html>"
    assert "<i>y</i>" in without_parts(html, ["html, body", "xpath:/html"])
    assert without_parts(html, [".a, b"]) == "<html><head><title>T</title></head><body><i>y</i></body></html>"
    assert without_parts(html, []) == html


def test_no_more_texts_are_remembered_than_there_is_room_for() -> None:
    texts = _Texts(1_000)
    for key in (b"a", b"b", b"c"):
        texts.put(key, "x" * 100)
    assert [texts.get(key) is not None for key in (b"a", b"b", b"c")] == [False, True, True]
    texts.put(b"d", None)
    assert texts.get(b"d") == (None,)
