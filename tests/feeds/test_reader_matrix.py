"""What real readers take from our feeds, one row for each reader and format: home page, title, author, picture, date.

A reader that this machine does not have is skipped, and says so. `.ci/run` installs what is missing.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from calendar import timegm
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest

from feedbuilder.feeds import FeedDocument, compose, render
from feedbuilder.model import ImageDetails, Site
from tests.patience import PATIENCE

IMAGE = "https://img.example/1.jpg"
TEXT = f'<p>Eleven years it took.</p><figure><img src="{IMAGE}" alt=""></figure>'


@dataclass(frozen=True)
class Taken:
    """What a reader made of the first entry, and of the feed."""

    home: str | None
    feed: str | None
    title: str | None
    author: str | None
    link: str | None
    published: datetime | None
    html: str


def by_feedparser(file: Path, _folder: Path) -> list[Taken]:
    parsed = feedparser.parse(file.read_bytes())
    return [
        Taken(
            home=parsed.feed.get("link"),
            feed=parsed.feed.get("title"),
            title=entry.get("title"),
            author=entry.get("author"),
            link=entry.get("link"),
            published=datetime.fromtimestamp(timegm(entry.published_parsed), UTC),
            html=entry.content[0].value if entry.get("content") else entry.get("summary", ""),
        )
        for entry in parsed.entries
    ]


def by_reader(file: Path, folder: Path) -> list[Taken]:
    reader = pytest.importorskip("reader", reason="lemon24/reader is not installed")
    with reader.make_reader(str(folder / "reader.db"), feed_root=str(file.parent)) as opened:
        opened.add_feed(file.name)
        opened.update_feeds()
        feed = opened.get_feed(file.name)
        assert feed.last_exception is None
        return [
            Taken(
                home=feed.link,
                feed=feed.title,
                title=entry.title,
                author=entry.authors_str,
                link=entry.link,
                published=entry.published,
                html=entry.content[0].value if entry.content else entry.summary or "",
            )
            for entry in sorted(opened.get_entries(), key=lambda one: str(one.title))
        ]


RSS_PARSER = """
const Parser = require("rss-parser");
new Parser().parseString(require("fs").readFileSync(process.argv[1], "utf8")).then(
  (feed) => console.log(JSON.stringify({home: feed.link, feed: feed.title, items: feed.items.map((one) => ({
    title: one.title, author: one.creator || one.author, link: one.link, published: one.isoDate,
    html: one["content:encoded"] || one.content || one.summary || ""}))})));
"""


def by_rss_parser(file: Path, _folder: Path) -> list[Taken]:
    node = shutil.which("node")
    asked = [node or "node", "-e", 'require("rss-parser")']
    if node is None or subprocess.run(asked, check=False, capture_output=True, timeout=PATIENCE).returncode:
        pytest.skip("node or its package rss-parser is not installed (NODE_PATH names where packages are)")
    ran = subprocess.run([node, "-e", RSS_PARSER, str(file)], capture_output=True, check=True, timeout=PATIENCE)
    feed = json.loads(ran.stdout)
    return [
        Taken(
            home=feed.get("home"),
            feed=feed.get("feed"),
            title=one.get("title"),
            author=one.get("author"),
            link=one.get("link"),
            published=datetime.fromisoformat(one["published"]),
            html=one["html"],
        )
        for one in feed["items"]
    ]


def by_newsboat(file: Path, folder: Path) -> list[Taken]:
    program = shutil.which("newsboat")
    if program is None:
        pytest.skip("newsboat is not installed")
    (folder / "urls").write_text(f"{file.as_uri()}\n", "utf-8")
    (folder / "config").write_text("", "utf-8")
    places = [f"{option}{folder / name}" for option, name in (("-u", "urls"), ("-c", "cache.db"), ("-C", "config"))]
    home = {"HOME": str(folder), "LC_ALL": "C.UTF-8", "PATH": os.environ.get("PATH", "")}
    subprocess.run([program, *places, "-x", "reload"], env=home, check=True, timeout=PATIENCE, capture_output=True)
    with sqlite3.connect(folder / "cache.db") as cache:
        ((site, name),) = cache.execute("SELECT url, title FROM rss_feed").fetchall()
        rows = cache.execute("SELECT title, author, url, pubDate, content FROM rss_item ORDER BY title").fetchall()
    cache.close()
    return [
        Taken(site, name, title, author or None, link, datetime.fromtimestamp(at, UTC), content)
        for title, author, link, at, content in rows
    ]


READERS: list[tuple[str, Callable[[Path, Path], list[Taken]], tuple[str, ...]]] = [
    ("feedparser", by_feedparser, ("rss.xml", "atom.xml")),
    ("reader", by_reader, ("rss.xml", "atom.xml", "feed.json")),
    ("rss-parser", by_rss_parser, ("rss.xml", "atom.xml")),
    ("newsboat", by_newsboat, ("rss.xml", "atom.xml")),
]
MATRIX = [pytest.param(read, file, id=f"{name}-{file}") for name, read, files in READERS for file in files]


@pytest.fixture
def document(feed: Any, item: Any, source: Any, site: Site, noon: datetime) -> FeedDocument:
    """Return a feed of one source: an entry with its text, one with a summary, one whose author nobody names."""
    details = ImageDetails(1200, 800, "The bridge by night", "Ann Lee")
    entries = [
        item(1, title="Whole & <plain>", content_html=TEXT, image=IMAGE, image_details=details),
        item(2, image=IMAGE, image_details=details),
        item(3, authors=(), image=None),
    ]
    return compose(feed("news", title="News"), entries, [source(title="The Paper")], site, noon, icons={"paper": "png"})


@pytest.mark.parametrize(("read", "file"), MATRIX)
def test_a_reader_takes_what_the_site_said(
    document: FeedDocument, read: Callable[[Path, Path], list[Taken]], file: str, tmp_path: Path
) -> None:
    for written in render(document):
        (tmp_path / written.path.rpartition("/")[2]).write_bytes(written.content)
    taken = sorted(read(tmp_path / file, tmp_path), key=lambda one: one.link or "")
    assert [(one.home, one.feed) for one in taken] == [("https://paper.example/world", "News")] * 3
    assert [one.title for one in taken] == ["Whole & <plain>", "Story 2", "Story 3"]
    nobody = {"The Paper"} if file == "atom.xml" else {None, ""}  # Atom asks for a name: it is the site's
    assert [one.author for one in taken[:2]] == ["Mara Lindqvist"] * 2
    assert taken[2].author in nobody
    assert [one.link for one in taken] == [f"https://www.paper.example/story-{number}" for number in (1, 2, 3)]
    assert [one.published for one in taken] == [entry.published for entry in document.entries]
    assert "Eleven years it took." in taken[0].html
    assert [IMAGE in one.html for one in taken] == [True, True, False]
    assert "What happened in story 3." in taken[2].html
