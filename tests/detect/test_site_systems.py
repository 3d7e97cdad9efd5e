"""Which system made a page, by what the page says, and where that has its feeds and lists."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from selectolax.lexbor import LexborHTMLParser

from feedbuilder.detect.existing_feeds import discover_feeds
from feedbuilder.detect.site_systems import SYSTEMS, SystemPlace, system_places
from feedbuilder.model import Page
from feedbuilder.parse.compiled_css import css_mistake

SECTION = "https://town.example/blog/news"


def places(html: str, url: str = SECTION) -> list[SystemPlace]:
    return list(system_places(LexborHTMLParser(html), url))


def first(html: str, url: str = SECTION) -> str:
    return places(html, url)[0].url


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ('<meta name=generator content="WordPress 6.9">', "https://town.example/blog/news/feed/"),
        ('<meta name=Generator content="Ghost 5">', "https://town.example/blog/news/rss/"),
        ('<meta name=generator content="Discourse 3.4">', "https://town.example/blog/news/latest.rss"),
        ("<body id=phpbb class=x>", "https://town.example/blog/news/feed.php"),
        ("<div id=mastodon></div>", "https://town.example/blog/news.rss"),
        ('<meta property="og:site_name" content="GitLab">', "https://town.example/blog/news?format=atom"),
        ('<meta name=keywords content="go,git,forgejo">', "https://town.example/blog/news.rss"),
        (
            '<link itemprop=url href="https://v.example/channel/UCabcdefghijklmnopqrstuv">',
            "https://town.example/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv",
        ),
    ],
)
def test_a_mark_of_the_page_names_the_place(html: str, url: str) -> None:
    assert first(html) == url


def test_what_is_no_mark_names_nothing() -> None:
    for html in (
        "<p>We moved from WordPress to Ghost.</p>",
        '<meta name=description content="WordPress">',
        '<meta name=generator content="Handmade">',
        '<link rel=stylesheet href="https://api.w.org/">',
        "<link itemprop=url href=/channel/short>",
    ):
        assert places(html) == []


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/wp-json/", "https://town.example/wp-json/wp/v2/posts?per_page=50"),
        ("https://town.example/de/wp-json/", "https://town.example/de/wp-json/wp/v2/posts?per_page=50"),
        ("/?rest_route=/", "https://town.example/?rest_route=/wp/v2/posts&per_page=50"),
    ],
)
def test_where_wordpress_has_its_list_its_link_says(href: str, url: str) -> None:
    found = places(f'<link rel="https://api.w.org/" href="{href}">')
    assert [place.url for place in found if place.is_json] == [url]
    assert {place.system for place in found} == {"WordPress"}


def test_a_page_at_the_top_has_no_address_that_goes_on() -> None:
    assert places("<div id=mastodon></div>", "https://town.example/") == []


def test_places_of_the_system_are_tried_first_and_say_so() -> None:
    page = Page(SECTION, b"<body id=phpbb>", datetime(2026, 11, 27, tzinfo=UTC))
    found = discover_feeds(page)
    assert (found[0].url, found[0].system) == ("https://town.example/blog/news/feed.php", "phpBB")
    assert found[-1].system is None


def test_every_row_is_well_formed() -> None:
    assert len({one.name for one in SYSTEMS}) == len(SYSTEMS)
    for one in SYSTEMS:
        assert one.generator or one.mark, one.name
        assert one.mark is None or css_mistake(one.mark) is None, one.name
        assert one.name == "YouTube" or one.feeds, one.name
