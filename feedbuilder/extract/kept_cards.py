"""What is kept of the cards of a source for processes to come: as bytes, and back. Pure.

Owns how it is written. What was written by another program that reads pages, for other settings, or cannot be read for
whatever reason is nothing: then all cards are read once more.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, TypeVar

from feedbuilder.extract.learnt_places import LearntPlaces
from feedbuilder.extract.moving_parts import Part
from feedbuilder.extract.remembered_card import RememberedCard, Role
from feedbuilder.masking import mask_text
from feedbuilder.parse.links import Link, Links
from feedbuilder.parse.raw_card import RawCard, RawHeading, RawLink

T = TypeVar("T")

LARGEST = 100_000
"""Bytes of what is kept of one source; where it would be more, nothing is."""
_LONGEST = 2_000_000
"""Bytes that it may be unpacked; what was compressed may be anything, once somebody else wrote it."""
_QUICKLY = 1
"""How hard zlib tries: what more it saves is not worth the time at each reading."""


@dataclass(frozen=True, slots=True)
class KeptCards:
    """The cards of the last page of a source, and what was learnt of all."""

    cards: tuple[tuple[bytes, RememberedCard], ...]
    """With their keys, in page order."""
    places: LearntPlaces
    links: Links | None
    """What is known of the addresses on the page."""
    idle: int
    """See `CardUsage`."""
    kept: datetime

    def packed(self, mark: str) -> bytes | None:
        """Return all of it as bytes, for cards that are read by the settings `mark`.

        None where it is too large, and where a secret is in it: masked it would be another card.
        """
        written = json.dumps(_written(self), ensure_ascii=False, separators=(",", ":"))
        if mask_text(written) != written:
            return None
        content = mark.encode() + zlib.compress(written.encode("utf-8", "surrogatepass"), _QUICKLY)
        return content if len(content) <= LARGEST else None


def unpacked(content: bytes, mark: str) -> KeptCards | None:
    """Return what was `packed` for cards that are read by the settings `mark`; None where it was not, or is damaged."""
    own = mark.encode()
    if not content.startswith(own):
        return None
    packed = zlib.decompressobj()
    try:
        written = packed.decompress(content[len(own) :], _LONGEST)
        if not packed.eof:
            return None
        return _read(json.loads(written.decode("utf-8", "surrogatepass")))
    except (zlib.error, ValueError, TypeError, LookupError, AttributeError, OverflowError, OSError, RecursionError):
        return None


def _written(kept: KeptCards) -> list[Any]:
    names: dict[str, int] = {}
    cards = [_card(key, one, names) for key, one in kept.cards]
    counts = [
        [[names.setdefault(place, len(names)), times] for place, times in count.items()]
        for count in (kept.places.stood, kept.places.failed)
    ]
    return [int(kept.kept.timestamp()), kept.idle, list(names), *counts, cards, _links(kept.links)]


def _read(written: Any) -> KeptCards:
    at, idle, names, stood, failed, cards, links = written
    names = _texts(names)
    counts = (Counter({names[_number(place)]: _number(times) for place, times in count}) for count in (stood, failed))
    return KeptCards(
        tuple(_card_in(one, names) for one in cards),
        LearntPlaces.of(*counts),
        None if links is None else _links_in(*links),
        _number(idle),
        datetime.fromtimestamp(_number(at), UTC),
    )


def _card(key: bytes, one: RememberedCard, names: dict[str, int]) -> list[Any]:
    return [
        (key + one.family + one.rest).hex(),
        one.length,
        [[part.value, part.start, part.is_text] for part in one.parts],
        [names.setdefault(place, len(names)) for place in one.places],
        sorted(one.said),
        [_plain(value) for value in _values_of(one.card)],
    ]


def _card_in(written: Sequence[Any], names: Sequence[str]) -> tuple[bytes, RememberedCard]:
    keys, length, parts, places, said, values = written
    digests = bytes.fromhex(keys)
    key, family, rest = digests[:16], digests[16:32], digests[32:48]
    named = tuple(names[_number(place)] for place in places)
    own = tuple(Part(_text(value), _number(start), _flag(is_text)) for value, start, is_text in parts)
    roles = tuple(Role[name.partition(" ")[0]] for name, _ in zip(named, own, strict=True))
    card = _record(RawCard, values)
    return key, RememberedCard(card, family, own, roles, named, frozenset(_texts(said)), _number(length), rest)


def _plain(value: Any) -> Any:
    """Return the value of a field of a card as JSON has it."""
    if type(value) is tuple and value and type(value[0]) in _RECORDS:
        return [[*attrgetter(*_RECORDS[type(one)])(one)] for one in value]
    return value


def _record(kind: type[T], written: Sequence[Any]) -> T:
    """Return what `kind` is made of again: its fields in their order, each of the type that it has."""
    return kind(*[read(value) for read, value in zip(_READERS[kind], written, strict=True)])


def _records(kind: type[T]) -> Callable[[Any], tuple[T, ...]]:
    return lambda written: tuple(_record(kind, one) for one in written)


def _links(links: Links | None) -> list[Any] | None:
    if links is None:
        return None
    # Copied first, in one go: another thread may be reading a page with them.
    known = {href: link and (link.canonical, link.url) for href, link in dict(links.known).items()}
    settings = [links.base, links.page, links.host, links.address, links.keep_fragment, list(links.drop_parameters)]
    return [settings, known, dict(links.shown)]


def _links_in(settings: Sequence[Any], known: Mapping[str, Any], shown: Mapping[str, Any]) -> Links:
    base, page, host, address = map(_text, settings[:4])
    keep_fragment, drop_parameters = _flag(settings[4]), _texts(settings[5])
    links = {href: None if link is None else Link(*map(_text, link)) for href, link in known.items()}
    pictures = {src: _text_or_none(url) for src, url in shown.items()}
    return Links(base, page, host, keep_fragment, drop_parameters, address, links, pictures)


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError
    return value


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


def _texts(values: Iterable[Any]) -> tuple[str, ...]:
    if type(values) is not list:
        raise TypeError
    return tuple(map(_text, values))


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError
    return value


def _flag(value: Any) -> bool:
    if type(value) is not bool:
        raise TypeError
    return value


_RECORDS = {kind: tuple(field.name for field in fields(kind)) for kind in (RawLink, RawHeading)}
_values_of = attrgetter(*(field.name for field in fields(RawCard)))
# By what stands at the field, so that none is forgotten: one of a type that is not here is an error at once.
_BY_TYPE: Mapping[Any, Callable[[Any], Any]] = {
    "str": _text,
    "str | None": _text_or_none,
    "bool": _flag,
    "tuple[str, ...]": _texts,
    "tuple[RawLink, ...]": _records(RawLink),
    "tuple[RawHeading, ...]": _records(RawHeading),
}
_READERS: Mapping[Any, Sequence[Callable[[Any], Any]]] = {
    kind: tuple(_BY_TYPE[field.type] for field in fields(kind)) for kind in (RawCard, RawLink, RawHeading)
}
