"""Tried as a new user would: an empty folder, an address, and then a feed of exactly that page's stories."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import feedparser
import pytest

from tests.acceptance.place import Place, story
from tests.acceptance.test_running import log_of, running, until_filled

ROOT = Path(__file__).parents[2]


def feedbuilder(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "feedbuilder", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=100,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )


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
    assert done.returncode == 0, done.stderr
    by_hand, found = stories(place.output / "all/atom.xml"), stories(folder / "output" / slug / "atom.xml")
    assert len(by_hand) > 7
    assert found == by_hand
    assert feedbuilder(folder, "check").returncode == 0
    assert "Why this list" in feedbuilder(folder, "why", id_).stdout


def only(place: Place, id_: str) -> None:
    """Leave in the demo's configuration that one source, with articles as a new one has them, and no feed but "all"."""
    head, *sources = place.config_path.read_text("utf-8").partition("# ---- Feeds")[0].split("[[source]]")
    [source] = [one for one in sources if f'id = "{id_}"' in one]
    place.write_config(f"{head}[[source]]{source}".replace('articles = "off"', 'articles = "auto"'))


def test_a_source_is_added_beside_a_running_run(place: Place) -> None:
    text = place.config_path.read_text("utf-8")
    start, end = text.index('[[source]]\nid = "technology"'), text.index('[[source]]\nid = "business"')
    place.write_config(text[:start] + text[end:])
    with running(place):
        until_filled(place)
        place.newsroom.add(story("after-the-start"))
        done = feedbuilder(
            place.folder, "add", f"{place.url}/tags/technology", "--id", "tech", "--tag", "Technology", "--yes"
        )
        assert done.returncode == 0, done.stderr
        assert "1 source read" in done.stdout
        assert place.feed("technology").entries
    assert "configuration taken up" in log_of(place)
    states = json.loads((place.output / "status.json").read_text("utf-8"))
    assert "tech" in json.dumps(states)
