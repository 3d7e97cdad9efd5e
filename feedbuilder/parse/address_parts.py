"""What an address is made of, and where two addresses differ: host, parts of the path, parameters.

Owns which part of an address tells a story by itself: a number, an id of letters and digits, a slug of several words.
Works on canonical addresses; knows no items.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Self

_DATE_FOLDERS = re.compile(r"/((?:19|20)\d\d)/(\d{1,2}|[a-z]{3})(?:/(\d{1,2}))?(?=/|$)", re.IGNORECASE)
_DATE = re.compile(r"(?:19|20)\d\d[-_.]?(?:\d{2}|[a-z]{3})(?:[-_.]?\d{2})?(?!\d)|(?:19|20)\d\d$", re.IGNORECASE)
_DAY = re.compile(r"((?:19|20)\d\d)[-_.]?(\d{1,2})[-_.]?(\d{1,2})")
_NUMBER = re.compile(r"(?<![0-9a-z])\d{3,}(?![0-9a-z])|(?<=[a-z_])\d{4,}(?![0-9a-z])", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MIXED = re.compile(r"(?<![0-9a-z])(?=[a-z]{0,40}\d)(?=\d{0,40}[a-z])[0-9a-z]{8,64}(?![0-9a-z])", re.IGNORECASE)
_WORD_AND_NUMBER = re.compile(r"[a-z]{1,40}\d{4,40}", re.IGNORECASE)
"""Such as "article98765": the number counts."""
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:s?html?|php\d?|aspx?|jsp|cfm)$")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_SLUG_WORDS = 3
_TELLING_LENGTH = 14
_IDS = """
    id ids aid nid pid tid cid gid uid oid did vid eid fid article articleid article_id artikel artid art story
    storyid story_id news newsid news_id item itemid item_id post postid post_id p t topic topicid thread threadid node
    nodeid doc docid document content contentid content_id record uuid guid key code idx_article no nr num number seq
    bericht beitrag meldung noticia nota idnoticia id_article arcid wr_id issue issueid nummer
"""
ID_NAMES = frozenset(_IDS.split())
"""Parameters, in small letters, that tell articles apart wherever they stand."""


class Place(StrEnum):
    """A part of an address."""

    HOST = "host"
    SEGMENT = "segment"
    """A part of the path, counted from 0; folders of one date are one part."""
    PARAMETER = "parameter"
    FRAGMENT = "fragment"
    PATH = "path"
    """The path as a whole, where the number of its parts differs too."""


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """One part of an address: the parameter with a name, the part of a path with a place."""

    place: Place
    name: str = ""
    """Of a parameter: its name. Of a part of the path: its place and the number of parts, "0/3"."""


@dataclass(frozen=True, slots=True)
class AddressParts:
    """A canonical address, taken apart."""

    host: str
    segments: tuple[str, ...]
    parameters: tuple[str, ...]
    """As written, "name=value", in their order."""
    fragment: str = ""

    @classmethod
    def of(cls, canonical: str) -> Self:
        """Return the parts of a canonical address."""
        address, _, fragment = canonical.partition("#")
        place, _, query = address.partition("?")
        host, slash, path = place.partition("/")
        path = _DATE_FOLDERS.sub(lambda found: "/" + "-".join(filter(None, found.groups())), slash + path)
        return cls(host, tuple(path.split("/")[1:]), tuple(filter(None, query.split("&"))), fragment)

    def without(self, spot: Spot) -> AddressParts:
        """Return the address without the part at `spot`; itself where that is not there."""
        if spot.place is Place.PARAMETER:
            rest = tuple(part for part in self.parameters if name_of(part) != spot.name)
            return AddressParts(self.host, self.segments, rest, self.fragment)
        if spot.place is Place.SEGMENT:
            index, _, count = spot.name.partition("/")
            if len(self.segments) == int(count) and int(index) < int(count):
                rest = (*self.segments[: int(index)], *self.segments[int(index) + 1 :])
                return AddressParts(self.host, rest, self.parameters, self.fragment)
        return self

    def value(self, spot: Spot) -> str:
        """Return what stands at `spot`, "" where nothing does."""
        if spot.place is Place.PARAMETER:
            return "&".join(part.partition("=")[2] for part in self.parameters if name_of(part) == spot.name)
        if spot.place is Place.SEGMENT:
            index, _, count = spot.name.partition("/")
            return self.segments[int(index)] if len(self.segments) == int(count) else ""
        return self.host if spot.place is Place.HOST else self.fragment

    def __str__(self) -> str:
        query = "?" + "&".join(self.parameters) if self.parameters else ""
        return "/".join((self.host, *self.segments)) + query + ("#" + self.fragment if self.fragment else "")


@lru_cache(maxsize=2048)
def parts_of(canonical: str) -> AddressParts:
    """Return the parts of a canonical address (see `AddressParts.of`)."""
    return AddressParts.of(canonical)


def name_of(parameter: str) -> str:
    """Return the name of a parameter as it is written in an address."""
    return parameter.partition("=")[0]


def differences(one: AddressParts, other: AddressParts) -> frozenset[Spot]:
    """Return where two addresses differ. A part of the path that is in one of them only is one difference."""
    found: set[Spot] = set()
    if one.host != other.host:
        found.add(Spot(Place.HOST))
    if one.fragment != other.fragment:
        found.add(Spot(Place.FRAGMENT))
    names = {name_of(part) for part in (*one.parameters, *other.parameters)}
    for name in names:
        spot = Spot(Place.PARAMETER, name)
        mine = [part for part in one.parameters if name_of(part) == name]
        theirs = [part for part in other.parameters if name_of(part) == name]
        if mine != theirs:
            found.add(spot)
    return frozenset(found | _path_differences(one.segments, other.segments))


def _path_differences(one: tuple[str, ...], other: tuple[str, ...]) -> set[Spot]:
    if len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return {
            Spot(Place.SEGMENT, f"{index}/{len(one)}")
            for index, (mine, theirs) in pairs
            if mine != theirs and _loosely(mine) != _loosely(theirs)
        }
    longer, shorter = sorted((one, other), key=len, reverse=True)
    if len(longer) == len(shorter) + 1:
        for index in range(len(longer)):
            if (*longer[:index], *longer[index + 1 :]) == shorter:
                return {Spot(Place.SEGMENT, f"{index}/{len(longer)}")}
    return {Spot(Place.PATH)}


def _loosely(segment: str) -> str:
    """Return a part of a path without its case and its ending: servers change both, and mean nothing by it."""
    return _ENDING.sub("", segment.casefold())


@lru_cache(maxsize=2048)
def story_numbers(address: AddressParts) -> frozenset[str]:
    """Return the numbers and ids in an address that may be those of its story; no dates, no years."""
    texts = [*address.segments, *(part.partition("=")[2] for part in address.parameters)]
    found: set[str] = set()
    for text in texts:
        uuids = _UUID.findall(text)
        rest = _UUID.sub(" ", text)
        rest = _DATE.sub(" ", rest) if _DATE.match(rest) else rest
        found.update(uuid.lower() for uuid in uuids)
        found.update(number for number in _NUMBER.findall(rest) if not _YEAR.fullmatch(number))
        mixed = (one for one in _MIXED.findall(rest) if not _WORD_AND_NUMBER.fullmatch(one))
        found.update(one for one in mixed if sum(sign.isdigit() for sign in one) > 1)
    return frozenset(found)


@lru_cache(maxsize=8192)
def numbers_in(canonical: str) -> frozenset[str]:
    """Return the `story_numbers` of a canonical address: the same, found without taking it apart each time."""
    return story_numbers(parts_of(canonical))


def day_of(segment: str) -> date | None:
    """Return the day that a part of a path names: "2026-02-06" (folders of one date are one part), "20260206"."""
    found = _DAY.fullmatch(segment)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def numbers_of_the_end(address: AddressParts) -> frozenset[str]:
    """Return those of the `story_numbers` that are the story's own: in the last part of the path, or named as ids."""
    named = tuple(part for part in address.parameters if name_of(part).lower() in ID_NAMES)
    return story_numbers(AddressParts(address.host, address.segments[-1:], named))


def tells_a_story(address: AddressParts) -> bool:
    """Return whether an address names one story: by a number or an id, or by a slug at the end of its path."""
    if story_numbers(address) or any(
        name_of(part).lower() in ID_NAMES and part.partition("=")[2] for part in address.parameters
    ):
        return True
    slug = address.segments[-1] if address.segments else ""
    return len(_WORDS.findall(slug)) >= _SLUG_WORDS or (len(slug) >= _TELLING_LENGTH and "-" in slug)


def is_token(value: str) -> bool:
    """Return whether a value looks made by a machine for the moment: long, of letters and digits, or a stamp."""
    words = [word for word in re.split(r"[-_.~+]|%20", value) if len(word) >= 3 and word.isalpha()]
    if len(words) > 1:
        return False
    bare = re.sub(r"[-_.~%:]", "", value)
    if bare.isdigit():
        return len(bare) >= 10
    return len(bare) >= 6 and bare.isalnum() and any(sign.isdigit() for sign in bare)
