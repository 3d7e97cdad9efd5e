"""A small paper to make feeds of, and the golden files.

`UPDATE_GOLDEN=1 pytest tests/feeds` writes the golden files anew; then read the diff. (No pytest option: those of a
conftest down here are unknown when the whole suite runs.)
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from feedbuilder.model import Feed, Precision, Site, Source, StoredItem
from feedbuilder.model.item_ids import item_id

NOON = datetime(2026, 2, 6, 12, 0, tzinfo=UTC)
GOLDEN = Path(__file__).parent / "golden"


Make = Callable[..., Any]


def make_item(number: int = 1, **changes: Any) -> StoredItem:
    """One entry; `number` tells entries apart, and makes later ones older by an hour."""
    canonical = f"paper.example/story-{number}"
    moment = NOON - timedelta(hours=number)
    values: dict[str, Any] = {
        "id": item_id(canonical),
        "canonical": canonical,
        "link": f"https://www.{canonical}",
        "title": f"Story {number}",
        "summary": f"What happened in story {number}.",
        "authors": ("Mara Lindqvist",),
        "image": f"https://img.example/{number}.jpg",
        "tags": ("World News",),
        "sources": ("paper",),
        "published": moment,
        "precision": Precision.INSTANT,
        "zone": ZoneInfo("Asia/Dubai"),
        "first_seen": moment,
        "last_seen": NOON,
        "changed": changes.get("first_seen", moment),
    }
    return StoredItem(**(values | changes))


def make_source(name: str = "paper", **changes: Any) -> Source:
    values = {"id": name, "url": f"https://{name}.example/world", "selectors": {"item": "article"}}
    return Source.model_validate(values | changes)


def make_feed(slug: str = "world-news", **changes: Any) -> Feed:
    return Feed.model_validate({"slug": slug} | changes)


@pytest.fixture
def item() -> Make:
    return make_item


@pytest.fixture
def source() -> Make:
    return make_source


@pytest.fixture
def feed() -> Make:
    return make_feed


@pytest.fixture
def site() -> Site:
    return Site(title="The newsroom", description="Feeds of papers that have none.", url="https://feeds.example/")


@pytest.fixture
def noon() -> datetime:
    return NOON


@pytest.fixture
def matches_golden() -> Callable[[str, bytes], bool]:
    """Whether `content` is byte for byte the golden file; with UPDATE_GOLDEN set it is made so."""

    def compare(name: str, content: bytes) -> bool:
        path = GOLDEN / name
        if os.environ.get("UPDATE_GOLDEN"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return path.read_bytes() == content

    return compare
