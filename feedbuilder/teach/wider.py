"""A card that is missing, shown by anything in it -> item selectors that match it too, the likeliest first.

The card is some element around what was clicked that holds no other card; which one, its likeness to the others says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from feedbuilder.detect.boxes import holds_a_list
from feedbuilder.detect.class_names import common_tokens, tokens
from feedbuilder.detect.link_groups import NAMELESS
from feedbuilder.detect.outline import Element, Outline
from feedbuilder.detect.selector_names import best_name
from feedbuilder.detect.unite_layouts import options_of
from feedbuilder.parse.css import alternatives, endings

_CONDITION = re.compile(
    r":(?:not|has|nth-[a-z-]{2,20}|where)\([^()]*(?:\([^()]*\)[^()]*)*\)|:(?:first|last|only)-(?:child|of-type)"
)
"""What narrows a selector."""
_MOST_LEVELS = 12
_CHEAP, _NARROW = 4, 2
"""Selectors that read best, and those that match least besides: these come first."""
_ALONE = 1.0
"""What it costs that a name is written for one card besides that of the others."""
_UNLIKE = 1.5
"""What it costs that a card is of another make than the others."""
_MOST_TIMES, _MORE = 3, 30
"""Times the cards of the list, and elements besides, from which on a selector matches half the page."""
_SMALLER = 0.25
"""What it costs that a card is one level smaller than it may be: texts may stand beside it."""


@dataclass(frozen=True, slots=True)
class Wider:
    """An item selector that matches the card that was missing."""

    css: str
    cost: float
    lost: int
    """How many cards of the list it matches no more."""
    more: int
    """How many elements with links it matches besides the list and the card that was missing."""


def wider(outline: Outline, css: str, cards: Sequence[Element], clicked: Element, own: str | None) -> list[Wider]:
    """Return selectors of `cards`, which `css` matches, and of the card that `clicked` stands in, the best first.

    `own` is the article of the missing card, None where no link is in it.
    """
    found: dict[str, Wider] = {}
    chain = _chain(outline, cards, clicked, own)
    for selector, cost in _selectors(outline, css, cards, chain):
        if selector in found and found[selector].cost <= cost:
            continue
        matched = outline.select(selector)
        orders = {one.order for one in matched}
        mine = [one for one in chain if one.order in orders]
        if not mine:
            continue
        lost = sum(one.order not in orders for one in cards)
        if len(matched) > _MOST_TIMES * len(cards) + _MORE:
            continue
        known = {one.order for one in (*cards, *mine)}
        more = sum(one.order not in known and one.order in outline.linked for one in matched)
        level = chain.index(mine[-1])
        found[selector] = Wider(selector, cost + _SMALLER * (len(chain) - 1 - level), lost, more)
    cheap = sorted(found.values(), key=lambda one: (one.lost, one.cost + 0.2 * min(one.more, 10)))
    narrow = sorted(found.values(), key=lambda one: (one.lost, one.more, one.cost))
    return list(dict.fromkeys((*cheap[:_CHEAP], *narrow[:_NARROW], *cheap)))


def _chain(outline: Outline, cards: Sequence[Element], clicked: Element, own: str | None) -> list[Element]:
    """Return the elements that may be the missing card, the smallest first: they hold its link and no other card."""
    taken = sorted((card.order, card.last) for card in cards)
    chain: list[Element] = []
    for up in islice(clicked.up(), _MOST_LEVELS):
        if up.tag in ("body", "html") or any(up.order <= first <= up.last for first, _ in taken):
            break
        if own is not None and holds_a_list(outline, up, own):
            break
        if own is None or own in outline.articles_in(up):
            chain.append(up)
    return chain


def _selectors(
    outline: Outline, css: str, cards: Sequence[Element], chain: Sequence[Element]
) -> Iterator[tuple[str, float]]:
    for selector in _looser(css):
        yield selector, len(selector) / 60
    shapes = {token for card in cards for token, cost in tokens(card) if cost < NAMELESS}
    for element in chain:
        together = [*cards, element]
        name, fit = best_name(together, common_tokens(together), partial(_fit, outline, together))
        if name and fit > 0.5:
            yield name, 1.0 + len(name) / 30
        like = not shapes.isdisjoint(token for token, _ in tokens(element))
        for name, cost in _names(outline, element, cards):
            options = [*alternatives(options_of(css)), name]
            yield f":is({', '.join(options)})", _ALONE + cost + (0 if like else _UNLIKE)


def _names(outline: Outline, element: Element, cards: Sequence[Element]) -> Iterator[tuple[str, float]]:
    """Yield names of `element`: such as others may bear too, and the best for it alone."""
    for name, cost in tokens(element)[:4]:
        if cost < NAMELESS:
            yield name, cost
    if element.parent is not None:
        for above, more in tokens(element.parent)[:2]:
            if more < NAMELESS:
                yield f"{above} > {tokens(element)[0][0]}", tokens(element)[0][1] + 0.6 * more
    name, fit = best_name([element], common_tokens([element]), partial(_fit_beside, outline, element, cards))
    if name and fit > 0.5:
        yield name, 1.0 + len(name) / 20 + (2.0 if ":nth" in name else 0.0)


def _fit(outline: Outline, wanted: Sequence[Element], css: str) -> float:
    meant = {one.order for one in wanted}
    found = [one for one in outline.select(css) if one.order in meant or one.order in outline.linked]
    hits = sum(one.order in meant for one in found)
    return 2 * hits / (len(found) + len(meant)) if hits else 0.0


def _fit_beside(outline: Outline, element: Element, cards: Sequence[Element], css: str) -> float:
    """Return how well `css` matches `element` alone; that it matches cards of the list besides does no harm."""
    known = {one.order for one in cards}
    found = [one for one in outline.select(css) if one.order not in known and one.order in outline.linked]
    hits = sum(one is element for one in found)
    return 2 * hits / (len(found) + 1) if hits else 0.0


def _looser(css: str) -> Iterator[str]:
    """Yield `css` with less that narrows it: without conditions, without the places around."""
    options = alternatives(options_of(css))
    plain = [_CONDITION.sub("", option) for option in options]
    for some in (plain, [_last(option) for option in options], [_last(option) for option in plain]):
        kept = list(dict.fromkeys(filter(None, some)))
        if kept and kept != options:
            yield kept[0] if len(kept) == 1 else f":is({', '.join(kept)})"
    yield from endings(plain[0]) if len(plain) == 1 else ()


def _last(css: str) -> str:
    ends = endings(css)
    return ends[-1] if ends else css
