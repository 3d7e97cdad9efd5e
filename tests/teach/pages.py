"""Small pages, and clicks on what they show: an element is found by its words, as a person finds it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from feedbuilder.model import Selectors, Source
from feedbuilder.teach import Taught, TaughtPage, Unteachable, learn_field

URL = "https://town.example/news"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TITLES = (
    "Harbour bridge reopens after nine months",
    "Council votes for a new library roof",
    "Orchestra plays on the market square",
    "Night buses to the valley return in spring",
    "Old mill becomes a school of crafts",
    "Winter market moves to the river bank",
)


def page(html: str, **settings: Any) -> TaughtPage:
    """Return `html` as a page to teach on; `settings` are those of its source."""
    source = None
    if settings:
        source = Source.model_validate({"id": "town", "url": URL, "selectors": {"item": "a"}, **settings})
    return TaughtPage(f"<!doctype html><title>Town</title><body>{html}", URL, now=NOW, source=source)


def selectors(item: str, **rules: Any) -> Selectors:
    """Return selectors as they are written in TOML."""
    return Selectors.model_validate({"item": item, **rules})


def number_of(where: TaughtPage, text: str, tag: str | None = None) -> int:
    """Return the innermost element with these words and nothing else, or the first with this tag and these words."""
    found = [
        number
        for number in range(len(where))
        if where.text_of(number) == text and (tag is None or where.by_number[number].tag == tag)
    ]
    assert found, f"{text!r} does not stand on the page"
    return found[-1] if tag is None else found[0]


def clicked(where: TaughtPage, by: Selectors, field: str, *texts: str, **how: Any) -> Taught | Unteachable:
    """Return what comes of clicking on each of `texts` as `field`."""
    examples = [(0, number_of(where, text, **how)) for text in texts]
    return learn_field(where, by, field, examples)


def taught(where: TaughtPage, by: Selectors, field: str, *texts: str, **how: Any) -> Taught:
    """Return the same where it must be learnt."""
    outcome = clicked(where, by, field, *texts, **how)
    assert isinstance(outcome, Taught), outcome
    return outcome


def read(where: TaughtPage, by: Selectors, part: str) -> list[Any]:
    """Return one part of all items."""
    return [getattr(item, part) for item in where.items(by)]


def stories(count: int = 6) -> Iterator[tuple[int, str, str]]:
    """Yield a number, a title and a day for each of some stories."""
    for number, title in enumerate(TITLES[:count]):
        yield number, title, f"{19 - number} November 2026"
