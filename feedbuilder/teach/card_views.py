"""The cards of a reading, as those look at them who name things in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from weakref import WeakKeyDictionary

from feedbuilder.detect.choose_fields.record_table import RecordTable, RecordView, cut_out, viewed
from feedbuilder.detect.outline import Anchor, Element
from feedbuilder.model import Source
from feedbuilder.teach.card_reading import CardReading, ReadCard
from feedbuilder.teach.taught_page import TaughtPage, number_in

_LARGEST = 2_000
"""Elements of a card among which those of cards within it are looked for."""
_MOST = 500
"""Cards that are looked at; what is true of so many is true of the rest."""


@dataclass(frozen=True, eq=False)
class CardView:
    """One card, with its item's place in the list."""

    place: int
    card: ReadCard
    view: RecordView

    def holds(self, element: Element) -> bool:
        """Return whether `element` stands in it, and in no card within it."""
        return number_in(element) in self.card.numbers


@dataclass(frozen=True, eq=False)
class CardViews:
    """The cards of one list."""

    cards: tuple[CardView, ...]
    table: RecordTable
    """Of their views, in the same order."""
    source: Source
    """By which they were read."""

    @classmethod
    def of(cls, page: TaughtPage, reading: CardReading) -> CardViews:
        """Return the cards of `reading` that browsers show, in the order of its items; made once for each reading."""
        if reading not in _MADE:
            _MADE[reading] = cls._made(page, reading)
        return _MADE[reading]

    @classmethod
    def _made(cls, page: TaughtPage, reading: CardReading) -> CardViews:
        placed = [
            (place, card, parts)
            for place, some in enumerate(reading.cards)
            for card in some
            if (parts := tuple(page.visible(card.tops)))
        ][:_MOST]
        between = reading.selectors.between
        begins = sorted(parts[0].order for _, _, parts in placed)
        cards = tuple(
            CardView(place, card, _viewed(page, card, parts, cut_out(parts, begins) if between else parts))
            for place, card, parts in placed
        )
        return cls(cards, RecordTable(page.outline, tuple(one.view for one in cards), between), reading.source)

    def only(self, cards: Sequence[CardView]) -> CardViews:
        """Return some of its `cards` alone."""
        return CardViews(
            tuple(cards), replace(self.table, cards=tuple(one.view for one in cards), memory={}), self.source
        )

    def holding(self, element: Element) -> CardView | None:
        """Return the card that `element` stands in, None where it stands in none."""
        return next((one for one in self.cards if one.holds(element)), None)


_MADE: WeakKeyDictionary[CardReading, CardViews] = WeakKeyDictionary()
"""As long as somebody has the reading: each click asks for them."""


def _viewed(page: TaughtPage, card: ReadCard, parts: tuple[Element, ...], siblings: Sequence[Element]) -> RecordView:
    near = (one for part in parts for one in islice(part.down(), _LARGEST))
    inner = {one.order for one in near if number_in(one) not in card.numbers}
    links = (anchor for part in parts for anchor in page.outline.links_in(part) if anchor.element.order not in inner)
    own = next((link for link in links if link.canonical == card.item.canonical), None)
    anchor = own or Anchor(parts[0], card.item.canonical, card.item.link)
    return viewed(parts, anchor, tuple(siblings), inner)
