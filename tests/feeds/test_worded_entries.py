"""Entries that a feed words otherwise than their sites: in every format alike, and only there."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import feedparser
import pytest
from pydantic import ValidationError

from feedbuilder.feeds import compose, read_feed_json, render
from feedbuilder.model import Feed, Site
from tests.feeds.conftest import make_feed, make_item, make_source

PAPER = make_source(title="The Paper")


def files(feed: Feed, site: Site, noon: datetime, **parts: Any) -> dict[str, bytes]:
    document = compose(feed, [make_item(**parts)], [PAPER], site, noon)
    return {file.path.rpartition("/")[2]: file.content for file in render(document)}


@pytest.mark.parametrize(
    ("change", "title", "summary"),
    [
        ({}, "Story 1", "What happened in story 1."),
        ({"title": "{source}: {title}"}, "The Paper: Story 1", "What happened in story 1."),
        ({"title": "[{tags}] {title} ({author}, {date})"}, "[World News] Story 1 (Mara Lindqvist, 2026-02-06)", None),
        ({"title": {"steps": [{"replace": "^Story ", "with": "No. "}]}}, "No. 1", "What happened in story 1."),
        ({"title": {"steps": [{"match": "never"}]}}, "Story 1", "What happened in story 1."),
        ({"title": {"template": "{summary}", "steps": ["upper"]}}, "WHAT HAPPENED IN STORY 1.", None),
        ({"summary": "By {author}. {summary}"}, "Story 1", "By Mara Lindqvist. What happened in story 1."),
        ({"summary": {"steps": [{"match": "never"}]}}, "Story 1", ""),
    ],
)
def test_all_formats_show_the_words_of_the_feed(
    site: Site, noon: datetime, change: dict[str, Any], title: str, summary: str | None
) -> None:
    made = files(make_feed(change=change), site, noon)
    item = json.loads(made["feed.json"])["items"][0]
    assert item["title"] == title
    assert {feedparser.parse(made[name]).entries[0].title for name in ("rss.xml", "atom.xml")} == {title}
    if summary is not None:
        assert item.get("summary", "") == summary
    plain = json.loads(files(make_feed(), site, noon)["feed.json"])["items"][0]
    assert (item["id"], item["date_published"]) == (plain["id"], plain["date_published"])


def test_a_lost_store_is_rebuilt_with_the_words_of_the_site(site: Site, noon: datetime) -> None:
    change = {"title": "{source}: {title}", "summary": "By {author}. {summary}"}
    (known,) = read_feed_json(files(make_feed(change=change), site, noon)["feed.json"]).known
    assert known.item is not None
    assert (known.item.title, known.item.summary) == ("Story 1", "What happened in story 1.")
    (silent,) = read_feed_json(files(make_feed(change=change), site, noon, title=None, summary=None)["feed.json"]).known
    assert silent.item is not None
    assert (silent.item.title, silent.item.summary) == (None, None)


@pytest.mark.parametrize(
    "rule", ["no place", "{name}: {title}", {"steps": [{"command": ["id"]}]}, {"steps": [{"plugin": "shout"}]}]
)
def test_what_cannot_be_filled_in_is_refused(rule: Any) -> None:
    with pytest.raises(ValidationError):
        make_feed(change={"title": rule})
