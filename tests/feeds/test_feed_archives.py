"""The history of a feed as archive documents (RFC 5005): whole, in order, and still, whatever is forgotten or late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from feedbuilder.feeds import (
    SourceIndex,
    Tagging,
    admits,
    compose,
    live_history,
    page_of,
    render,
    render_archive,
    route,
)
from feedbuilder.model import ArchivePage, Feed, Sight, Site, StoredItem, TagRules
from feedbuilder.model.history import ARCHIVE_SIZE
from feedbuilder.pipeline.archives import archive_documents, seal_archive
from feedbuilder.pipeline.catalogue import Catalogue

ATOM = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
HISTORY = "{http://purl.org/syndication/history/1.0}archive"
SITE = Site(title="The newsroom", url="https://feeds.example/")
CATALOGUE = Catalogue((), (), SITE, TagRules())


class Memory:
    """What is remembered, in the order of first sight; satisfies `archives.Archives` and what `route` wants."""

    def __init__(self, items: Iterable[StoredItem] = ()) -> None:
        self.items = sorted(items, key=Sight.of)
        self.pages: dict[str, tuple[ArchivePage, ...]] = {}
        self.announced: set[str] = set()

    def add(self, *items: StoredItem) -> None:
        self.items = sorted([*self.items, *items], key=Sight.of)

    def newest(self) -> Iterator[StoredItem]:
        yield from reversed(self.items)

    def between(
        self, after: Sight | None, until: Sight | None, *, tags: frozenset[str], sources: frozenset[str]
    ) -> Iterator[StoredItem]:
        for item in self.items:
            if (after is None or Sight.of(item) > after) and (until is None or Sight.of(item) <= until):
                yield item

    def archive_pages(self, slug: str) -> tuple[ArchivePage, ...]:
        return self.pages.get(slug, ())

    def add_archive_pages(self, slug: str, pages: Sequence[ArchivePage]) -> None:
        self.pages[slug] = (*self.archive_pages(slug), *pages)

    def announce(self, ids: Iterable[str]) -> None:
        self.announced.update(ids)


def history(count: int, item: Any, noon: datetime, start: int = 0) -> list[StoredItem]:
    """`count` items, the first of which came first; every ten of them in one reading, the lowest on its page first."""
    return [
        item(
            number,
            first_seen=noon + timedelta(hours=number // 10),
            published=noon + timedelta(hours=number // 10) - timedelta(minutes=10 - number % 10),
            position=10 - number % 10,
        )
        for number in range(start, start + count)
    ]


def publish(memory: Memory, feed: Feed, noon: datetime) -> dict[str, bytes]:
    """All files of `feed` by path, as the pipeline would write them."""
    entries = route(feed, memory.newest())
    pages = seal_archive(feed, memory, Tagging(), memory.archive_pages(feed.slug), entries)
    live = compose(feed, entries, [], SITE, noon, live_history(pages))
    every, sources = range(len(pages)), SourceIndex((), Tagging())
    old = archive_documents(feed, pages, every, CATALOGUE, sources, noon, Tagging(), memory)
    files = [*render(live), *(file for document in old for file in render_archive(document))]
    return {file.path: file.content for file in files}


def archived(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in files.items() if "/archive/" in path}


def read_back(files: dict[str, bytes], name: str) -> list[list[str]]:
    """The ids in each document, from the live file back to the beginning, as one who follows the links sees it."""
    documents, path = [], f"world-news/{name}"
    while path:
        parsed = feedparser.parse(files[path])
        assert not parsed.bozo
        documents.append([entry.id for entry in parsed.entries])
        links = {link.rel: link for link in parsed.feed.links if link.rel != "alternate"}
        assert urlsplit(links["self"].href).path == f"/{path}"
        back = links.get("prev-archive")
        path = urlsplit(back.href).path.lstrip("/") if back else ""
    return documents


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
@pytest.mark.parametrize("count", [0, 49, 50, 51, 237])
def test_a_new_subscriber_gets_everything_in_order(item: Any, feed: Any, noon: datetime, name: str, count: int) -> None:
    items = history(count, item, noon)
    live, *pages = read_back(publish(Memory(items), feed(archive=True), noon), name)
    assert [len(page) for page in pages] == [ARCHIVE_SIZE] * (count // ARCHIVE_SIZE)
    newest_first = [one.id for one in reversed(items)]
    assert [one for page in pages for one in page] == newest_first[count % ARCHIVE_SIZE :]
    assert live == newest_first[:50]


def test_without_archive_there_is_none(item: Any, feed: Any, noon: datetime) -> None:
    files = {file.path: file.content for file in render(compose(feed(), history(60, item, noon), [], SITE, noon))}
    assert not archived(files)
    assert b"archive" not in files["world-news/rss.xml"]


def test_the_documents_say_what_they_are_and_where_the_others_stand(item: Any, feed: Any, noon: datetime) -> None:
    memory = Memory(history(120, item, noon))
    files = publish(memory, feed(archive=True), noon)
    first, second = (page.name for page in memory.archive_pages("world-news"))
    assert first.startswith("2026-02-06-")
    base = "https://feeds.example/world-news"
    for name in ("rss.xml", "atom.xml"):
        assert _links(files[f"world-news/{name}"]) == {"prev-archive": f"{base}/archive/{second}/{name}"}
        assert _links(files[f"world-news/archive/{second}/{name}"]) == {
            "current": f"{base}/{name}",
            "prev-archive": f"{base}/archive/{first}/{name}",
        }
        assert _links(files[f"world-news/archive/{first}/{name}"]) == {
            "current": f"{base}/{name}",
            "next-archive": f"{base}/archive/{second}/{name}",
        }
        marked = [
            path for path in files if path.endswith(name) and etree.fromstring(files[path]).findall(f".//{HISTORY}")
        ]
        assert marked == [f"world-news/archive/{first}/{name}", f"world-news/archive/{second}/{name}"]
    assert b'xmlns:fh="http://purl.org/syndication/history/1.0"' in files[f"world-news/archive/{first}/atom.xml"]


def test_archive_documents_hold_against_rfc_4287_and_are_the_same_feed(item: Any, feed: Any, noon: datetime) -> None:
    files = publish(Memory(history(60, item, noon)), feed(archive=True), noon)
    live = etree.fromstring(files["world-news/atom.xml"])
    (old,) = (etree.fromstring(content) for path, content in archived(files).items() if path.endswith("atom.xml"))
    for document in (live, old):
        assert ATOM.validate(document), ATOM.error_log
    assert old.findtext("{*}id") == live.findtext("{*}id")
    assert old.findtext("{*}updated") == "2026-02-06T20:00:00+04:00"  # its own newest, not the feed's
    assert b"<ttl>" not in next(content for path, content in archived(files).items() if path.endswith("rss.xml"))


def test_nothing_new_changes_no_byte(item: Any, feed: Any, noon: datetime) -> None:
    memory = Memory(history(130, item, noon))
    assert publish(memory, feed(archive=True), noon) == publish(memory, feed(archive=True), noon)


def test_full_pages_stay_while_the_feed_grows(item: Any, feed: Any, noon: datetime) -> None:
    memory, news = Memory(history(130, item, noon)), feed(archive=True)
    before = publish(memory, news, noon)
    memory.add(*history(19, item, noon, start=130))
    assert archived(publish(memory, news, noon)) == archived(before)
    memory.add(
        item(149, first_seen=noon + timedelta(days=9), published=noon - timedelta(days=900))
    )  # late, of old date
    after = publish(memory, news, noon)
    assert len(archived(after)) == len(archived(before)) + 2
    for path, content in archived(before).items():
        parsed, was = feedparser.parse(after[path]), feedparser.parse(content)
        assert parsed.entries == was.entries
        assert after[path] == content or "next-archive" in {link.rel for link in parsed.feed.links}
    assert len([path for path in archived(before) if after[path] != before[path]]) == 2  # the last page, in two formats


def test_what_retention_forgets_moves_nothing_else(item: Any, feed: Any, noon: datetime) -> None:
    memory, news = Memory(history(160, item, noon)), feed(archive=True)
    before = publish(memory, news, noon)
    gone = {one.id for one in memory.items[:70:2]} | {one.id for one in memory.items[:50]}
    memory.items = [one for one in memory.items if one.id not in gone]
    after = publish(memory, news, noon)
    assert after.keys() == before.keys()
    for name in ("rss.xml", "atom.xml"):
        left = [[one for one in page if one not in gone] for page in read_back(before, name)]
        assert read_back(after, name) == left
        assert left[-1] == []


def test_an_edit_changes_its_page_alone(item: Any, feed: Any, noon: datetime) -> None:
    memory, news = Memory(history(160, item, noon)), feed(archive=True)
    before = publish(memory, news, noon)
    memory.items[60] = replace(memory.items[60], title="Corrected", changed=noon + timedelta(days=3))
    after = publish(memory, news, noon)
    name = memory.archive_pages("world-news")[1].name
    assert [path for path in before if before[path] != after[path]] == [
        f"world-news/archive/{name}/{file}" for file in ("rss.xml", "atom.xml")
    ]


def test_items_of_other_feeds_and_those_filtered_out_fill_no_page(item: Any, feed: Any, noon: datetime) -> None:
    items = [
        replace(one, tags=("Sports",)) if number % 2 else one for number, one in enumerate(history(150, item, noon))
    ]
    world = feed(archive=True, tags=["World News"], exclude={"title": "Story 42"})
    memory = Memory(items)
    _, *pages = read_back(publish(memory, world, noon), "rss.xml")
    assert [len(page) for page in pages] == [50]
    assert pages[0] == [one.id for one in memory.items if admits(world, one)][:50][::-1]


def test_an_old_item_that_a_new_tag_admits_stands_where_it_came(item: Any, feed: Any, noon: datetime) -> None:
    memory, world = Memory(history(160, item, noon)), feed(archive=True, tags=["World News"])
    memory.items[20] = replace(memory.items[20], tags=("Sports",))
    before = publish(memory, world, noon)
    memory.items[20] = replace(memory.items[20], tags=("Sports", "World News"))
    after = publish(memory, world, noon)
    assert [len(page) for page in read_back(after, "rss.xml")] == [50, 50, 50, 51]
    assert len([path for path in after if after[path] != before[path]]) == 2


def test_the_live_file_has_room_for_what_fills_no_page_yet(item: Any, feed: Any, noon: datetime) -> None:
    """However few entries are asked for: nothing may stand in neither."""
    memory, small = Memory(history(149, item, noon)), feed(archive=True, entries=5)
    live, *pages = read_back(publish(memory, small, noon), "atom.xml")
    assert len(live) == 49
    assert len({one for page in (live, *pages) for one in page}) == 149


def test_dates_are_fixed_before_they_decide_where_a_page_ends(item: Any, feed: Any, noon: datetime) -> None:
    memory = Memory(history(120, item, noon))
    publish(memory, feed(archive=True), noon)
    assert memory.announced == {one.id for one in memory.items}


def test_archives_stand_under_the_slug_alone(item: Any, feed: Any, noon: datetime) -> None:
    files = publish(Memory(history(60, item, noon)), feed(archive=True, aliases=["world"]), noon)
    assert {path.partition("/")[0] for path in archived(files)} == {"world-news"}
    assert files["world/rss.xml"] == files["world-news/rss.xml"]


@given(st.lists(st.tuples(st.integers(0, 80), st.sets(st.integers(0, 400), max_size=60)), max_size=5))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_and_goes_every_item_stands_in_one_page_for_ever(
    item: Any, noon: datetime, steps: list[tuple[int, set[int]]]
) -> None:
    news, made = Feed(slug="world-news", archive=True), 0
    memory, places = Memory(), dict[str, int]()
    for count, forgotten in steps:
        memory.add(*history(count, item, noon, start=made))
        made += count
        pages = seal_archive(news, memory, Tagging(), memory.archive_pages(news.slug), route(news, memory.newest()))
        assert sorted(pages, key=lambda page: page.last) == list(pages)
        assert len({page.name for page in pages}) == len(pages)
        for one in memory.items:
            place = page_of(pages, one)
            if place is not None:
                assert places.setdefault(one.id, place) == place
        live = {one.id for one in route(news, memory.newest())}
        assert all(one.id in live or page_of(pages, one) is not None for one in memory.items)
        memory.items = [one for number, one in enumerate(memory.items) if number not in forgotten]


def _links(content: bytes) -> dict[str, str]:
    return {
        link.get("rel"): link.get("href")
        for link in etree.fromstring(content).iter("{http://www.w3.org/2005/Atom}link")
        if link.get("rel") not in {"self", "alternate"}
    }
