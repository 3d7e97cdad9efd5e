"""A memory of cards already read, so that a page that hardly changed is hardly read again.

Owns when two cards are the same for a reading: same source settings, same HTML but for parts that are not read, or that
are handed on as they are. Which parts those are is learnt from each source's pages: a part that changed in two cards,
and in each of them was tried with other values, without anything else coming out. In doubt a card is read again.
"""

from __future__ import annotations

import hashlib
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from sys import intern
from threading import Lock

from feedbuilder.extract.moving_parts import (
    Part,
    Watched,
    is_held,
    moved_in,
    moving_parts,
    numbers_of,
    place_of,
    said_numbers,
    with_value,
    without,
)
from feedbuilder.extract.split_cards import Fragment
from feedbuilder.model import Selectors
from feedbuilder.parse.links import Links
from feedbuilder.parse.plain_text import TITLE_LIMIT, clean
from feedbuilder.parse.raw_card import RawCard

_OVERHEAD = 1_500
"""Bytes that a remembered card takes beside its texts, roughly."""
_TRIED = "91"
"""Digits of which values are made to try a part: 99 is no day of any month, and 11 is one."""
_ENOUGH = 2
"""So often a place has to stand the trial before it is believed; and so often it may fail."""
_MOST_PLACES = 500
"""Places of one source about which something is learnt."""

_MOST_LINKED = 500
"""Sources of which the addresses of the last page are remembered, some 40 kilobytes each."""

Read = Callable[[str], RawCard]
"""The HTML of a card -> what it says."""


class _Role(Enum):
    """What a moving part is for the reading of its card, by what was read."""

    READ = auto()
    UNREAD = auto()
    HANDED_ON = auto()
    """It is one of the dates, or the text of a link, as it stands there."""


@dataclass(frozen=True, slots=True)
class _Remembered:
    """A card that was read."""

    card: RawCard
    family: bytes
    """The key of all cards that differ in nothing but their moving parts."""
    size: int
    parts: tuple[Part, ...]
    roles: tuple[_Role, ...]
    """Of each part."""
    places: tuple[str, ...]
    """Of each part: its role and where it stands, the same in all cards."""
    said: frozenset[str]
    """The numbers in attributes that people read: a title's is compared with what else the card shows."""
    length: int
    """Of its HTML."""
    rest: bytes
    """The key of its HTML without its moving parts: by that it is known again where it is expected."""

    @classmethod
    def of(cls, html: str, card: RawCard, family: bytes, parts: tuple[Part, ...], rest: bytes) -> _Remembered:
        """Find out about the parts of a card that was read."""
        addresses = (*(link.href for link in card.links), *card.images, *card.media)
        texts, said = tuple(card.texts()), said_numbers(html)
        roles = tuple(
            _Role.READ if _is_said(part, said) else _role(part, card, html, texts, addresses) for part in parts
        )
        names = (f"{role.name} {place_of(html, part)}" for part, role in zip(parts, roles, strict=True))
        places = tuple(map(intern, names))
        size = _OVERHEAD + 2 * sum(map(len, (*texts, *addresses, *(part.value for part in parts))))
        return cls(card, family, size, parts, roles, places, said, len(html), rest)

    def with_parts(self, moved: Sequence[tuple[int, Part]]) -> RawCard:
        """Return what a card says in which these parts have other values."""
        told = {_told(self.parts[place]): _told(part) for place, part in moved if self.roles[place] is _Role.HANDED_ON}
        if not told:
            return self.card
        dates = tuple(dict.fromkeys(filter(None, (told.get(date, date) for date in self.card.dates))))
        links = tuple(replace(link, text=told.get(link.text, link.text)) for link in self.card.links)
        return replace(self.card, dates=dates, links=links)


@dataclass(slots=True)
class _Learnt:
    """What was learnt about the places of one source."""

    watched: Watched
    """What its rules look at."""
    known: set[str] = field(default_factory=set)
    """Places of which nothing was read though other values stood there."""
    stood: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    last: bytes | None = None
    """The key of the card that was read last, as it is remembered."""

    def is_open(self, place: str) -> bool:
        """Return whether there is something to learn about a place."""
        if len(self.stood) + len(self.failed) >= _MOST_PLACES:
            return False
        return self.stood[place] < _ENOUGH and self.failed[place] < _ENOUGH

    def note(self, place: str, *, stands: bool) -> None:
        """Note how a trial of a place went. One that failed is believed in no more."""
        (self.stood if stands else self.failed)[place] += 1
        if self.stood[place] >= _ENOUGH and not self.failed[place]:
            self.known.add(place)
        else:
            self.known.discard(place)


class CardCache:
    """What was read from cards. Safe to use from several threads; the cards unused for longest are forgotten first."""

    def __init__(self, *, max_cards: int = 50_000, max_bytes: int = 64_000_000, max_sources: int = 10_000) -> None:
        self._max_cards, self._max_bytes, self._max_sources = max_cards, max_bytes, max_sources
        self._known: OrderedDict[bytes, _Remembered] = OrderedDict()
        self._newest: dict[bytes, bytes] = {}
        """The key of a family -> that of the card of it that was read last."""
        self._following: dict[bytes, bytes] = {}
        """The key of a card -> that of the one that stood behind it last: there it is expected again."""
        self._learnt: OrderedDict[str, _Learnt] = OrderedDict()
        self._links: OrderedDict[str, Links] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._known)

    def read(self, mark: str, selectors: Selectors, fragment: Fragment, read: Read) -> RawCard:
        """Return what a card says under the settings `mark`, by `read` where it is not known from before."""
        with self._lock:
            learnt = self._of(mark, selectors)
            expected = self._expected(mark, fragment, learnt)
            if expected is not None:
                return expected
            key = _key(mark, fragment, fragment.html)
            same = self._known.get(key)
            if same is not None:
                self._met(key, learnt)
                return same.card
        stem, parts = moving_parts(fragment.html, learnt.watched)
        family = _key(mark, fragment, stem)
        with self._lock:
            known_as = self._newest.get(family)
            before = self._known[known_as] if known_as is not None else None
            moved = _moved(before, parts) if before is not None else []
            if before is not None and known_as is not None and _is_covered(before, moved, learnt):
                self._met(known_as, learnt)
                return before.with_parts(moved)
        rest = _key(mark, fragment, without(fragment.html, parts))
        now = _Remembered.of(fragment.html, read(fragment.html), family, parts, rest)
        if before is not None:
            self._learn(before, now, fragment.html, learnt, read)
        with self._lock:
            self._insert(key, now)
            if key in self._known:  # it is not where it alone is too large
                self._met(key, learnt)
        return now.card

    def links(self, mark: str, links: Links) -> Links:
        """Return `links` with what is known of them from the last page that was read under the settings `mark`."""
        with self._lock:
            before = self._links.pop(mark, None)
            now = self._links[mark] = links if before is None else links.after(before)
            if len(self._links) > _MOST_LINKED:
                self._links.popitem(last=False)
            return now

    def _expected(self, mark: str, fragment: Fragment, learnt: _Learnt) -> RawCard | None:
        """Return what the card says that stood behind the last one before, if this is the same but for its parts.

        What else there is to find out about parts is not found out here, but when a card was not expected.
        """
        known_as = self._following.get(learnt.last) if learnt.last else None
        before = self._known.get(known_as) if known_as else None
        if known_as is None or before is None or len(fragment.html) != before.length:
            return None
        if _key(mark, fragment, without(fragment.html, before.parts)) != before.rest:
            return None
        moved = moved_in(fragment.html, before.parts)
        if moved is None or not _is_covered(before, moved, learnt):
            return None
        self._met(known_as, learnt)
        return before.with_parts(moved)

    def _met(self, key: bytes, learnt: _Learnt) -> None:
        """Note that the remembered card with this key stands behind the one that was met before."""
        self._known.move_to_end(key)
        if learnt.last is not None and learnt.last in self._known:
            self._following[learnt.last] = key
        learnt.last = key

    def _of(self, mark: str, selectors: Selectors) -> _Learnt:
        learnt = self._learnt.get(mark)
        if learnt is None:
            learnt = self._learnt[mark] = _Learnt(Watched.by(selectors))
            if len(self._learnt) > self._max_sources:
                self._learnt.popitem(last=False)
        self._learnt.move_to_end(mark)
        return learnt

    def _learn(self, before: _Remembered, now: _Remembered, html: str, learnt: _Learnt, read: Read) -> None:
        """Try the parts in which two readings of one card differ: whether anything else comes of other values."""
        for place, part in _moved(before, now.parts):
            name = now.places[place]
            if not learnt.is_open(name) or _Role.READ in (before.roles[place], now.roles[place]):
                continue
            stands = all(_stands(now, place, part.with_digit(digit), html, read) for digit in _TRIED)
            with self._lock:
                learnt.note(name, stands=stands)

    def _insert(self, key: bytes, card: _Remembered) -> None:
        old = self._known.pop(key, None)
        self._bytes += card.size - (old.size if old else 0)
        self._known[key] = card
        self._newest[card.family] = key
        while self._known and (len(self._known) > self._max_cards or self._bytes > self._max_bytes):
            forgotten, dropped = self._known.popitem(last=False)
            self._bytes -= dropped.size
            self._following.pop(forgotten, None)
            if self._newest.get(dropped.family) == forgotten:
                del self._newest[dropped.family]


def _moved(before: _Remembered, parts: Sequence[Part]) -> list[tuple[int, Part]]:
    """Return the parts that have other values than `before`, with their places among all."""
    pairs = enumerate(zip(before.parts, parts, strict=True))
    return [(place, now) for place, (then, now) in pairs if then.value != now.value]


def _is_covered(before: _Remembered, moved: Sequence[tuple[int, Part]], learnt: _Learnt) -> bool:
    """Return whether what was read holds for a card that differs in these parts."""
    for place, part in moved:
        if (
            before.roles[place] is _Role.READ
            or before.places[place] not in learnt.known
            or (before.said and _is_said(part, before.said))
        ):
            return False
    return True


def _stands(now: _Remembered, place: int, value: str, html: str, read: Read) -> bool:
    """Return whether nothing else is read from a card with this value in that place."""
    part = now.parts[place]
    return read(with_value(html, part, value)) == now.with_parts([(place, replace(part, value=value))])


def _is_said(part: Part, said: frozenset[str]) -> bool:
    return part.is_text and not said.isdisjoint(numbers_of(part))


def _role(part: Part, card: RawCard, html: str, texts: Sequence[str], addresses: Sequence[str]) -> _Role:
    told = _told(part)
    if part.is_text and told and (told in card.dates or any(link.text == told for link in card.links)):
        rest = _without(card, told)
        alone = html.count(part.value.strip()) == 1
        return _Role.READ if not alone or is_held(part, rest, addresses) else _Role.HANDED_ON
    return _Role.READ if is_held(part, texts, addresses) else _Role.UNREAD


def _without(card: RawCard, told: str) -> tuple[str, ...]:
    dates = tuple(date for date in card.dates if date != told)
    links = tuple(replace(link, text=None) if link.text == told else link for link in card.links)
    return tuple(replace(card, dates=dates, links=links).texts())


def _told(part: Part) -> str | None:
    return clean(part.said, TITLE_LIMIT) if part.is_text else None


def _key(mark: str, fragment: Fragment, html: str) -> bytes:
    text = "\0".join((mark, fragment.around or "", html))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
