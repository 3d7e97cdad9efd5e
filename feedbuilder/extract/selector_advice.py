"""Which selectors of a source find nothing on a page, why, and what to write instead.

Knows the ways in which a selector goes wrong; nothing of links, dates and what makes an item of a card.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bs4 import BeautifulSoup
from bs4.element import Tag

from feedbuilder.extract.field_rules import CardTree, Rules, check_selector
from feedbuilder.extract.fields import read_card
from feedbuilder.extract.split_cards import MARK, count, marked
from feedbuilder.model import FieldRule, Pick, Reading, Selectors
from feedbuilder.parse import css
from feedbuilder.parse.compiled_css import compiled
from feedbuilder.parse.limits import MOST_PLAIN
from feedbuilder.parse.raw_card import RawCard


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to look at."""

    key: str
    """The key of the configuration that it is about: "item", "title", "date", …"""
    text: str
    """What was found and what to do, in one or two sentences."""
    fault: bool = False
    """Whether nothing at all was found, of the page or of a field that is configured."""


PARTS = {
    "title": "title",
    "link": "links",
    "date": "dates",
    "summary": "summary",
    "image": "images",
    "author": "authors",
    "tags": "tags",
    "content": "content",
}
"""Which part of a card each selector fills."""
_FEW = 8
"""Names of attributes that are listed."""


class WholePage:
    """The whole page, on which a selector is tried that found nothing in the cards."""

    def __init__(self, text: str, selectors: Selectors) -> None:
        self._text = text
        self._selectors = selectors

    @cached_property
    def _soup(self) -> BeautifulSoup | None:
        """The page with its cards marked; None if it is too large for BeautifulSoup."""
        html = marked(self._text, self._selectors.item or "", between=self._selectors.between)
        return BeautifulSoup(html, "lxml") if html.count("<") <= MOST_PLAIN else None

    def matches(self, selector: str) -> list[Tag] | None:
        """Return what `selector` matches, inside cards and outside; None for a page that is too large to try."""
        return None if self._soup is None else list(compiled(selector).select(self._soup))

    def count(self, selector: str) -> int:
        """Return how many elements `selector` matches, as the item selector."""
        return count(self._text, selector)


def idle_items(item: str, whole: WholePage) -> Iterator[Note]:
    """Yield a note for each alternative of the item selector that matches nothing, where another one does."""
    listed = _alternatives(item)
    for alternative in listed:
        if len(listed) > 1 and not whole.count(alternative):
            yield Note("item", f'"{alternative}" {_IDLE}')
            continue
        for option, selector in css.options(alternative):
            if _is_valid(selector) and not whole.count(selector):
                yield Note("item", f'"{option}" in "{alternative}" {_IDLE}')


def how_far(item: str, whole: WholePage) -> Iterator[Note]:
    """Yield how far an item selector that matches nothing gets; nothing if it gets nowhere, or is a list of several."""
    for beginning in css.beginnings(item) if len(_alternatives(item)) == 1 else ():
        if _is_valid(beginning) and (found := whole.count(beginning)):
            yield Note("item", f'its beginning "{beginning}" matches {_elements(found)}; look at what comes after it.')
            return


def _alternatives(selector: str) -> list[str]:
    """Return the selectors of a list; the whole where it was not understood (CSS may hold comments)."""
    listed = css.alternatives(selector)
    return listed if all(map(_is_valid, listed)) else [selector]


_IDLE = "never matched. It can go, unless the site shows it only at times; or the site was redesigned."
_WRONG = "never matched. Correct it, or take it out; or the site was redesigned."


@dataclass(frozen=True, slots=True)
class IdleSelectors:
    """Looks for the selectors of fields that find nothing."""

    selectors: Selectors
    whole: WholePage | None
    """None where not all cards are looked at: a match on the page may then stand in one of the others."""
    cards: Sequence[CardTree]
    """Items or not."""
    items: Sequence[CardTree]
    """Those that are items."""

    def notes(self, field: str, *, fault: bool) -> Iterator[Note]:
        """Yield a note for each selector of `field` that finds nothing.

        With `fault` no item has the field: then those are faults whose alternative gives nothing at all.
        """
        rule: FieldRule | None = getattr(self.selectors, field)
        for reading in rule or ():
            gives = self._gives(field, reading)
            idle = [text for pick in reading.picks for text in self._pick(pick, fault=fault and not gives)]
            if not idle and not gives:
                idle = [self._useless(reading)]
            yield from (Note(field, text, fault and not gives) for text in idle)

    def _useless(self, reading: Reading) -> str:
        """Return why `reading` gives nothing, though its selectors match."""
        tried = " + ".join(f'"{pick}"' for pick in reading.picks)
        example = self._example(reading) if reading.match else None
        if reading.match and example:
            return f"the pattern '{reading.match.pattern}' fits no text of {tried}, such as \"{example}\"."
        return f"{tried} matches, but gives nothing of use in any item."

    def _pick(self, pick: Pick, *, fault: bool) -> Iterator[str]:
        """Yield what is wrong with one selector; nothing if it finds elements and, if it names one, their attribute."""
        whole = True
        for selector in _alternatives(pick.css):
            if not self._matches(selector):
                whole = False
                yield self._nowhere(selector, pick, fault=fault)
        if not (whole and pick.attribute):
            return
        elements = [one for card in self.cards for one in (_select(pick.css, card) if pick.css else [card.item])]
        if not any(element.get(pick.attribute.lower()) for element in elements):
            selector = pick.css or self.selectors.item or ""
            others = ", ".join(list(dict.fromkeys(name for element in elements for name in element.attrs))[:_FEW])
            yield f'nothing that "{selector}" matches has the attribute "{pick.attribute}", only: {others or "none"}.'

    def _matches(self, selector: str) -> bool:
        return any(_select(selector, card, 1) for card in self.cards)

    def _nowhere(self, selector: str, pick: Pick, *, fault: bool) -> str:
        """Return why `selector` finds nothing in any card."""
        elements = self.whole.matches(selector) if self.whole else None
        if elements is None:
            return f'"{selector}" matches in none of the {len(self.cards)} items that were looked at.'
        if not elements:
            return f'"{selector}" {_WRONG if fault else _IDLE}'
        if not any(_is_in_a_card(element) for element in elements):
            count = _elements(len(elements))
            return f'"{selector}" matches {count} of the page, but none inside an item. Choose one inside.'
        said = f'"{selector}" leans on elements around the item, and a field selector sees nothing but its item.'
        shorter = next((one for one in css.endings(selector) if _is_valid(one) and self._matches(one)), None)
        if shorter is None:
            return f"{said} Write it from the item inwards."
        return f'{said} Write "{shorter}{"@" + pick.attribute if pick.attribute else ""}".'

    def _gives(self, field: str, reading: Reading) -> bool:
        """Return whether `reading` alone gives the field in some item."""
        alone = Rules(self.selectors.model_copy(update={field: (reading,)}))
        return any(getattr(read_card(card, alone), PARTS[field]) for card in self.items or self.cards)

    def _example(self, reading: Reading) -> str | None:
        """Return a text that `reading` would give without its pattern."""
        free = reading.model_copy(update={"match": None})
        rules = Rules(self.selectors.model_copy(update={"summary": (free,)}))
        read: Iterator[RawCard] = (read_card(card, rules) for card in self.items or self.cards)
        return next((shortened(card.summary) for card in read if card.summary), None)


def shortened(text: str, length: int = 40) -> str:
    """Return `text` at a length that can be quoted."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _elements(count: int) -> str:
    return "1 element" if count == 1 else f"{count} elements"


def _select(selector: str, card: CardTree, limit: int = 0) -> list[Tag]:
    return list(compiled(selector).select(card.soup, limit=limit))


def _is_valid(selector: str) -> bool:
    return check_selector(selector) is None


def _is_in_a_card(element: Tag) -> bool:
    return element.has_attr(MARK) or element.find_parent(attrs={MARK: True}) is not None
