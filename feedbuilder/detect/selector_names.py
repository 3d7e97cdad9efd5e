"""Elements -> the selector that a person would write for them: short, readable, likely to live long.

Knows where elements stand, and nothing of what makes a class a good name (`class_names`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from feedbuilder.detect.class_names import common_tokens, own_name, tokens, type_selector
from feedbuilder.detect.outline import Element

Fit = Callable[[str], float]
"""How well what a selector matches is what was meant, 1.0 being exactly."""
PricedSelector = tuple[str, float]
"""A selector, and what it costs a reader."""

EXACT = 0.999
"""The fit of a selector that matches just what was meant; rounding takes the rest."""
_SIMPLE, _SCOPED, _SCOPES = 6, 4, 8
"""Simple selectors that are tried alone, those that are tried within a place, and places that they are tried in."""
_CHILD, _DESCENDANT = 0.4, 0.5
"""What ">" and the space between two parts of a selector cost."""
_WITHIN_A_PLACE = 0.5
"""Of a simple selector's cost: within a place that has a name, a plain tag reads well."""
_EVERYWHERE = frozenset(["a", "li", "p", "tr", "td", "div", "span", "section", "ul", "ol", "b", "strong", "em", "dd"])
"""Tags that are never named alone where a place around has a name: they would swallow navigation after a redesign."""
_MOST_STEPS = 7
_TELLING_STEP = 2.0
"""The cost below which an ancestor has a name that a way down can begin with."""
_LETTERS = 12
"""Letters of a selector that cost a point."""
_MISSED = 40.0
"""What a selector costs that matches nothing of what it should: to miss articles is worse than to be long."""


@dataclass(slots=True)
class _Trial:
    """Selectors tried so far, each with how well it matches."""

    fit: Fit
    results: list[tuple[float, float, str]] = field(default_factory=list)
    """The fit, negated, then the cost and the selector: the least is the best."""
    cheapest: float | None = None
    """The cost of the cheapest selector that matches exactly; None while none does."""

    def matches(self, css: str, cost: float) -> bool:
        """Try `css`; return whether it matches exactly what was meant."""
        fit = self.fit(css)
        self.results.append((round(-fit, 3), cost, css))
        if fit < EXACT:
            return False
        self.cheapest = cost if self.cheapest is None else min(cost, self.cheapest)
        return True

    def try_each(self, selectors: Iterable[PricedSelector]) -> None:
        """Try each of `selectors` that costs less than what matches exactly already."""
        for css, cost in selectors:
            if self.cheapest is None or cost < self.cheapest:
                self.matches(css, cost)

    def try_until_exact(self, selectors: Iterable[PricedSelector]) -> None:
        """Try `selectors` until one matches exactly; none of them if one did before."""
        if self.cheapest is None:
            any(self.matches(css, cost) for css, cost in selectors)

    @property
    def best(self) -> PricedSelector:
        """Return the selector that matches best, the cheapest of equals, and its fit."""
        fit, _, css = min(self.results)
        return css, -fit


def best_name(elements: Sequence[Element], named: Iterable[PricedSelector], fit: Fit) -> tuple[str, float]:
    """Return the best selector of `elements`, all of which the simple selectors `named` match, and its fit.

    "", 0.0 where nothing matches them all. Tried in this order: a simple selector alone; within an ancestor of them
    all; as a child of its parents; by counting.
    """
    simple = sorted(named, key=_cost)[:_SIMPLE]
    if not simple:
        return "", 0.0
    trial = _Trial(fit)
    for css, cost in simple:
        trial.matches(css, math.inf if css in _EVERYWHERE else cost)
    scopes = sorted(list(_scopes(elements))[:14], key=_cost)
    trial.try_each(_within(scopes[:_SCOPES], simple[:_SCOPED]))
    trial.try_until_exact(_below_parents(elements, simple[:3], scopes[:4]))
    trial.try_until_exact(chain(_steps(elements), _positions(elements, simple[0])))
    return trial.best


def price(letters: int, fit: float) -> float:
    """Return what a selector of so many letters costs a reader, if it matches what was meant as well as `fit`."""
    return letters / _LETTERS + (1 - fit) * _MISSED


def _cost(selector: PricedSelector) -> float:
    return selector[1]


def _within(scopes: Sequence[PricedSelector], simple: Sequence[PricedSelector]) -> Iterator[PricedSelector]:
    """Yield `simple` selectors within the places `scopes`: ".news li", ".news > li"."""
    for css, cost in simple:
        for scope, more in scopes:
            yield f"{scope} {css}", cost * _WITHIN_A_PLACE + more + _DESCENDANT
            yield f"{scope} > {css}", cost * _WITHIN_A_PLACE + more + _CHILD


def _below_parents(
    elements: Sequence[Element], simple: Sequence[PricedSelector], scopes: Sequence[PricedSelector]
) -> Iterator[PricedSelector]:
    """Yield `simple` selectors as children of what all parents have in common, and that within the place around."""
    parents = [element.parent for element in elements if element.parent is not None]
    grandparents = [parent.parent for parent in parents if parent.parent is not None]
    for above, more in common_tokens(parents)[:4]:
        for css, cost in simple:
            yield f"{above} > {css}", cost + more + _CHILD
            for top, further in common_tokens(grandparents)[:2]:
                yield f"{top} > {above} > {css}", cost + more + further + 2 * _CHILD
        for scope, further in scopes:
            yield f"{scope} {above} > {simple[0][0]}", simple[0][1] + more + further + 2 * _DESCENDANT


def _scopes(elements: Sequence[Element]) -> Iterator[PricedSelector]:
    """Yield selectors of the ancestors that all `elements` share, the nearest first."""
    lowest = common_ancestor(elements)
    if lowest is None:
        return
    for distance, element in enumerate(lowest.up()):
        if element.tag in ("body", "html"):
            break
        named = [*filter(None, [own_name(element)]), *tokens(element)[:2]]
        for token, cost in named:
            yield token, cost + distance * 0.15
    parents = [element.parent for element in elements if element.parent is not None]
    for token, cost in common_tokens(parents)[:2]:
        yield token, cost


def _steps(elements: Sequence[Element]) -> Iterator[PricedSelector]:
    """Yield the way down to nameless elements from the first named one above, tag by tag: "main > div > div"."""
    for path in dict.fromkeys(tuple(_way_down(element)) for element in elements[:50]):
        if 1 < len(path) <= _MOST_STEPS:
            yield " > ".join(path), 4.0 + len(path)


def _way_down(element: Element) -> list[str]:
    path: list[str] = []
    for up in element.up():
        name = own_name(up)
        best = min([*filter(None, [name]), *tokens(up)], key=lambda one: one[1])
        if path and (best[1] < _TELLING_STEP or up.tag == "body"):
            return [best[0], *path]
        path.insert(0, type_selector(up.tag))
    return path


def _positions(elements: Sequence[Element], token: PricedSelector) -> Iterator[PricedSelector]:
    """Yield selectors that count, for what nothing names: "table:nth-of-type(2) tr"."""
    lowest = common_ancestor(elements)
    for element in list(lowest.up())[:4] if lowest else ():
        if element.parent is None:
            return
        same = [one for one in element.parent.children if one.tag == element.tag]
        if len(same) > 1:
            place = f"{type_selector(element.tag)}:nth-of-type({same.index(element) + 1})"
            above = tokens(element.parent)[0]
            yield f"{above[0]} > {place} {token[0]}", 9.0


def common_ancestor(elements: Sequence[Element]) -> Element | None:
    """Return the lowest element that holds all `elements` and is none of them; None for no elements."""
    if not elements:
        return None
    path = list(elements[0].up())[1:]
    for element in elements[1:]:
        above = {id(one) for one in element.up()}
        path = [one for one in path if id(one) in above]
    return path[0] if path else None
