"""Where a page's feeds are looked for, and in which order."""

from datetime import UTC, datetime

import pytest

from feedbuilder.detect.existing_feeds import FeedLink, FeedOrigin, discover_feeds
from feedbuilder.model import Page

URL = "https://town.example/news/"


def feeds(html: str, url: str = URL) -> tuple[FeedLink, ...]:
    return discover_feeds(Page(url, html.encode(), datetime(2026, 11, 23, tzinfo=UTC)))


def named(html: str, url: str = URL) -> list[str]:
    return [link.url for link in feeds(html, url) if link.found is not FeedOrigin.USUAL]


def test_announced_feeds_come_first_those_of_the_section_before_the_sites_comments_last() -> None:
    html = """
    <link rel="alternate" type="application/rss+xml" title="Town &raquo; Comments Feed" href="/comments/feed/">
    <link rel="alternate" type="application/rss+xml" title=" Town " href="/feed/">
    <link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="feed/atom">
    <a href="/all.rss">RSS</a>"""
    found = feeds(html)
    assert [link.url for link in found[:3]] == [
        "https://town.example/news/feed/atom",
        "https://town.example/feed/",
        "https://town.example/all.rss",
    ]
    assert [(link.kind, link.title, link.found) for link in found[:2]] == [
        ("Atom", None, FeedOrigin.ANNOUNCED),
        ("RSS", "Town", FeedOrigin.ANNOUNCED),
    ]
    assert (found[-1].url, found[-1].comments) == ("https://town.example/comments/feed/", True)
    assert sum(link.comments for link in found) == 1


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="alternate" hreflang="de" href="/de/feed/">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/7">',
        '<link rel="alternate" type="application/json+oembed" href="/oembed?format=xml">',
        '<link rel="alternate" type="application/rss+xml" href="mailto:a@b.example">',
        '<a href="/newsfeed-of-the-year-goes-to">Feed the birds</a>',
        '<a href="/shop">Atom</a>',
        '<a href="javascript:rss()">RSS</a>',
        '<a href="/sitemap.xml">XML</a>',
    ],
)
def test_what_is_no_feed_is_not_named(html: str) -> None:
    assert named(html) == []


@pytest.mark.parametrize(
    ("html", "url"),
    [
        ('<a href="/rss">Subscribe</a>', "https://town.example/rss"),
        ('<a href="atom.xml">Abonnieren</a>', "https://town.example/news/atom.xml"),
        ('<a href="/?feed=rss2">x</a>', "https://town.example/?feed=rss2"),
        ('<a href="/news?format=feed&amp;type=rss">x</a>', "https://town.example/news?format=feed&type=rss"),
        ('<a href="https://feeds.feedburner.com/town">x</a>', "https://feeds.feedburner.com/town"),
        ('<a href="/en/news-rss.aspx"><img alt="RSS" src="i.png"></a>', "https://town.example/en/news-rss.aspx"),
        ('<a href="/export/news.xml" title="RSS-Feed">x</a>', "https://town.example/export/news.xml"),
        (
            '<a href="https://feedly.com/i/subscription/feed%2Fhttps%3A%2F%2Ftown.example%2Fx.xml">Feedly</a>',
            "https://town.example/x.xml",
        ),
        ('<base href="/en/"><a href="feed/">Feed</a>', "https://town.example/en/feed/"),
        ('<link rel="alternate" type="application/feed+json" href="/f">', "https://town.example/f"),
    ],
)
def test_links_that_say_that_they_are_feeds(html: str, url: str) -> None:
    assert named(html) == [url]


def test_the_usual_places_are_tried_in_the_section_and_at_the_top() -> None:
    found = [link.url for link in feeds("<p>", "https://town.example/news/index.html")]
    assert found[:2] == ["https://town.example/news/feed/", "https://town.example/news/rss.xml"]
    assert "https://town.example/feed/" in found
    assert "https://town.example/?format=feed&type=rss" in found
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("generator", "first"),
    [("Hugo 0.120", "index.xml"), ("Jekyll v4", "feed.xml"), ("Joomla! 5", "?format=feed&type=rss"), ("", "feed/")],
)
def test_a_generator_names_its_own_place_first(generator: str, first: str) -> None:
    found = feeds(f'<meta name="generator" content="{generator}">', "https://town.example/")
    assert found[0].url == f"https://town.example/{first}"


@pytest.mark.parametrize("url", ["https://town.example", "http://[::1]/x", "https://town.example/a.html?b=/c"])
def test_every_address_is_absolute(url: str) -> None:
    assert all(
        link.url.startswith(("http://", "https://")) for link in feeds("<link rel=alternate href='http://['>", url)
    )
