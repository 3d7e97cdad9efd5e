"""What a page calls itself, and which feeds are feeds."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from feedbuilder.detect.feed_summary import read_feed
from feedbuilder.model import ExtractError, Page
from feedbuilder.parse.about import about


def page(body: str, url: str = "https://www.gulfledger.example/world") -> Page:
    return Page(url, body.encode(), datetime(2026, 2, 6, tzinfo=UTC))


@pytest.mark.parametrize(
    ("head", "title", "site"),
    [
        ("<title>World News | The Gulf Ledger</title>", "World News", "The Gulf Ledger"),
        ("<title>Gulf Ledger – World News</title>", "World News", "Gulf Ledger"),
        ("<title>World News</title>", "World News", None),
        ("<title>Gulf Ledger</title>", None, "Gulf Ledger"),
        ('<title>Politik - GL</title><meta property="og:site_name" content="GL">', "Politik", "GL"),
        ("<title>要闻_新闻中心</title>", "要闻", None),
        ("<h1>Notices</h1>", "Notices", None),
        ("<title>  </title>", None, None),
        ("", None, None),
    ],
)
def test_a_title_is_told_from_the_name_of_the_site(head: str, title: str | None, site: str | None) -> None:
    said = about(page(head))
    assert said.title == title
    assert site is None or said.site == site


@pytest.mark.parametrize(
    ("lang", "language"),
    [("de", "de"), ("pt_BR", "pt-BR"), (" en-US ", "en-US"), ("", None), ("german?", None)],
)
def test_a_language_is_one_that_a_configuration_takes(lang: str, language: str | None) -> None:
    assert about(page(f'<html lang="{lang}"><title>x</title>')).language == language


def test_a_long_title_is_cut_between_words() -> None:
    title = about(page(f"<title>{'word ' * 40}</title>")).title
    assert title is not None
    assert title.endswith("word…")
    assert len(title) <= 80


def test_a_page_that_would_take_a_parser_minutes_is_refused() -> None:
    with pytest.raises(ExtractError, match="nested more than"):
        about(page("<div>" * 50_000))


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><link>https://a.example/</link>
<item><link>https://a.example/1</link></item><item><link>/2?utm_source=rss</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="/feed"/>
<entry><link href="https://a.example/1"/><link rel="enclosure" href="/x.mp3"/></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel/><item><link>https://a.example/1</link></item></rdf:RDF>"""
JSON = {"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "https://a.example/1"}, "x"]}


@pytest.mark.parametrize(
    ("body", "kind", "articles"),
    [
        (RSS, "RSS", {"a.example/1", "a.example/2"}),
        (ATOM, "Atom", {"a.example/1"}),
        (RDF, "RSS", {"a.example/1"}),
        (json.dumps(JSON), "JSON Feed", {"a.example/1"}),
        ("<rss><channel><item><title>a & b</title></item></channel></rss>", "RSS", set()),
    ],
)
def test_a_feed_is_known_by_its_root_and_its_articles_by_their_links(body: str, kind: str, articles: set[str]) -> None:
    feed = read_feed(page(body, "https://a.example/feed"))
    assert feed is not None
    assert (feed.kind, set(feed.canonicals)) == (kind, articles)


@pytest.mark.parametrize(
    "body",
    ["", "<!doctype html><title>x</title>", "{}", "[1]", "{broken", "<", "plain", '{"version": 1}', "<urlset/>"],
)
def test_anything_else_is_no_feed(body: str) -> None:
    assert read_feed(page(body)) is None


def test_entities_of_a_stranger_are_not_followed() -> None:
    document = "<rss><channel><item><link>&a;</link></item></channel></rss>"
    feed = read_feed(page(f'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]>{document}'))
    assert feed is not None
    assert feed.canonicals == frozenset()
