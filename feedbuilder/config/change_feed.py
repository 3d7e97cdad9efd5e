"""Feeds of a configuration that a person wrote: one more, another choice, one less. All else stays as it was.

Nothing is written that would not load, or that would change anything else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from feedbuilder.config.edit import APART, decoded, encoded, read_bytes, replace_file, with_feeds
from feedbuilder.config.load import Config, load
from feedbuilder.config.remove_source import cut_table, lines_of
from feedbuilder.config.toml import feed_block
from feedbuilder.model import ConfigError, Feed


def add_feeds(config: Config, feeds: Sequence[Feed], environ: Mapping[str, str]) -> Path:
    """Write `feeds` behind the last one of the main file; return the file. Raises ConfigError."""
    before = read_bytes(config.path)
    text = with_feeds(decoded(before), feeds)
    _write(config, config.path, before, text, (*config.feeds, *feeds), environ)
    return config.path


def change_feed(config: Config, feed: Feed, environ: Mapping[str, str]) -> Path:
    """Write `feed` in place of the one with its slug; return the file. What stays as it was is not touched.

    Raises ConfigError where it cannot be told from what is around it; then nothing was written.
    """
    path, index = _place(config, feed.slug)
    before = read_bytes(path)
    try:
        document = tomlkit.parse(decoded(before))
        table = document["feed"][index]
        old = next(one for one in config.feeds if one.slug == feed.slug)
        wanted = tomlkit.parse(feed_block(feed))["feed"][0]
        for key in Feed.model_fields:
            if getattr(old, key) == getattr(feed, key):
                continue
            if key in wanted:
                table[key] = wanted[key]
            elif key in table:
                del table[key]
        text = tomlkit.dumps(document)
    except (TOMLKitError, ValueError) as error:
        raise ConfigError(
            f'{path}: change the feed "{feed.slug}" by hand; it is written in a way that cannot be edited: {error}'
        ) from error
    feeds = tuple(feed if one.slug == feed.slug else one for one in config.feeds)
    _write(config, path, before, text, feeds, environ)
    return path


def move_feed(config: Config, slug: str, environ: Mapping[str, str], *, down: bool) -> Path:
    """Let the feed change places with its neighbour in its file, the one above or the one below; return the file.

    Overviews and lists of feeds show them in this order. Raises ConfigError; also where it has no such neighbour.
    """
    path, index = _place(config, slug)
    before = read_bytes(path)
    text = decoded(before)
    first, second = (index, index + 1) if down else (index - 1, index)
    count = len(tomllib.loads(text)["feed"])
    if first < 0 or second >= count:
        raise ConfigError(f'"{slug}" is the {"last" if down else "first"} feed of {path} already')
    lines = text.split("\n")
    (start, end), (start_below, end_below) = (lines_of(text, "feed", one) for one in (first, second))
    above, below = _apart(lines[start:end]), _apart(lines[start_below:end_below])
    # The empty lines behind each stay where they are.
    moved = [*below[0], *above[1], *lines[end:start_below], *above[0], *below[1]]
    text = "\n".join([*lines[:start], *moved, *lines[end_below:]])
    slugs = [feed.slug for feed in config.feeds]
    place = slugs.index(slug)
    other = place + (1 if down else -1)
    feeds = list(config.feeds)
    feeds[place], feeds[other] = feeds[other], feeds[place]
    _write(config, path, before, text, tuple(feeds), environ)
    return path


def _apart(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines of a table, and the empty ones behind them."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return lines[:end], lines[end:]


def remove_feed(config: Config, slug: str, environ: Mapping[str, str]) -> Path:
    """Take the feed out of the file that holds it; return the file. Raises ConfigError."""
    path, index = _place(config, slug)
    before = read_bytes(path)
    feeds = tuple(one for one in config.feeds if one.slug != slug)
    if not feeds:
        raise ConfigError(
            f'"{slug}" is the last feed: without any, each tag gets one by itself. Take it out of {path} by hand, if '
            "that is meant"
        )
    _write(config, path, before, cut_table(decoded(before), "feed", index), feeds, environ)
    return path


def _place(config: Config, slug: str) -> tuple[Path, int]:
    """Return the file that holds a feed, and its number there. Raises ConfigError."""
    for path in config.files:
        tables = tomllib.loads(decoded(read_bytes(path))).get("feed", [])
        for index, table in enumerate(tables):
            # A slug may come from a variable; then nobody knows here which one it is.
            if table.get("slug") == slug:
                return path, index
    raise ConfigError(f'no file has a feed with the slug "{slug}"; write it by hand')


def _write(
    config: Config, path: Path, before: bytes, text: str, feeds: tuple[Feed, ...], environ: Mapping[str, str]
) -> None:
    content = encoded(text, before)
    try:
        after = load(config.path, environ, {path.resolve(): content})
    except ConfigError as error:
        raise ConfigError(*error.problems) from error
    kept = all(getattr(after, part) == getattr(config, part) for part in APART if part != "feeds")
    if not kept or after.feeds != feeds or after.sources != config.sources:
        raise ConfigError(f"{path}: change the feed by hand; it is written in a way that holds other things together")
    replace_file(path.resolve(), content, before)
