"""Pages with data in them, read as a source would read them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from feedbuilder.extract import extract
from feedbuilder.model import Item, Page, Source

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
URL = "https://town.example/news/"

Reader = Callable[..., tuple[Item, ...]]


def page_of(html: str, url: str = URL) -> Page:
    return Page(url, html.encode(), NOW, "text/html; charset=utf-8")


@pytest.fixture
def read() -> Reader:
    """Read a page: `read(html, "json-ld", title="headline")`; the second is `from`, None for elements."""

    def read(html: str, place: str | None, zone: str = "UTC", **selectors: Any) -> tuple[Item, ...]:
        chosen = {**selectors, **({"from": place} if place else {})}
        settings = {"id": "town", "url": URL, "timezone": zone, "selectors": chosen}
        return extract(page_of(html), Source.model_validate(settings))

    return read
