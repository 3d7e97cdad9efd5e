"""Runs of siblings -> the selector that finds where each begins: the name of its first element, or of one within it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from feedbuilder.detect.class_names import common_tokens
from feedbuilder.detect.outline import Element, Outline
from feedbuilder.detect.records import Records
from feedbuilder.detect.selector_names import best_name, price

_GOOD = 0.95
"""The fit below which a name of something within the first elements is looked for."""
_WITHIN = 4
"""Elements within the first ones that are looked at."""
_INDIRECT = 1.0
"""What it costs a reader that the selector names a part of what it stands for."""
_RELATED = 2.0
"""What it costs a reader that the selector names what comes next."""


def run_selector(outline: Outline, way: Records) -> tuple[str, float]:
    """Return the selector of the first elements of runs, and what it costs a reader; "", 0.0 where nothing fits.

    A selector with `between` is widened to the largest element that holds no other match, so that "p > strong" stands
    for the paragraphs that begin with a bold title.
    """
    css, fit = _named(outline, way.starts)
    cost = 0.0
    if fit < _GOOD:
        for inner in _first_within(way.starts):
            other, its = _named(outline, inner)
            if its > fit:
                css, fit, cost = other, its, _INDIRECT
    if fit < _GOOD:
        for css_before in _before_the_next(way):
            if (its := _fit(outline, way.starts, css_before)) > fit:
                css, fit, cost = css_before, its, _RELATED
    return (css, cost + price(len(css), fit)) if css and fit >= 0.5 else ("", 0.0)


def _named(outline: Outline, elements: Sequence[Element]) -> tuple[str, float]:
    return best_name(elements, common_tokens(elements), partial(_fit, outline, elements))


def _first_within(starts: Sequence[Element]) -> Iterator[list[Element]]:
    """Yield, for the first places within `starts`, the elements at that place in each of them."""
    columns = [list(islice(start.down(), 1, 1 + _WITHIN)) for start in starts]
    for place in range(min(map(len, columns), default=0)):
        yield [column[place] for column in columns]


def _before_the_next(way: Records) -> Iterator[str]:
    """Yield selectors of the first elements by what comes next: "p:has(+ h3)" is the paragraph before a heading."""
    seconds = [parts[1] for parts in way.parts if len(parts) > 1]
    if len(seconds) < _GOOD * len(way.parts):
        return
    for first, _ in common_tokens(way.starts)[:2]:
        for second, _ in common_tokens(seconds)[:2]:
            if first != second:
                yield f"{first}:has(+ {second})"


def _fit(outline: Outline, wanted: Sequence[Element], css: str) -> float:
    """Return how well `css` matches `wanted` and nothing else that would begin a run with links of its own."""
    found = outline.select(css)
    meant = {element.order for element in wanted}
    hits = sum(element.order in meant for element in found)
    wrong = sum(
        element.order not in meant and (element.parent is None or element.parent.order in outline.linked)
        for element in found
    )
    return 2 * hits / (hits + wrong + len(meant)) if hits else 0.0
