"""Records -> the selector of the cards: by a name of all, else by the names of their kinds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import islice

from feedbuilder.detect.class_names import GOOD, common_tokens, tokens
from feedbuilder.detect.outline import Anchor, Element, Outline
from feedbuilder.detect.records import Records
from feedbuilder.detect.rules.address_rules import folder, has_telling_address
from feedbuilder.detect.selector_names import EXACT, PricedSelector, best_name
from feedbuilder.parse.boilerplate import is_pager_label

_WORST_FIT = 0.5
_MISSED = 40.0
"""What a selector costs that matches nothing of what it should: to miss articles is worse than to be long."""
_LETTERS = 12
"""Letters of a selector that cost a point."""
_DULL = 2.5
"""The cost from which a selector says nothing of what holds it."""
_MOST_HELD, _LARGEST_CARD = 12, 100
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
    if css and (held := _by_what_it_holds(outline, layout, css + but)):
        return [held], 1.0
    for kinds in (_kinds(layout), _found_and_missed(outline, layout, css)):
        if 1 < len(kinds) <= _MOST_KINDS:
            named = [best_name(kind, common_tokens(kind), partial(_fit_of_kind, outline, kind, but)) for kind in kinds]
            if all(fit >= EXACT and ":nth" not in css for css, fit in named):
                return [css for css, _ in named], 1.0
    return [css] if css else [], fit


def _by_what_it_holds(outline: Outline, layout: Sequence[Element], css: str) -> str | None:
    """Return `css` with what every card holds and nothing else that it matches: ".card:has(time)"; None without.

    A "Read more" or a pager may be made like a card, and lacks its picture, its heading or its date. A story that lacks
    them is a story all the same: what looks like an article must not be left out so.
    """
    meant = {element.order for element in layout}
    shapes = {folder(anchor.url) for element in layout for anchor in outline.links_in(element)}
    others = [one for one in outline.select(css) if one.order not in meant and one.order in outline.linked]
    if not all(_leads_to_no_article(anchor, shapes) for one in others for anchor in outline.links_in(one)):
        return None
    held = {token: cost for token, cost in _tokens_within(layout[0]) if cost < _DULL}
    for element in layout[1:]:
        mine = {token for token, _ in _tokens_within(element)}
        held = {token: cost for token, cost in held.items() if token in mine}
    for token in sorted(held, key=lambda token: (held[token], token))[:_MOST_HELD]:
        if _fit(outline, layout, f"{css}:has({token})") >= EXACT:
            return f"{css}:has({token})"
    return None


def _leads_to_no_article(anchor: Anchor, shapes: AbstractSet[tuple[str, ...]]) -> bool:
    if is_pager_label(anchor.element.text):
        return True
    return folder(anchor.url) not in shapes and not has_telling_address(anchor.url)


def _tokens_within(element: Element) -> Iterator[PricedSelector]:
    for inner in islice(element.down(), 1, _LARGEST_CARD):
        if inner.tag == "img":
            yield "img", GOOD
        yield from tokens(inner)


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
