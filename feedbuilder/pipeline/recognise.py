"""Which unknown addresses on a page are those of known stories: a decision, as a value.

What proves one pair stands in `story_evidence`, what the page as a whole proves in `match_stories`. What is not proven
is a new story: one that is told twice can be seen, one that was swallowed cannot. Pure; what was known comes in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from feedbuilder.model import AddressRule, Item, Known
from feedbuilder.model.wording import same_title, titles_match
from feedbuilder.parse.address_parts import (
    Place,
    Spot,
    numbers_in,
    numbers_of_the_end,
    parts_of,
    tells_a_story,
)
from feedbuilder.parse.address_variants import plain_address
from feedbuilder.pipeline.address_keys import keys_of, may_be_one, number_keys, without_spots
from feedbuilder.pipeline.match_stories import lessons_of, matches_of
from feedbuilder.pipeline.story_evidence import AddressMatch, Dates, compared_dates, titles_of

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
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What each new item may later be known by, by its canonical address; see `keys_of` and `number_keys`."""
    rules: tuple[AddressRule, ...] = ()
    """What was learnt just now."""
    moved: int = 0
    """How many known stories stood under addresses that nobody had seen."""
    standing: Mapping[str, str] = field(default_factory=dict)
    """The ids of the items that stand under their own address as before, by that; of those nothing was asked."""


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
        if other is not item and not may_be_one(item, other):
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
    return any(titles_match(item.title, title) for title in titles_of(known)) or _is_edited(item, known)


def _is_edited(item: Item, known: Known) -> bool:
    """Return whether the story's number stands in the address, and its date on the card."""
    numbers = numbers_in(item.canonical) & numbers_in(known.identity.canonical)
    return bool(numbers) and compared_dates(item, known) is Dates.EQUAL


def _is_meant_by_key(item: Item, known: Known, key: str) -> bool:
    """Return whether an item is the story that is known by its address without decoration."""
    differs = compared_dates(item, known) is Dates.DIFFERENT
    parts = parts_of(key)
    if tells_a_story(parts):
        # What a source has learnt to ignore may yet tell the stories of a column apart; decoration does not.
        is_certain = key == plain_address(item.canonical) or bool(numbers_of_the_end(parts))
        return not differs or (is_certain and _agrees(item, known))
    return not differs and item.title is not None and any(same_title(item.title, title) for title in titles_of(known))


def recognise(
    items: Sequence[Item],
    known: Mapping[str, Known],
    resolved: Mapping[str, Known],
    candidates: Iterable[Known],
    rules: Sequence[AddressRule],
    now: datetime,
    standing: Mapping[str, str] = MappingProxyType({}),
) -> Recognition:
    """Return the items with what could be recognised under the addresses by which it is known.

    `known` is what the store has under their addresses and keys, `resolved` the stories that `resolve` found in it.
    `candidates` are those that may be meant by the others: those that the source listed last and does not list now, and
    those of the same titles. Those that are `standing` (canonical address to id) are known, and need not be there.
    """
    taken = {*standing.values(), *(story.identity.id for story in resolved.values())}
    free = [story for story in candidates if story.identity.id not in taken and story.item is not None]
    unknown = [item for item in items if item.canonical not in resolved and item.canonical not in standing]
    matches = matches_of(unknown, free[:MOST_CANDIDATES], items, rules) if unknown and free else {}
    learnt = lessons_of(matches, items, rules, now)
    stories = {**resolved, **{canonical: match.known for canonical, match in matches.items()}}
    new = [item for item in unknown if item.canonical not in stories]
    keys, numbers = keys_of(items, (*rules, *learnt)), number_keys(new, items)
    aliases = _aliases(stories, matches, keys, (*rules, *learnt))
    return Recognition(
        tuple(_under_own_address(item, stories) for item in items),
        {story.identity.canonical: story for story in stories.values()},
        tuple((address, story) for address, story in aliases.items() if not (address in known or address in standing)),
        {one.canonical: _further_keys(one, keys, numbers) for one in new},
        learnt,
        len(matches),
        standing,
    )


def _further_keys(item: Item, keys: Mapping[str, str], numbers: Mapping[str, str]) -> tuple[str, ...]:
    found = (keys[item.canonical], numbers.get(item.canonical))
    return tuple(key for key in found if key and key != item.canonical)


def _under_own_address(item: Item, stories: Mapping[str, Known]) -> Item:
    story = stories.get(item.canonical)
    return replace(item, canonical=story.identity.canonical) if story else item


def _aliases(
    stories: Mapping[str, Known],
    matches: Mapping[str, AddressMatch],
    keys: Mapping[str, str],
    rules: Iterable[AddressRule],
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
            aliases.setdefault(without_spots(story.identity.canonical, ignored), story_id)
        if keys[canonical] not in (canonical, story.identity.canonical):
            aliases.setdefault(keys[canonical], story_id)
    return {address: story for address, story in aliases.items() if not _is_own_address(address, stories)}


def _is_own_address(address: str, stories: Mapping[str, Known]) -> bool:
    story = stories.get(address)
    return story is not None and story.identity.canonical == address
