"""status.json: stable keys, plain values, no secrets."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from feedbuilder.feeds import compose, render_status
from feedbuilder.feeds.jsonfeed import to_json
from feedbuilder.model import Site, SourceState


def test_the_whole_file(feed: Any, item: Any, source: Any, site: Site, noon: datetime) -> None:
    well = SourceState(
        "paper",
        interval=timedelta(minutes=21),
        bugs=2,
        last_run=noon,
        last_success=noon,
        last_change=noon - timedelta(hours=1),
        next_due=noon + timedelta(minutes=20, microseconds=5),
    )
    documents = [compose(feed(title="World News"), [item(1)], [source()], site, noon)]
    file = render_status(noon, [source(title="The Paper"), source("gazette")], {"paper": well}, documents, "1.2.3")
    assert (file.path, file.media_type) == ("status.json", "application/json; charset=utf-8")
    assert json.loads(file.content) == {
        "generator": "feedbuilder",
        "version": "1.2.3",
        "now": "2026-02-06T12:00:00+00:00",
        "bugs": 2,
        "sources": [
            {
                "id": "paper",
                "title": "The Paper",
                "url": "https://paper.example/world",
                "state": "ok",
                "failures": 0,
                "bugs": 2,
                "warning": None,
                "error": None,
                "last_run": "2026-02-06T12:00:00+00:00",
                "last_success": "2026-02-06T12:00:00+00:00",
                "last_change": "2026-02-06T11:00:00+00:00",
                "next_due": "2026-02-06T12:20:00+00:00",
                "interval": 1260,
            },
            {
                "id": "gazette",
                "title": "gazette",
                "url": "https://gazette.example/world",
                "state": "new",
                "failures": 0,
                "bugs": 0,
                "warning": None,
                "error": None,
                "last_run": None,
                "last_success": None,
                "last_change": None,
                "next_due": None,
                "interval": None,
            },
        ],
        "feeds": [
            {
                "slug": "world-news",
                "title": "World News",
                "entries": 1,
                "updated": "2026-02-06T11:00:00+00:00",
                "newest": "2026-02-06T11:00:00+00:00",
                "rss": "https://feeds.example/world-news/rss.xml",
                "atom": "https://feeds.example/world-news/atom.xml",
                "json": "https://feeds.example/world-news/feed.json",
                "html": "https://feeds.example/world-news/",
            }
        ],
        "hub": None,
        "queue": None,
    }


def test_secrets_of_an_address_are_not_told(source: Any, noon: datetime) -> None:
    secret = "https://user:hunter2@paper.example:8443/world?token=hunter2#hunter2"
    state = SourceState("paper", failures=3, last_run=noon, error=f"{secret} answered 500\x00")
    (told,) = json.loads(render_status(noon, [source(url=secret)], {"paper": state}, [], "1").content)["sources"]
    assert told["url"] == "https://paper.example:8443/world"
    assert told["error"] == "https://paper.example:8443/world answered 500"
    assert (told["state"], told["failures"]) == ("failing", 3)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_sources_are_written_one_by_one_as_all_else_is(count: int, source: Any, noon: datetime) -> None:
    title = 'Nóticias: "sources": [],\n\\ {curly}\u2028 </script> 📰'
    error = 'no list:\n\t"[]" {"sources": []}'
    sources = [source(f"paper-{number}", title=title) for number in range(count)]
    states = {"paper-1": SourceState("paper-1", failures=2, error=error, warning=error, last_run=noon)}
    content = render_status(noon, sources, states, [], '1 "sources": []').content
    told = json.loads(content)
    assert [one["id"] for one in told["sources"]] == [one.id for one in sources]
    assert content == to_json(told)
