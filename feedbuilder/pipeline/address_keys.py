"""What else a story is known by, besides its address: the address without what means nothing, and its number. Pure.

Owns when such a key holds: only where the stories of one page do not share it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from feedbuilder.model import AddressRule, Item
from feedbuilder.model.wording import same_title
from feedbuilder.parse.address_parts import (
    ID_NAMES,
    Place,
    Spot,
    name_of,
    numbers_in,
    parts_of,
    story_numbers,
)
from feedbuilder.parse.address_variants import plain_address


def keys_of(items: Sequence[Item], rules: Iterable[AddressRule]) -> dict[str, str]:
    """Return, by canonical address, what each item may also be known by: its address without what means nothing.

    Where stories with different titles would share such a key, the part that was left out tells them apart on this
    page, and their addresses are taken as they are.
    """
    spots = [Spot(Place(rule.place), rule.name) for rule in rules if not rule.tells_apart]
    keys = {item.canonical: without_spots(item.canonical, spots) for item in items}
    plain = {item.canonical: plain_address(item.canonical) for item in items}
    for candidates in (keys, plain):
        shared = clashing(items, candidates)
        for canonical, key in candidates.items():
            if key in shared:
                keys[canonical] = plain[canonical] if candidates is keys else canonical
    return keys


def number_keys(these: Iterable[Item], items: Sequence[Item]) -> dict[str, str]:
    """Return, by canonical address, what each of `these` is remembered by for the number in its address, if it has one.

    Such a key is no address. A number counts if it stands in the addresses of one story of the page alone, which shows
    `items`.
    """
    ids = numbers_of_stories(items)
    keys = {}
    for item in these:
        plain = plain_address(item.canonical)
        if ids.isdisjoint(numbers_in(plain)):
            continue
        parts = parts_of(plain)
        named = tuple(one for one in parts.parameters if name_of(one).lower() in ID_NAMES)
        numbers = story_numbers(replace(parts, parameters=named)) & ids
        if len(numbers) == 1:
            keys[item.canonical] = f"number:{min(numbers)}@{parts.host}"
    return keys


def without_spots(canonical: str, spots: Iterable[Spot]) -> str:
    """Return an address without decoration and without what stands at `spots`; never all of it."""
    plain = plain_address(canonical)
    if not spots:
        return plain
    parts = parts_of(plain)
    for spot in spots:
        shorter = parts.without(spot)
        parts = shorter if shorter.segments or shorter.parameters else parts
    return str(parts) if parts != parts_of(plain) else plain


def clashing(items: Sequence[Item], keys: Mapping[str, str]) -> set[str]:
    """Return the keys that items of different titles share."""
    first: dict[str, Item] = {}
    shared = set()
    for item in items:
        other = first.setdefault(keys[item.canonical], item)
        if other is not item and not may_be_one(item, other):
            shared.add(keys[item.canonical])
    return shared


def may_be_one(one: Item, other: Item) -> bool:
    """Return whether two items have the same title, or neither has one."""
    if one.title is None or other.title is None:
        return one.title == other.title
    return same_title(one.title, other.title)


def numbers_of_stories(items: Sequence[Item]) -> frozenset[str]:
    """Return the numbers that tell stories apart on this page: those that stand in the address of one story only."""
    titles: dict[str, set[str | None]] = defaultdict(set)
    for item in items:
        for number in numbers_in(item.canonical):
            titles[number].add(item.title)
    return frozenset(number for number, found in titles.items() if len(found) == 1)
