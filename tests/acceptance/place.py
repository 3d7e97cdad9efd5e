"""A whole installation in a temporary folder: the sample newsroom on a free port, the demo's configuration over it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import feedparser

from feedbuilder.config import Config, load
from feedbuilder.engine import BuildReport, Installation, build
from feedbuilder.newsroom import HandClock, Newsroom, Story, at

DEMO = Path(__file__).parents[2] / "config" / "feedbuilder.toml"


def without_articles(demo: str) -> str:
    """Return the demo's configuration with tags for its sources, and no article pages read: much less to wait for."""
    tagged = re.sub(
        r'^(title = (".+")\nurl = .+tags/.+|title = ("Business")\nurl = .+)$',
        r"\1\ntags = [\2\3]",
        demo,
        flags=re.MULTILINE,
    )
    return tagged.replace('articles = "full"', 'articles = "off"')


Snapshot = dict[str, tuple[bytes, int]]


@dataclass
class Place:
    """A folder with a configuration, and a newsroom that it watches."""

    folder: Path
    newsroom: Newsroom
    clock: HandClock
    url: str
    name: str = "feedbuilder.toml"

    @property
    def config_path(self) -> Path:
        return self.folder / "config" / self.name

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def write_config(self, text: str) -> None:
        self.config_path.parent.mkdir(exist_ok=True)
        self.config_path.write_text(re.sub(r"http://127\.0\.0\.1:8765", self.url, text), "utf-8")

    def config(self) -> Config:
        return load(self.config_path, os.environ)

    def open(self) -> Installation:
        return Installation.open(self.config(), self.clock)

    def build(self, *, force: bool = True) -> BuildReport:
        with self.open() as installation:
            return build(installation, installation.config.sources, force=force)

    def later(self, minutes: float = 30) -> None:
        self.clock.advance(timedelta(minutes=minutes))

    def files(self) -> Snapshot:
        """Return every published file but status.json, with its bytes and mtime."""
        return {
            str(path.relative_to(self.output)): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in sorted(self.output.rglob("*"))
            if path.is_file() and path.name != "status.json"
        }

    def feed(self, slug: str, name: str = "rss.xml") -> feedparser.FeedParserDict:
        return feedparser.parse((self.output / slug / name).read_bytes())


def story(slug: str = "bridge-opens", listed: str = "2026-02-06 15:00") -> Story:
    """Return a story for the World News page."""
    return Story(
        slug=slug,
        title=f"A Bridge Opens Across the Strait After Eleven Years of Work ({slug})",
        section="world",
        tags=("World News",),
        published=at(listed),
        summary="Ferries will go on for a year, the ministry says",
    )
