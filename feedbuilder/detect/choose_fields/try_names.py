"""Naming by trying: whatever names a wanted element of one record is tried on all. Knows nothing of single fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from feedbuilder.detect.choose_fields.record_table import (
    AS_THE_LAST,
    BY_COUNTING,
    Name,
    RecordTable,
    RecordView,
    matching,
    placed,
    places,
)
from feedbuilder.detect.class_names import tokens, type_selector
from feedbuilder.detect.outline import Element


def named(sheet: RecordTable, wanted: Callable[[RecordView], Iterable[Element]]) -> Iterator[tuple[Name, float]]:
    """Yield the names of wanted elements within their records, with their costs, the best first; each once."""
    seen: dict[Name, float] = {}
    for card in sheet.sample:
        for element in wanted(card):
            for name, cost in _names_within(element, card):
                seen[name] = min(cost, seen.get(name, cost))
    yield from sorted(seen.items(), key=lambda one: (one[1], str(one[0])))[:60]


def _names_within(element: Element, card: RecordView) -> Iterator[tuple[Name, float]]:
    mine = tokens(element)[:5]
    for token, cost in mine:
        yield Name(token), cost
    for token in matching(element):
        if token.startswith("["):
            yield Name(token), 1.2
    if element.parent is None:
        return
    parent, (token, cost) = element.parent, mine[0]
    siblings = card.beside(element)
    place = siblings.index(element)
    if len(card.siblings) > 1:
        for beside, more in tokens(siblings[place - 1])[:2] if place else ():
            yield Name(token, beside, "+"), cost + more * 0.6 + 0.8
    if any(element is part for part in card.parts):
        for counted, its in placed(card, element):
            yield Name(counted), its
        return
    is_below_part = any(parent is part for part in card.parts)
    for above, more in (*tokens(parent)[:3], *(placed(card, parent) if is_below_part else ())):
        yield Name(token, above), cost + more * 0.6 + 0.6
    if sum(one.tag == element.tag for one in siblings) > 1:
        for place in places(card, element):
            yield Name(type_selector(element.tag), place=place), cost + (BY_COUNTING if place > 0 else AS_THE_LAST)
    if parent.parent is not None and not is_below_part:
        for above, more in tokens(parent.parent)[:2]:
            yield Name(token, above, by=" "), cost + more * 0.6 + 1.0


Choice = tuple[float, float, Name]
"""How good a name is, negated, then what it costs to read; the least is the best."""


def better(best: Choice | None, other: Choice) -> Choice:
    """Return the better of two choices, the first of equals."""
    return other if best is None or other[:2] < best[:2] else best


def by_name(
    sheet: RecordTable, fits: Callable[[Element], bool], admits: Callable[[Name], bool] = lambda _: True
) -> Name | None:
    """Return the best name that `admits` and whose first element in most records `fits`, None if there is none."""
    best: Choice | None = None
    for name, cost in named(sheet, lambda card: (one for one in card.elements if fits(one))):
        if not admits(name):
            continue
        found = [one for one in sheet.firsts(name) if one is not None]
        good = sum(map(fits, found))
        if sheet.share(good) < 0.5 or good < 0.9 * len(found):
            continue
        best = better(best, (-round(sheet.share(good), 1), cost, name))
    return best[2] if best else None


def spread(texts: Sequence[str]) -> float:
    """Return how many of the `texts` that are not empty differ, as a share of them; 0 without any."""
    said = [text for text in texts if text]
    return len(set(said)) / len(said) if said else 0.0
