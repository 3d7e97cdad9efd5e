"""What is kept of the cards of a source for processes to come: as bytes, and back. Pure.

Owns how it is written. What was written by another program that reads pages, for other settings, or cannot be read for
whatever reason is nothing: then all cards are read once more.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from feedbuilder.extract.learnt_places import LearntPlaces
from feedbuilder.extract.moving_parts import Part
from feedbuilder.extract.remembered_card import RememberedCard, Role
from feedbuilder.masking import mask_text
from feedbuilder.parse.links import Link, Links
from feedbuilder.parse.raw_card import RawCard, RawHeading, RawLink

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
    except (zlib.error, ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError):
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
    card = one.card
    return [
        (key + one.family + one.rest).hex(),
        one.length,
        [[part.value, part.start, part.is_text] for part in one.parts],
        [names.setdefault(place, len(names)) for place in one.places],
        sorted(one.said),
        [[link.href, link.text, link.wholes] for link in card.links],
        [[heading.text, heading.hrefs, heading.wholes] for heading in card.headings],
        [card.anchor, card.title, card.summary, card.content],
        [card.link_chosen, card.guess],
        [card.pictured, card.dates, card.images, card.media, card.authors, card.tags],
    ]


def _card_in(written: Sequence[Any], names: Sequence[str]) -> tuple[bytes, RememberedCard]:
    keys, length, parts, places, said, links, headings, texts, flags, lists = written
    digests = bytes.fromhex(keys)
    key, family, rest = digests[:16], digests[16:32], digests[32:48]
    anchor, title, summary, content = (_text_or_none(one) for one in texts)
    link_chosen, guess = (_flag(one) for one in flags)
    pictured, dates, images, media, authors, tags = map(_texts, lists)
    card = RawCard(
        tuple(RawLink(_text(href), _text_or_none(text), _texts(wholes)) for href, text, wholes in links),
        anchor,
        link_chosen,
        title,
        guess,
        tuple(RawHeading(_text(text), _texts(hrefs), _texts(wholes)) for text, hrefs, wholes in headings),
        pictured,
        dates,
        summary,
        images,
        media,
        authors,
        tags,
        content,
    )
    named = tuple(names[_number(place)] for place in places)
    own = tuple(Part(_text(value), _number(start), _flag(is_text)) for value, start, is_text in parts)
    roles = tuple(Role[name.partition(" ")[0]] for name, _ in zip(named, own, strict=True))
    return key, RememberedCard(card, family, own, roles, named, frozenset(_texts(said)), _number(length), rest)


def _links(links: Links | None) -> list[Any] | None:
    if links is None:
        return None
    known = {href: link and (link.canonical, link.url) for href, link in links.known.items()}
    settings = [links.base, links.page, links.host, links.address, links.keep_fragment, list(links.drop_parameters)]
    return [settings, known, links.shown]


def _links_in(settings: Sequence[Any], known: Mapping[str, Any], shown: Mapping[str, Any]) -> Links:
    base, page, host, address = map(_text, settings[:4])
    keep_fragment, drop_parameters = _flag(settings[4]), _texts(settings[5])
    links = {href: link and Link(*map(_text, link)) for href, link in known.items()}
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
