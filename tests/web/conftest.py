"""A small output folder, and a server over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from feedbuilder.model import Site
from feedbuilder.web import Background, output_app

FILES = {
    "index.html": "<!doctype html><title>Feeds</title>",
    "feeds.opml": "<opml/>",
    "status.json": "{}",
    "world-news/index.html": "<!doctype html><title>World News – أخبار</title>",
    "world-news/rss.xml": "<rss/>",
    "world-news/atom.xml": "<feed/>",
    "world-news/feed.json": "{}",
    "world-news/.rss.xml.part": "half a feed",
    "world-news/rss.xml.tmp": "half a feed",
    ".git/config": "[core]",
}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret")
    return folder


@pytest.fixture
def address(output: Path) -> Iterator[str]:
    with Background(output_app(Site(output=output)), "127.0.0.1", 0) as server:
        yield server.url


@pytest.fixture
def client() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session
