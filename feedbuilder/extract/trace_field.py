"""How a field of the first articles comes about, step by step: what its selectors find, and what becomes of that.

For a person who wonders why a title is not what it should be. Pure; reads the page as `listing` does, and by the same
rules, only that it tells what lies between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bs4.element import Tag

from feedbuilder.extract.field_rules import FIELDS, CardTree, Rules
from feedbuilder.extract.fields import values_of
from feedbuilder.extract.listing import items_of, said_dates, take_apart
from feedbuilder.extract.selector_survey import FOUND
from feedbuilder.model import (
    ExtractError,
    FieldRule,
    Item,
    Page,
    Pick,
    Precision,
    Reading,
    SaidDate,
    Source,
)
from feedbuilder.parse.data.entries import Entry, texts_at
from feedbuilder.parse.data.read_data import data_entries
from feedbuilder.parse.decode import decode
from feedbuilder.parse.documents.json_document import json_entries

_MOST = 10
"""Texts of one selector that are shown."""

Read = Callable[[Pick], list[str]]
"""A selector, or a path -> the texts that it gives in one card."""


@dataclass(frozen=True, slots=True)
class TracedStep:
    """What is there after one step."""

    name: str
    """The selector, or what was done: "match", "template", "split"; "read as" for what becomes of it in the end."""
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldTrace:
    """How a field of one article came about."""

    article: str
    """Its title, or its address."""
    steps: tuple[TracedStep, ...]


def trace_field(page: Page, source: Source, field: str, most: int = 5) -> tuple[FieldTrace, ...]:
    """Return how `field` of the first `most` articles of `page` comes about, in page order.

    Raises ExtractError where the source has no rule for it, and as `extract` does.
    """
    rule: FieldRule | None = getattr(source.selectors, field) if field in FIELDS else None
    if not rule:
        raise ExtractError(f"There is no rule for {field} to trace: it is read by what such pages usually have.")
    listing = take_apart(page, source)
    items = {item.canonical: item for item in items_of(listing, said_dates(listing))}
    readers: Sequence[Read] = (
        [_of_card(CardTree(one.html, one.around), Rules(source.selectors), field) for one in listing.sheet.fragments]
        if listing.sheet is not None
        else [_of_entry(entry, field) for entry in _entries(page, source)]
    )
    found = ((read, items.get(link.canonical)) for read, (_, link) in zip(readers, listing.cards, strict=False) if link)
    return tuple(
        FieldTrace(item.title or item.link, tuple(_steps(rule, read, item, field)))
        for read, item in islice(((read, item) for read, item in found if item), most)
    )


def _steps(rule: FieldRule, read: Read, item: Item, field: str) -> Iterator[TracedStep]:
    for reading in rule:
        made: list[str] = []
        for name, texts in _tried(reading, read):
            yield TracedStep(name, tuple(texts))
            made = texts
        if made:
            break  # the other alternatives are not tried
    yield TracedStep("read as", _final(item, field))


def _tried(reading: Reading, read: Read) -> Iterator[tuple[str, list[str]]]:
    if reading.text:
        texts = [reading.text]
        yield "text", texts
    elif reading.select:
        texts = read(reading.select)
        yield str(reading.select), texts
    else:
        parts = [read(pick)[:1] for pick in reading.join]
        yield from ((str(pick), part) for pick, part in zip(reading.join, parts, strict=True))
        whole = reading.joined([part[0] if part else None for part in parts])
        texts = [whole] if whole else []
        yield "join", texts
    passed = [list(reading.passed(text)) for text in texts] or [list(reading.passed(None))]
    for steps in zip(*passed, strict=True):
        yield steps[0][0], [text for _, made in steps for text in made]


def _of_card(card: CardTree, rules: Rules, field: str) -> Read:
    def read(pick: Pick) -> list[str]:
        elements: Iterator[Tag] = islice(rules.elements(card, pick), _MOST)
        return [text for element in elements for text in values_of(element, pick, field, card)]

    return read


def _of_entry(entry: Entry, field: str) -> Read:
    return lambda pick: list(islice(texts_at(entry, str(pick), field), _MOST))


def _entries(page: Page, source: Source) -> list[Any]:
    if source.kind.is_page:
        return data_entries(decode(page, source.language), source.selectors)
    return json_entries(page, source)


def _final(item: Item, field: str) -> tuple[str, ...]:
    value = item.link if field == "link" else getattr(item, FOUND[field])
    if isinstance(value, SaidDate):
        is_day = value.precision is Precision.DAY
        return (f"{value.at:%Y-%m-%d %H:%M} UTC" + (", the begin of a day" if is_day else ""),)
    return value if isinstance(value, tuple) else (value,) if value else ()
