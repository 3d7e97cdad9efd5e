"""A reading held against what is usual and, where that gives a reason, against what detection finds on the same page.

Owns the decision which of the two is believed. A repair is taken only where it finds known stories that the reading
lacks, or a field that it lost; while the selectors do that, nothing is repaired.
"""

from __future__ import annotations

from feedbuilder.detect import detect
from feedbuilder.heal.continued import continued
from feedbuilder.heal.find_again import find_again
from feedbuilder.heal.known_list import ENOUGH, KnownList
from feedbuilder.heal.shortened import is_shortened
from feedbuilder.heal.suspicions import FEWER, FIELDS, ListReading, Suspicion, suspicions
from feedbuilder.heal.verdict import FoundAgain, Verdict
from feedbuilder.model import Item, KnownNames, ListProfile, Page, Source

_SMALL = 0.5
"""Of the usual number of items, and of known stories: a list that has less of both is not the whole list."""
_BACK = 0.5
"""Of the share of items that used to show the field."""


def reconsider(
    page: Page,
    source: Source,
    items: tuple[Item, ...],
    profile: ListProfile,
    known: KnownList,
    names: KnownNames | None = None,
) -> Verdict:
    """Return what is to be believed of `page`, on which the selectors of `source` find `items`; none if nothing.

    `names` are those that the page had. Raises ExtractError for a page that cannot be read at all.
    """
    reading = ListReading(items, profile, known)
    found = suspicions(reading)
    if not _is_worth_looking(reading, found):
        return Verdict(found)
    candidates = detect(page, language=source.language, zone=source.timezone).candidates
    again = find_again(page, source, known, candidates)
    if again is not None and _is_small(again, reading):
        # Mostly a box that repeats some of them; what selectors find is not left for it.
        is_list = not items and is_shortened(again, page, source, candidates, profile, known, names)
        return Verdict(found, again if is_list else None)
    if again is not None:
        return Verdict(found, again if _is_better(again, reading, found) else None)
    if not reading.matches and (found or not items):
        return Verdict(found, continued(page, source, candidates, profile, known, names))
    return Verdict(found)


def _is_worth_looking(reading: ListReading, found: tuple[Suspicion, ...]) -> bool:
    return bool(found) or not reading.matches or len(reading.items) < FEWER * reading.profile.items


def _is_usual(count: int, reading: ListReading) -> bool:
    return _SMALL * reading.profile.items <= count <= reading.profile.items / _SMALL


def _is_newer(reading: ListReading) -> bool:
    """Return whether what the selectors found goes on where the known stories end, or nothing says when."""
    known = [one.published for one in reading.known.stories if one.published]
    dated = [item.published.at for item in reading.items if item.published]
    return not known or not dated or min(dated) > max(known)


def _is_small(again: FoundAgain, reading: ListReading) -> bool:
    return len(again.items) <= _SMALL * reading.profile.items and again.known <= _SMALL * again.listed


def _is_better(again: FoundAgain, reading: ListReading, found: tuple[Suspicion, ...]) -> bool:
    """Return whether the list that was found again is to be read in place of what the selectors found."""
    mine, theirs = reading.matches, reading.known.matches(again.items)
    if not reading.items:
        return True
    if _holds_all(again, reading) and len(reading.items) >= FEWER * reading.profile.items:
        # The selectors find the newest of them, as many as ever: the others went where old stories go.
        return _is_usual(len(again.items), reading) and _brings_back(again, reading, found)
    if not mine and not found:
        # The selectors find stories of the same kind and as many; the known ones may stand in an archive beside them.
        return not _is_newer(reading) and _is_usual(len(again.items), reading) and len(theirs) >= _SMALL * again.listed
    if not mine:
        return True
    if not {story.canonical for story in mine.values()} <= {story.canonical for story in theirs.values()}:
        return False
    return len(theirs) >= len(mine) + ENOUGH or _brings_back(again, reading, found)


def _holds_all(again: FoundAgain, reading: ListReading) -> bool:
    """Return whether all that the selectors found stands in the list that was found again, and more."""
    theirs = {item.canonical for item in again.items}
    return {item.canonical for item in reading.items} < theirs


def _brings_back(again: FoundAgain, reading: ListReading, found: tuple[Suspicion, ...]) -> bool:
    """Return whether the list that was found again shows what the selectors lost."""
    profile = ListProfile.of(again.items)
    lost = [field for field in FIELDS if f"{field}-gone" in {one.name for one in found}]
    return bool(lost) and all(getattr(profile, field) >= _BACK * getattr(reading.profile, field) for field in lost)
