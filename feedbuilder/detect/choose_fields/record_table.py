"""The records of one list as fields look at them, and what a selector names in each of them.

Knows nothing of what a field is.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import islice

from feedbuilder.detect.class_names import tokens, type_selector
from feedbuilder.detect.outline import Anchor, Element, Outline
from feedbuilder.detect.records import Records

_SAMPLE = 8
"""Records whose elements are named and tried; the rules found are then tested on `_TESTED`."""
_TESTED = 30
_MOST_ELEMENTS = 300
"""Elements of one record that are looked at: a list may show whole articles."""
BY_COUNTING, AS_THE_LAST = 2.0, 1.9
"""What it costs a reader that a name counts: all of its kind, or from behind."""
_PLAIN = re.compile(r"[a-zA-Z-]+")


@dataclass(frozen=True, slots=True, eq=False)
class RecordView:
    """One record, as fields look at it."""

    parts: tuple[Element, ...]
    anchor: Element
    """The link, or what stands in its place, that made it a record."""
    canonical: str
    elements: tuple[Element, ...]
    by_token: dict[str, list[Element]]
    """Its elements by the simple selectors that match them, in document order."""
    siblings: tuple[Element, ...] = ()
    """What its parts stand among once the record is cut out: `parts`, and between and behind them what says nothing."""

    def beside(self, element: Element) -> Sequence[Element]:
        """Return the siblings of `element` within the record, itself included."""
        is_part = any(element is part for part in self.parts)
        return self.siblings if is_part or element.parent is None else element.parent.children


@dataclass(frozen=True, slots=True)
class Name:
    """A selector within a record, in the few forms that are tried.

    "x", "[rel=x]", "y > x", "y x", "y + x", "x:nth-of-type(2)".
    """

    token: str
    above: str = ""
    by: str = ">"
    """How `above` stands to it: ">" its parent, " " any ancestor within the record, "+" its elder sibling."""
    place: int = 0
    """Among its siblings of the same tag, from 1; -1 the last, 0 any."""

    def __str__(self) -> str:
        count = {0: "", -1: ":last-of-type"}.get(self.place, f":nth-of-type({self.place})")
        above = f"{self.above} {self.by} ".replace("   ", " ") if self.above else ""
        return above + self.token + count

    def first(self, card: RecordView) -> Element | None:
        """Return the first element of `card` that has this name."""
        return next(self.every(card), None)

    def every(self, card: RecordView) -> Iterator[Element]:
        """Yield the elements of `card` that have this name, in document order."""
        inside = {id(one) for one in card.by_token.get(self.above, ())} if self.above else set()
        for element in card.by_token.get(self.token, ()):
            if self.above and not any(id(one) in inside for one in self._near(card, element)):
                continue
            if self.place and self.place not in places(card, element):
                continue
            yield element

    def _near(self, card: RecordView, element: Element) -> Iterable[Element]:
        if self.by == "+":
            siblings = card.beside(element)
            place = siblings.index(element)
            return siblings[max(place - 1, 0) : place]
        return islice(element.up(), 1, 2 if self.by == ">" else 20)


def places(card: RecordView, element: Element) -> tuple[int, ...]:
    """Return the places of `element` among its siblings of the same tag, as `Name.place` counts them."""
    same = [one for one in card.beside(element) if one.tag == element.tag]
    return (same.index(element) + 1, -1) if same[-1] is element else (same.index(element) + 1,)


@dataclass(frozen=True, slots=True)
class RecordTable:
    """The records of one list, ready to have their fields named."""

    outline: Outline
    cards: tuple[RecordView, ...]
    between: bool
    memory: dict[str, list[Element | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, outline: Outline, records: Records) -> RecordTable:
        """Return the first records of a list with their elements."""
        pairs = list(zip(records.parts, records.anchors, strict=True))
        begins = sorted(start.order for start in records.starts)
        cards = [
            viewed(parts, anchor, cut_out(parts, begins) if records.between else parts)
            for parts, anchor in pairs[:: max(len(pairs) // _TESTED, 1)][:_TESTED]
        ]
        return cls(outline, tuple(cards), records.between)

    def firsts(self, name: Name) -> list[Element | None]:
        """Return what `name` names first in each record."""
        css = str(name)
        if css not in self.memory:
            self.memory[css] = [name.first(card) for card in self.cards]
        return self.memory[css]

    @property
    def sample(self) -> tuple[RecordView, ...]:
        """The records whose elements are named, from all over the list: its first ones may be of another make."""
        step = max(len(self.cards) // _SAMPLE, 1)
        return self.cards[::step][:_SAMPLE]

    def share(self, count: float) -> float:
        """Return `count` as a share of the records."""
        return count / len(self.cards)


def viewed(
    parts: tuple[Element, ...],
    anchor: Anchor,
    siblings: tuple[Element, ...],
    without: AbstractSet[int] = frozenset(),
) -> RecordView:
    """Return the record of `parts`, which stand among `siblings`.

    Elements within them of which the `order` is in `without` belong to records inside of it.
    """
    own = (one for part in parts for one in part.down() if one.order not in without)
    elements = tuple(islice(own, _MOST_ELEMENTS))
    by_token: defaultdict[str, list[Element]] = defaultdict(list)
    view = RecordView(parts, anchor.element, anchor.canonical, elements, by_token, siblings)
    for element in elements:
        for token in matching(element):
            by_token[token].append(element)
    if len(siblings) > 1:
        for part in parts:
            for name, _ in placed(view, part):
                by_token[name].append(part)
    return view


def cut_out(parts: tuple[Element, ...], begins: Sequence[int]) -> tuple[Element, ...]:
    """Return the siblings from the first of `parts` up to the next record, what says nothing included."""
    first, *_ = parts
    place = bisect_right(begins, first.order)
    end = begins[place] if place < len(begins) else math.inf
    around = first.parent.children if first.parent is not None else [first]
    known = {id(part) for part in parts}
    return tuple(one for one in around if id(one) in known or (one.order > first.order and one.last < end))


def placed(card: RecordView, part: Element) -> Iterator[tuple[str, float]]:
    """Yield names that count rows, for a part of a record that is a run of siblings: "tr:nth-of-type(3)"."""
    if sum(one.tag == part.tag for one in card.siblings) > 1:
        for place in places(card, part):
            yield (
                str(Name(type_selector(part.tag), place=place)),
                tokens(part)[-1][1] + (BY_COUNTING if place > 0 else AS_THE_LAST),
            )


def matching(element: Element) -> Iterator[str]:
    """Yield the simple selectors that match `element`, as `RecordView.by_token` knows them."""
    for token, _ in tokens(element):
        yield token
    for attribute in ("itemprop", "rel"):
        value = element.attributes.get(attribute)
        if value and _PLAIN.fullmatch(value):
            yield f"[{attribute}={value}]"
