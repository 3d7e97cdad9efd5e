"""A click on a card -> what may be meant by it, the likeliest first: the element itself, one around it, an attribute.

People click what they see. The picture lies below a link, the date is in an attribute of "yesterday", the title goes on
around the word in italics.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, product

from feedbuilder.detect.choose_fields.date_elsewhere import DAY_IN_ADDRESS
from feedbuilder.detect.choose_fields.date_rule import DATE_ATTRIBUTES, is_machine_date, names_the_minute
from feedbuilder.detect.outline import Element
from feedbuilder.detect.text_features import DATE_SHAPES, looks_like_date
from feedbuilder.parse.dates.date_text import CalendarDate, read_date
from feedbuilder.teach.card_views import CardView
from feedbuilder.teach.field_looks import shows_picture

_EMPHASIS = frozenset("em i strong b u mark font sup sub small q abbr wbr code".split())  # noqa: SIM905 - a table of names
"""Elements of single words within a text."""
SAID_ONCE = frozenset(("title", "summary"))
"""Fields of which another element of the card that says the very same says the field too."""
_NEAR = 3
"""Levels above a click that are looked at."""
_WITHIN = 40
_LONGEST_PIECES = 40


@dataclass(frozen=True, slots=True)
class Target:
    """What may be meant."""

    elements: tuple[Element, ...]
    """Any of which will do: they say the same. The one that was clicked first, if it is among them."""
    attribute: str | None = None
    match: str | None = None
    """The expression that keeps the part of the text that is meant."""

    @property
    def kind(self) -> tuple[str | None, str | None]:
        """Return what is equal for targets that one selector may read."""
        return self.attribute, self.match


def targets(field: str, card: CardView, clicked: Element, attribute: str | None) -> list[Target]:
    """Return what a click on `clicked` may mean as `field`; with `attribute` just that."""
    if attribute is not None:
        return [Target((clicked,), attribute)]
    if field == "image":
        found = list(_pictures(card, clicked))
    elif field == "link":
        around = (one for one in (*_up(card, clicked), *clicked.down()) if one.attributes.get("href"))
        found = [Target((one,)) for one in islice(around, 1)]
    elif field == "date":
        found = list(_dates(card, clicked))
    elif field in SAID_ONCE:
        whole = _whole_text(card, clicked)
        again = (one for one in card.view.elements if one.text == whole.text and one.text)
        found = [Target(tuple(dict.fromkeys((whole, *_saying_the_same(card, whole), *again))))]
    else:
        found = [Target(_saying_the_same(card, _whole_text(card, clicked)))]
    return list(dict.fromkeys(found))


def _up(card: CardView, element: Element) -> Iterator[Element]:
    """Yield `element` and what is around it within its card."""
    for up in element.up():
        if not card.holds(up):
            return
        yield up


def _whole_text(card: CardView, clicked: Element) -> Element:
    """Return the element whose text `clicked` is a word of, or `clicked` itself."""
    for up in _up(card, clicked):
        around = up.parent
        if up.tag not in _EMPHASIS or around is None or not card.holds(around):
            return up
        if not any(map(str.isalnum, around.own_text)):
            return up
    return clicked


def _saying_the_same(card: CardView, clicked: Element) -> tuple[Element, ...]:
    """Return `clicked`, then the elements around it and in it that hold the same words and nothing else."""
    around = (one for one in islice(_up(card, clicked), 1, 1 + _NEAR) if one.text == clicked.text)
    inside = (one for one in islice(clicked.down(), 1, 1 + _WITHIN) if one.text == clicked.text)
    return (clicked, *around, *inside) if clicked.text else (clicked,)


def _pictures(card: CardView, clicked: Element) -> Iterator[Target]:
    """Yield the pictures in `clicked`, else those in the nearest element around it that holds any."""
    for up in _up(card, clicked):
        shown = [one for one in islice(up.down(), _WITHIN) if shows_picture(card, one)]
        # Of elements within each other the innermost is the picture; a selector may name any of them.
        inner = [one for one in shown if not any(one.order < other.order <= one.last for other in shown)]
        if inner:
            first = inner[0]
            yield Target((first, *(one for one in shown if one.order < first.order <= one.last)))
            return


def _dates(card: CardView, clicked: Element) -> Iterator[Target]:
    time = next((one for one in _up(card, clicked) if one.tag == "time"), None)
    times = [one for one in islice(clicked.down(), 1, _WITHIN) if one.tag == "time"]
    if time is None and len(times) == 1:
        time = times[0]
    if time is not None:
        yield Target(_saying_the_same(card, time))
    if looks_like_date(clicked.text):
        same = _saying_the_same(card, clicked)
        # What is written for machines tells the minute of the day that people see.
        for one, name in _machine_dates(same):
            if names_the_minute(one.attributes[name] or "") and _same_day(one.attributes[name] or "", clicked.text):
                yield Target((one,), name)
        yield Target(same)
    said = [one for one in islice(clicked.down(), 1, _WITHIN) if looks_like_date(one.text)]
    if said and len({one.text for one in said}) == 1:
        yield Target(tuple(said))
    near = (*islice(_up(card, clicked), _NEAR), *islice(clicked.down(), 1, _WITHIN))
    yield from (Target((one,), name) for one, name in _machine_dates(near))
    for shape in DATE_SHAPES:
        found = re.search(shape, clicked.text, re.IGNORECASE)
        if found and looks_like_date(found[0]):
            yield Target((clicked,), match=shape)
    links = [one for one in near if one.attributes.get("href")]
    for one, pattern in product(links, DAY_IN_ADDRESS):
        if re.search(pattern, one.attributes["href"] or ""):
            yield Target((one,), "href", pattern)
    for one in islice(_up(card, clicked), 1, 1 + _NEAR):
        if len(one.text) <= _LONGEST_PIECES and looks_like_date(one.text):
            yield Target(_saying_the_same(card, one))
    yield Target(_saying_the_same(card, clicked))  # in words of a language that only the reading itself knows


def _machine_dates(elements: Iterable[Element]) -> Iterator[tuple[Element, str]]:
    """Yield the attributes of `elements` that hold a date."""
    for one in elements:
        for name, value in one.attributes.items():
            if value and len(value) <= 60 and DATE_ATTRIBUTES.match(name) and is_machine_date(value):
                yield one, name


def _same_day(machine: str, text: str) -> bool:
    """Return whether a date for machines names the day that a text shows; zones may part them by a day."""
    said, shown = read_date(machine), read_date(text)
    if not isinstance(said, datetime | CalendarDate) or not isinstance(shown, CalendarDate):
        return False
    return said.month == shown.month and abs(said.day - shown.day) <= 1


def of_kind(found: Sequence[Target], like: Target) -> Target | None:
    """Return the first of `found` that the same selector may read as `like`; None if there is none."""
    return next((one for one in found if one.kind == like.kind), None)
