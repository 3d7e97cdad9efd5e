"""Selectors of a source, compiled, and what they read from one element tree. Owns what a rule means.

Knows nothing of pages, of the web addresses behind links, or of dates: it hands out texts as they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeVar

import soupsieve
from bs4.element import Tag

from feedbuilder.extract.card_soup import soup_of
from feedbuilder.model import ExtractError, FieldRule, Pick, Reading, Selectors
from feedbuilder.parse.compiled_css import compiled, css_mistake
from feedbuilder.parse.plain_match import Matcher, plain_matcher
from feedbuilder.parse.selector_hints import selector_hint
from feedbuilder.parse.xpath import XPathSelector

Read = TypeVar("Read")
Value = Callable[[Tag], str | None]
"""What an element gives where the rule names no attribute."""

_FRAME = frozenset(("html", "head", "body"))
"""What the parser puts around a card."""
_MOST_TAGS = 20_000
FIELDS = ("title", "link", "date", "summary", "image", "author", "tags", "content")


class CardTree:
    """One card as a document of its own."""

    def __init__(self, html: str, around: str | None = None) -> None:
        self.soup = soup_of(_bounded(html))
        self.around = around
        self.everything = [node for node in self.soup.descendants if isinstance(node, Tag)]
        """All elements of the tree, in document order: one walk serves all selectors."""
        self.elements = [node for node in self.everything if node.name not in _FRAME]
        """Those of the card: they serve all defaults."""
        self.item: Tag = self.elements[0] if self.elements else self.soup
        """The item element itself; a selector's "@href" reads its attribute."""

    def part(self, name: str, by: object, read: Callable[[], Read]) -> Read:  # noqa: ARG002 - for those that remember
        """Return what `read` reads of the card; that is the part called `name`, which depends on `by` alone."""
        return read()

    def named(self, *names: str) -> list[Tag]:
        """Return the elements that have one of `names`, in document order."""
        return [element for element in self.elements if element.name in names]


class Rules:
    """The field rules of one source. Raises ExtractError, when made, for a selector that is not valid."""

    def __init__(self, selectors: Selectors) -> None:
        self.selectors = selectors
        self._compiled: dict[str, soupsieve.SoupSieve | XPathSelector] = {}
        self._plain: dict[str, Matcher | None] = {}
        for field in FIELDS:
            rule: FieldRule | None = getattr(selectors, field)
            for pick in (pick for reading in rule or () for pick in reading.picks if pick.css):
                reason = check_selector(pick.css)
                if reason:
                    raise ExtractError(f"The {field} selector {reason}")
                self._compiled[pick.css] = compiled(pick.css)
                self._plain[pick.css] = plain_matcher(pick.css)

    def elements(self, card: CardTree, pick: Pick) -> Iterator[Tag]:
        """Yield what `pick` selects in `card`, in document order; the item itself for a pick without CSS."""
        if not pick.css:
            yield card.item
        elif matching := self._plain[pick.css]:
            yield from matching(card.everything)
        else:
            yield from self._compiled[pick.css].iselect(card.soup)

    def texts(self, card: CardTree, reading: Reading, value: Value, limit: int = 50) -> Iterator[str]:
        """Yield the texts that `reading` gives: one per match, or one in all if it joins. Never an empty one."""
        return (text for text, _ in self.said(card, reading, value, limit))

    def said(
        self, card: CardTree, reading: Reading, value: Value, limit: int = 50
    ) -> Iterator[tuple[str, tuple[Tag, ...]]]:
        """Yield the texts that `reading` gives as `texts` does, each with the elements that say it."""
        found = False
        for one in self._said(card, reading, value, limit):
            found = True
            yield one
        if reading.steps and not found:  # which may have a text for that
            yield from ((text, ()) for text in reading.kept(None))

    def _said(
        self, card: CardTree, reading: Reading, value: Value, limit: int
    ) -> Iterator[tuple[str, tuple[Tag, ...]]]:
        if reading.text:
            yield from ((text, ()) for text in reading.kept(reading.text))
            return
        if reading.select:
            for element in islice(self.elements(card, reading.select), limit):
                yield from ((text, (element,)) for text in reading.kept(value_of(element, reading.select, value)))
            return
        values = (
            ((value_of(element, pick, value), element) for element in self.elements(card, pick))
            for pick in reading.join
        )
        parts = [next(((text, tag) for text, tag in one if text), None) for one in values]
        elements = tuple(part[1] for part in parts if part)
        whole = reading.joined([part and part[0] for part in parts])
        yield from ((text, elements) for text in reading.kept(whole))


def _bounded(html: str) -> str:
    """Return `html` up to its tag number `_MOST_TAGS`; no card has more, and each takes BeautifulSoup a kilobyte."""
    if html.count("<") <= _MOST_TAGS:
        return html
    return "<".join(html.split("<", _MOST_TAGS)[:-1])


def check_selector(css: str) -> str | None:
    """Return None if `css` can be run, on pages and in cards, else why not, as the rest of a sentence about it."""
    mistake = css_mistake(css)
    if mistake is None:
        return None
    reason = mistake.rstrip(".")
    return f'"{css}" is not valid: {reason[:1].lower() + reason[1:]}{selector_hint(css)}.'


def value_of(element: Tag, pick: Pick, value: Value) -> str | None:
    """Return what `element`, which `pick` selects, gives: its attribute, or what `value` makes of it."""
    if pick.attribute is None:
        return value(element)
    written = element.get(pick.attribute.lower())
    return " ".join(written) if isinstance(written, list) else written
