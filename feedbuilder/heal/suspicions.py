"""What makes a reading suspicious, measured by what is usual for its source: a table of signs, each a sentence.

A sign says that something is most likely wrong, and what becomes of the reading where the list is not found again: it
is never believed, or only once it was read alike several times, or it is believed and told. Owns the numbers; looks at
no markup.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from feedbuilder.heal.kin import share_of_kin
from feedbuilder.heal.known_list import ENOUGH, KnownList, KnownStory
from feedbuilder.model import Item, ListProfile

NEVER = None
"""Of patience: however often it is read, a person has to look."""
_PATIENCE = 3
"""Readings alike after which a list is believed that is only strange."""

_FEW = 3
"""Items from which a share says anything."""
_LONG = 6
"""Items of a list that does not shrink to a third from one reading to the next."""
FEWER = 0.7
"""Of the usual number of items: below that it is worth looking where the others went."""
_MORE = 2.0
_FAR_FEWER, _FAR_MORE = 1 / 3, 3.0
_KEPT = 0.5
"""Of the known stories: as long as so many are there, a list that grew is the same list."""
_KIN = 0.5
"""Of addresses: the share that is built like those of known stories from which the new ones are stories too."""
_HARDLY_ANY = 0.2
"""Of the items: the share of known ones up to which the names of the page are asked for."""
_LOST = 0.5
"""Of the usual share of items that show a field: below that it is worth looking."""
_ALWAYS, _HARDLY_EVER = 0.7, 0.1
"""Of a field: the share of items that used to show it, and that shows it now."""
FIELDS = {"dates": "dates", "summaries": "summaries", "images": "pictures"}
"""The fields of a profile that a list may lose, and how people call them."""
_ALIKE = 0.34
"""Different titles as a share of the items: below that, most are one and the same."""
_MOSTLY = 0.8


@dataclass(frozen=True)
class ListReading:
    """One reading, as far as signs look at it, beside what was known before."""

    items: tuple[Item, ...]
    profile: ListProfile
    """What is usual; of one reading at least."""
    known: KnownList

    @cached_property
    def matches(self) -> dict[str, KnownStory]:
        """The known stories among the items, by the item's address."""
        return self.known.matches(self.items)

    @cached_property
    def now(self) -> ListProfile:
        """What the list looks like in this reading."""
        return ListProfile.of(self.items)

    @cached_property
    def unknown(self) -> list[Item]:
        """The items that are none of the known stories."""
        return [item for item in self.items if item.canonical not in self.matches]

    @cached_property
    def kin(self) -> float:
        """The share of the unknown items that are of the kind of known stories; 1 if there are none."""
        return share_of_kin(self.unknown, self.known.stories)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What one sign found."""

    name: str
    """Of the sign; permanent, for it is stored."""
    text: str
    """The finding, as a sentence for the person who watches over the source."""
    patience: int | None
    """After how many readings alike it is believed all the same; 0: it is believed and told; None: never."""


@dataclass(frozen=True, slots=True)
class _Sign:
    name: str
    test: Callable[[ListReading], str | None]
    patience: int | None


def holds_few(known: int, items: int) -> bool:
    """Return whether so few of a reading's items are known that it may be another page: its home page shows some."""
    return known < ENOUGH and known <= _HARDLY_ANY * items


def is_strange(now: ListProfile, profile: ListProfile, known: int | None = None) -> bool:
    """Return whether a reading is worth a second look, by numbers alone: what any sign needs before it can speak.

    It looks like `now`, and usually like `profile`. `known` is how many of the items the source has listed before; None
    where nobody has asked yet.
    """
    few = known is not None and holds_few(known, round(now.items))
    if not now.items or few or now.items < FEWER * profile.items or now.items > _MORE * profile.items:
        return True
    return any(
        getattr(now, field) < _LOST * getattr(profile, field) for field in ("titles", "dates", "summaries", "images")
    )


def suspicions(reading: ListReading) -> tuple[Suspicion, ...]:
    """Return what is suspicious about `reading`, the gravest first; empty where it is as usual."""
    found = ((sign, sign.test(reading)) for sign in _SIGNS)
    return tuple(Suspicion(sign.name, text, sign.patience) for sign, text in found if text is not None)


def _titles_alike(reading: ListReading) -> str | None:
    now = reading.now
    if now.items < _FEW or now.titles >= _ALIKE or reading.profile.titles < _ALWAYS:
        return None
    return "Its titles are missing, or all the same, and never were."


def _elsewhere(reading: ListReading) -> str | None:
    """Find links that lead where no story of the source ever was: profiles, downloads, navigation."""
    if reading.matches or len(reading.known.stories) < _FEW or not reading.items or reading.kin >= _KIN:
        return None
    return "None of its known articles is there, and the links lead elsewhere than theirs ever did."


def _far_fewer(reading: ListReading) -> str | None:
    usual, now = reading.profile.items, len(reading.items)
    if usual < _LONG or now >= _FAR_FEWER * usual:
        return None
    return f"It holds {_count(now)}, where there usually are about {round(usual)}."


def _far_more(reading: ListReading) -> str | None:
    """Find a selector that matches much else beside the list; a list that keeps its stories may grow as it likes."""
    usual, now = reading.profile.items, len(reading.items)
    if now < _FAR_MORE * usual or now < _LONG:
        return None
    stories = reading.known.stories
    if len(reading.matches) >= _KEPT * len(stories) and reading.kin >= _MOSTLY:
        return None
    return f"It holds {_count(now)}, where there usually are about {round(usual)}, and most are of another kind."


def _back_in_time(reading: ListReading) -> str | None:
    """Find a list of older stories: an archive, "most read", another section."""
    known = [one.published for one in reading.known.stories if one.published]
    dated = [item.published.at for item in reading.items if item.published]
    if reading.matches or len(known) < _FEW or len(dated) < _FEW or max(dated) >= min(known):
        return None
    return "None of its known articles is there, and all that is there is older than they are."


def _gone(field: str) -> Callable[[ListReading], str | None]:
    """Return the sign of a field that nearly all items used to show, and hardly any shows now."""

    def test(reading: ListReading) -> str | None:
        if len(reading.items) < _FEW or FIELDS[field] not in lost_fields(reading.profile, reading.now):
            return None
        return f"None of its articles shows what nearly all of them used to: {FIELDS[field]}."

    return test


def lost_fields(before: ListProfile, now: ListProfile) -> tuple[str, ...]:
    """Return what nearly all items used to show, and hardly any shows now, in people's words."""
    return tuple(
        words
        for field, words in FIELDS.items()
        if getattr(before, field) >= _ALWAYS and getattr(now, field) <= _HARDLY_EVER
    )


def _count(items: int) -> str:
    return "no article" if not items else f"{items} article" if items == 1 else f"{items} articles"


_SIGNS = (
    _Sign("titles-alike", _titles_alike, NEVER),
    _Sign("elsewhere", _elsewhere, NEVER),
    _Sign("far-more", _far_more, _PATIENCE),
    _Sign("far-fewer", _far_fewer, _PATIENCE),
    _Sign("back-in-time", _back_in_time, _PATIENCE),
    _Sign("dates-gone", _gone("dates"), 0),
    _Sign("summaries-gone", _gone("summaries"), 0),
    _Sign("images-gone", _gone("images"), 0),
)


def worst(found: Sequence[Suspicion]) -> Suspicion | None:
    """Return the suspicion that asks for the most patience, None where there is none."""
    return max(found, key=lambda one: float("inf") if one.patience is None else one.patience, default=None)
