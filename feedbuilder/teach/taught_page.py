"""A page that a person teaches on: parsed once, with the numbers by which clicks name its elements.

All that is learnt is tried by reading this page with the ordinary extraction. Knows nothing of how it is learnt.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any, Self

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from feedbuilder.detect.outline import Element, Outline, outline
from feedbuilder.detect.parsed_page import ParsedPage, plain_source
from feedbuilder.extract.extract_items import extract
from feedbuilder.extract.listing import CardParser
from feedbuilder.model import ExtractError, Item, Page, Selectors, Source
from feedbuilder.parse.decode import decode
from feedbuilder.parse.element_numbers import NUMBER, elements_in_order, with_numbers
from feedbuilder.parse.limits import refuse_monsters
from feedbuilder.parse.xpath import is_xpath
from feedbuilder.teach.card_reading import CardReading
from feedbuilder.teach.reread_card import RereadCard

_CARDS = 400
"""Cards that are kept parsed, for whatever is tried on them: of longer lists each is parsed again and again."""
_READINGS = 2
"""Readings that are kept, that of now and the last one: each holds its cards, of which each takes some kilobytes."""
_OF_READING = frozenset(("keep_fragment", "without_links"))
"""Settings besides selectors by which a page is read otherwise."""
_ANY = Selectors(item="a")


class TaughtPage:
    """One page, for one source or a source to be."""

    def __init__(self, text: str, url: str, *, now: datetime, source: Source | None = None) -> None:
        """Take the decoded HTML `text` of the page at `url`, of which relative dates count from `now`.

        `source` says all but the selectors: zone, language, which parameters of addresses count. Without it the page is
        read as that of a new source. Raises ExtractError for a page of absurdly many elements, or absurdly deep ones.
        """
        refuse_monsters(text)
        self.page = Page(url, codecs.BOM_UTF8 + text.encode("utf-8", "replace"), now)
        tree = LexborHTMLParser(text)
        numbered = replace(self.page, body=codecs.BOM_UTF8 + with_numbers(tree).encode("utf-8", "replace"))
        self._elements = elements_in_order(tree)
        language = source.language if source else None
        self.document = ParsedPage.of(numbered, language=language, zone=source.timezone if source else None)
        self._source = source
        self._readings: dict[str, CardReading] = {}
        self._parse: CardParser = lru_cache(maxsize=_CARDS)(RereadCard)

    @classmethod
    def of(cls, page: Page, source: Source | None = None) -> Self:
        """Return `page` as it was fetched, to be taught on."""
        text = decode(page, source.language if source else None)
        return cls(text, page.url, now=page.fetched_at, source=source)

    def source(self, selectors: Selectors, settings: Mapping[str, Any] | None = None) -> Source:
        """Return the source that reads the page with `selectors`, and with other `settings`, all else as it is."""
        if self._source is None:
            return plain_source(self.document, selectors, settings)
        others = {key: value for key, value in (settings or {}).items() if key in _OF_READING}
        return self._source.model_copy(update={**others, "selectors": selectors})

    def __len__(self) -> int:
        """Return how many elements the page has; their numbers are smaller."""
        return len(self._elements)

    def text_of(self, number: int) -> str:
        """Return the words of an element on one line; "" for what browsers do not show, and for no element."""
        element = self.by_number.get(number)
        return element.text if element is not None else ""

    def numbers_of_cards(self, what: Source | Selectors) -> tuple[tuple[int, ...], ...]:
        """Return the elements of each card, side by side, in the order of the items that `what` finds.

        Where the page shows an article several times they are the elements of all its cards. None for articles that
        are read from data. Raises ExtractError for selectors that are not valid.
        """
        return tuple(tuple(top for card in cards for top in card.tops) for cards in self.read(what).cards)

    def numbers_of_field(self, what: Source | Selectors, field: str, card_index: int) -> tuple[int, ...]:
        """Return the elements that `field` of an item was read from; none where nothing was."""
        return self.read(what).read_from(field, card_index)

    def items(self, what: Source | Selectors) -> tuple[Item, ...]:
        """Return what `what` finds on the page, in the order of the cards."""
        return self.read(what).items

    def read(self, what: Source | Selectors) -> CardReading:
        """Return the reading of the page by `what`. Raises ExtractError for selectors that are not valid."""
        source = what if isinstance(what, Source) else self.source(what)
        key = source.model_dump_json()
        found = self._readings.pop(key, None)
        if found is None:
            found = CardReading.of(self.document.page, source, self._parse)
        self._readings[key] = found
        while len(self._readings) > _READINGS:
            del self._readings[next(iter(self._readings))]
        return found

    @cached_property
    def outline(self) -> Outline:
        """Its visible elements and links."""
        return outline(self.document, self.source(_ANY))

    @cached_property
    def by_number(self) -> dict[int, Element]:
        """Its visible elements by their numbers."""
        elements = self.outline.elements
        return {int(number): one for one in elements if (number := one.attributes.get(NUMBER)) is not None}

    def visible(self, numbers: Sequence[int]) -> list[Element]:
        """Return the elements with these `numbers` that are visible, in that order."""
        return [self.by_number[number] for number in numbers if number in self.by_number]

    def matched(self, css: str) -> list[Element] | None:
        """Return the visible elements that `css` matches; None for XPath and for what only soupsieve knows."""
        try:
            return None if is_xpath(css) else self.outline.select(css)
        except SelectolaxError:
            return None

    @cached_property
    def is_read_alike(self) -> bool:
        """Return whether writing the numbers into the page left its structure as it was.

        What a parser builds of broken markup is not always what it builds of that written down.
        """
        again = elements_in_order(self.document.tree)
        return len(again) == len(self._elements) and all(
            element.attributes.get(NUMBER) == str(number)
            and _above(element.parent) == _above(self._elements[number].parent)
            for number, element in enumerate(again)
        )

    def doubts_about(self, reading: CardReading) -> Iterator[str]:
        """Yield why what `reading` found on the numbered page is not what will be published; mostly nothing."""
        if self.is_read_alike:
            return
        try:
            published = extract(self.page, reading.source)
        except ExtractError:
            published = ()
        if published != reading.items:
            yield "The page is written so brokenly that it may be read otherwise than shown here: look at a preview."


def number_in(element: Element) -> int:
    """Return the number that `element` carries; -1 for what the parser made up."""
    return int(element.attributes.get(NUMBER) or -1)


def numbers_in(element: Element) -> Iterator[int]:
    """Yield the numbers of `element` and of all that is visible within it."""
    return map(number_in, element.down())


def _above(parent: object) -> str | None:
    attributes = getattr(parent, "attributes", None)
    return attributes.get(NUMBER) if attributes else None
