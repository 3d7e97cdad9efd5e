"""One page may show an article twice: what the two say, together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from feedbuilder.model import Item, Precision, SaidDate
from feedbuilder.model.wording import fuller, same_title, tag_key, without_ellipsis
from feedbuilder.parse.address_parts import ID_NAMES, name_of, parts_of, story_numbers, tells_a_story
from feedbuilder.parse.address_variants import plain_address

SAME_MOMENT = timedelta(minutes=20)
"""How far two dates of one article may lie apart on one page: "2 hours ago" is rounded."""
ONE_DAY = timedelta(days=1)
"""The same where one of them is a day without a time."""


def merged(items: Iterable[Item]) -> tuple[Item, ...]:
    """Return `items` with those of one article made one, at the first one's place, numbered from 0.

    Of one article are those of one canonical address, and those of one title whose addresses differ only in what tells
    where on the page a link stood (see `_story_key`).

    The whole title or summary beats one cut short, a moment beats a day, and what one leaves out the other fills in;
    where both say something different, the one higher up counts. Tags are united.
    """
    by_address: dict[str, Item] = {}
    for item in items:
        known = by_address.get(item.canonical)
        by_address[item.canonical] = _together(known, item) if known else item
    stories: dict[str, list[Item]] = {}
    for item in by_address.values():
        stories.setdefault(_story_key(item.canonical), []).append(item)
    united = [story for listed in stories.values() for story in _united(listed)]
    order = {canonical: position for position, canonical in enumerate(by_address)}
    united.sort(key=lambda item: order[item.canonical])
    # Most are alone with their address, and were numbered so before: a copy of each takes longer than all else here.
    return tuple(
        item if item.position == position else replace(item, position=position) for position, item in enumerate(united)
    )


@lru_cache(maxsize=2048)
def _story_key(canonical: str) -> str:
    """Return what two links to one article share: its address without decoration.

    Where the path names a story by itself, also without query and section. A parameter that tells articles apart by its
    name counts always.
    """
    parts = parts_of(plain_address(canonical))
    if parts.fragment:  # a story on a page of many, told apart by the fragment alone
        return str(parts)
    ids = [part for part in parts.parameters if name_of(part).lower() in ID_NAMES]
    path = replace(parts, parameters=tuple(ids))
    if not tells_a_story(path):
        return str(parts)
    numbers = story_numbers(replace(path, segments=path.segments[-1:]))
    return "/".join((path.host, path.segments[-1])) if numbers and not ids else str(path)


def _united(items: list[Item]) -> list[Item]:
    """Return items of one key with those made one that have one title and no two dates.

    Where titles differ under one key, what was left out of it tells the articles apart: all stay.
    """
    first, *others = items
    if not others or any(not _is_same(first, other) for other in others):
        return items
    for other in others:
        first = _together(first, other)
    return [first]


def _is_same(one: Item, other: Item) -> bool:
    if one.title is None or other.title is None or not same_title(one.title, other.title):
        return False
    if one.published is None or other.published is None:
        return True
    gap = abs(one.published.at - other.published.at)
    days = (one.published.precision, other.published.precision).count(Precision.DAY)
    return gap <= SAME_MOMENT if days != 1 else gap < ONE_DAY


def _together(upper: Item, lower: Item) -> Item:
    tags = {tag_key(tag): tag for tag in (*lower.tags, *upper.tags)}
    return replace(
        upper,
        title=_whole(upper.title, lower.title),
        summary=_whole(upper.summary, lower.summary),
        published=_exact(upper.published, lower.published),
        authors=upper.authors or lower.authors,
        image=upper.image or lower.image,
        enclosures=upper.enclosures or lower.enclosures,
        content_html=upper.content_html or lower.content_html,
        tags=tuple(dict.fromkeys(tags[tag_key(tag)] for tag in (*upper.tags, *lower.tags))),
    )


def _whole(upper: str | None, lower: str | None) -> str | None:
    best = fuller(upper, lower)
    if best is not None and lower is not None and without_ellipsis(best) != best and without_ellipsis(lower) == lower:
        return lower
    return best


def _exact(upper: SaidDate | None, lower: SaidDate | None) -> SaidDate | None:
    if upper is None or lower is None:
        return upper or lower
    return lower if upper.precision is Precision.DAY and lower.precision is Precision.INSTANT else upper
