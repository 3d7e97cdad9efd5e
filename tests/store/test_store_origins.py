"""Why a source reads its list: noted when it was added, kept whatever comes after."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedbuilder.model import Source
from feedbuilder.store import open_store

NOW = datetime(2026, 2, 6, 12, tzinfo=UTC)
ORIGIN = {"score": 7.5, "reasons": [{"name": "titles-long", "text": "Titel, 標題"}], "chosen": None}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


def test_nothing_is_said_of_a_source_that_nobody_explained(path: Path) -> None:
    with open_store(path) as store:
        store.request(["known"], NOW)
        assert store.explanation("known") is None
        assert store.explanation("unknown") is None


def test_an_explanation_comes_back_as_it_was_given(path: Path) -> None:
    with open_store(path) as store:
        store.explain("world", ORIGIN)
    with open_store(path) as store:
        assert store.explanation("world") == ORIGIN


def test_the_last_explanation_counts(path: Path) -> None:
    with open_store(path) as store:
        store.explain("world", ORIGIN)
        store.explain("world", {"score": 1})
        assert store.explanation("world") == {"score": 1}


def test_it_can_be_given_before_and_after_the_source_is_configured(path: Path) -> None:
    source = Source.model_validate({"id": "world", "url": "https://n.example/", "selectors": {"item": "article"}})
    with open_store(path) as store:
        store.explain("world", ORIGIN)
        store.request(["world"], NOW)
        store.sync_sources([source], NOW)
        assert store.explanation("world") == ORIGIN
        assert set(store.requested()) == {"world"}
        store.explain("world", {"score": 2})
        assert set(store.requested()) == {"world"}
