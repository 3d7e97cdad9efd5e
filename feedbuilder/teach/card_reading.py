"""One reading of the page by some selectors: its cards, what they say, and from which elements that was read.

Reads with the ordinary extraction, from a page whose elements carry their numbers. Chooses no selectors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from bs4.element import Tag

from feedbuilder.extract.card_headings import heading_elements
from feedbuilder.extract.field_rules import CardTree, Rules
from feedbuilder.extract.fields import text_sources
from feedbuilder.extract.listing import CardParser, Listing, items_of, said_dates, take_apart
from feedbuilder.extract.split_cards import Fragment
from feedbuilder.model import Item, Page, Selectors, Source
from feedbuilder.parse import pictures
from feedbuilder.parse.element_numbers import NUMBER
from feedbuilder.parse.plain_text import TITLE_LIMIT, clean, title_of
from feedbuilder.parse.raw_card import RawCard

_MANY = 50


def number_of(element: Tag) -> int | None:
    """Return the number that `element` carries, None for what the parser put around a card."""
    written = element.get(NUMBER)
    return int(str(written)) if written is not None else None


@dataclass(frozen=True, eq=False)
class ReadCard:
    """One card that is an item, or shows it again."""

    fragment: Fragment
    parse: CardParser
    raw: RawCard
    item: Item
    """What became of it, and of all others of the same article."""

    @property
    def tree(self) -> CardTree:
        """It as a document; `parse` keeps as many as memory should hold."""
        return self.parse(self.fragment.html, self.fragment.around)

    @cached_property
    def _placed(self) -> dict[int, bool]:
        """The numbers of its elements, in document order, and whether they are its outermost ones."""
        numbers = ((number_of(one), one) for one in self.tree.elements)
        return {
            number: one.parent is None or number_of(one.parent) is None for number, one in numbers if number is not None
        }

    @property
    def numbers(self) -> AbstractSet[int]:
        """The numbers of its elements, in document order."""
        return self._placed.keys()

    @property
    def tops(self) -> tuple[int, ...]:
        """The numbers of its outermost elements."""
        return tuple(number for number, is_top in self._placed.items() if is_top)

    def element(self, number: int) -> Tag | None:
        """Return its element of this number, None where it holds none."""
        if number not in self._placed:
            return None
        return next((one for one in self.tree.elements if number_of(one) == number), None)

    def read_from(self, rules: Rules, field: str) -> tuple[int, ...]:
        """Return the numbers of the elements that `field` was read from; none where nothing was read."""
        if getattr(rules.selectors, field) is not None:
            found: Sequence[Tag] = text_sources(self.tree, rules, field)
        else:
            found = [one for one, _ in zip(self._by_default(field), range(1), strict=False)]
        return tuple(number for one in found if (number := number_of(one)) is not None)

    def _by_default(self, field: str) -> Iterator[Tag]:
        """Yield the elements that may have given what is read without a rule, the likely one first."""
        if field == "title" and self.item.title:
            yield from self._titled(self.item.title)
        elif field == "date" and self.raw.dates:
            times = self.tree.named("time")
            yield from (one for one in times if one.get("datetime"))
            yield from times
        elif field == "image" and self.raw.images:
            yield from (
                one for one in self.tree.elements if self.raw.images[0] in pictures.addresses([one], self.tree.item)
            )
        elif field == "link" and self.raw.links:
            yield from (one for one in self.tree.named("a") if one.get("href") == self.raw.links[0].href)

    def _titled(self, title: str) -> Iterator[Tag]:
        """Yield the headings and links that say `title`, whole or cut."""
        elements = (*heading_elements(self.tree), *self.tree.named("a"))[:_MANY]
        said = [(one, clean(title_of(one), TITLE_LIMIT) or "") for one in elements]
        yield from (one for one, text in said if text == title)
        yield from (one for one, text in said if text and (title in text or title.startswith(text.rstrip(" .…"))))


@dataclass(frozen=True, eq=False)
class CardReading:
    """What a source finds on the page."""

    source: Source
    listing: Listing
    items: tuple[Item, ...]
    cards: tuple[tuple[ReadCard, ...], ...]
    """The cards of each item, the one that gave it its place first; empty for items of data."""

    @classmethod
    def of(cls, page: Page, source: Source, parse: CardParser) -> CardReading:
        """Return what `source` finds on `page`, whose elements carry their numbers.

        Raises ExtractError for selectors that are not valid.
        """
        listing = take_apart(page, source, parse=parse)
        items = items_of(listing, said_dates(listing))
        if listing.sheet is None:
            return cls(source, listing, items, ((),) * len(items))
        places = {item.canonical: item for item in items}
        of_item: defaultdict[int, list[ReadCard]] = defaultdict(list)
        for fragment, (raw, link) in zip(listing.sheet.fragments, listing.cards, strict=True):
            item = places.get(link.canonical) if link is not None else None
            if item is not None:
                of_item[item.position].append(ReadCard(fragment, parse, raw, item))
        return cls(source, listing, items, tuple(tuple(of_item[item.position]) for item in items))

    @property
    def selectors(self) -> Selectors:
        """What was read by."""
        return self.source.selectors

    @cached_property
    def rules(self) -> Rules:
        """The field rules, ready to be run."""
        return Rules(self.selectors)

    @cached_property
    def articles(self) -> frozenset[str]:
        """The canonical addresses of its items."""
        return frozenset(item.canonical for item in self.items)

    @cached_property
    def by_number(self) -> dict[int, int]:
        """The item that each element within a card belongs to, by the element's number."""
        return {number: place for place, some in enumerate(self.cards) for card in some for number in card.numbers}

    def article_at(self, number: int) -> str | None:
        """Return the canonical address of the item whose card holds an element, None where none does."""
        place = self.by_number.get(number)
        return self.items[place].canonical if place is not None else None

    def read_from(self, field: str, item: int) -> tuple[int, ...]:
        """Return the numbers of the elements that `field` of an item was read from; none where nothing was read."""
        found = (card.read_from(self.rules, field) for card in self.cards[item])
        return next(filter(None, found), ())
