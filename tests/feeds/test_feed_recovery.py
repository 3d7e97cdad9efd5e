"""A lost store is seeded again from our own feed.json files, and from nobody else's."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from feedbuilder.feeds import Recovered, Tagging, compose, read_feed_json, render
from feedbuilder.model import Identity, Site, StoredItem, TagFeed, TagRules


@pytest.fixture
def published(feed: Any, item: Any, site: Site, noon: datetime) -> tuple[StoredItem, bytes]:
    entry = item(
        title=None,
        image="https://img.example/größe 1.jpg",
        sources=("gazette", "paper"),
        published=noon.replace(microsecond=7),
        first_seen=noon.replace(microsecond=7),
        changed=noon + timedelta(hours=1),
        tags=("Iran", "World News"),
        own_tags=("Iran",),
        position=3,
    )
    files = render(compose(feed(), [entry], [], site, noon))
    return entry, next(file.content for file in files if file.path.endswith("feed.json"))


def test_an_item_comes_back_as_it_was(published: tuple[StoredItem, bytes], noon: datetime) -> None:
    entry, content = published
    (known,) = read_feed_json(content).known
    assert known.announced
    assert known.identity == Identity(
        entry.id, entry.canonical, entry.published, entry.precision, entry.zone, entry.first_seen, 3
    )
    assert known.item is not None
    assert (known.item.tags, known.item.own_tags) == (("Iran", "World News"), ("Iran",))
    assert known.item.title is None
    assert known.item.image == entry.image
    assert known.item.changed == known.item.last_seen == noon + timedelta(hours=1)


def test_each_source_is_assumed_to_have_said_the_whole_entry(published: tuple[StoredItem, bytes]) -> None:
    entry, content = published
    (known,) = read_feed_json(content).known
    assert [statement.source for statement in known.statements] == ["gazette", "paper"]
    for statement in known.statements:
        assert (statement.link, statement.summary, statement.image) == (entry.link, entry.summary, entry.image)
        assert (statement.authors, statement.tags) == (entry.authors, ("Iran",))
        assert statement.first_seen == entry.first_seen
        assert statement.revised is None
        assert statement.assumed


@pytest.mark.parametrize("position", [-1, 2**31, True, "1", 1.5, None])
def test_an_item_without_a_possible_place_is_damage(published: tuple[StoredItem, bytes], position: object) -> None:
    feed = json.loads(published[1])
    feed["items"][0]["_feedbuilder"]["position"] = position
    damage = "holds entries that cannot be read (number 1 of 1)"
    assert read_feed_json(json.dumps(feed).encode()) == Recovered(damage=damage)


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        b'{"items": []}',
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "Another", "items": [{"id": "1"}]}',
    ],
)
def test_what_others_made_gives_nothing(content: bytes) -> None:
    assert read_feed_json(content) == Recovered()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n",
        b"\0" * 512,
        b'"news"',
        b"{",
        b"\xff\xfe",
        b"null",
        b"[]",
        b'{"_feedbuilder": 7, "items": []}',
        b'{"_feedbuilder": {"format": 1}}',
        b'{"_feedbuilder": {"format": 2}, "items": []}',
        b'{"_feedbuilder": {"format": 1}, "items": {}}',
        b"[" * 100_000,
        b'{"_feedbuilder": {"format": 1}, "items": [' + b"9" * 5000 + b"]}",
    ],
)
def test_what_may_have_been_ours_and_is_damaged_is_told(content: bytes) -> None:
    recovered = read_feed_json(content)
    assert (recovered.known, recovered.tag_feeds) == ((), ())
    assert recovered.damage


def test_every_beginning_of_a_file_is_damage(published: tuple[StoredItem, bytes]) -> None:
    content = published[1].rstrip()
    for length in range(0, len(content), 7):
        assert read_feed_json(content[:length]).damage, length
    assert read_feed_json(content).damage is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("url", "javascript:alert(1)"),
        ("id", "https://elsewhere.example/1"),
        ("date_published", "2026-02-06"),
        ("date_published", "yesterday"),
        ("authors", [{"name": ""}]),
        ("summary", "\x00"),
    ],
)
def test_an_entry_that_cannot_be_ours_is_told_and_left_out(
    feed: Any, item: Any, site: Site, noon: datetime, key: str, value: Any
) -> None:
    files = render(compose(feed(), [item(1), item(2)], [], site, noon))
    content = json.loads(next(file.content for file in files if file.path.endswith("feed.json")))
    content["items"][0][key] = value
    recovered = read_feed_json(json.dumps(content).encode())
    assert [known.identity.id for known in recovered.known] == [item(2).id]
    assert recovered.damage == "holds entries that cannot be read (number 1 of 2)"


def test_dates_come_back_in_utc(published: tuple[StoredItem, bytes]) -> None:
    (known,) = read_feed_json(published[1]).known
    assert known.identity.published.tzinfo is UTC


def test_tags_come_back_as_they_were_before_they_were_renamed_or_dropped(
    feed: Any, item: Any, site: Site, noon: datetime
) -> None:
    tagging = Tagging.of(TagRules(aliases={"World News": ("Worldnews",)}, drop=("News",)))
    entry = item(tags=("News", "Worldnews"), own_tags=("News", "Worldnews"))
    files = render(compose(feed(), [entry], [], site, noon, tagging=tagging))
    content = next(file.content for file in files if file.path.endswith("feed.json"))
    assert json.loads(content)["items"][0]["tags"] == ["World News"]
    (known,) = read_feed_json(content).known
    assert known.item is not None
    assert (known.item.tags, known.item.own_tags) == (entry.tags, entry.own_tags)


def test_the_addresses_of_tags_come_back(feed: Any, site: Site, noon: datetime) -> None:
    given = (TagFeed("iran", "", "iran", "Iran"), TagFeed("topic-eran", "topic", "eran", "#Eran"))
    files = render(compose(feed("iran", aliases=["topic-eran"]), [], [], site, noon, tag_feeds=given))
    assert read_feed_json(next(file.content for file in files if file.path.endswith("feed.json"))).tag_feeds == given


@pytest.mark.parametrize(
    "made",
    [
        None,
        7,
        "iran",
        [7],
        [{"slug": "iran"}],
        [{"slug": "../iran", "table": "", "tag": "Iran"}],
        [{"slug": 7, "table": "", "tag": "Iran"}],
        [{"slug": "iran", "table": "/", "tag": "Iran"}],
        [{"slug": "iran", "table": None, "tag": "Iran"}],
        [{"slug": "iran", "table": "", "tag": ""}],
        [{"slug": "iran", "table": "", "tag": "#"}],
        [{"slug": "iran", "table": "", "tag": ["Iran"]}],
    ],
)
def test_addresses_that_we_did_not_write_are_none(published: tuple[StoredItem, bytes], made: object) -> None:
    feed = json.loads(published[1])
    feed["_feedbuilder"]["tag_feeds"] = made
    recovered = read_feed_json(json.dumps(feed).encode())
    assert recovered.tag_feeds == ()
    assert len(recovered.known) == 1
    assert recovered.damage == "holds addresses of tags that cannot be read"
