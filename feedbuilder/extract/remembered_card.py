"""A card that was read: what it says, and what its moving parts are for that.

Owns which parts of a card may change while it says the same: those that were not read, and those that are handed on as
they stand. That the same goes for all cards of a source, `learnt_places` says. Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import partial
from html import unescape
from sys import intern

from feedbuilder.extract.learnt_places import LearntPlaces
from feedbuilder.extract.moving_parts import Part, is_held, numbers_of, place_of, said_numbers, with_values
from feedbuilder.extract.split_cards import Fragment
from feedbuilder.parse.plain_text import TITLE_LIMIT, clean
from feedbuilder.parse.raw_card import RawCard

OVERHEAD = 2_400
"""Bytes that a remembered card takes beside its texts, roughly."""
_TRIED = (("9", -1), ("1", 1))
"""Digits of which values are made to try parts, and how these go on from part to part, so that no two are alike.

99 is no day of any month, and 11 is one.
"""

Read = Callable[[str], RawCard]
"""The HTML of a card -> what it says."""


class Role(Enum):
    """What a moving part is for the reading of its card, by what was read."""

    READ = auto()
    UNREAD = auto()
    HANDED_ON = auto()
    """It is one of the dates, or the text of a link, as it stands there."""


@dataclass(frozen=True, slots=True)
class RememberedCard:
    """A card that was read."""

    card: RawCard
    family: bytes
    """The key of all cards that differ in nothing but their moving parts."""
    parts: tuple[Part, ...]
    roles: tuple[Role, ...]
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
    def of(cls, html: str, card: RawCard, family: bytes, parts: tuple[Part, ...], rest: bytes) -> RememberedCard:
        """Find out about the parts of a card that was read."""
        addresses = (*(link.href for link in card.links), *card.images, *card.media)
        texts, said = tuple(card.texts()), said_numbers(html)
        roles = tuple(
            Role.READ
            if part.is_text and not said.isdisjoint(numbers_of(part.value))
            else _role(part, card, html, texts, addresses)
            for part in parts
        )
        names = (f"{role.name} {place_of(html, part)}" for part, role in zip(parts, roles, strict=True))
        places = tuple(map(intern, names))
        return cls(card, family, parts, roles, places, said, len(html), rest)

    @property
    def size(self) -> int:
        """Return how many bytes it takes, roughly."""
        card = self.card
        links = (link.href for link in card.links)
        values = (part.value for part in self.parts)
        return OVERHEAD + 2 * sum(map(len, (*card.texts(), *links, *card.images, *card.media, *values)))

    def said_with(self, values: Sequence[str], places: LearntPlaces) -> RawCard | None:
        """Return what a card says that is this one but for the values of its parts; None where it has to be read.

        `values` are those of all its parts, in their order. Where one is none that may stand there, it is another card.
        """
        handed: list[tuple[Part, str]] = []
        for part, value, role, place in zip(self.parts, values, self.roles, self.places, strict=True):
            if value == part.value:
                continue
            if role is Role.READ or place not in places.known or not part.may_be(value):
                return None
            if self.said and part.is_text and not self.said.isdisjoint(numbers_of(value)):
                return None
            if role is Role.HANDED_ON:
                handed.append((part, value))
        return self.handing_on(handed) if handed else self.card

    def handing_on(self, values: Iterable[tuple[Part, str]]) -> RawCard:
        """Return what a card says that is this one but for parts that are handed on, with the values that they have."""
        return self._telling({_told(part.value): _told(value) for part, value in values})

    def _telling(self, told: Mapping[str | None, str | None]) -> RawCard:
        """Return what it says with other texts in place of those that are handed on."""
        dates = tuple(dict.fromkeys(filter(None, (told.get(date, date) for date in self.card.dates))))
        links = tuple(replace(link, text=told.get(link.text, link.text)) for link in self.card.links)
        return replace(self.card, dates=dates, links=links)

    def moved(self, parts: Sequence[Part]) -> list[int]:
        """Return which of the `parts` of a card like this one have other values: their places among all."""
        pairs = enumerate(zip(self.parts, parts, strict=True))
        return [place for place, (then, now) in pairs if then.value != now.value]

    def standing(self, places: Sequence[int], html: str, read: Read) -> Mapping[int, bool]:
        """Return of each of `places` whether nothing else is read from this card, `html`, with other values there.

        All are tried at once; where something else is read, in halves, down to those that do it. Where these alone do
        not, it is due to some of them together, and none of them stands.
        """
        if all(self._says_the_same(places, html, read, *tried) for tried in _TRIED):
            return dict.fromkeys(places, True)
        if len(places) == 1:
            return {places[0]: False}
        middle = len(places) // 2
        found = {**self.standing(places[:middle], html, read), **self.standing(places[middle:], html, read)}
        return dict.fromkeys(places, False) if all(found.values()) else found

    def _says_the_same(self, places: Sequence[int], html: str, read: Read, digit: str, step: int) -> bool:
        """Return whether nothing else is read from this card with values of `digit` in these places."""
        tried = {
            self.parts[place]: self.parts[place].with_number(partial(_number, digit, step * nth))
            for nth, place in enumerate(places)
        }
        handed = [self.parts[place] for place in places if self.roles[place] is Role.HANDED_ON]
        expected = self.handing_on([(part, tried[part]) for part in handed]) if handed else self.card
        return read(with_values(html, tried)) == expected


def _role(part: Part, card: RawCard, html: str, texts: Sequence[str], addresses: Sequence[str]) -> Role:
    told = _told(part.value) if part.is_text else None
    if told and (told in card.dates or any(link.text == told for link in card.links)):
        rest = _without(card, told)
        alone = html.count(part.value.strip()) == 1
        return Role.READ if not alone or is_held(part, rest, addresses) else Role.HANDED_ON
    return Role.READ if is_held(part, texts, addresses) else Role.UNREAD


def _without(card: RawCard, told: str) -> tuple[str, ...]:
    dates = tuple(date for date in card.dates if date != told)
    links = tuple(replace(link, text=None) if link.text == told else link for link in card.links)
    return tuple(replace(card, dates=dates, links=links).texts())


def _number(digit: str, further: int, count: int) -> str:
    """Return the number of `count` times the same digit, or one so much further on, with as many digits."""
    return str((int(digit * count) + further) % 10**count).zfill(count) if count else ""


def _told(value: str) -> str | None:
    return clean(unescape(value), TITLE_LIMIT)


def key_of(fragment: Fragment, html: str) -> bytes:
    """Return what tells the HTML of a card, or a part of it, from any other of its source."""
    return digest_of((fragment.around or "").encode("utf-8", "surrogatepass"), html.encode("utf-8", "surrogatepass"))


def digest_of(around: bytes, html: bytes) -> bytes:
    """Return what `key_of` does, by the bytes of both."""
    return hashlib.blake2b(b"%b\0%b" % (around, html), digest_size=16).digest()
