"""Feeds, answers in JSON and sitemaps that change, or in whose place something else stands: what is read, and told."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from feedbuilder.model import Outcome, Page, Source
from feedbuilder.store import open_store
from feedbuilder.tend.repairs import accept_repair
from tests.heal.pages import NOW, URL, Story, before, stories
from tests.pipeline.test_healing import OnePage, Site

LOGIN = b"<!doctype html><title>Log in - Town</title><h1>Log in</h1><form><input type=password name=p></form>"
PATHS = {"item": "data.items", "title": "headline", "link": "url", "date": "date"}


def rss(some: Sequence[Story], name: str = "Town: News") -> bytes:
    entries = "".join(
        f"<item><title>{one.title}</title><link>https://town.example{one.link}</link>"
        f"<pubDate>{datetime.fromisoformat(one.day):%a, %d %b %Y} 10:00:00 GMT</pubDate></item>"
        for one in some
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>{entries}</channel></rss>'.encode()


def answer(some: Sequence[Story], *, link: str = "url") -> bytes:
    entries = [{"headline": one.title, link: f"https://town.example{one.link}", "date": one.day} for one in some]
    return json.dumps({"data": {"items": entries}}).encode()


def sitemap(some: Sequence[Story]) -> bytes:
    places = "".join(f"<url><loc>https://town.example{one.link}</loc></url>" for one in some)
    return (
        f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'.encode()
    )


WRITERS: dict[str, Callable[[Sequence[Story]], bytes]] = {"feed": rss, "json": answer, "sitemap": sitemap}


class Watched:
    """A source of one kind, after its first reading."""

    def __init__(self, folder: Path, kind: str) -> None:
        selectors = {"selectors": PATHS} if kind == "json" else {}
        given = {"id": "town", "url": URL, "kind": kind, "timezone": "UTC", "articles": "off", **selectors}
        self.site = Site(open_store(folder / "store.db"), Source.model_validate(given), OnePage(before([])))
        self.write = WRITERS[kind]
        assert self.read(self.write(stories(1, 10))) == (None, 10)

    def read(self, body: bytes) -> tuple[str | None, int]:
        """Return what a reading says, and how many stories are new."""
        run = self.site.read(Page(URL, body, NOW))
        assert (run.outcome is Outcome.FAILED) is (run.error is not None)
        return run.error or run.note, run.new


@pytest.fixture(params=WRITERS)
def watched(request: pytest.FixtureRequest, tmp_path: Path) -> Watched:
    return Watched(tmp_path, request.param)


@pytest.fixture
def feed(tmp_path: Path) -> Watched:
    return Watched(tmp_path, "feed")


@pytest.mark.parametrize("body", [LOGIN, b"", b"<!doctype html><p>Please wait"], ids=["login", "nothing", "a page"])
def test_what_is_no_document_is_told_and_nothing_is_lost(watched: Watched, body: bytes) -> None:
    for _ in range(3):
        said, new = watched.read(body)
        assert said is not None
        assert new == 0
    assert len(watched.site.titles()) == 10
    assert watched.read(watched.write(stories(3, 12))) == (None, 2)


def test_an_empty_document_is_told(watched: Watched) -> None:
    said, _ = watched.read(watched.write([]))
    assert said is not None
    assert len(watched.site.titles()) == 10


def test_new_stories_only_are_read_where_they_stand_as_the_others_did(watched: Watched) -> None:
    """After a busy weekend."""
    assert watched.read(watched.write(stories(11, 20))) == (None, 10)


def test_an_answer_in_json_is_held_against_what_is_usual(tmp_path: Path) -> None:
    api = Watched(tmp_path, "json")
    assert "about 10" in (api.read(answer(stories(9, 10)))[0] or "")
    others = answer(stories(1, 10, "sports")).replace(b"part", b"match")
    assert "lead elsewhere" in (api.read(others)[0] or "")
    assert "Adjust link" in (api.read(answer(stories(3, 12), link="href"))[0] or "")
    assert len(api.site.titles()) == 10


def test_another_feed_in_its_place_is_told_by_its_name(feed: Watched) -> None:
    """The feed of a section that is gone is answered with the feed of the whole site."""
    others = rss([Story(number, "sports") for number in range(30, 20, -1)], "Town")
    for _ in range(4):
        said, new = feed.read(others)
        assert 'calls itself "Town", and used to call itself "Town: News"' in (said or "")
        assert new == 0
    assert feed.read(rss(stories(3, 12))) == (None, 2)


def test_a_feed_that_is_renamed_keeps_its_stories(feed: Watched) -> None:
    assert feed.read(rss(stories(3, 12), "All that happened")) == (None, 2)


def test_a_feed_that_is_another_one_is_read_once_somebody_said_so(feed: Watched) -> None:
    others = rss([Story(number, "sports") for number in range(30, 20, -1)], "Town")
    assert feed.read(others)[1] == 0
    accept_repair(feed.site.store, feed.site.source, feed.site.store.list_memory("town"))
    assert feed.read(others) == (None, 10)
