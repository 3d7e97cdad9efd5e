"""Where the moving parts of a remembered card stand in its bytes: for knowing it again in a few steps.

Says yes where `RememberedCard.said_with` would return a card, and no in doubt: then that is asked. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from struct import Struct
from typing import Self

from feedbuilder.extract.learnt_places import LearntPlaces
from feedbuilder.extract.moving_parts import Part, numbers_of
from feedbuilder.extract.remembered_card import RememberedCard, Role, digest_of
from feedbuilder.extract.split_cards import Fragment
from feedbuilder.parse.raw_card import RawCard

_ZEROS = bytes.maketrans(b"123456789", b"000000000")
_APART = b"<"
"""Stands between values, and in none of them."""


@dataclass(frozen=True, slots=True)
class CardOutline:
    """A remembered card, by the bytes of its HTML."""

    of: RememberedCard
    length: int
    """Of these, in bytes."""
    layout: Struct
    """What stands between its parts, and they: in turns, beginning and ending with the former."""
    wanted: frozenset[str]
    """The places of its parts that are not read: all must be known to say nothing."""
    digits: bytes
    """The values that only digits tell from others, with all digits made alike."""
    plain: tuple[int, ...]
    """The places of these among the parts,"""
    fixed: tuple[tuple[int, bytes], ...]
    """of those that are read, with their values,"""
    mixed: tuple[tuple[int, Part], ...]
    """of ids made of letters and digits,"""
    texts: tuple[int, ...]
    """of those in texts, where a number must not be one that the card says elsewhere,"""
    handed: tuple[tuple[int, bytes, Part], ...]
    """and of those that are handed on, with their values."""

    @classmethod
    def by(cls, card: RememberedCard, html: str) -> Self:
        """Return the outline of `card`, which stands in `html`."""
        sizes, end = [], 0
        for part in card.parts:
            between, value = html[end : part.start], html[part.start : part.start + len(part.value)]
            sizes += [len(_encoded(between)), len(_encoded(value))]
            end = part.start + len(part.value)
        sizes.append(len(_encoded(html[end:])))
        numbered = list(enumerate(zip(card.parts, card.roles, strict=True)))
        unread = [(place, part) for place, (part, role) in numbered if role is not Role.READ]
        mixed = tuple((place, part) for place, part in unread if not (part.is_text or part.value.isdecimal()))
        odd = {place for place, _ in mixed}
        plain = tuple(place for place, _ in unread if place not in odd)
        return cls(
            card,
            sum(sizes),
            Struct("".join(f"{size}s" for size in sizes)),
            frozenset(card.places[place] for place, _ in unread),
            _APART.join(_encoded(card.parts[place].value) for place in plain).translate(_ZEROS),
            plain,
            tuple((place, _encoded(part.value)) for place, (part, role) in numbered if role is Role.READ),
            mixed,
            tuple(place for place, part in unread if part.is_text) if card.said else (),
            tuple((place, _encoded(part.value), part) for place, (part, role) in numbered if role is Role.HANDED_ON),
        )

    def said_by(self, fragment: Fragment, places: LearntPlaces) -> RawCard | None:
        """Return what a card says that is this one but for its parts; None in doubt."""
        html = _encoded(fragment.html)
        if len(html) != self.length or not places.known >= self.wanted:
            return None
        fields = self.layout.unpack(html)
        if digest_of(_encoded(fragment.around or ""), b"".join(fields[::2])) != self.of.rest:
            return None
        values = fields[1::2]
        if _APART.join([values[place] for place in self.plain]).translate(_ZEROS) != self.digits:
            return None
        for place, value in self.fixed:
            if values[place] != value:
                return None
        for place, part in self.mixed:
            if not part.may_be(_decoded(values[place])):
                return None
        if self.texts and self._says([values[place] for place in self.texts]):
            return None
        handed = [(part, _decoded(values[place])) for place, value, part in self.handed if values[place] != value]
        return self.of.handing_on(handed) if handed else self.of.card

    def _says(self, values: Sequence[bytes]) -> bool:
        """Return whether a number in one of these texts is one that the card says elsewhere."""
        return not self.of.said.isdisjoint(numbers_of(_decoded(_APART.join(values))))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decoded(value: bytes) -> str:
    return value.decode("utf-8", "surrogatepass")
