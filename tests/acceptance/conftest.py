"""A newsroom and an installation that watches it, for every acceptance test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from feedbuilder.newsroom import HandClock, Newsroom, serve
from tests.acceptance.place import DEMO, Place, without_articles


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    clock = HandClock()
    newsroom = Newsroom(clock)
    with serve(newsroom, port=0) as server:
        made = Place(tmp_path, newsroom, clock, server.url)
        made.write_config(without_articles(DEMO.read_text("utf-8")))
        yield made
