"""Lists are looked for in another process, which is ended where a page takes for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feedbuilder.detect import detect
from feedbuilder.model import ExtractError, Page, ReadingSettings
from feedbuilder.studio.pooled_detection import PooledDetection
from feedbuilder.tend.page_findings import find
from tests.cli.conftest import list_page


def page(html: str) -> Page:
    return Page("https://post.example/news", html.encode(), datetime(2026, 2, 7, tzinfo=UTC))


def test_it_finds_what_is_found_here() -> None:
    pooled = PooledDetection(ReadingSettings())
    try:
        found = find(page(list_page()), timezone=None, example=None, config=None, detector=pooled.detect)
        assert found.detection == detect(page(list_page()), language="en", zone=found.zone.zone)
    finally:
        pooled.close()


def test_what_takes_for_ever_is_ended_and_told() -> None:
    rows = "".join(
        f'<div class="c{n % 7}"><h3><a href="/a/{n}">A story, number {n}</a></h3></div>' for n in range(20_000)
    )
    pooled = PooledDetection(ReadingSettings(deadline=timedelta(seconds=1)))
    try:
        with pytest.raises(ExtractError, match="more than 1s of processor time"):
            pooled.detect(page(f"<!doctype html><title>x</title>{rows}"))
    finally:
        pooled.close()
