"""Whether items are of the same kind as known stories: their addresses are built alike, or they are dated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from urllib.parse import unquote

from feedbuilder.heal.known_list import ENOUGH, KnownStory
from feedbuilder.model import Item
from feedbuilder.parse.address_parts import day_of, parts_of, tells_a_story

_RARE = 0.1
"""Of the known stories: a place in the site where fewer of them stand says nothing about others."""
_LONG_TITLE = 25
"""Letters of a title that is a headline; sections, people and downloads have shorter names."""


def share_of_kin(items: Sequence[Item], stories: Sequence[KnownStory]) -> float:
    """Return the share of `items` that may well be later stories of the list; 1 where there is nothing to compare.

    None of them is known: then a date proves only that is later than all known ones. Another section of the site has
    stories of the same days.
    """
    if not items or not stories:
        return 1.0
    return sum(_kin(items, stories, _dates(stories, max))) / len(items)


def strangers(items: Sequence[Item], stories: Sequence[KnownStory]) -> list[Item]:
    """Return those of `items`, which stand among the `stories`, that are of another kind than those."""
    verdicts = _kin(items, stories, _dates(stories, min))
    astray = _astray(items, stories)
    return [item for item, is_kin in zip(items, verdicts, strict=True) if not is_kin or item.canonical in astray]


def _astray(items: Sequence[Item], stories: Sequence[KnownStory]) -> set[str]:
    """Return which of `items` stand elsewhere than `stories` that all stand in one place, or all in a folder.

    Videos and offers in the dress of stories are dated as those are. Stories of many sections may have one more; and a
    site may keep new stories at a new place from some day on.
    """
    places = {_place(story.canonical) for story in stories}
    have_folders = all(folder for _, folder in places)
    placed = ((item, _place(item.canonical)) for item in items)
    astray = [
        item for item, place in placed if place not in places and (len(places) == 1 or (have_folders and not place[1]))
    ]
    newest = _dates(stories, max)
    later = [one for one in astray if newest is not None and one.published is not None and one.published.at > newest]
    return set() if len(later) == len(astray) >= ENOUGH else {one.canonical for one in astray}


def share_in_known_places(items: Sequence[Item], stories: Sequence[KnownStory]) -> float:
    """Return the share of `items` that stand where known stories stood, at addresses or with titles of stories."""
    places = _places(stories)
    return sum(_place(item.canonical) in places and _is_told(item, dated=False) for item in items) / max(len(items), 1)


def _dates(stories: Sequence[KnownStory], which: Callable[[Iterable[datetime]], datetime]) -> datetime | None:
    """Return the first or the last date of `stories`, None where most have none."""
    dates = [story.published for story in stories if story.published]
    return which(dates) if len(dates) > len(stories) / 2 else None


def _kin(items: Iterable[Item], stories: Sequence[KnownStory], since: datetime | None) -> Iterator[bool]:
    places = _places(stories)
    for item in items:
        later = since is not None and item.published is not None and item.published.at >= since
        yield later or (_place(item.canonical) in places and _is_told(item, dated=since is not None))


def _places(stories: Sequence[KnownStory]) -> set[tuple[str, str]]:
    counts = Counter(_place(story.canonical) for story in stories)
    return {place for place, count in counts.items() if count >= _RARE * len(stories)}


def _is_told(item: Item, *, dated: bool) -> bool:
    """Return whether an item is a story by itself: by its address, its title, or the date that its list shows."""
    if dated and item.published is not None:
        return True
    if len(item.title or "") >= _LONG_TITLE:
        return True
    return not dated and tells_a_story(parts_of(unquote(item.canonical)))


def _place(canonical: str) -> tuple[str, str]:
    """Return where an address stands in its site: host and first folder; days and numbers come and go."""
    parts = parts_of(canonical)
    folders = [segment for segment in parts.segments[:-1] if segment and day_of(segment) is None]
    return (parts.host, folders[0] if folders and not any(sign.isdigit() for sign in folders[0]) else "")
