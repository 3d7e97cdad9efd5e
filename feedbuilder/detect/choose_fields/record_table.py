"""The records of one list as fields look at them, and what a selector names in each of them.

Knows nothing of what a field is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from feedbuilder.detect.class_names import tokens
from feedbuilder.detect.outline import Element, Outline
from feedbuilder.detect.records import Records

_SAMPLE = 8
"""Records whose elements are named and tried; the rules found are then tested on `_TESTED`."""
_TESTED = 30
_MOST_ELEMENTS = 300
"""Elements of one record that are looked at: a list may show whole articles."""
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
            if self.above and not any(id(one) in inside for one in self._near(element)):
                continue
            if self.place and not self._counts(element):
                continue
            yield element

    def _near(self, element: Element) -> Iterable[Element]:
        if self.by == "+":
            siblings = element.parent.children if element.parent else [element]
            place = siblings.index(element)
            return siblings[max(place - 1, 0) : place]
        return islice(element.up(), 1, 2 if self.by == ">" else 20)

    def _counts(self, element: Element) -> bool:
        same = [one for one in element.parent.children if one.tag == element.tag] if element.parent else [element]
        return same[-1] is element if self.place == -1 else len(same) >= self.place and same[self.place - 1] is element


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
        cards = []
        pairs = list(zip(records.parts, records.anchors, strict=True))
        for parts, anchor in pairs[:: max(len(pairs) // _TESTED, 1)][:_TESTED]:
            elements = tuple(islice((one for part in parts for one in part.down()), _MOST_ELEMENTS))
            by_token: defaultdict[str, list[Element]] = defaultdict(list)
            for element in elements:
                for token in matching(element):
                    by_token[token].append(element)
            cards.append(RecordView(parts, anchor.element, anchor.canonical, elements, dict(by_token)))
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


def matching(element: Element) -> Iterator[str]:
    """Yield the simple selectors that match `element`, as `RecordView.by_token` knows them."""
    for token, _ in tokens(element):
        yield token
    for attribute in ("itemprop", "rel"):
        value = element.attributes.get(attribute)
        if value and _PLAIN.fullmatch(value):
            yield f"[{attribute}={value}]"
