"""A whole installation in a temporary folder: the sample newsroom on a free port, the demo's configuration over it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import feedparser
from typer.testing import CliRunner, Result

from feedbuilder.cli import app
from feedbuilder.config import Config, load
from feedbuilder.engine import BuildReport, Installation, build
from feedbuilder.newsroom import HandClock, Newsroom, Story, at, serve

DEMO = Path(__file__).parents[2] / "config" / "feedbuilder.toml"


def quick_demo() -> str:
    """Return the demo's configuration without its pause between requests, for processes that read by it."""
    return DEMO.read_text("utf-8").replace('host_gap = "0.1s"', 'host_gap = "0s"')


def without_articles(demo: str) -> str:
    """Return the demo's configuration with tags for its sources, and no article pages read: much less to wait for."""
    tagged = re.sub(
        r'^(title = (".+")\nurl = .+tags/.+|title = ("Business")\nurl = .+)$',
        r"\1\ntags = [\2\3]",
        demo,
        flags=re.MULTILINE,
    )
    return tagged.replace('articles = "full"', 'articles = "off"')


def with_sources(config: str, *ids: str) -> str:
    """Return the demo's configuration with these of its sources only."""
    head, _, rest = config.partition("[[source]]")
    sources, mark, feeds = rest.partition("# ---- Feeds")
    kept = [source for source in sources.split("[[source]]") if any(f'id = "{one}"' in source for one in ids)]
    return head + "".join(f"[[source]]{source}" for source in kept) + mark + feeds


def feedbuilder(folder: Path, *arguments: str) -> Result:
    """Call the command line with `folder` as the working folder, in this process: another one takes a second to start.

    What only a process shows (signals, a second one beside the first, exit by a signal) is tried in `test_running`,
    `test_kills` and `tests/cli/test_stopping.py`.
    """
    with chdir(folder):
        return CliRunner().invoke(app, arguments)


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

    def call(self, command: str, *arguments: str) -> Result:
        """Call the command line with this place's configuration."""
        return feedbuilder(self.folder, command, *arguments, "-c", str(self.config_path))

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
        """Return every published file but those that tell of sources, with its bytes and mtime."""
        return {
            str(path.relative_to(self.output)): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in sorted(self.output.rglob("*"))
            if path.is_file() and path.name not in ("status.json", "status.html") and "_health" not in path.parts
        }

    def feed(self, slug: str, name: str = "rss.xml") -> feedparser.FeedParserDict:
        return feedparser.parse((self.output / slug / name).read_bytes())


@contextmanager
def placed(folder: Path) -> Iterator[Place]:
    """Set up an installation in `folder` that watches a newsroom of its own, without articles' own pages."""
    clock = HandClock()
    newsroom = Newsroom(clock)
    with serve(newsroom, port=0) as server:
        place = Place(folder, newsroom, clock, server.url)
        place.write_config(without_articles(quick_demo()))
        yield place


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
