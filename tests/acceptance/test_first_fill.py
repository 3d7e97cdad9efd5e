"""A source that is new starts with older stories too, when asked; after that its first page is all that is read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from urllib.parse import unquote

from feedbuilder.newsroom.render_pages import page_count
from tests.acceptance.place import Place, feedbuilder
from tests.acceptance.test_adding_a_source import stories

PATH = "/tags/world-news"


def add(place: Place, folder: Path, pages: int) -> list[str]:
    """Add the section to a new installation in `folder`; return the links of its feed, newest first."""
    folder.mkdir()
    options = ("--allow-host", "127.0.0.1", "--timezone", "Asia/Dubai", "--tag", "World News", "--yes")
    done = feedbuilder(folder, "add", place.url + PATH, *options, "--pages", str(pages))
    assert done.exit_code == 0, done.output
    return [link for link, *_ in stories(folder / "output/world-news/atom.xml").values()]


def test_add_takes_the_older_stories_along_once_and_later_only_the_first_page_is_read(
    place: Place, tmp_path: Path
) -> None:
    listed = [story for story in place.newsroom.stories() if "World News" in story.tags]
    assert page_count(listed) == 2
    newest = add(place, tmp_path / "one", 1)
    place.newsroom.requests.clear()
    folder = tmp_path / "two"
    all_of_them = add(place, folder, 2)
    assert place.newsroom.requests[PATH] == 1 + 2  # to look for the list, and to fill the feed
    assert all_of_them[: len(newest)] == newest
    assert {unquote(link.removeprefix(place.url)) for link in all_of_them} == {story.path for story in listed}
    assert len(all_of_them) == len(set(all_of_them)) == len(listed) > len(newest)

    feed = folder / "output/world-news/atom.xml"
    before = feed.read_bytes()
    place.newsroom.requests.clear()
    again = feedbuilder(folder, "build", "--force")
    assert again.exit_code == 0, again.stderr
    assert place.newsroom.requests[PATH] == 1
    assert feed.read_bytes() == before


def test_further_pages_that_are_not_there_are_told_and_cost_nothing(place: Place, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    assert len(add(place, folder, 9)) > 12
    text = (folder / "config/feedbuilder.toml").read_text("utf-8")
    assert "first_fill_pages = 9\n" in text
    (folder / "var/feedbuilder.db").unlink()
    shutil.rmtree(folder / "output")
    built = feedbuilder(folder, "build")
    assert built.exit_code == 0
    assert "of the 9 pages to read, 2 could be read" in built.stderr
    assert not json.loads((folder / "output/status.json").read_text("utf-8"))["sources"][0]["error"]


def test_a_lost_store_is_filled_from_the_published_feeds_and_not_from_older_pages(place: Place, tmp_path: Path) -> None:
    folder = tmp_path / "lost"
    add(place, folder, 2)
    before = (folder / "output/world-news/atom.xml").read_bytes()
    (folder / "var/feedbuilder.db").unlink()
    place.newsroom.requests.clear()
    assert feedbuilder(folder, "build").exit_code == 0
    assert place.newsroom.requests[PATH] == 1
    assert (folder / "output/world-news/atom.xml").read_bytes() == before
