"""Sources that are no pages: feeds, answers in JSON, sitemaps. What is read of them is what pages give."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from feedbuilder.extract import extract
from feedbuilder.model import ExtractError, Item, Page, Selectors, Source
from feedbuilder.parse.documents.sitemap import of_one_kind

URL = "https://example.org/answer"
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
MAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def source(kind: str, **settings: Any) -> Source:
    return Source.model_validate({"id": "news", "url": URL, "timezone": "Europe/Berlin", "kind": kind, **settings})


@pytest.fixture
def read(page: Callable[..., Page]) -> Callable[..., tuple[Item, ...]]:
    def reader(body: str | bytes, kind: str, **settings: Any) -> tuple[Item, ...]:
        return extract(page(body, URL), source(kind, **settings))

    return reader


def rss(*items: str) -> str:
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>The Strait</title>{''.join(items)}</channel></rss>"


RSS_ITEM = """
<item><title>Talks &amp;amp; trade</title><link>/talks?utm_source=rss</link><guid>1</guid>
<pubDate>Tue, 03 Feb 2026 14:05:00 +0100</pubDate>
<description>&lt;p&gt;Some &lt;b&gt;text&lt;/b&gt;.&lt;/p&gt;</description>
<author>ann@example.org (Ann Lee)</author><category>World</category><category>Trade</category>
<enclosure url="/talks.mp3" type="audio/mpeg" length="1"/>
<enclosure url="/talks.jpg" type="image/jpeg" length="1"/></item>
"""
ATOM = """
<feed xmlns="http://www.w3.org/2005/Atom"><title>The Strait</title><entry><title>Talks &amp; trade</title><id>urn:1</id>
<link rel="alternate" href="/talks"/><link rel="enclosure" type="audio/mpeg" href="/talks.mp3"/>
<published>2026-02-03T13:05:00Z</published><updated>2026-02-04T10:00:00Z</updated><summary>Some text.</summary>
<author><name>Ann Lee</name></author><category term="World"/><category term="Trade"/></entry></feed>
"""
JSON_FEED = """
{"version": "https://jsonfeed.org/version/1.1", "title": "The Strait", "items": [{"id": "1", "url": "/talks", "title":
"Talks & trade", "date_published": "2026-02-03T13:05:00Z", "content_html": "<p>Some <b>text</b>.</p>", "authors":
[{"name": "Ann Lee"}], "tags": ["World", "Trade"], "attachments": [{"url": "/talks.mp3", "mime_type": "audio/mpeg"}]}]}
"""


@pytest.mark.parametrize("feed", [rss(RSS_ITEM), ATOM, JSON_FEED], ids=["RSS", "Atom", "JSON Feed"])
def test_a_feed_gives_the_same_in_all_formats(feed: str, read: Callable[..., tuple[Item, ...]]) -> None:
    [item] = read(feed, "feed")
    assert (item.title, item.link, item.tags) == ("Talks & trade", "https://example.org/talks", ("World", "Trade"))
    assert item.summary == "Some text."
    assert item.published is not None
    assert item.published.at.isoformat() == "2026-02-03T13:05:00+00:00"
    assert item.authors == ("Ann Lee",)
    assert item.enclosures == ("https://example.org/talks.mp3",)


def test_a_picture_of_an_entry_is_no_sound(read: Callable[..., tuple[Item, ...]]) -> None:
    [item] = read(rss(RSS_ITEM), "feed")
    assert item.image == "https://example.org/talks.jpg"


def test_a_date_without_a_zone_is_one_of_the_source(read: Callable[..., tuple[Item, ...]]) -> None:
    entry = "<item><title>Lock closed</title><link>/lock</link><pubDate>2026-02-03 14:05</pubDate></item>"
    [item] = read(rss(entry), "feed")
    assert item.published is not None
    assert item.published.at.isoformat() == "2026-02-03T13:05:00+00:00"


def test_an_entry_without_a_link_leads_where_its_id_is_an_address(read: Callable[..., tuple[Item, ...]]) -> None:
    entries = (
        "<item><title>Lock closed</title><guid>https://example.org/lock</guid></item>",
        "<item><title>Lock open</title><guid isPermaLink='false'>n-17</guid></item>",
    )
    assert [item.link for item in read(rss(*entries), "feed")] == ["https://example.org/lock"]


@pytest.mark.parametrize(
    ("answer", "settings", "titles"),
    [
        ('{"data": {"posts": [{"url": "/a", "headline": "Lock closed"}]}}', {"item": "data.posts"}, ["Lock closed"]),
        ('[{"url": "/a", "title": "Lock closed"}, 3, {"url": "/b", "title": "Open"}]', {}, ["Lock closed", "Open"]),
        (
            '{"posts": {"7": {"slug": "a", "t": {"rendered": "Lock"}}}}',
            {"item": "posts.*", "title": "t.rendered", "link": {"select": "slug", "template": "/n/{}"}},
            ["Lock"],
        ),
    ],
)
def test_an_answer_in_json_is_read_by_paths(
    answer: str, settings: dict[str, Any], titles: list[str], read: Callable[..., tuple[Item, ...]]
) -> None:
    assert [item.title for item in read(answer, "json", selectors=settings)] == titles


def sitemap(*urls: str, root: str = "urlset") -> str:
    return f"<?xml version='1.0'?><!-- made --><{root} {MAP} {NEWS}>{''.join(urls)}</{root}>"


def url(path: str, more: str = "") -> str:
    return f"<url><loc>https://example.org{path}</loc>{more}</url>"


def test_a_sitemap_gives_what_was_modified_last_first_and_dates_nothing_by_that(
    read: Callable[..., tuple[Item, ...]],
) -> None:
    old, new = url("/old", "<lastmod>2026-01-01</lastmod>"), url("/new", "<lastmod>2026-02-01T10:00:00Z</lastmod>")
    found = read(sitemap(url("/none"), old, new), "sitemap")
    assert [item.link.rpartition("/")[2] for item in found] == ["new", "old", "none"]
    assert [(item.title, item.published) for item in found] == [(None, None)] * 3


def test_a_sitemap_of_news_says_titles_and_dates(read: Callable[..., tuple[Item, ...]]) -> None:
    news = (
        "<news:news><news:publication><news:name>The Strait</news:name></news:publication>"
        "<news:publication_date>2026-02-03T13:05:00Z</news:publication_date><news:title>Lock &amp; gates</news:title>"
        "<news:keywords>World, Trade</news:keywords></news:news>"
    )
    [item] = read(sitemap(url("/lock", news)), "sitemap")
    assert (item.title, item.tags) == ("Lock & gates", ("World", "Trade"))
    assert item.published is not None
    assert item.published.at.isoformat() == "2026-02-03T13:05:00+00:00"


@pytest.mark.parametrize(
    ("names", "alike"),
    [
        (["sitemap-1.xml", "sitemap-2.xml.gz", "sitemap-10.xml"], True),
        (["2025/11/news.xml", "2026/01/news.xml"], True),
        (["post-sitemap.xml", "post-sitemap2.xml"], True),
        (["post-sitemap.xml", "category-sitemap.xml"], False),
    ],
)
def test_sitemaps_of_one_kind_differ_by_numbers_alone(names: list[str], alike: bool) -> None:
    assert of_one_kind([f"https://town.example/{name}" for name in names]) is alike


def test_a_sitemap_may_be_packed_or_a_list_of_lines(read: Callable[..., tuple[Item, ...]]) -> None:
    packed = gzip.compress(sitemap(url("/lock")).encode())
    for body in (packed, b"\xef\xbb\xbfhttps://example.org/lock\nhttps://example.org/gate\n"):
        assert read(body, "sitemap")[0].link == "https://example.org/lock"


def test_an_index_has_no_articles_and_is_no_mistake(read: Callable[..., tuple[Item, ...]]) -> None:
    nested = "<sitemap><loc>https://example.org/1.xml</loc></sitemap>"
    assert read(sitemap(nested, root="sitemapindex"), "sitemap") == ()


def test_only_what_the_source_wants_is_taken_and_no_more(read: Callable[..., tuple[Item, ...]]) -> None:
    body = sitemap(*(url(f"/{section}/{n}") for section in ("news", "tag") for n in range(5)))
    found = read(body, "sitemap", only=r"/news/\d", limit=3)
    assert [item.link for item in found] == [f"https://example.org/news/{n}" for n in range(3)]
    cards = "".join(f"<div class=card><a href='/{kind}/1'>A story of {kind}</a></div>" for kind in ("news", "tag"))
    [item] = read(cards, "page", selectors={"item": ".card"}, only="/NEWS/")
    assert item.title == "A story of news"


NOTHING = {
    "a page for a feed": ("<html><body>Log in</body></html>", "feed", {}, "is no feed (RSS, Atom or JSON Feed)"),
    "a page for JSON": ("<html><body>Log in</body></html>", "json", {"item": "posts"}, "is no answer in JSON"),
    "a page for a sitemap": ("<html><body>Log in</body></html>", "sitemap", {}, "is no sitemap"),
    "an empty feed": (rss(), "feed", {}, "is empty now"),
    "another path": ('{"news": []}', "json", {"item": "posts"}, 'item = "posts" leads to nothing'),
    "no address": ('[{"title": "Lock closed"}]', "json", {}, "none of the usual names holds an article's address"),
    "other JSON for a feed": ('{"items": [{"url": "/a"}]}', "feed", {}, "is no feed"),
}


@pytest.mark.parametrize(("body", "kind", "selectors", "said"), NOTHING.values(), ids=NOTHING.keys())
def test_what_gives_nothing_says_why(
    body: str, kind: str, selectors: dict[str, str], said: str, read: Callable[..., tuple[Item, ...]]
) -> None:
    with pytest.raises(ExtractError, match=None) as caught:
        read(body, kind, **({"selectors": selectors} if selectors else {}))
    assert said in str(caught.value)


def test_what_only_leaves_nothing_of_is_told(read: Callable[..., tuple[Item, ...]]) -> None:
    with pytest.raises(ExtractError, match="lists 1 article, but only = 'ship' matches no address"):
        read(rss(RSS_ITEM), "feed", only="ship")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"kind": "feed", "selectors": {"item": "item"}}, "needs no selectors"),
        ({"kind": "json", "selectors": {"from": "json-ld"}}, "leave it out"),
        ({"kind": "page", "selectors": {"from": "document", "item": "a"}}, "leave it out"),
        ({"kind": "atom"}, "feed"),
        ({}, "selectors"),
    ],
)
def test_kinds_and_selectors_that_do_not_go_together_are_refused(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Source.model_validate({"id": "news", "url": URL, **settings})


def test_a_source_that_was_read_from_its_own_values_is_the_same() -> None:
    for made in (source("feed"), source("sitemap"), source("json", selectors={"item": "posts"})):
        assert Source.model_validate(made.model_dump(mode="json", by_alias=True)) == made
    assert source("feed").selectors == Selectors.model_validate({"from": "document"})


BOMB = "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1 if n > 1 else chr(0)};'.replace(chr(0), '') * 10}'>" for n in range(1, 12)
)
OUTSIDE = "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"


def test_entities_neither_grow_nor_bring_in_files(read: Callable[..., tuple[Item, ...]]) -> None:
    entry = "<item><title>Lock {}</title><link>/lock</link></item>"
    for doctype, entity in ((f"{BOMB}]>", "&a11;"), (OUTSIDE, "&x;")):
        body = rss(entry.format(entity)).replace("<rss", f"{doctype}<rss")
        [item] = read(body, "feed")
        assert len(item.title or "") < 100
        assert "root:" not in (item.title or "")
        [item] = read(sitemap(url("/lock")).replace("<!-- made -->", doctype), "sitemap")
        assert item.link == "https://example.org/lock"


def test_what_unpacks_to_more_than_a_sitemap_may_have_is_refused(read: Callable[..., tuple[Item, ...]]) -> None:
    with pytest.raises(ExtractError, match="unpacked"):
        read(gzip.compress(b" " * 60_000_000), "sitemap")
    with pytest.raises(ExtractError, match="cannot be unpacked"):
        read(b"\x1f\x8bnothing", "sitemap")


def test_prefixes_that_nobody_declared_and_odd_parts_cost_nothing(read: Callable[..., tuple[Item, ...]]) -> None:
    picture = "<image:image><image:loc>https://example.org/lock.jpg</image:loc></image:image>"
    [item] = read(sitemap(url("/lock", picture)), "sitemap")
    assert item.image == "https://example.org/lock.jpg"
    odd = "<item><title>Lock</title><link>/lock</link><authors>me</authors><links>x</links><tags>y</tags></item>"
    assert [one.title for one in read(rss(odd, RSS_ITEM), "feed")] == ["Lock", "Talks & trade"]
    for attachments in ("5", "true", "[3]"):
        feed = JSON_FEED.replace('"attachments": [{', f'"attachments": {attachments}, "others": [{{')
        assert len(read(feed, "feed")) == 1


def test_an_address_as_the_text_of_a_feed_is_not_asked_for(read: Callable[..., tuple[Item, ...]]) -> None:
    with pytest.raises(ExtractError, match="is no feed"):
        read("http://127.0.0.1:9/feed", "feed")


@given(st.text(max_size=300) | st.binary(max_size=300), st.sampled_from(["feed", "json", "sitemap"]))
def test_any_answer_is_read_or_refused(body: str | bytes, kind: str) -> None:
    raw = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    with suppress(ExtractError):
        extract(Page(URL, raw, datetime(2026, 2, 6, tzinfo=UTC)), source(kind))
