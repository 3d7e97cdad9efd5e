"""Runs of siblings -> the selector that finds where each begins: the name of its first element, or of one within it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice, takewhile

from feedbuilder.detect.class_names import common_tokens
from feedbuilder.detect.outline import Element, Outline
from feedbuilder.detect.records import Records
from feedbuilder.detect.selector_names import best_name, price

_GOOD = 0.95
"""The fit below which a name of something within the first elements is looked for."""
_WITHIN = 4
"""Elements within the first ones that are looked at."""
_PLAIN_ADDRESS = re.compile(r"[\w./:%~-]{3,60}", re.ASCII)


def run_selector(outline: Outline, way: Records) -> tuple[str, float]:
    """Return the selector of the first elements of runs, and what it costs a reader; "", 0.0 where nothing fits.

    A selector with `between` is widened to the largest element that holds no other match, so that "p > strong" stands
    for the paragraphs that begin with a bold title.
    """
    css, fit = _named(outline, way, way.starts)
    if fit < _GOOD:
        for inner in _first_within(way.starts):
            other, its = _named(outline, way, inner)
            if its > fit:
                css, fit = other, its
    if fit < _GOOD:
        for css_before in _before_the_next(way):
            if (its := _fit(outline, way, way.starts, css_before)) > fit:
                css, fit = css_before, its
    if fit < _GOOD and (css_of_links := _by_addresses(way)):
        elements = [anchor.element for anchor in way.anchors]
        if (its := _fit(outline, way, elements, css_of_links)) > fit:
            css, fit = css_of_links, its
    return (css, price(len(css), fit)) if css and fit >= 0.5 else ("", 0.0)


def _named(outline: Outline, way: Records, elements: Sequence[Element]) -> tuple[str, float]:
    return best_name(elements, common_tokens(elements), partial(_fit, outline, way, elements))


def _first_within(starts: Sequence[Element]) -> Iterator[list[Element]]:
    """Yield, for the first places within `starts`, the elements at that place in each of them."""
    columns = [list(islice(start.down(), 1, 1 + _WITHIN)) for start in starts]
    for place in range(min(map(len, columns), default=0)):
        yield [column[place] for column in columns]


def _by_addresses(way: Records) -> str | None:
    """Return the selector of links at the starts by the folder that all of them lead to: 'a[href^="/news/"]'.

    None where they lead to several, or stand behind the start of their records.
    """
    if any(anchor.element.order > start.last for anchor, start in zip(way.anchors, way.starts, strict=True)):
        return None
    hrefs = [anchor.element.attributes.get("href") or "" for anchor in way.anchors]
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(min(hrefs), max(hrefs), strict=False))
    folder, slash, _ = "".join(one for one, _ in alike).rpartition("/")
    if not folder.strip("/") or not _PLAIN_ADDRESS.fullmatch(folder):
        return None
    return f'a[href^="{folder}{slash}"]'


def _before_the_next(way: Records) -> Iterator[str]:
    """Yield selectors of the first elements by what comes next.

    "p:has(+ h3)" is the paragraph before a heading, "tr:has(+ tr a)" the row before one that holds a link.
    """
    seconds = [parts[1] for parts in way.parts if len(parts) > 1]
    if len(seconds) < _GOOD * len(way.parts):
        return
    held = [inner for elements in _first_within(seconds) for inner, _ in common_tokens(elements)[:1]]
    for first, _ in common_tokens(way.starts)[:2]:
        for second, _ in common_tokens(seconds)[:2]:
            if first != second:
                yield f"{first}:has(+ {second})"
            yield from (f"{first}:has(+ {second} {inner})" for inner in dict.fromkeys(held))


def _fit(outline: Outline, way: Records, wanted: Sequence[Element], css: str) -> float:
    """Return how well `css` matches `wanted` and nothing else that would begin a run.

    Within a record any other match would cut it in two; elsewhere one does harm that may stand before links.
    """
    meant = {element.order for element in wanted}
    records = sorted((parts[0].order, parts[-1].last) for parts in way.parts)
    hits = wrong = 0
    end = -1
    for element in outline.select(css):
        if element.order <= end:  # a match within a match begins nothing
            continue
        end = element.last
        if element.order in meant:
            hits += 1
        elif element.parent is None or element.parent.order in outline.linked:
            wrong += 1
        else:
            place = bisect_right(records, (element.order, element.order)) - 1
            wrong += place >= 0 and element.order <= records[place][1]
    return 2 * hits / (hits + wrong + len(meant)) if hits else 0.0
