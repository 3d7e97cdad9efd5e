"""Fields of cards that came into a list: what its rules do not read there is added as an alternative."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from pydantic import ValidationError

from feedbuilder.detect.choose_fields import RecordTable, fields
from feedbuilder.extract import FOUND
from feedbuilder.model import Item
from feedbuilder.teach.card_reading import CardReading
from feedbuilder.teach.card_views import CardViews
from feedbuilder.teach.field_looks import LOOKS
from feedbuilder.teach.field_names import names_of
from feedbuilder.teach.field_targets import Target
from feedbuilder.teach.selector_changes import with_rules
from feedbuilder.teach.taught_page import TaughtPage

_COMPLETED = ("title", "date", "summary", "author")
"""Fields with rules of their own that cards of another make may have elsewhere."""


def with_fields(page: TaughtPage, reading: CardReading, known: AbstractSet[str]) -> CardReading:
    """Return `reading` with what its rules need besides for articles that are not `known`; all else is read alike."""
    new = [item for item in reading.items if item.canonical not in known]
    silent = [
        key
        for key in _COMPLETED
        if getattr(reading.selectors, key) is not None and not any(_says(item, key) for item in new)
    ]
    if not new or not silent:
        return reading
    views = CardViews.of(page, reading)
    mine = [card for card in views.cards if card.card.item.canonical not in known]
    if not mine:
        return reading
    found = fields(RecordTable(page.outline, tuple(card.view for card in mine), reading.selectors.between)).rules
    if "title" in silent and "title" not in found and (default := _default_title(page, reading, views.only(mine))):
        found["title"] = default
    for key in silent:
        if key not in found:
            continue
        old = getattr(reading.selectors, key)
        rule = found[key] if isinstance(found[key], list) else [found[key]]
        try:
            after = page.read(page.source(with_rules(reading.selectors, {key: [*old, *rule]})))  # type: ignore[misc]
        except ValidationError:
            continue
        if _same(reading, after, known, key):
            reading = after
    return reading


def _default_title(page: TaughtPage, reading: CardReading, views: CardViews) -> str | None:
    """Return the selector of what is read as title where no rule names one: a rule for others hides it."""
    first = views.cards[0]
    default = page.read(page.source(with_rules(reading.selectors, {"title": None})))
    place = default.by_number.get(first.card.tops[0])
    elements = page.visible(default.read_from("title", place)) if place is not None else []
    named = names_of(views, LOOKS["title"], [(first, Target(tuple(elements)))]) if elements else []
    return named[0].css if named else None


def _same(before: CardReading, after: CardReading, known: AbstractSet[str], key: str) -> bool:
    """Return whether the articles that are `known` are read as before, and more of the others than before."""
    pairs = list(zip(before.items, after.items, strict=False))
    if len(before.items) != len(after.items):
        return False
    return all(one == other for one, other in pairs if one.canonical in known) and any(
        _says(item, key) for item in after.items if item.canonical not in known
    )


def _says(item: Item, key: str) -> bool:
    return bool(getattr(item, FOUND[key]))
