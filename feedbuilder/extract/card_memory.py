"""The cards of one source, as they were read: a list that hardly changed is hardly read again.

Owns when two cards are the same for a reading: same HTML but for parts that are not read, or that are handed on as they
are. Which parts those are is learnt from the source's pages: a part that changed in two cards, and in each of them was
tried with other values, without anything else coming out. In doubt a card is read again.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Self

from feedbuilder.extract.card_usage import CardUsage
from feedbuilder.extract.kept_cards import KeptCards
from feedbuilder.extract.learnt_places import LearntPlaces
from feedbuilder.extract.moving_parts import Watched, moving_parts, values_in, without
from feedbuilder.extract.remembered_card import Read, RememberedCard, Role, key_of
from feedbuilder.extract.split_cards import Fragment
from feedbuilder.parse.links import Links
from feedbuilder.parse.raw_card import RawCard

if TYPE_CHECKING:
    from feedbuilder.extract.card_outline import CardOutline
    from feedbuilder.extract.steady_list import SteadyList

_LINK = 400
"""Bytes that a remembered address takes, roughly."""
_OUTLINE = 900
"""Bytes that an outline takes, roughly."""
_PAGES = 12
"""For so many pages a card is remembered that is shown no more: it may be on another page of the list, or return."""


class CardMemory:
    """What was read from the cards of one source by one set of selectors. Safe to use from several threads."""

    def __init__(self, watched: Watched) -> None:
        """Know nothing yet; `watched` is what the selectors look at."""
        self._watched = watched
        self._places = LearntPlaces()
        self._known: OrderedDict[bytes, RememberedCard] = OrderedDict()
        """By the key of their HTML; those that were met last, last."""
        self._outlines: dict[bytes, CardOutline | None] = {}
        """Of those that were known again where they were expected; None for those that were so once."""
        self._newest: dict[bytes, bytes] = {}
        """The key of a family -> that of the card of it that was read last."""
        self._following: dict[bytes, bytes] = {}
        """The key of a card -> that of the one that stood behind it last: there it is expected again."""
        self._last: bytes | None = None
        """The key of the card that was met last."""
        self._pages = 0
        """How many were begun, in other processes too, as far as that is known."""
        self._is_taken_up = False
        self._seen: dict[bytes, int] = {}
        """On which of them each card was met last."""
        self._shown: list[bytes] = []
        """The keys of the cards of this page, as far as it was read."""
        self._read, self._were_known = 0, False
        """How many of these had to be read; whether there were others when the page was begun."""
        self._usage = CardUsage()
        self._links: Links | None = None
        self.steady: SteadyList | None = None
        """The items of the last page, where a page that says the same lists the same; None where that is not sure."""
        self._bytes = 0
        self._lock = Lock()

    @classmethod
    def of(cls, kept: KeptCards, watched: Watched) -> Self:
        """Return what was kept of a source whose selectors look at what is `watched`."""
        memory = cls(watched)
        memory._places, memory._links = kept.places, kept.links
        memory._usage = CardUsage(kept.idle, kept.kept)
        memory._pages, memory._is_taken_up = 1, True
        for key, card in kept.cards:
            memory._insert(key, card)
            memory._met(key)
        if kept.cards:
            memory._met(kept.cards[0][0])  # after the last card of a page the first one of the next is met
            memory._last = kept.cards[-1][0]
        return memory

    def __len__(self) -> int:
        return len(self._known)

    @property
    def size(self) -> int:
        """Return how many bytes all of it takes, roughly."""
        links = self._links
        steady = self.steady.size if self.steady is not None else 0
        return self._bytes + steady + (_LINK * (len(links.known) + len(links.shown)) if links is not None else 0)

    def read(self, fragment: Fragment, read: Read) -> RawCard:
        """Return what a card says, by `read` where it is not known from before."""
        with self._lock:
            expected = self._expected(fragment)
            if expected is not None:
                return expected
            key = key_of(fragment, fragment.html)
            same = self._known.get(key)
            if same is not None:
                self._met(key)
                return same.card
        stem, parts = moving_parts(fragment.html, self._watched)
        family = key_of(fragment, stem)
        with self._lock:
            known_as = self._newest.get(family)
            before = self._known[known_as] if known_as is not None else None
            if before is not None and known_as is not None:
                said = before.said_with([part.value for part in parts], self._places)
                if said is not None:
                    self._met(known_as)
                    return said
        rest = key_of(fragment, without(fragment.html, parts))
        now = RememberedCard.of(fragment.html, read(fragment.html), family, parts, rest)
        if before is not None:
            self._learn(before, now, fragment.html, read)
        with self._lock:
            self._insert(key, now)
            self._met(key)
            self._read += 1
        return now.card

    def begin(self) -> None:
        """Begin with a page."""
        with self._lock:
            self._shown, self._read, self._were_known = [], 0, bool(self._known)
            self._pages += 1

    def end(self) -> None:
        """Note that the page was read; forget the cards that no page has shown for long."""
        with self._lock:
            self._usage.note_page(len(self._shown), self._read, were_known=self._were_known)
            while self._known and self._seen[next(iter(self._known))] <= self._pages - _PAGES:
                self._forget_oldest()

    def is_worth_keeping(self, now: datetime) -> bool:
        """Return whether what is known is to be kept for other processes, after the last page."""
        with self._lock:
            return self._usage.is_worth_keeping(now)

    def kept(self, now: datetime) -> KeptCards:
        """Return what is kept from now on for other processes: the cards of the last page, and what was learnt."""
        with self._lock:
            self._usage.note_kept(now)
            shown = dict.fromkeys(key for key in self._shown if key in self._known)
            cards = tuple((key, self._known[key]) for key in shown)
            places = LearntPlaces.of(self._places.stood.copy(), self._places.failed.copy())
            return KeptCards(cards, places, self._links, self._usage.idle, now)

    @property
    def is_read_again(self) -> bool:
        """Return whether this is not the first page of the source, as far as that is known here."""
        return self._pages > 1

    @property
    def is_taken_up_whole(self) -> bool:
        """Return whether this is the first page here after what was kept, and all of its cards were in that."""
        return self._is_taken_up and self._pages == 2 and not self._read

    def links(self, links: Links) -> Links:
        """Return `links` with what is known of them from the page that was read before."""
        with self._lock:
            self._links = links if self._links is None else links.after(self._links)
            return self._links

    def forget_down_to(self, cards: int, size: int) -> None:
        """Forget cards, those unused for longest first, until there are no more than so many, of so many bytes."""
        with self._lock:
            while self._known and (len(self._known) > cards or self._bytes > size):
                self._forget_oldest()
                self.steady = None

    def _forget_oldest(self) -> None:
        """Forget the card that was met longest ago."""
        forgotten, dropped = self._known.popitem(last=False)
        self._bytes -= dropped.size
        self._drop_outline(forgotten)
        self._following.pop(forgotten, None)
        del self._seen[forgotten]
        if self._newest.get(dropped.family) == forgotten:
            del self._newest[dropped.family]

    def _expected(self, fragment: Fragment) -> RawCard | None:
        """Return what the card says that stood behind the last one before, if this is the same but for its parts.

        What else there is to find out about parts is not found out here, but when a card was not expected.
        """
        known_as = self._following.get(self._last) if self._last else None
        before = self._known.get(known_as) if known_as else None
        if known_as is None or before is None or len(fragment.html) != before.length:
            return None
        outline = self._outlines.get(known_as)
        if outline is not None and (quickly := outline.said_by(fragment, self._places)) is not None:
            self._met(known_as)
            return quickly
        if key_of(fragment, without(fragment.html, before.parts)) != before.rest:
            return None
        said = before.said_with(values_in(fragment.html, before.parts), self._places)
        if said is not None:
            self._met(known_as)
            self._outline(known_as, before, fragment.html)
        return said

    def _outline(self, key: bytes, card: RememberedCard, html: str) -> None:
        """Note that `card` was known again where it was expected: the second time that it is worth an outline."""
        if key not in self._outlines:
            self._outlines[key] = None
        elif self._outlines[key] is None:
            from feedbuilder.extract.card_outline import CardOutline  # noqa: PLC0415 - not for pages that are read once

            self._outlines[key] = CardOutline.by(card, html)
            self._bytes += _OUTLINE

    def _drop_outline(self, key: bytes) -> None:
        if self._outlines.pop(key, None) is not None:
            self._bytes -= _OUTLINE

    def _met(self, key: bytes) -> None:
        """Note that the remembered card with this key stands behind the one that was met before."""
        self._known.move_to_end(key)
        self._seen[key] = self._pages
        if self._last is not None and self._last in self._known:
            self._following[self._last] = key
        self._last = key
        self._shown.append(key)

    def _learn(self, before: RememberedCard, now: RememberedCard, html: str, read: Read) -> None:
        """Try the parts in which two readings of one card differ: whether anything else comes of other values."""
        moved = before.moved(now.parts)
        unread = [place for place in moved if Role.READ not in (before.roles[place], now.roles[place])]
        unknown = self._places.open_among([(place, now.places[place]) for place in unread])
        if not unknown:
            return
        tried = now.standing(unknown, html, read)
        with self._lock:
            for place, stands in tried.items():
                if self._places.is_open(now.places[place]):
                    self._usage.has_learnt |= self._places.note(now.places[place], stands=stands)

    def _insert(self, key: bytes, card: RememberedCard) -> None:
        old = self._known.pop(key, None)
        self._drop_outline(key)
        self._bytes += card.size - (old.size if old else 0)
        self._known[key] = card
        self._newest[card.family] = key
