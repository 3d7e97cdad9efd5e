"""Records -> the selector of the cards: by a name of all, by what they hold, else by the names of their kinds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from itertools import islice, takewhile
from urllib.parse import urlsplit

from feedbuilder.detect.class_names import GOOD, common_tokens, tokens
from feedbuilder.detect.outline import HEADINGS, Anchor, Element, Outline
from feedbuilder.detect.records import Records
from feedbuilder.detect.rules.address_rules import folder, has_telling_address
from feedbuilder.detect.selector_names import EXACT, PricedSelector, best_name, price
from feedbuilder.parse.boilerplate import is_pager_label

_WORST_FIT = 0.7
"""The fit below which a selector is no name of the cards: it would bring as many strangers, or miss as many."""
_DULL = 2.5
"""The cost from which a selector says nothing of what holds it."""
_MOST_HELD, _LARGEST_CARD = 12, 100
_LASTING = HEADINGS | {"time"}
"""What cards hold in one design and the next: decision 92 has which kinds of names outlived real redesigns."""
_FOLDER = re.compile(r"/?(?:[\w-]{1,40}/){1,6}", re.ASCII)
"""A folder that can be written into a selector as it is."""
_MOST_KINDS = 5
"""Names that a reader still follows in one selector."""


def item_selector(outline: Outline, way: Records) -> PricedSelector:
    """Return the selector of the cards and what it costs a reader; "", 0.0 where nothing names them."""
    namer = _Namer(outline, way)
    names: list[str] = []
    cost = 0.0
    for layout in way.layouts:
        found, fit = namer.names(layout)
        if not found or fit < _WORST_FIT or (len(way.layouts) > 1 and any(":nth" in css for css in found)):
            return "", 0.0
        for css in found:
            needed = namer.but and namer.fit(layout, css) < fit
            names.append(css + namer.but if needed else css)
        cost += price(sum(map(len, found)), fit)
    names = list(dict.fromkeys(names))
    return (names[0], cost) if len(names) == 1 else (f":is({', '.join(names)})", cost + 1)


@dataclass(frozen=True)
class _Namer:
    """Finds names for the elements that records begin with."""

    outline: Outline
    way: Records

    @property
    def but(self) -> str:
        """What is put behind a name, where cards of a kind are left out."""
        return f":not(.{self.way.without})" if self.way.without else ""

    def names(self, layout: Sequence[Element]) -> tuple[list[str], float]:
        """Return the selectors that match `layout` together, and how well.

        Several where no single selector finds all of it: one that finds nine tenths of its records is no name for them.
        """
        css, fit = best_name(layout, common_tokens(layout), partial(self._fit_but, layout))
        if fit >= EXACT:
            return [css], fit
        if css and (held := self._by_what_it_holds(layout, css + self.but)):
            return [held], 1.0
        for kinds in (_kinds(layout), self._found_and_missed(layout, css)):
            if 1 < len(kinds) <= _MOST_KINDS:
                named = [best_name(kind, common_tokens(kind), partial(self._fit_of_kind, kind)) for kind in kinds]
                if all(fit >= EXACT and ":nth" not in css for css, fit in named):
                    return [css for css, _ in named], 1.0
        return [css] if css else [], fit

    def _by_what_it_holds(self, layout: Sequence[Element], css: str) -> str | None:
        """Return `css` with what every card holds and nothing else that it matches: ".card:has(time)"; None without.

        A "Read more" or a pager may be made like a card, and lacks its picture, its heading or its date. A story that
        lacks them is a story all the same: what looks like an article of another record must not be left out so.
        """
        known = {anchor.canonical for anchor in self.way.anchors}
        shapes = {folder(anchor.url) for anchor in self.way.anchors}
        links = (anchor for one in self._others(layout, css) for anchor in self.outline.links_in(one))
        if not all(anchor.canonical in known or _leads_to_no_article(anchor, shapes) for anchor in links):
            return None
        narrower = [f"{css}:has({held})" for held in held_by_all(layout)]
        if layout[0].tag == "tr":
            narrower.append(f"{css}:not(:first-child)")  # the head of the table
        if place := self._common_folder(layout):
            link = f'[href*="{place}"]'
            narrower.append(css + link if layout[0].tag == "a" else f"{css}:has(a{link})")
        return next((css for css in narrower if self.fit(layout, css) >= EXACT), None)

    def _common_folder(self, layout: Sequence[Element]) -> str | None:
        """Return the folder of the site in which the articles of all cards stand, as it is written in their links.

        Pages without names for their lists still keep their articles in a place of their own: "/news/2026/…". A year
        is no part of it, for the next one comes.
        """
        orders = {anchor.element.order: anchor for anchor in self.way.anchors}
        mine = [
            next((one for order, one in orders.items() if card.order <= order <= card.last), None) for card in layout
        ]
        hrefs = [one.element.attributes.get("href") or "" for one in mine if one is not None]
        if len(hrefs) < len(layout):
            return None
        paths = [(urlsplit(href).path if "://" in href else href).split("/")[:-1] for href in hrefs]
        common = [part for part, *others in zip(*paths, strict=False) if set(others) <= {part}]
        names = list(takewhile(lambda one: not any(sign.isdigit() for sign in one), common))
        place = "/".join([*names, ""])
        return place if _FOLDER.fullmatch(place) and any(sign.isalpha() for sign in place) else None

    def _found_and_missed(self, layout: Sequence[Element], css: str) -> list[list[Element]]:
        """Return what `css` finds of `layout`, and what it misses."""
        found = {element.order for element in self.outline.select(css)} if css else set()
        parts = [[one for one in layout if one.order in found], [one for one in layout if one.order not in found]]
        return [part for part in parts if part]

    def _fit_but(self, wanted: Sequence[Element], css: str) -> float:
        return self.fit(wanted, css + self.but)

    def _fit_of_kind(self, wanted: Sequence[Element], css: str) -> float:
        """Return the fit of `css`, where a second link to a wanted article does no harm, for doubles are merged."""
        known = {article for element in wanted for article in self.outline.articles_in(element)}
        return self.fit(wanted, css + self.but, known)

    def fit(self, wanted: Sequence[Element], css: str, known: AbstractSet[str] = frozenset()) -> float:
        """Return how well `css` matches `wanted` and nothing else: the harmonic mean of both shares.

        What leads to the articles `known` alone does no harm.
        """
        meant = {element.order for element in wanted}
        hits = sum(element.order in meant for element in self.outline.select(css))
        others = self._others(wanted, css)
        wrong = sum(not known or not self.outline.articles_in(one) <= known for one in others)
        return 2 * hits / (hits + wrong + len(meant)) if hits else 0.0

    def _others(self, wanted: Sequence[Element], css: str) -> list[Element]:
        """Return what `css` matches besides `wanted` and what may be an item: it holds a link."""
        meant = {element.order for element in wanted}
        found = (one for one in self.outline.select(css) if one.order not in meant)
        return [one for one in found if one.order in self.outline.linked]


def _leads_to_no_article(anchor: Anchor, shapes: AbstractSet[tuple[str, ...]]) -> bool:
    if is_pager_label(anchor.element.text):
        return True
    return folder(anchor.url) not in shapes and not has_telling_address(anchor.url)


def held_by_all(layout: Sequence[Element]) -> list[str]:
    """Return simple selectors of what each element of `layout` holds: what lasts longest first, then the most telling.

    A date stays a date and a headline a headline when a page is built anew; their classes are the builder's.
    """
    held = {token: cost for token, cost in tokens_within(layout[0]) if cost < _DULL}
    for element in layout[1:]:
        mine = {token for token, _ in tokens_within(element)}
        held = {token: cost for token, cost in held.items() if token in mine}
    return sorted(held, key=lambda token: (token not in _LASTING, held[token], token))[:_MOST_HELD]


def tokens_within(element: Element) -> Iterator[PricedSelector]:
    """Yield the simple selectors of what stands in `element`, with their costs."""
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
