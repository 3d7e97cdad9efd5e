"""One reading of the page by some selectors: its cards, what they say, and from which elements that was read.

Reads with the ordinary extraction, from a page whose elements carry their numbers. Chooses no selectors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bs4.element import Tag

from feedbuilder.extract.card_headings import heading_elements
from feedbuilder.extract.field_rules import CardTree, Rules
from feedbuilder.extract.fields import text_sources
from feedbuilder.extract.listing import CardParser, Listing, items_of, said_dates, take_apart
from feedbuilder.model import Item, Page, SaidDate, Selectors, Source
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

    tree: CardTree
    raw: RawCard
    date: SaidDate | None
    item: Item
    """What became of it, and of all others of the same article."""

    @cached_property
    def elements(self) -> dict[int, Tag]:
        """Its elements by number, in document order."""
        return {number: one for one in self.tree.elements if (number := number_of(one)) is not None}

    @cached_property
    def tops(self) -> tuple[int, ...]:
        """The numbers of its outermost elements."""
        return tuple(
            number for number, one in self.elements.items() if one.parent is None or number_of(one.parent) is None
        )

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
    strays: tuple[CardTree, ...]
    """Cards that lead to no article."""

    @classmethod
    def of(cls, page: Page, source: Source, parse: CardParser) -> CardReading:
        """Return what `source` finds on `page`, whose elements carry their numbers.

        Raises ExtractError for selectors that are not valid.
        """
        trees: list[CardTree] = []

        def recorded(html: str, around: str | None) -> CardTree:
            trees.append(parse(html, around))
            return trees[-1]

        listing = take_apart(page, source, parse=recorded)
        dates = said_dates(listing)
        items = items_of(listing, dates)
        if listing.sheet is None:
            return cls(source, listing, items, ((),) * len(items), ())
        places = {item.canonical: item for item in items}
        of_item: defaultdict[int, list[ReadCard]] = defaultdict(list)
        dated = iter(dates)
        strays = []
        for tree, (raw, link) in zip(trees, listing.cards, strict=True):
            if link is None:
                strays.append(tree)
                continue
            date = next(dated)
            if (item := places.get(link.canonical)) is not None:
                of_item[item.position].append(ReadCard(tree, raw, date, item))
        return cls(source, listing, items, tuple(tuple(of_item[item.position]) for item in items), tuple(strays))

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
        return {number: place for place, some in enumerate(self.cards) for card in some for number in card.elements}

    def read_from(self, field: str, item: int) -> tuple[int, ...]:
        """Return the numbers of the elements that `field` of an item was read from; none where nothing was read."""
        found = (card.read_from(self.rules, field) for card in self.cards[item])
        return next(filter(None, found), ())
