"""Tried as a new user would: an empty folder, an address, and then a feed of exactly that page's stories."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import feedparser
import pytest

from tests.acceptance.place import Place, feedbuilder, with_sources


def stories(path: Path) -> dict[str, tuple[Any, ...]]:
    """Return what a feed says of each story, by its id."""
    entries = feedparser.parse(path.read_bytes()).entries
    return {entry.id: (entry.link, entry.title, entry.published, entry.get("summary")) for entry in entries}


@pytest.mark.parametrize(
    ("id_", "page", "tag", "slug"),
    [
        ("world-news", "/tags/world-news", "World News", "world-news"),
        ("global-news", "/tags/global-news", "Global News", "global-news"),
        ("technology", "/tags/technology", "Technology", "technology"),
    ],
)
def test_from_an_empty_folder_to_the_feed_that_a_careful_person_would_have_made(
    place: Place, tmp_path: Path, id_: str, page: str, tag: str, slug: str
) -> None:
    only(place, id_)
    place.build()
    folder = tmp_path / "new"
    folder.mkdir()
    options = ("--allow-host", "127.0.0.1", "--timezone", "Asia/Dubai", "--tag", tag, "--yes")
    done = feedbuilder(folder, "add", place.url + page, *options)
    assert done.exit_code == 0, done.output
    by_hand, found = stories(place.output / "all/atom.xml"), stories(folder / "output" / slug / "atom.xml")
    assert len(by_hand) > 7
    assert found == by_hand
    assert feedbuilder(folder, "check").exit_code == 0
    assert "Why this list" in feedbuilder(folder, "why", id_).stdout


def only(place: Place, id_: str) -> None:
    """Leave in the demo's configuration that one source, with articles as a new one has them, and no feed but "all"."""
    text = with_sources(place.config_path.read_text("utf-8"), id_).partition("# ---- Feeds")[0]
    place.write_config(text.replace('articles = "off"', 'articles = "auto"'))
