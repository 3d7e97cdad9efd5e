"""What is at an address is seen from the answer: a page, a feed, JSON, a sitemap."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feedbuilder.detect.documents import MANY_PAGES, detect_document, document_kind
from feedbuilder.model import Page, SourceKind

POSTS = ", ".join(
    f'{{"url": "/news/{n}", "title": "Lock number {n} is closed", "date": "2026-02-0{n}T10:00:00Z"}}'
    for n in range(1, 7)
)
JSON = f'{{"menu": [{{"name": "Home", "url": "/"}}], "data": {{"posts": [{POSTS}]}}}}'
MAP = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
KINDS = {
    "<!doctype html><html><body><p>Hello</p></body></html>": SourceKind.PAGE,
    "{this is no JSON": SourceKind.PAGE,
    "": SourceKind.PAGE,
    "<rss version='2.0'><channel></channel></rss>": SourceKind.FEED,
    '{"version": "https://jsonfeed.org/version/1", "items": []}': SourceKind.FEED,
    JSON: SourceKind.JSON,
    f"[{POSTS}]": SourceKind.JSON,
    MAP.format(""): SourceKind.SITEMAP,
    "<sitemapindex></sitemapindex>": SourceKind.SITEMAP,
    "<html><body><code>&lt;urlset&gt;</code></body></html>": SourceKind.PAGE,
}


def page(body: str) -> Page:
    return Page("https://example.org/answer", body.encode(), datetime(2026, 2, 6, tzinfo=UTC))


@pytest.mark.parametrize(("body", "kind"), KINDS.items())
def test_the_kind_of_an_answer_is_seen_from_it(body: str, kind: SourceKind) -> None:
    assert document_kind(page(body)) is kind


def test_the_list_of_articles_in_an_answer_in_json_is_found() -> None:
    best = detect_document(page(JSON), SourceKind.JSON).candidates[0]
    assert best.selectors.item == "data.posts"
    assert [item.link for item in best.items] == [f"https://example.org/news/{n}" for n in range(1, 7)]
    assert best.settings == {"kind": SourceKind.JSON}


def test_a_list_that_holds_a_title_is_asked_for() -> None:
    assert detect_document(page(JSON), SourceKind.JSON, example="number 3 is").candidates
    assert not detect_document(page(JSON), SourceKind.JSON, example="number 9 is").candidates


def test_why_there_is_none_is_told() -> None:
    index = "<sitemapindex><sitemap><loc>https://example.org/1.xml</loc></sitemap></sitemapindex>"
    reasons = {
        (SourceKind.JSON, "[1, 2]"): "no list of articles",
        (SourceKind.FEED, "<rss version='2.0'><channel></channel></rss>"): "nothing stands",
        (SourceKind.SITEMAP, MAP.format("")): "names no pages",
        (SourceKind.SITEMAP, index): "https://example.org/1.xml",
    }
    for (kind, body), said in reasons.items():
        assert said in (detect_document(page(body), kind).reason or "")


def large(count: int, dated: int) -> Page:
    rows = (
        f"<url><loc>https://example.org/{n}</loc>{f'<lastmod>20{n % 20:02}-01-01</lastmod>' if n < dated else ''}</url>"
        for n in range(count)
    )
    return page(MAP.format("".join(rows)))


@pytest.mark.parametrize(
    ("count", "dated", "limit", "is_doubtful"),
    [
        (MANY_PAGES, 0, None, False),
        (MANY_PAGES + 1, MANY_PAGES, MANY_PAGES, False),
        (MANY_PAGES + 1, 5, None, True),
    ],
)
def test_of_a_large_sitemap_those_modified_last_are_read_where_it_says_when(
    count: int, dated: int, limit: int | None, is_doubtful: bool
) -> None:
    [found] = detect_document(large(count, dated), SourceKind.SITEMAP).candidates
    assert found.settings.get("limit") == limit
    assert len(found.items) == (limit or count)
    assert bool(found.doubts) is is_doubtful
    if is_doubtful:
        assert f"names {count:,} pages" in found.doubts[0]
