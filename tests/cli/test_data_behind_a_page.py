"""When the data that a script asks for are taken in place of the page that it builds, and when they are not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from feedbuilder.fetch import HttpFetcher
from feedbuilder.model import FetchSettings, Page, SourceKind
from feedbuilder.tend.in_browser import list_behind
from feedbuilder.tend.page_findings import PageFindings, find
from tests.cli.conftest import STORIES, list_page
from tests.fetch.loopback import NOW, Site, answer


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.stop()


@pytest.fixture
def fetcher() -> Iterator[HttpFetcher]:
    settings = FetchSettings(allow_hosts=("127.0.0.1",), robots=False, host_gap=timedelta(0))
    with HttpFetcher(settings) as made:
        yield made


def shown(site: Site) -> PageFindings:
    """Return what was found on the page, as a browser shows it."""
    script = '<script src="/static/Zk3hXb0q0oG5/main.js"></script>'
    page = Page(site.url("/app"), list_page(head=script).encode(), NOW, "text/html; charset=utf-8")
    return find(page, timezone=None, example=None, config=None, kind=SourceKind.BROWSER)


def entries(**others: Any) -> list[dict[str, Any]]:
    return [
        {"title": title, "url": f"/news/{slug}", "date": f"{day}T10:30:00+04:00", "summary": summary, **others}
        for slug, title, day, summary in STORIES
    ]


def behind(site: Site, fetcher: HttpFetcher, content: Any, path: str = "/api", **answered: Any) -> PageFindings | None:
    """Return what is taken where the page asked for `content` at `path`, and `answered` is what others get there."""
    text = json.dumps(content)
    site.pages[path] = answer(answered.get("later", text), "Content-Type: application/json", **answered.get("how", {}))
    loaded = Page(site.url(path), text.encode(), NOW, "application/json")
    return list_behind(shown(site), [loaded], fetcher, timezone=None, config=None)


def test_data_with_the_same_stories_are_taken_under_the_names_of_the_page(site: Site, fetcher: HttpFetcher) -> None:
    found = behind(site, fetcher, {"items": entries()})
    assert found is not None
    assert (found.page.url, found.shown_at) == (site.url("/api"), site.url("/app"))
    assert found.about.title == shown(site).about.title
    [candidate] = found.detection.candidates
    assert [item.title for item in candidate.items] == [title for _, title, *_ in STORIES]
    source = found.source(candidate)
    assert (source.kind, source.url) == (SourceKind.JSON, site.url("/api"))


def test_addresses_are_made_from_names_as_the_page_makes_them(site: Site, fetcher: HttpFetcher) -> None:
    named = [{**one, "slug": one.pop("url").rpartition("/")[2]} for one in entries()]
    found = behind(site, fetcher, named)
    assert found is not None
    assert found.detection.candidates[0].items[0].link == site.url(f"/news/{STORIES[0][0]}")


def others(count: int) -> list[dict[str, Any]]:
    return [
        {"title": f"A Story of Another Section, Number {number}", "url": f"/sports/{number}", "date": "2026-02-01"}
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (entries() + others(30), {}),
        (entries()[:3] + others(3), {}),
        ([{**one, "title": f"Another Title Altogether, {number}"} for number, one in enumerate(entries())], {}),
        (entries(), {"later": "[]"}),
        (entries(), {"how": {"status": "403 Forbidden"}}),
        (entries(), {"path": "/api?access_token=0123456789abcdef"}),
        (entries(), {"path": f"/api?before={int(NOW.timestamp()) - 60}"}),
        (entries(), {"path": "/data/Zk3hXb0q0oG5/news.json"}),
        ({"menu": ["news", "sports"]}, {}),
    ],
    ids=[
        "of the whole site",
        "half of it",
        "other titles",
        "nothing for others",
        "not for others",
        "secret",
        "moment",
        "build",
        "no list",
    ],
)
def test_other_data_are_not(site: Site, fetcher: HttpFetcher, content: Any, parts: dict[str, Any]) -> None:
    assert behind(site, fetcher, content, **parts) is None
