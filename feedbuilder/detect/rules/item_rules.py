"""What the items of a list say for it or against it: how many they are, their dates, their titles and texts."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

from feedbuilder.detect.list_facts import Finding, ListFacts, percent
from feedbuilder.detect.rules.address_rules import folder
from feedbuilder.detect.text_features import weight
from feedbuilder.model import Item

_ENOUGH_ITEMS = 16
"""Items from which more of them say nothing more."""
_FEWEST_IN_ORDER = 3
_MOSTLY_FALLING = 0.7
_FEWEST_FOR_HALVES = 6
_ALTERNATING = 0.9
_BY_TURNS = 2
_SHORT_TITLE = 12
"""Letters: labels and names of sections are shorter, headlines are longer."""
_LONG_TITLE = 36
"""Letters from which a title is as good as any."""
_LONGEST_TITLE = 180
"""Letters from which it is a text rather than a title."""
_TEXT_FOR_A_TITLE = 0.3
_FEWEST_TO_VARY = 4
_SPREAD_OF_SENTENCES = 16
"""Letters by which the lengths of headlines differ."""


def many(facts: ListFacts) -> Finding:
    """Find how many items there are; each doubling counts the same."""
    n = len(facts.titles)
    return min(1.0, math.log2(max(n, 1)) / math.log2(_ENOUGH_ITEMS)), f"It has {n} items."


def dated(facts: ListFacts) -> Finding | None:
    """Find dates that the items show themselves."""
    if facts.guessed_dates:
        return None
    return _some(facts.share(sum(item.published is not None for item in facts.items)), "of its items show a date.")


def new_to_old(facts: ListFacts) -> Finding | None:
    """Find dates that fall from item to item."""
    days = [item.published.at.date() for item in facts.items if item.published]
    if facts.guessed_dates or len(days) < _FEWEST_IN_ORDER or len(set(days)) == 1:
        return None
    falling = sum(day >= following for day, following in pairwise(days)) / (len(days) - 1)
    return (falling, "Its dates run from new to old.") if falling > _MOSTLY_FALLING else None


def halves(facts: ListFacts) -> Finding | None:
    """Find that its items come by turns, with a date and without, a story and its author, a topic and a title.

    Then each half of a story was taken for an item of its own.
    """
    if len(facts.items) < _FEWEST_FOR_HALVES:
        return None
    kinds: tuple[Callable[[Item], object], ...] = (
        lambda item: item.published is None,
        lambda item: folder(item.link),
        lambda item: weight(item.title or "") < _SHORT_TITLE,
    )
    for kind in kinds:
        found = [kind(item) for item in facts.items]
        turns = sum(one != other for one, other in pairwise(found)) / (len(found) - 1)
        if turns > _ALTERNATING and len(set(found)) == _BY_TURNS:
            return -1.0, "Its items are halves of stories: each second one is of another kind."
    return None


def long_titles(facts: ListFacts) -> Finding | None:
    """Find titles that are as long as headlines are, or as short as labels."""
    if not any(facts.titles):
        return None
    middle = middle_length(facts)
    text = f"Its titles have {middle:.0f} letters in the middle of them."
    if middle < _SHORT_TITLE:
        return middle / (2 * _SHORT_TITLE) - 1.0, text
    if middle >= _LONGEST_TITLE:
        return _TEXT_FOR_A_TITLE, text
    return min(1.0, (middle - _SHORT_TITLE) / (_LONG_TITLE - _SHORT_TITLE)), text


def middle_length(facts: ListFacts) -> float:
    """Return the length of the title that is longer than half of those known, in letters; 0 without any."""
    lengths = sorted(weight(title) for title in facts.titles if title)
    return lengths[len(lengths) // 2] if lengths else 0.0


def varied_titles(facts: ListFacts) -> Finding | None:
    """Find titles of different lengths, as sentences have; names of a kind are of one length."""
    lengths = [weight(title) for title in facts.titles if title]
    if len(lengths) < _FEWEST_TO_VARY:
        return None
    mean = sum(lengths) / len(lengths)
    spread = math.sqrt(sum((length - mean) ** 2 for length in lengths) / len(lengths))
    return min(1.0, spread / _SPREAD_OF_SENTENCES), "Its titles are of different lengths, as sentences are."


def repeated_titles(facts: ListFacts) -> Finding | None:
    """Find items without a title, and titles that several items share."""
    titles = [title for title in facts.titles if title]
    missing = facts.share(len(facts.titles) - len(titles)) if facts.items else 0.0  # else they may stand elsewhere
    doubles = 1 - len(set(titles)) / len(titles) if titles else 0
    bad = min(1.0, missing + doubles)
    return (-bad, f"{percent(bad)} of its titles are missing or repeated.") if bad else None


def headed(facts: ListFacts) -> Finding | None:
    """Find titles in headings."""
    return _some(facts.place.headed, "of its titles are headings.")


def summaries(facts: ListFacts) -> Finding | None:
    """Find summaries."""
    return _some(facts.share(sum(item.summary is not None for item in facts.items)), "of its items have a summary.")


def pictures(facts: ListFacts) -> Finding | None:
    """Find pictures."""
    return _some(facts.share(sum(item.image is not None for item in facts.items)), "of its items have a picture.")


def from_data(facts: ListFacts) -> Finding | None:
    """Find that the list was read from data, not from markup."""
    return (1.0, "The page itself names these as its articles, in data for machines.") if facts.structured else None


def _some(share: float, text: str) -> Finding | None:
    return (share, f"{percent(share)} {text}") if share else None
