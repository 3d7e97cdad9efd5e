"""Records -> the selector of the cards: by a name of all, else by the names of their kinds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import partial

from feedbuilder.detect.class_names import common_tokens, tokens
from feedbuilder.detect.outline import Element, Outline
from feedbuilder.detect.records import Records
from feedbuilder.detect.selector_names import EXACT, best_name

_WORST_FIT = 0.5
_MISSED = 40.0
"""What a selector costs that matches nothing of what it should: to miss articles is worse than to be long."""
_LETTERS = 12
"""Letters of a selector that cost a point."""
_MOST_KINDS = 5
"""Names that a reader still follows in one selector."""


def item_selector(outline: Outline, way: Records) -> tuple[str, float]:
    """Return the selector of the cards and what it costs a reader; "", 0.0 where nothing names them."""
    but = f":not(.{way.without})" if way.without else ""
    names: list[str] = []
    cost = 0.0
    for layout in way.layouts:
        found, fit = _names(outline, layout, but)
        if not found or fit < _WORST_FIT or (len(way.layouts) > 1 and any(":nth" in css for css in found)):
            return "", 0.0
        for css in found:
            needed = but and _fit(outline, layout, css) < fit
            names.append(css + but if needed else css)
        cost += sum(map(len, found)) / _LETTERS + (1 - fit) * _MISSED
    names = list(dict.fromkeys(names))
    return (names[0], cost) if len(names) == 1 else (f":is({', '.join(names)})", cost + 1)


def _names(outline: Outline, layout: Sequence[Element], but: str) -> tuple[list[str], float]:
    """Return the selectors that match `layout` together, and how well; several where no single one finds all of it.

    A selector that finds nine tenths of its records is no name for them: the rest is named too.
    """
    css, fit = best_name(layout, common_tokens(layout), partial(_fit_but, outline, layout, but))
    if fit >= EXACT:
        return [css], fit
    for kinds in (_kinds(layout), _found_and_missed(outline, layout, css)):
        if 1 < len(kinds) <= _MOST_KINDS:
            named = [best_name(kind, common_tokens(kind), partial(_fit_of_kind, outline, kind, but)) for kind in kinds]
            if all(fit >= EXACT and ":nth" not in css for css, fit in named):
                return [css for css, _ in named], 1.0
    return [css] if css else [], fit


def _kinds(layout: Sequence[Element]) -> list[list[Element]]:
    """Return `layout` parted by what names each element best."""
    kinds: defaultdict[str, list[Element]] = defaultdict(list)
    for element in layout:
        kinds[tokens(element)[0][0]].append(element)
    return list(kinds.values())


def _found_and_missed(outline: Outline, layout: Sequence[Element], css: str) -> list[list[Element]]:
    """Return what `css` finds of `layout`, and what it misses."""
    found = {element.order for element in outline.select(css)} if css else set()
    parts = [[one for one in layout if one.order in found], [one for one in layout if one.order not in found]]
    return [part for part in parts if part]


def _fit_but(outline: Outline, wanted: Sequence[Element], but: str, css: str) -> float:
    return _fit(outline, wanted, css + but)


def _fit_of_kind(outline: Outline, wanted: Sequence[Element], but: str, css: str) -> float:
    """Return the fit of `css`, where a second link to an article that is wanted does no harm: doubles are merged."""
    known = {anchor for element in wanted for anchor in outline.articles_in(element)}
    return _fit(outline, wanted, css + but, known)


def _fit(outline: Outline, wanted: Sequence[Element], css: str, known: AbstractSet[str] = frozenset()) -> float:
    """Return how well `css` matches `wanted` and nothing else: the harmonic mean of both shares.

    What holds no link is no item and does no harm, nor does what leads to the articles `known`.
    """
    found = outline.select(css)
    meant = {element.order for element in wanted}
    hits = sum(element.order in meant for element in found)
    others = [one for one in found if one.order not in meant and one.order in outline.linked]
    wrong = sum(not known or not outline.articles_in(one) <= known for one in others)
    return 2 * hits / (hits + wrong + len(meant)) if hits else 0.0
