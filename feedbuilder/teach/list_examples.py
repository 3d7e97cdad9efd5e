"""What a person said of a list, these are articles and these are none, and whether a reading of the page does so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from feedbuilder.detect.outline import Element
from feedbuilder.detect.rules.address_rules import side_folders
from feedbuilder.model import Item
from feedbuilder.parse.links import host_or_none
from feedbuilder.teach.card_reading import CardReading, ReadCard
from feedbuilder.teach.narrower import strange
from feedbuilder.teach.taught_page import TaughtPage, number_in, numbers_in

_SEVERAL = 2
"""Dismissed articles from which what they share is no chance."""


@dataclass(frozen=True)
class ListExamples:
    """The examples, held against the list as it is read now."""

    page: TaughtPage
    before: CardReading | None
    """None where there is no list yet."""
    wanted: tuple[Element, ...]
    unwanted: tuple[Element, ...]

    @cached_property
    def dismissed(self) -> frozenset[str]:
        """The articles of the list that were shown as none."""
        return frozenset(address for one in self.unwanted for address in self._articles_at(one))

    @cached_property
    def kept(self) -> frozenset[str]:
        """The articles of the list that must stay."""
        return (self.before.articles if self.before else frozenset()) - self.dismissed

    @cached_property
    def missing(self) -> tuple[Element, ...]:
        """The wanted elements that stand in no card yet."""
        if self.before is None:
            return self.wanted
        return tuple(one for one in self.wanted if not holds(self.before, one))

    @cached_property
    def misled(self) -> tuple[Element, ...]:
        """The links to wanted articles that stand in cards which are read, and lead elsewhere."""
        before = self.before
        if before is None or before.listing.sheet is None:
            return ()
        found = []
        for one in self.wanted:
            if number_in(one) not in before.by_number:
                continue
            near = next((links for up in one.up() if (links := self.page.outline.links_in(up))), ())
            link = max(near, key=lambda link: len(link.element.text), default=None)
            if link is not None and link.canonical not in before.articles:
                found.append(link.element)
        return tuple(found)

    @cached_property
    def missing_articles(self) -> tuple[str | None, ...]:
        """Where each of the `missing` leads: the nearest link in it or around it, that no other card is known by."""
        return tuple(self._leads_to(one) for one in self.missing)

    def parted(self, reading: CardReading, matched: Sequence[Element]) -> tuple[list[Element], list[Element]]:
        """Return those of the cards `matched` that were shown as none, and those that stay.

        Of an article that stands in several cards only the one that was shown goes.
        """
        unwanted = {number for one in self.unwanted for number in numbers_in(one)}
        gone, kept = [], []
        for one in matched:
            place = reading.by_number.get(number_in(one))
            if place is None or reading.items[place].canonical in self.companions:
                continue
            cards = reading.cards[place]
            own = next(card for card in cards if number_in(one) in card.numbers)
            is_shown = len(cards) == 1 or not unwanted.isdisjoint(own.numbers)
            article = reading.items[place].canonical
            if article in self.dismissed and is_shown:
                gone.append(one)
            elif article in self.kept or article in self.dismissed:
                kept.append(one)
        return gone, kept

    def _articles_at(self, element: Element) -> Iterable[str]:
        """Return the articles of the cards that `element` stands in, or of those that stand in it."""
        before = self.before
        if before is None:
            return
        numbers = [number for number in numbers_in(element) if number in before.by_number]
        own = before.by_number.get(number_in(element))
        if own is not None:
            yield before.items[own].canonical
        else:
            yield from {before.items[before.by_number[number]].canonical for number in numbers}
            if before.listing.sheet is None:  # of data, articles are known by their addresses alone
                yield from self.page.outline.articles_in(element) & before.articles

    def _leads_to(self, element: Element) -> str | None:
        for up in element.up():
            links = [link for link in self.page.outline.links_in(up) if link.canonical not in self.kept]
            if links:
                longest = max(links, key=lambda link: len(link.element.text))
                return longest.canonical
            if up.tag == "body":
                break
        return None

    def met_by(self, after: CardReading) -> bool:
        """Return whether `after` has all that is wanted and nothing that is unwanted."""
        if not all(holds(after, one) for one in self.wanted):
            return False
        if not all(own is None or own in after.articles for own in self.missing_articles):
            return False  # in a card, but of another article
        return not any(self._is_still_in(after, one) for one in self.unwanted)

    def _is_still_in(self, after: CardReading, element: Element) -> bool:
        # With `between`, what follows on a card is in it, wherever it came from; it is gone if it is no item.
        if not after.selectors.between and holds(after, element):
            return True
        return any(self._shown_by(element, item, after) for item in after.items if item.canonical in self.dismissed)

    def _shown_by(self, element: Element, item: Item, after: CardReading) -> bool:
        """Return whether an item that was dismissed is still there, and not by cards that nobody spoke of."""
        before = self.before
        known = next((one for one in before.items if one.canonical == item.canonical), None) if before else None
        if before is None or known is None:
            return False
        own = set(numbers_in(element))
        others = {card.tops for card in before.cards[known.position] if own.isdisjoint(card.numbers)}
        return not {card.tops for card in after.cards[item.position]} <= others

    @cached_property
    def companions(self) -> frozenset[str]:
        """The articles that may go along with the dismissed ones, for they are what these are.

        Their cards call themselves so, "sponsored"; they lead to an author or a tag; or to the host that several of
        the dismissed lead to, and that is not the site's.
        """
        if self.before is None or not self.dismissed:
            return frozenset()
        marked = {
            item.canonical: self._marks(item, cards)
            for item, cards in zip(self.before.items, self.before.cards, strict=True)
        }
        common = set.intersection(*(marked[article] for article in self.dismissed))
        return frozenset(article for article, marks in marked.items() if marks & common) & self.kept

    def _marks(self, item: Item, cards: Sequence[ReadCard]) -> set[str]:
        """Return what says of an item that it is no article, where all that were dismissed share it."""
        marks = {name for card in cards for top in self.page.visible(card.tops) for name in strange(top)}
        marks |= {f"/{part}/" for part in side_folders(item.link)}
        host = host_or_none(item.link)
        if host is not None and self._foreign_hosts[host] >= _SEVERAL:
            marks.add(f"//{host}")
        return marks

    @cached_property
    def _foreign_hosts(self) -> Counter[str | None]:
        """How many of the unwanted elements lead to which host that is not the site's; those that went before too."""
        near = (
            next((links for up in one.up() if (links := self.page.outline.links_in(up))), ()) for one in self.unwanted
        )
        hosts = Counter(host_or_none(links[0].url) for links in near if links)
        del hosts[self.page.outline.links.host]
        return hosts

    def lost(self, after: CardReading) -> frozenset[str]:
        """Return the articles that `after` has no more, and that nobody called wrong."""
        return self.kept - after.articles

    def strangers(self, after: CardReading) -> list[int]:
        """Return the places of the items of `after` that came though nobody has shown them."""
        known = (self.before.articles if self.before else frozenset()) | self._shown(after)
        return [item.position for item in after.items if item.canonical not in known]

    def _shown(self, after: CardReading) -> AbstractSet[str]:
        places = (after.by_number.get(number_in(one)) for one in self.wanted)
        return {after.items[place].canonical for place in places if place is not None}


def holds(reading: CardReading, element: Element) -> bool:
    """Return whether `element` stands in a card of `reading`, or a card in it."""
    return any(number in reading.by_number for number in numbers_in(element))
