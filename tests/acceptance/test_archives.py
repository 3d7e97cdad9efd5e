"""The history of a feed, read back as a new subscriber would: RFC 5005, from the live feed backwards."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest

from tests.acceptance.place import Place, story, with_sources

ARCHIVED = """
[[feed]]
slug = "history"
title = "History"
entries = 20
archive = true
"""
STORIES = 180


def link(feed: feedparser.FeedParserDict, rel: str) -> str | None:
    return next((one.href for one in feed.feed.links if one.rel == rel), None)


def walk(place: Place, name: str) -> list[feedparser.FeedParserDict]:
    """Return the live feed and then its archive documents, as their links lead from one to the other."""
    documents = [place.feed("history", name)]
    while address := link(documents[-1], "prev-archive"):
        path = Path(place.output, urlsplit(address).path.lstrip("/"))
        documents.append(feedparser.parse(path.read_bytes()))
        assert len(documents) < 20
    return documents


@pytest.fixture
def long(place: Place) -> Place:
    """Return a place whose newsroom has published many stories, a few between two readings."""
    place.write_config(with_sources(place.config_path.read_text("utf-8"), "world-news") + ARCHIVED)
    place.build()
    for number in range(STORIES):
        minute = f"2026-02-06 {15 + number // 60}:{number % 60:02}"
        place.newsroom.add(story(f"story-{number:03}", minute))
    for _ in range(STORIES // 15 + 1):
        place.later(15)
        place.build()
    return place


def test_a_new_subscriber_reads_the_whole_history_in_order(long: Place) -> None:
    for name in ("rss.xml", "atom.xml"):
        check_whole(long, walk(long, name))
    before = long.files()
    long.build()
    assert long.files() == before
    _, newest, *_ = walk(long, "atom.xml")
    assert link(newest, "current") == link(long.feed("history", "atom.xml"), "self")
    path = next((long.output / "history" / "archive").rglob("atom.xml"))
    assert b"<fh:archive" in path.read_bytes()


def check_whole(long: Place, documents: list[feedparser.FeedParserDict]) -> None:
    assert len(documents) > 3
    assert not any(document.bozo for document in documents)
    live, *archives = [[one.id for one in document.entries] for document in documents]
    everything = [item for document in archives for item in document]
    assert len(everything) == len(set(everything))
    newest = ids(long)
    assert set(live) | set(everything) == set(newest)
    assert everything == [one for one in newest if one in set(everything)]  # what was seen last comes first


def ids(place: Place) -> list[str]:
    """Return the ids of all that is remembered, in the order of feeds."""
    with place.open() as installation:
        return [item.id for item in installation.store.newest(tags=frozenset(), sources=frozenset())]
