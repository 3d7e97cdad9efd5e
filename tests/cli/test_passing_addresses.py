"""Which addresses of data will not do tomorrow."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feedbuilder.tend.passing_addresses import passes

NOW = datetime(2026, 11, 27, 14, 0, tzinfo=UTC)
FILES = ("/_next/static/chunks/main-3f2a1b.js", "/_next/static/b7Hq2LmX9s/_manifest.js", "https://cdn.example/v2/a.css")


@pytest.mark.parametrize(
    ("url", "is_passing"),
    [
        ("https://a.example/api/posts?page=1", False),
        ("https://a.example/api/v2/posts", False),
        ("https://a.example/api/posts?since=2020-01-01", False),
        ("https://a.example/api/posts?id=1234567890123", False),
        ("https://a.example/sites/6f1c2d3e-0000-4000-8000-123456789abc/posts", False),
        ("https://a.example/_next/data/b7Hq2LmX9s/news.json", True),
        ("https://a.example/api/posts?before=1795788000", True),
        ("https://a.example/api/posts?_=1795788000123", True),
        ("https://a.example/api/posts?until=2026-11-27T13:59:59Z", True),
        ("https://a.example/api/posts?api_key=abcdefghijkl", True),
    ],
)
def test_an_address_passes(url: str, is_passing: bool) -> None:
    assert passes(url, NOW, FILES) is is_passing
