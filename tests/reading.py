"""A page and a source in one line each; the present moment is 15:05 in Dubai on Friday, 6 February 2026."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from feedbuilder.extract import CardCache, extract
from feedbuilder.extract.fields import read_card
from feedbuilder.model import Item, Page, Selectors, Source

URL = "https://example.org/news/"


@pytest.fixture
def page() -> Callable[..., Page]:
    def make(html: str | bytes, url: str = URL) -> Page:
        body = html if isinstance(html, bytes) else html.encode("utf-8", "surrogatepass")
        return Page(url, body, datetime(2026, 2, 6, 11, 5, tzinfo=UTC))

    return make


@pytest.fixture
def source() -> Callable[..., Source]:
    def make(item: str = ".card", **settings: Any) -> Source:
        own = {key: settings.pop(key) for key in tuple(settings) if key not in Selectors.model_fields}
        return Source.model_validate(
            {"id": "news", "url": URL, "timezone": "Asia/Dubai", **own, "selectors": {"item": item, **settings}}
        )

    return make


@pytest.fixture
def items(page: Callable[..., Page], source: Callable[..., Source]) -> Callable[..., tuple[Item, ...]]:
    """Read HTML with these selectors and settings."""

    def read(html: str, item: str = ".card", cards: CardCache | None = None, **settings: Any) -> tuple[Item, ...]:
        return extract(page(html), source(item, **settings), cards)

    return read


@pytest.fixture
def only(items: Callable[..., tuple[Item, ...]]) -> Callable[..., Item]:
    """Read the one item of this HTML: the inside of a card."""

    def read(inside: str, **settings: Any) -> Item:
        (item,) = items(f'<!doctype html><div class="card">{inside}</div>', **settings)
        return item

    return read


@pytest.fixture
def read_cards(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the cards that are really read."""
    seen: list[str] = []

    def counting(card: Any, rules: Any) -> Any:
        seen.append(str(card.item))
        return read_card(card, rules)

    monkeypatch.setattr("feedbuilder.extract.listing.read_card", counting)
    return seen


@pytest.fixture
def read_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have commands that are called in this process read pages in it too; called from a shell they start others."""
    monkeypatch.setattr("feedbuilder.engine.installation.pooled_reader", lambda _settings, _nursery: None)
    monkeypatch.setattr("feedbuilder.processes.nursery.can_fork", lambda: False)
