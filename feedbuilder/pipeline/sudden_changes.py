"""What changes on all known stories at once is doubted: most often a page was rebuilt, and another part is read. Pure.

Titles that all turn into "Read more", dates that all become today's, tags that all become the menu's: editors change
one story at a time. Owns when a change is too sudden; it is taken once a second reading says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from feedbuilder.model import Item, Known, Precision, Statement
from feedbuilder.model.wording import tag_key, titles_match

FEWEST = 3
"""So many known stories have to change for a change to be sudden."""
SHARE = 0.9
"""So large a part of those that can be compared."""
ROUNDED_DAYS = timedelta(hours=36)
"""Dates that lie further apart have changed: "3 hours ago" and days without a time are rounded."""
PATIENCE = 3
"""After so many doubted readings in a row, this is how the site is: its titles change at every reading."""
REMEMBERED = 12
"""So many of the doubted values are kept, to be compared with those of the next reading."""

Doubts = Mapping[str, Mapping[str, str]]
"""By the name of a field, what was read on some known stories, by canonical address."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The items of a page as far as they are believed."""

    items: tuple[Item, ...]
    doubts: Doubts
    """What was doubted; empty where nothing was."""

    def note(self) -> str | None:
        """Return for people what is doubted, None if nothing is."""
        if not self.doubts:
            return None
        names = " and ".join(_NAMES[field] for field in self.doubts)
        return (
            f"the {names} of all known articles changed at once, so they stay as they were; if the next reading says "
            "the same, they are taken. See whether the selectors still fit: feedbuilder check --online"
        )


_TIMES = ""
"""Stands among the doubted values for the number of readings; no address is empty."""
_NAMES = {"title": "titles", "published": "dates", "tags": "tags"}


def weighed(
    items: Sequence[Item],
    stories: Mapping[str, Known],
    source: str,
    before: Doubts,
    standing: Collection[str] = (),
) -> Weighed:
    """Return `items` without what changed on all known stories at once, unless it was `before` what it is now.

    Those whose addresses are `standing` count as known ones on which nothing changed.

    With doubtful titles, new items are left out: theirs are read in the same manner, and the next reading brings them
    again. Doubtful dates and tags are left out, of all items.
    """
    known = [(item, former) for item in items if (former := _former(stories.get(item.canonical), source))]
    doubts: dict[str, dict[str, str]] = {}
    for field, has_changed in _CHECKS.items():
        verdicts = [(item, has_changed(item, story, statement)) for item, (story, statement) in known]
        changed = [item for item, verdict in verdicts if verdict]
        comparable = sum(verdict is not None for _, verdict in verdicts)
        comparable += sum(bool(getattr(item, field)) for item in items if item.canonical in standing)
        if len(changed) < FEWEST or len(changed) < SHARE * comparable:
            continue
        values = {item.canonical: _written(item, field) for item in changed}
        doubted = before.get(field, {})
        if not _is_confirmed(values, doubted):
            doubts[field] = dict(list(values.items())[:REMEMBERED]) | {_TIMES: str(_times(doubted) + 1)}
    believed = tuple(items)
    if "title" in doubts:
        own = {item.canonical for item, _ in known}
        believed = tuple(replace(item, title=None) for item in believed if item.canonical in own)
    if "published" in doubts:
        believed = tuple(replace(item, published=None) for item in believed)
    if "tags" in doubts:
        believed = tuple(replace(item, tags=()) for item in believed)
    return Weighed(believed, doubts)


def has_not_changed(item: Item, story: Known, former: Statement) -> bool:
    """Return whether all that a list shows in `item` can be compared with what is known of it, and has not changed."""
    return not any(
        getattr(item, field) and has_changed(item, story, former) is not False for field, has_changed in _CHECKS.items()
    )


def _former(story: Known | None, source: str) -> tuple[Known, Statement] | None:
    """Return a story with what this source said of it, None if it said nothing."""
    if story is None:
        return None
    statement = next((one for one in story.statements if one.source == source and not one.assumed), None)
    return (story, statement) if statement else None


def _title_changed(item: Item, _story: Known, former: Statement) -> bool | None:
    if item.title is None or former.title is None:
        return None
    return not any(titles_match(item.title, title) for title in (former.title, *former.former_titles))


def _date_changed(item: Item, story: Known, _former: Statement) -> bool | None:
    if item.published is None or story.identity.precision is Precision.SEEN:
        return None
    return abs(item.published.at - story.identity.published) > ROUNDED_DAYS


def _tags_changed(item: Item, _story: Known, former: Statement) -> bool | None:
    if not item.tags or not former.tags:
        return None
    return {tag_key(tag) for tag in item.tags}.isdisjoint(tag_key(tag) for tag in former.tags)


_CHECKS: Mapping[str, Callable[[Item, Known, Statement], bool | None]] = {
    "title": _title_changed,
    "published": _date_changed,
    "tags": _tags_changed,
}
"""How a field is compared with what was said before: whether it changed; None where that cannot be said."""


def _written(item: Item, field: str) -> str:
    if field == "published":
        return item.published.at.isoformat() if item.published else ""
    return item.title or "" if field == "title" else ", ".join(item.tags)


def _is_confirmed(values: Mapping[str, str], before: Mapping[str, str]) -> bool:
    """Return whether a second reading says what was doubted at the first.

    One text for all stories is that of none: it is never confirmed.
    """
    common = [address for address in values if address in before]
    if len(set(values.values())) == 1:
        return False
    same = sum(values[address] == before[address] for address in common)
    return _times(before) >= PATIENCE or (bool(common) and 2 * same > len(common))


def _times(before: Mapping[str, str]) -> int:
    """Return how many readings in a row have been doubted."""
    return int(before.get(_TIMES, "0"))
