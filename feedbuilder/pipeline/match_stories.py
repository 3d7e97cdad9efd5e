"""The pairs of one page, looked at together: which hang together, and what they teach about a source's addresses. Pure.

Owns what the page as a whole proves: many stories whose addresses changed in one place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from feedbuilder.model import AddressRule, Item, Known
from feedbuilder.parse.address_parts import (
    ID_NAMES,
    Place,
    Spot,
    day_of,
    is_token,
    parts_of,
    tells_a_story,
)
from feedbuilder.parse.address_variants import plain_address
from feedbuilder.pipeline.address_keys import clashing, numbers_of_stories, without_spots
from feedbuilder.pipeline.story_evidence import AddressMatch, Dates, match_of

ENOUGH = 3
"""So many stories whose addresses changed in one place show that this place means nothing."""


def matches_of(
    unknown: Sequence[Item], free: Sequence[Known], items: Sequence[Item], rules: Sequence[AddressRule]
) -> dict[str, AddressMatch]:
    """Return the story of each unknown address that is one, by the address; no story twice."""
    ids = numbers_of_stories(items)
    found = [match for item in unknown for known in free if (match := match_of(item, known, ids))]
    closest = _closest(found)
    moving = Counter(spot for match in found if match.titles and len(match.spots) == 1 for spot in match.spots)
    needed = max(min(ENOUGH, len(unknown)), 2)
    places = {
        spot
        for spot, count in moving.items()
        if count >= needed and 2 * count >= len(unknown) and _may_move(spot, found, items)
    }
    places |= {Spot(Place(rule.place), rule.name) for rule in rules}
    whole_page = sum(match.dates is Dates.EQUAL and match.titles for match in found) >= ENOUGH
    believed = [
        match
        for match in found
        if (match.proven and (match.numbers or _pair(match) in closest)) or _fits(match, places, whole_page=whole_page)
    ]
    believed.sort(key=_precedence)
    chosen: dict[str, AddressMatch] = {}
    stories: set[str] = set()
    for match in believed:
        if match.item.canonical not in chosen and match.known.identity.id not in stories:
            chosen[match.item.canonical] = match
            stories.add(match.known.identity.id)
    return chosen


def _pair(match: AddressMatch) -> tuple[str, str]:
    """Return which address and which story a match is about."""
    return match.item.canonical, match.known.identity.id


def _closest(found: Sequence[AddressMatch]) -> set[tuple[str, str]]:
    """Return the pairs of which the address is nearer to the story's than those of all others that may be it."""
    nearest: dict[str, list[AddressMatch]] = defaultdict(list)
    for match in sorted(found, key=lambda one: len(one.spots)):
        nearest[match.known.identity.id].append(match)
    return {
        _pair(matches[0])
        for matches in nearest.values()
        if len(matches) == 1 or len(matches[0].spots) < len(matches[1].spots)
    }


def _precedence(match: AddressMatch) -> tuple[bool, bool, int, int, int]:
    """Return what sorts matches, the surest first; of equals what stands higher, then what stood higher."""
    return (
        not match.numbers,
        match.dates is not Dates.EQUAL,
        len(match.spots),
        match.item.position,
        match.known.identity.position,
    )


def _fits(match: AddressMatch, places: set[Spot], *, whole_page: bool) -> bool:
    """Return whether a match that proves nothing by itself is one of many of its kind."""
    if not match.titles:
        return False
    if match.dates is Dates.EQUAL:
        return whole_page or bool(match.spots & places)
    return len(match.spots) == 1 and match.spots <= places


def _may_move(spot: Spot, found: Sequence[AddressMatch], items: Sequence[Item]) -> bool:
    """Return whether what stands at `spot` may mean nothing although no date says so.

    Either the rest of the addresses tells the stories of the page apart, or what stands there is made by a machine for
    the moment. Numbers that count up are the numbers of stories: a column of one title has a new one every week.
    """
    pairs = [match for match in found if match.titles and match.spots == {spot}]
    if all(match.dates is Dates.EQUAL for match in pairs):
        return True
    values = [parts_of(plain_address(match.item.canonical)).value(spot) for match in pairs]
    if spot.place is Place.PARAMETER and spot.name.lower() in ID_NAMES:
        return all(is_token(value) and not value.isdigit() for value in values)
    if not _collapses(spot, items):
        return True
    return all(is_token(value) for value in values)


def _collapses(spot: Spot, items: Sequence[Item]) -> bool:
    """Return whether stories of different titles share an address once what stands at `spot` is left out."""
    shortened = {item.canonical: without_spots(item.canonical, [spot]) for item in items}
    if len(items) == 1:
        return not any(tells_a_story(parts_of(key)) for key in shortened.values())
    return bool(clashing(items, shortened))


def lessons_of(
    matches: Mapping[str, AddressMatch], items: Sequence[Item], rules: Sequence[AddressRule], now: datetime
) -> tuple[AddressRule, ...]:
    """Return what the matches teach: the places in which several stories' addresses differ, and nothing else does."""
    examples: dict[Spot, list[AddressMatch]] = defaultdict(list)
    for match in matches.values():
        if match.titles and len(match.spots) == 1:
            examples[next(iter(match.spots))].append(match)
    known = {Spot(Place(rule.place), rule.name) for rule in rules}
    learnt = []
    for spot, taught in sorted(examples.items()):
        if len(taught) < ENOUGH or spot in known or spot.place not in (Place.PARAMETER, Place.SEGMENT):
            continue
        collapses = _collapses(spot, items)
        values = [value for match in taught for value in _values(match, spot)]
        if any(day_of(value) for value in values):
            continue  # days tell the stories of a column apart
        if collapses and not all(is_token(value) for value in values if value):
            continue  # a slug or a number: it tells the stories apart, however often it is edited
        if not collapses and spot.place is Place.PARAMETER and spot.name.lower() in ID_NAMES:
            continue
        before, after = taught[0].known.identity.canonical, taught[0].item.canonical
        learnt.append(AddressRule(spot.place.value, spot.name, now, before, after, tells_apart=collapses))
    return tuple(learnt)


def _values(match: AddressMatch, spot: Spot) -> tuple[str, str]:
    """Return what stands at `spot` in the new address and in the known one."""
    addresses = (match.item.canonical, match.known.identity.canonical)
    new, old = (parts_of(plain_address(address)).value(spot) for address in addresses)
    return new, old
