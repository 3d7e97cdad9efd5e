"""Naming by trying: whatever names a wanted element of one record is tried on all. Knows nothing of single fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from feedbuilder.detect.choose_fields.record_table import Name, RecordTable, RecordView, matching
from feedbuilder.detect.class_names import tokens
from feedbuilder.detect.outline import Element


def named(sheet: RecordTable, wanted: Callable[[RecordView], Iterable[Element]]) -> Iterator[tuple[Name, float]]:
    """Yield the names of wanted elements within their records, with their costs, the best first; each once."""
    seen: dict[Name, float] = {}
    for card in sheet.sample:
        tops = {id(part) for part in card.parts}
        for element in wanted(card):
            for name, cost in _names_within(element, tops, sheet):
                seen[name] = min(cost, seen.get(name, cost))
    yield from sorted(seen.items(), key=lambda one: (one[1], str(one[0])))[:60]


def _names_within(element: Element, tops: set[int], sheet: RecordTable) -> Iterator[tuple[Name, float]]:
    mine = tokens(element)[:5]
    for token, cost in mine:
        yield Name(token), cost
    for token in matching(element):
        if token.startswith("["):
            yield Name(token), 1.2
    if element.parent is None:
        return
    parent, (token, cost) = element.parent, mine[0]
    if sheet.between:
        siblings = parent.children
        place = siblings.index(element)
        for beside, more in tokens(siblings[place - 1])[:2] if place else ():
            yield Name(token, beside, "+"), cost + more * 0.6 + 0.8
    if id(element) in tops:
        return
    for above, more in tokens(parent)[:3]:
        yield Name(token, above), cost + more * 0.6 + 0.6
    same = [one for one in parent.children if one.tag == element.tag]
    if len(same) > 1:
        place = same.index(element) + 1
        yield Name(element.tag, place=place), cost + 2.0
        if place == len(same):
            yield Name(element.tag, place=-1), cost + 1.9
    if parent.parent is not None and id(parent) not in tops:
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
