"""Feeds come, change and go in a configuration that a person wrote, and nothing else does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from feedbuilder.config import Config, load
from feedbuilder.config.change_feed import add_feeds, change_feed, move_feed, remove_feed
from feedbuilder.model import ConfigError, Feed

TEXT = """\
# My feeds.
[[source]]
id = "town"
url = "https://town.example/"
tags = ["Town", "Sea"]
selectors.item = "li"

# What readers get.
[[feed]]
slug = "all"   # everything
title = "All of it"

[[feed]]
slug = "town"
tags = ["Town"]  # mine
exclude = { title = "^Live:" }
# The end.
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "feedbuilder.toml"
    file.write_text(TEXT, "utf-8", newline="")
    return file


def feed(**keys: Any) -> Feed:
    return Feed.model_validate(keys)


def configured(path: Path) -> Config:
    return load(path, {})


def test_a_feed_is_added_behind_the_last(path: Path) -> None:
    new = feed(
        slug="sea",
        title="The sea",
        tags={"any": ["Sea"], "none": ["Town"]},
        sources=["town"],
        include={"title": ["ship", "har(bou?r)"]},
        aliases=["ocean"],
        entries=20,
        archive=True,
    )
    add_feeds(configured(path), [new], {})
    written = path.read_text("utf-8")
    assert written.startswith(TEXT.rstrip())
    assert configured(path).feeds[-1] == new
    assert 'sources = ["town"]' in written


def test_only_what_changes_is_touched(path: Path) -> None:
    change_feed(configured(path), feed(slug="town", title="Town", tags=["Town"], exclude={"title": "^Live:"}), {})
    assert path.read_text("utf-8").replace('title = "Town"\n', "") == TEXT
    change_feed(configured(path), feed(slug="town", tags=["Town"]), {})
    assert path.read_text("utf-8") == TEXT.replace('exclude = { title = "^Live:" }\n', "")


def test_a_feed_goes(path: Path) -> None:
    remove_feed(configured(path), "all", {})
    assert [one.slug for one in configured(path).feeds] == ["town"]
    assert "All of it" not in path.read_text("utf-8")
    with pytest.raises(ConfigError, match="last feed"):
        remove_feed(configured(path), "town", {})


def test_an_address_that_is_taken_is_refused(path: Path) -> None:
    for wrong in (feed(slug="all"), feed(slug="sea", aliases=["town"])):
        with pytest.raises(ConfigError, match=r'"(?:all|town)"'):
            add_feeds(configured(path), [wrong], {})
    assert path.read_text("utf-8") == TEXT
    with pytest.raises(ConfigError, match="no file has a feed"):
        change_feed(configured(path), feed(slug="gone"), {})


def test_a_feed_changes_places_with_its_neighbour_and_comes_back(path: Path) -> None:
    config = load(path, {})
    assert move_feed(config, "town", {}, down=False) == path
    moved = load(path, {})
    assert [feed.slug for feed in moved.feeds] == ["town", "all"]
    after = path.read_bytes().decode()
    assert sorted(after.splitlines()) == sorted(TEXT.splitlines())
    assert '# What readers get.\n[[feed]]\nslug = "all"' in after
    for slug, down in (("town", False), ("all", True)):
        with pytest.raises(ConfigError, match="already"):
            move_feed(moved, slug, {}, down=down)
    move_feed(moved, "town", {}, down=True)
    assert load(path, {}).feeds == config.feeds


def test_where_feeds_share_a_line_of_writing_nothing_moves(path: Path) -> None:
    text = 'feed = [{ slug = "all" }, { slug = "town" }]\n' + TEXT.partition("# What")[0]
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError):
        move_feed(load(path, {}), "town", {}, down=False)
    assert path.read_text("utf-8") == text
