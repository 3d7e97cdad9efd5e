"""A card that was read: what it says, and what its moving parts are for that.

Owns which parts of a card may change while it says the same: those that were not read, and those that are handed on as
they stand. That the same goes for all cards of a source, `learnt_places` says. Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from sys import intern

from feedbuilder.extract.learnt_places import LearntPlaces
from feedbuilder.extract.moving_parts import Part, is_held, numbers_of, place_of, said_numbers, with_value
from feedbuilder.extract.split_cards import Fragment
from feedbuilder.parse.plain_text import TITLE_LIMIT, clean
from feedbuilder.parse.raw_card import RawCard

OVERHEAD = 2_400
"""Bytes that a remembered card takes beside its texts, roughly."""
_TRIED = "91"
"""Digits of which values are made to try a part: 99 is no day of any month, and 11 is one."""

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
            Role.READ if _is_said(part, said) else _role(part, card, html, texts, addresses) for part in parts
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

    def with_parts(self, moved: Sequence[tuple[int, Part]]) -> RawCard:
        """Return what a card says in which these parts have other values."""
        told = {_told(self.parts[place]): _told(part) for place, part in moved if self.roles[place] is Role.HANDED_ON}
        if not told:
            return self.card
        dates = tuple(dict.fromkeys(filter(None, (told.get(date, date) for date in self.card.dates))))
        links = tuple(replace(link, text=told.get(link.text, link.text)) for link in self.card.links)
        return replace(self.card, dates=dates, links=links)

    def moved(self, parts: Sequence[Part]) -> list[tuple[int, Part]]:
        """Return which of the `parts` of a card like this one have other values, with their places among all."""
        pairs = enumerate(zip(self.parts, parts, strict=True))
        return [(place, now) for place, (then, now) in pairs if then.value != now.value]

    def covers(self, moved: Sequence[tuple[int, Part]], places: LearntPlaces) -> bool:
        """Return whether what was read holds for a card that differs in these parts."""
        for place, part in moved:
            if (
                self.roles[place] is Role.READ
                or self.places[place] not in places.known
                or (self.said and _is_said(part, self.said))
            ):
                return False
        return True

    def stands(self, place: int, html: str, read: Read) -> bool:
        """Return whether nothing else is read from this card, which is `html`, with other values in that place."""
        part = self.parts[place]
        values = (part.with_digit(digit) for digit in _TRIED)
        return all(
            read(with_value(html, part, value)) == self.with_parts([(place, replace(part, value=value))])
            for value in values
        )


def _is_said(part: Part, said: frozenset[str]) -> bool:
    return part.is_text and not said.isdisjoint(numbers_of(part))


def _role(part: Part, card: RawCard, html: str, texts: Sequence[str], addresses: Sequence[str]) -> Role:
    told = _told(part)
    if part.is_text and told and (told in card.dates or any(link.text == told for link in card.links)):
        rest = _without(card, told)
        alone = html.count(part.value.strip()) == 1
        return Role.READ if not alone or is_held(part, rest, addresses) else Role.HANDED_ON
    return Role.READ if is_held(part, texts, addresses) else Role.UNREAD


def _without(card: RawCard, told: str) -> tuple[str, ...]:
    dates = tuple(date for date in card.dates if date != told)
    links = tuple(replace(link, text=None) if link.text == told else link for link in card.links)
    return tuple(replace(card, dates=dates, links=links).texts())


def _told(part: Part) -> str | None:
    return clean(part.said, TITLE_LIMIT) if part.is_text else None


def key_of(fragment: Fragment, html: str) -> bytes:
    """Return what tells the HTML of a card, or a part of it, from any other of its source."""
    text = "\0".join((fragment.around or "", html))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
