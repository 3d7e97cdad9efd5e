"""`add` on each kind of page that the newsroom has publishes what its database knows, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest

from feedbuilder.newsroom import Story
from feedbuilder.newsroom.invented_stories import VIDEOS
from feedbuilder.newsroom.layouts import PAGE_SIZE, entries
from tests.acceptance.place import Place, feedbuilder

Shown = Callable[[Story], bool]


class Published(NamedTuple):
    """What a feed says of an article."""

    title: str
    path: str
    date: datetime
    authors: tuple[str, ...] = ()


def tagged(tag: str) -> Shown:
    return lambda story: tag in story.tags


def in_section(section: str) -> Shown:
    return lambda story: story.section == section


def by(author: str) -> Shown:
    return lambda story: story.author == author


ONLY_COMPACT = 2
"""So many stories behind a page's worth stand on the older lists in small, with no author."""

PAGES: dict[str, tuple[Shown, int]] = {
    "/": (lambda _: True, ONLY_COMPACT),
    "/all-news": (lambda _: True, ONLY_COMPACT),
    "/tags/world-news": (tagged("World News"), ONLY_COMPACT),
    "/tags/asia": (tagged("Asia"), ONLY_COMPACT),
    "/category/business": (in_section("business"), ONLY_COMPACT),
    "/author/saif-nasser": (by("Saif Nasser"), ONLY_COMPACT),
    "/all-news/latest": (lambda _: True, 0),
    "/world/asia": (tagged("Asia"), 0),
    "/world/global-news": (lambda story: story.section == "world" and "Global News" in story.tags, 0),
}


def add(place: Place, folder: Path, path: str) -> None:
    options = ("--allow-host", "127.0.0.1", "--timezone", "Asia/Dubai", "--yes")
    done = feedbuilder(folder, "add", place.url + path, *options)
    assert done.exit_code == 0, done.output


def published(place: Place, feed: Path) -> list[Published]:
    def read(item: dict[str, Any]) -> Published:
        authors = tuple(author["name"] for author in item.get("authors", ()))
        path = unquote(item["url"].removeprefix(place.url))
        return Published(item["title"], path, datetime.fromisoformat(item["date_published"]), authors)

    return [read(item) for item in json.loads(feed.read_bytes())["items"]]


def known(place: Place, shown: Shown, more: int) -> list[Published]:
    """Return what the database knows of the stories on the first page of a list, as the page orders them."""
    listed = entries([story for story in place.newsroom.stories() if shown(story)])
    return [
        Published(story.title, story.path, story.published, (story.author,))
        for story in dict.fromkeys(listed[: PAGE_SIZE + more])
    ]


FILMS = [Published(video.title, video.path, video.published) for video in VIDEOS]


@pytest.mark.parametrize("path", PAGES)
def test_what_is_published_is_what_the_database_knows(place: Place, tmp_path: Path, path: str) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    add(place, folder, path)
    (feed,) = [one for one in folder.glob("output/*/feed.json") if one.parent.name != "all"]
    found = published(place, feed)
    articles = [one for one in found if not one.path.startswith("/video/")]
    films = [one for one in found if one.path.startswith("/video/")]
    expected = known(place, *PAGES[path])
    assert {one[:3] for one in articles} == {one[:3] for one in expected}
    assert len(articles) == len(expected)
    authors = {one.path: one.authors for one in articles}
    in_full = {one.path for one in expected[: -PAGES[path][1] or None]}
    for one in expected:
        # Cards in small name nobody, and whether "Admin" is somebody may be doubted; else the author is whom they name.
        missing = one.path not in in_full or one.authors == ("Admin",)
        assert authors[one.path] in {one.authors, () if missing else one.authors}, one
    # Videos may be left out or be there: once, under the address that works.
    assert len(films) == len(set(films))
    assert set(films) <= set(FILMS)


def test_two_sections_are_two_sources_two_tags_and_two_feeds(place: Place, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    for path in ("/world/global-news", "/world/asia"):
        add(place, folder, path)
    feeds = {one.parent.name: json.loads(one.read_bytes()) for one in folder.glob("output/*/feed.json")}
    assert set(feeds) == {"all", "global-news", "asia"}
    assert {feeds["global-news"]["title"], feeds["asia"]["title"]} == {"Global News", "Asia"}
    for slug, shown in (("global-news", PAGES["/world/global-news"][0]), ("asia", tagged("Asia"))):
        found = published(place, folder / "output" / slug / "feed.json")
        assert {one.path for one in found} == {one.path for one in known(place, shown, 0)}
