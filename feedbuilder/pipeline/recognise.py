"""Which unknown addresses on a page are those of known stories: a decision, as a value.

Owns the evidence: the titles, the dates, the numbers in the addresses, and where the addresses differ. What is not
proven is a new story: one that is told twice can be seen, one that was swallowed cannot. Pure; what was known comes in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum

from feedbuilder.model import AddressRule, Item, Known, Precision
from feedbuilder.model.wording import same_title, titles_match
from feedbuilder.parse.address_parts import (
    ID_NAMES,
    AddressParts,
    Place,
    Spot,
    differences,
    is_token,
    parts_of,
    story_numbers,
    tells_a_story,
)
from feedbuilder.parse.address_variants import plain_address

SAME_MOMENT = timedelta(minutes=20)
"""How far two readings of one moment may lie apart: "2 hours ago" is a rounded date."""
ENOUGH = 3
"""So many stories whose addresses changed in one place show that this place means nothing."""
MOST_CANDIDATES = 400
"""Of more known stories that may be meant, the others are left aside."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a page lists, with known stories under the addresses by which they are known."""

    items: tuple[Item, ...]
    stories: Mapping[str, Known] = field(default_factory=dict)
    """The known stories among the items, by their own canonical address."""
    aliases: tuple[tuple[str, str], ...] = ()
    """Further addresses of known stories, each with the id of its story."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """What each new item may later be known by, by its canonical address; see `keys_of`."""
    rules: tuple[AddressRule, ...] = ()
    """What was learnt just now."""
    moved: int = 0
    """How many known stories stood under addresses that nobody had seen."""


def keys_of(items: Sequence[Item], rules: Iterable[AddressRule]) -> dict[str, str]:
    """Return, by canonical address, what each item may also be known by: its address without what means nothing.

    Where stories with different titles would share such a key, the part that was left out tells them apart on this
    page, and their addresses are taken as they are.
    """
    spots = [Spot(Place(rule.place), rule.name) for rule in rules if not rule.tells_apart]
    keys = {item.canonical: _key(item.canonical, spots) for item in items}
    plain = {item.canonical: plain_address(item.canonical) for item in items}
    for candidates in (keys, plain):
        clashing = _clashing(items, candidates)
        for canonical, key in candidates.items():
            if key in clashing:
                keys[canonical] = plain[canonical] if candidates is keys else canonical
    return keys


def _key(canonical: str, spots: Iterable[Spot]) -> str:
    plain = plain_address(canonical)
    if not spots:
        return plain
    parts = parts_of(plain)
    for spot in spots:
        shorter = parts.without(spot)
        parts = shorter if shorter.segments or shorter.parameters else parts
    return str(parts) if parts != parts_of(plain) else plain


def _clashing(items: Sequence[Item], keys: Mapping[str, str]) -> set[str]:
    """Return the keys that items of different titles share."""
    first: dict[str, Item] = {}
    clashing = set()
    for item in items:
        other = first.setdefault(keys[item.canonical], item)
        if other is not item and not _may_be_one(item, other):
            clashing.add(keys[item.canonical])
    return clashing


def _may_be_one(one: Item, other: Item) -> bool:
    if one.title is None or other.title is None:
        return one.title == other.title
    return same_title(one.title, other.title)


def resolve(items: Sequence[Item], keys: Mapping[str, str], known: Mapping[str, Known]) -> dict[str, Known]:
    """Return the known stories among `items`, by the canonical address on the page."""
    found: dict[str, Known] = {}
    for item in items:
        own = known.get(item.canonical)
        if own is not None and (own.identity.canonical == item.canonical or _agrees(item, own)):
            found[item.canonical] = own
            continue
        key = keys[item.canonical]
        by_key = known.get(key) if key != item.canonical else None
        if by_key is not None and _is_meant_by_key(item, by_key, key):
            found[item.canonical] = by_key
    return _once(items, found)


def _once(items: Sequence[Item], found: dict[str, Known]) -> dict[str, Known]:
    """Return `found` without the guesses by which two items of different titles would be one story."""
    claimed: dict[str, Item] = {}
    for item in sorted(items, key=lambda one: _is_own(one, found)):
        known = found.get(item.canonical)
        if known is None:
            continue
        other = claimed.setdefault(known.identity.id, item)
        if other is not item and not _may_be_one(item, other):
            del found[item.canonical]
    return found


def _is_own(item: Item, found: Mapping[str, Known]) -> bool:
    """Return what sorts items that stand under their story's own address first."""
    known = found.get(item.canonical)
    return known is None or known.identity.canonical != item.canonical


def _agrees(item: Item, known: Known) -> bool:
    """Return whether an item at a further address of a story may well be that story."""
    if item.title is None:
        return True
    return any(titles_match(item.title, title) for title in _titles(known)) or _is_edited(item, known)


def _is_edited(item: Item, known: Known) -> bool:
    """Return whether the story's number stands in the address, and its date on the card."""
    numbers = story_numbers(parts_of(item.canonical)) & story_numbers(parts_of(known.identity.canonical))
    return bool(numbers) and compared_dates(item, known) is Dates.EQUAL


def _is_meant_by_key(item: Item, known: Known, key: str) -> bool:
    """Return whether an item is the story that is known by its address without decoration."""
    differs = compared_dates(item, known) is Dates.DIFFERENT
    if tells_a_story(parts_of(key)):
        return not differs or _agrees(item, known)
    return not differs and item.title is not None and any(same_title(item.title, title) for title in _titles(known))


def recognise(
    items: Sequence[Item],
    known: Mapping[str, Known],
    resolved: Mapping[str, Known],
    candidates: Iterable[Known],
    rules: Sequence[AddressRule],
    now: datetime,
) -> Recognition:
    """Return the items with what could be recognised under the addresses by which it is known.

    `known` is what the store has under their addresses and keys, `resolved` the stories that `resolve` found in it.
    `candidates` are those that may be meant by the others: those that the source listed last and does not list now, and
    those of the same titles.
    """
    taken = {story.identity.id for story in resolved.values()}
    free = [story for story in candidates if story.identity.id not in taken and story.item is not None]
    unknown = [item for item in items if item.canonical not in resolved]
    matches = _matches(unknown, free[:MOST_CANDIDATES], items, rules) if unknown and free else {}
    learnt = _learnt(matches, items, rules, now)
    keys = keys_of(items, (*rules, *learnt))
    stories = {**resolved, **{canonical: match.known for canonical, match in matches.items()}}
    aliases = _aliases(stories, matches, keys, (*rules, *learnt))
    return Recognition(
        tuple(_under_own_address(item, stories) for item in items),
        {story.identity.canonical: story for story in stories.values()},
        tuple((address, story) for address, story in aliases.items() if address not in known),
        {item.canonical: keys[item.canonical] for item in items if item.canonical not in stories},
        learnt,
        len(matches),
    )


def _under_own_address(item: Item, stories: Mapping[str, Known]) -> Item:
    story = stories.get(item.canonical)
    return replace(item, canonical=story.identity.canonical) if story else item


def _aliases(
    stories: Mapping[str, Known], matches: Mapping[str, _Match], keys: Mapping[str, str], rules: Iterable[AddressRule]
) -> dict[str, str]:
    """Return the addresses to remember: those by which the stories will be found at the next reading.

    An address with a part that changes at every reading is not among them: there would be more of them every hour.
    """
    changing = {Spot(Place(rule.place), rule.name) for rule in rules}
    ignored = [Spot(Place(rule.place), rule.name) for rule in rules if not rule.tells_apart]
    aliases: dict[str, str] = {}
    for canonical, story in stories.items():
        match, story_id = matches.get(canonical), story.identity.id
        if match is not None and changing.isdisjoint(match.spots):
            aliases.setdefault(canonical, story_id)
        if match is not None and not match.spots.isdisjoint(ignored):
            aliases.setdefault(_key(story.identity.canonical, ignored), story_id)
        if keys[canonical] not in (canonical, story.identity.canonical):
            aliases.setdefault(keys[canonical], story_id)
    return {address: story for address, story in aliases.items() if not _is_own_address(address, stories)}


def _is_own_address(address: str, stories: Mapping[str, Known]) -> bool:
    story = stories.get(address)
    return story is not None and story.identity.canonical == address


class Dates(Enum):
    """What the dates of two sightings of a story say about each other."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNKNOWN = "unknown"
    """One of them is missing."""


def compared_dates(item: Item, known: Known) -> Dates:
    """Return what the date of an item says about that of a known story. A date that nobody said says nothing."""
    listed, identity = item.published, known.identity
    if listed is None or identity.precision is Precision.SEEN:
        return Dates.UNKNOWN
    if Precision.DAY in (listed.precision, identity.precision):
        same = listed.at.astimezone(identity.zone).date() == identity.published.astimezone(identity.zone).date()
    else:
        same = abs(listed.at - identity.published) <= SAME_MOMENT
    return Dates.EQUAL if same else Dates.DIFFERENT


def _titles(known: Known) -> list[str]:
    titles = [known.item.title if known.item else None, *(one.title for one in known.statements)]
    titles += [title for one in known.statements for title in one.former_titles]
    return [title for title in titles if title]


@dataclass(frozen=True, slots=True)
class _Match:
    """An unknown address and a known story that may be one."""

    item: Item
    known: Known
    spots: frozenset[Spot]
    """Where the addresses differ, apart from decoration."""
    dates: Dates
    numbers: bool
    """Whether a number that tells stories apart on this page stands in both addresses."""
    titles: bool
    """Whether the titles are the same."""
    proven: bool
    """Whether this pair by itself is proof enough."""


def _matches(
    unknown: Sequence[Item], free: Sequence[Known], items: Sequence[Item], rules: Sequence[AddressRule]
) -> dict[str, _Match]:
    """Return the story of each unknown address that is one, by the address; no story twice."""
    ids = _story_numbers_of(items)
    found = [match for item in unknown for known in free if (match := _match(item, known, ids))]
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
        if (match.proven and (match.numbers or match in closest)) or _fits(match, places, whole_page=whole_page)
    ]
    believed.sort(key=_precedence)
    chosen: dict[str, _Match] = {}
    stories: set[str] = set()
    for match in believed:
        if match.item.canonical not in chosen and match.known.identity.id not in stories:
            chosen[match.item.canonical] = match
            stories.add(match.known.identity.id)
    return chosen


def _closest(found: Sequence[_Match]) -> set[_Match]:
    """Return the matches whose address is nearer to the story's than those of all others that may be the same story."""
    nearest: dict[str, list[_Match]] = defaultdict(list)
    for match in sorted(found, key=lambda one: len(one.spots)):
        nearest[match.known.identity.id].append(match)
    return {
        matches[0] for matches in nearest.values() if len(matches) == 1 or len(matches[0].spots) < len(matches[1].spots)
    }


def _precedence(match: _Match) -> tuple[bool, bool, int, int, int]:
    """Return what sorts matches, the surest first; of equals what stands higher, then what stood higher."""
    return (
        not match.numbers,
        match.dates is not Dates.EQUAL,
        len(match.spots),
        match.item.position,
        match.known.identity.position,
    )


def _match(item: Item, known: Known, ids: frozenset[str]) -> _Match | None:
    titles = _titles(known)
    same = item.title is not None and any(same_title(item.title, title) for title in titles)
    mine, theirs = parts_of(plain_address(item.canonical)), parts_of(plain_address(known.identity.canonical))
    numbers = story_numbers(mine) & story_numbers(theirs) & ids
    dates = compared_dates(item, known)
    if not same and not numbers:
        return None
    spots = differences(mine, theirs)
    near = item.title is not None and any(titles_match(item.title, title) for title in titles)
    if numbers:
        proven = (near and (same or dates is not Dates.DIFFERENT)) or dates is Dates.EQUAL
    else:
        proven = _is_proof(item, mine, theirs, spots, dates)
    if dates is Dates.DIFFERENT and not proven:
        return None
    return _Match(item, known, spots, dates, bool(numbers), same, proven)


def _is_proof(item: Item, mine: AddressParts, theirs: AddressParts, spots: frozenset[Spot], dates: Dates) -> bool:
    """Return whether the same title, at addresses of which no number is the same, is one story."""
    if dates is Dates.DIFFERENT:
        return False
    if dates is Dates.EQUAL:
        exact = item.published is not None and item.published.precision is Precision.INSTANT
        return exact or len(spots) <= 1
    if story_numbers(mine) != story_numbers(theirs) or len(spots) != 1:
        return False
    (spot,) = spots
    rest = mine.without(spot)
    if spot.place is Place.PARAMETER and spot.name.lower() in ID_NAMES:
        return False
    return spot.place is Place.HOST or tells_a_story(rest) or mine.value(spot) == "" or theirs.value(spot) == ""


def _fits(match: _Match, places: set[Spot], *, whole_page: bool) -> bool:
    """Return whether a match that proves nothing by itself is one of many of its kind."""
    if not match.titles:
        return False
    if match.dates is Dates.EQUAL:
        return whole_page or bool(match.spots & places)
    return len(match.spots) == 1 and match.spots <= places


def _may_move(spot: Spot, found: Sequence[_Match], items: Sequence[Item]) -> bool:
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
    shortened = {item.canonical: _key(item.canonical, [spot]) for item in items}
    if len(items) == 1:
        return not any(tells_a_story(parts_of(key)) for key in shortened.values())
    return bool(_clashing(items, shortened))


def _story_numbers_of(items: Sequence[Item]) -> frozenset[str]:
    """Return the numbers that tell stories apart on this page: those that stand in the address of one story only."""
    titles: dict[str, set[str | None]] = defaultdict(set)
    for item in items:
        for number in story_numbers(parts_of(item.canonical)):
            titles[number].add(item.title)
    return frozenset(number for number, found in titles.items() if len(found) == 1)


def _learnt(
    matches: Mapping[str, _Match], items: Sequence[Item], rules: Sequence[AddressRule], now: datetime
) -> tuple[AddressRule, ...]:
    """Return what the matches teach: the places in which several stories' addresses differ, and nothing else does."""
    examples: dict[Spot, list[_Match]] = defaultdict(list)
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
        if collapses and not all(is_token(value) for value in values if value):
            continue  # a slug or a number: it tells the stories apart, however often it is edited
        if not collapses and spot.place is Place.PARAMETER and spot.name.lower() in ID_NAMES:
            continue
        before, after = taught[0].known.identity.canonical, taught[0].item.canonical
        learnt.append(AddressRule(spot.place.value, spot.name, now, before, after, tells_apart=collapses))
    return tuple(learnt)


def _values(match: _Match, spot: Spot) -> tuple[str, str]:
    """Return what stands at `spot` in the new address and in the known one."""
    addresses = (match.item.canonical, match.known.identity.canonical)
    new, old = (parts_of(plain_address(address)).value(spot) for address in addresses)
    return new, old
