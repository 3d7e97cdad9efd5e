"""What an unknown address and a known story have in common: titles, dates, numbers, most of their addresses. Pure.

Owns when a pair by itself is proof that both are one story.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from feedbuilder.model import Item, Known, Precision
from feedbuilder.model.wording import same_title, titles_match
from feedbuilder.parse.address_parts import (
    ID_NAMES,
    AddressParts,
    Place,
    Spot,
    day_of,
    differences,
    numbers_of_the_end,
    parts_of,
    story_numbers,
    tells_a_story,
)
from feedbuilder.parse.address_variants import plain_address

SAME_MOMENT = timedelta(minutes=20)
"""How far two dates of one story may lie apart and still prove that it is one."""
MOVED_DAY = timedelta(days=2)
"""By so much the day in a story's address may change; a column of one title has another day every week."""
ROUNDED = timedelta(minutes=90)
"""Dates that lie further apart are two: "2 hours ago" is a moment later at every reading, until it is 3 hours."""


class Dates(Enum):
    """What the dates of two sightings of a story say about each other."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNKNOWN = "unknown"
    """One of them is missing, or they lie so far apart as a rounded date may."""


def compared_dates(item: Item, known: Known) -> Dates:
    """Return what the date of an item says about that of a known story. A date that nobody said says nothing."""
    listed, identity = item.published, known.identity
    if listed is None or identity.precision is Precision.SEEN:
        return Dates.UNKNOWN
    if Precision.DAY in (listed.precision, identity.precision):
        same = listed.at.astimezone(identity.zone).date() == identity.published.astimezone(identity.zone).date()
        return Dates.EQUAL if same else Dates.DIFFERENT
    gap = abs(listed.at - identity.published)
    if gap <= SAME_MOMENT:
        return Dates.EQUAL
    return Dates.UNKNOWN if gap <= ROUNDED else Dates.DIFFERENT


def titles_of(known: Known) -> list[str]:
    """Return all titles that a story is known to have had."""
    titles = [known.item.title if known.item else None, *(one.title for one in known.statements)]
    titles += [title for one in known.statements for title in one.former_titles]
    return [title for title in titles if title]


@dataclass(frozen=True, slots=True)
class AddressMatch:
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


def match_of(item: Item, known: Known, ids: frozenset[str]) -> AddressMatch | None:
    """Return what speaks for `item` being the story `known`, None if nothing does, or too much against it.

    `ids` are the numbers that tell the stories of the page apart.
    """
    titles = titles_of(known)
    same = item.title is not None and any(same_title(item.title, title) for title in titles)
    mine, theirs = parts_of(plain_address(item.canonical)), parts_of(plain_address(known.identity.canonical))
    numbers = story_numbers(mine) & story_numbers(theirs) & ids
    dates = compared_dates(item, known)
    if not same and not numbers:
        return None
    spots = differences(mine, theirs)
    if dates is Dates.UNKNOWN and any(_is_other_day(mine.value(spot), theirs.value(spot)) for spot in spots):
        dates = Dates.DIFFERENT
    near = item.title is not None and any(titles_match(item.title, title) for title in titles)
    if numbers and numbers & numbers_of_the_end(mine) & numbers_of_the_end(theirs):
        proven = dates is not Dates.DIFFERENT or same  # the number of the story: its slug and headline may be edited
    elif numbers:
        proven = dates is Dates.EQUAL or (near and dates is Dates.UNKNOWN)
    else:
        proven = _is_proof(item, mine, theirs, spots, dates)
    if dates is Dates.DIFFERENT and not proven:
        return None
    return AddressMatch(item, known, spots, dates, bool(numbers), same, proven)


def _is_other_day(mine: str, theirs: str) -> bool:
    """Return whether two parts of addresses name days that lie further apart than an edit moves a story."""
    one, other = day_of(mine), day_of(theirs)
    return one is not None and other is not None and abs(one - other) > MOVED_DAY


def _is_proof(item: Item, mine: AddressParts, theirs: AddressParts, spots: frozenset[Spot], dates: Dates) -> bool:
    """Return whether the same title, at addresses of which no number is the same, is one story."""
    if dates is Dates.DIFFERENT:
        return False
    if dates is Dates.EQUAL:
        exact = item.published is not None and item.published.precision is Precision.INSTANT
        return exact or len(spots) <= 1
    if story_numbers(mine) != story_numbers(theirs) or len(spots) > 1:
        return False
    if not spots:
        return True
    (spot,) = spots
    if item.published is None and day_of(mine.value(spot)) and day_of(theirs.value(spot)):
        return False  # the next issue of a daily column; where the site moves days, those of many stories move
    rest = mine.without(spot)
    if spot.place is Place.PATH:
        return mine.segments[-1:] == theirs.segments[-1:] and tells_a_story(mine)
    if spot.place is Place.PARAMETER and spot.name.lower() in ID_NAMES:
        return False
    return spot.place is Place.HOST or tells_a_story(rest) or mine.value(spot) == "" or theirs.value(spot) == ""
