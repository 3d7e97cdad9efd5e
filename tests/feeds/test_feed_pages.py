"""The pages: safe, readable without scripts, and silent about how long ago something was."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import datetime
from typing import Any

import html5lib
import pytest
from lxml import html

from feedbuilder.feeds import compose, render, render_site
from feedbuilder.model import Precision, Site


@pytest.fixture
def page(feed: Any, item: Any, source: Any, site: Site, noon: datetime) -> Any:
    world = feed(title="World News", tags=["World News"], language="en")
    entries = [
        item(1, tags=("World News", "Climate"), published=noon),
        item(2, precision=Precision.DAY, image=None, summary=None),
        item(3, title="القمة", authors=()),
    ]
    return html.document_fromstring(render(compose(world, entries, [source()], site, noon))[-1].content)


def test_the_page_leads_feed_readers_to_all_three_formats(page: Any) -> None:
    alternates = page.xpath('//head/link[@rel="alternate"]')
    assert [(link.get("type"), link.get("href")) for link in alternates] == [
        ("application/rss+xml", "https://feeds.example/world-news/rss.xml"),
        ("application/atom+xml", "https://feeds.example/world-news/atom.xml"),
        ("application/feed+json", "https://feeds.example/world-news/feed.json"),
    ]


def test_the_pages_are_well_formed(feed: Any, item: Any, site: Site, noon: datetime) -> None:
    """By a parser that forgives nothing: no unclosed, misplaced or doubled element, attribute or reference."""
    nasty = item(title="<b>\"a\" & 'b'</b>", summary="</main></script>&copy &#0;", authors=("<i>",), tags=("<&>",))
    documents = [
        compose(feed(title="<News> & more"), [nasty, item(2)], [], site, noon),
        compose(feed(), [], [], site, noon),
    ]
    for file in (render(documents[0])[-1], render(documents[1])[-1], render_site(site, documents)[-1]):
        html5lib.HTMLParser(strict=True).parse(file.content)


def test_addresses_stand_there_without_javascript_and_copy_buttons_do_not(page: Any) -> None:
    addresses = [link.text_content() for link in page.xpath('//section[@class="subscribe"]//a')]
    assert addresses == [link.get("href") for link in page.xpath('//head/link[@rel="alternate"]')]
    buttons = page.xpath("//button")
    assert [page.get_element_by_id(button.get("data-copy")).text_content() for button in buttons] == addresses
    assert all("hidden" in button.attrib for button in buttons)


def test_the_policy_allows_our_own_style_and_script_and_nothing_else(page: Any) -> None:
    policy = page.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')[0]
    allowed = dict(part.split(" ", 1) for part in policy.split("; "))
    assert allowed["default-src"] == "'none'"
    for kind in ("style", "script"):
        text = page.find(f".//{kind}").text
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert allowed[f"{kind}-src"] == f"'sha256-{digest}'"
    assert not page.xpath("//*[@style or @onclick]")
    assert not page.xpath("//script/@src | //link[@rel='stylesheet']")


def test_dates_are_the_sites_own_and_absolute(page: Any) -> None:
    first, second, _ = page.xpath("//article//time")
    assert (first.get("datetime"), first.text, first.get("title")) == (
        "2026-02-06T16:00:00+04:00",
        "6 February 2026, 16:00",
        "UTC+4",
    )
    assert (second.get("datetime"), second.text) == ("2026-02-06", "6 February 2026")
    assert not re.search(r"\bago\b|yesterday|today", page.text_content())


def test_pictures_wait_and_tell_nobody_where_they_are_shown(page: Any) -> None:
    pictures = page.xpath("//article/img")
    assert [picture.get("src") for picture in pictures] == ["https://img.example/1.jpg", "https://img.example/3.jpg"]
    for picture in pictures:
        assert (picture.get("loading"), picture.get("referrerpolicy"), picture.get("alt")) == (
            "lazy",
            "no-referrer",
            "",
        )
        assert (picture.get("width"), picture.get("height")) == ("180", "120")


def test_words_of_sites_carry_their_language_and_direction(page: Any) -> None:
    assert page.get("lang") == "en"
    assert page.xpath("//main/@lang") == ["en"]
    assert {article.get("dir") for article in page.xpath("//article")} == {"auto"}


def test_an_unknown_language_is_not_called_english(feed: Any, item: Any, site: Site, noon: datetime) -> None:
    page = html.document_fromstring(render(compose(feed(), [item()], [], site, noon))[-1].content)
    assert page.xpath("//main/@lang") == [""]


def test_what_all_entries_share_is_not_repeated_on_each(page: Any) -> None:
    assert page.xpath('//ul[@class="tags"]/li/text()') == ["Climate"]


def test_a_feed_without_entries_says_so(feed: Any, site: Site, noon: datetime) -> None:
    document = compose(feed(), [], [], site, noon)
    page = html.document_fromstring(render(document)[-1].content)
    assert "No entries yet" in page.findtext('.//p[@class="empty"]')
    assert not page.xpath("//article")


def test_the_overview_shows_each_feed_with_its_newest_entry(feed: Any, item: Any, site: Site, noon: datetime) -> None:
    documents = [
        compose(feed(title="World News"), [item(1, published=noon), item(2)], [], site, noon),
        compose(feed("science"), [], [], site, noon),
    ]
    page = html.document_fromstring(render_site(site, documents)[-1].content)
    world, science = page.xpath("//main/section")
    assert world.xpath("h2/a/@href") == ["world-news/index.html"]
    assert world.xpath('p[@class="latest"]/a/text()') == ["Story 1"]
    assert world.xpath('string(p[@class="meta"])') == "2 entries · newest 6 February 2026, 16:00"
    assert world.xpath("ul/li/a/@href") == ["world-news/rss.xml", "world-news/atom.xml", "world-news/feed.json"]
    assert science.xpath('string(p[@class="meta"])') == "No entries yet"
    assert page.xpath('//a[@href="feeds.opml"]')


def test_an_overview_without_feeds_is_a_page_too(site: Site) -> None:
    assert "No feeds yet" in render_site(site, [])[-1].content.decode()
