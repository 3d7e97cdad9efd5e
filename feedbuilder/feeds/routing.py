"""Which items stand in a feed, and in which order. Knows nothing of how feeds are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import TypeVar

from feedbuilder.feeds.tagging import Tagging
from feedbuilder.model import Feed, Outline, Placed, StoredItem
from feedbuilder.model.item_filter import Filterable, left_out_by

PlacedT = TypeVar("PlacedT", StoredItem, Outline)

PLAIN = Tagging()
"""Tags as they are written."""


def wanted_keys(feed: Feed, tagging: Tagging) -> frozenset[str]:
    """Return the keys of tags of which every item of `feed` carries one, aliases counted as what they stand for.

    None where items need no tag.
    """
    # Of tags that an item must all have, each one alone leads to it.
    return tagging.keys(feed.tags.all[:1] or feed.tags.any)


def leading(feed: Feed, tagging: Tagging) -> frozenset[str]:
    """Return `wanted_keys` and the keys of their aliases: under one of them the store has every item of `feed`."""
    return tagging.behind(wanted_keys(feed, tagging))


def route(feed: Feed, candidates: Iterable[PlacedT], tagging: Tagging = PLAIN) -> tuple[PlacedT, ...]:
    """Return the entries of `feed`: the first it admits, as many as it has room for; newest published first.

    `candidates` come with those first seen last in front and are read no further than needed. So a story that is
    listed late with an old date still gets in, and then stands where its date puts it. Of one date, the one first
    seen last comes first; what was first seen together stands as on its page. Outlines will do where the feed asks for
    no words (`asks_for_texts`).
    """
    return _placed(islice(filter(admitting(feed, tagging), candidates), feed.room))


def _sight(item: Placed) -> tuple[object, ...]:
    """Return what is compared of `item` in the order of `model.history.Sight`, of which no value is made."""
    return item.first_seen, item.published, -item.position, item.id


def _placed(chosen: Iterable[PlacedT]) -> tuple[PlacedT, ...]:
    """Return what stands in a feed in the order in which it does."""
    high_first = sorted(chosen, key=lambda item: (item.position, item.id))
    return tuple(sorted(high_first, key=lambda item: (item.published, item.first_seen), reverse=True))


def reroute(
    feed: Feed,
    before: Sequence[Outline],
    changed: AbstractSet[str],
    now: Iterable[StoredItem],
    tagging: Tagging = PLAIN,
) -> tuple[Outline, ...] | None:
    """Return the outlines of what `route` would return once some items changed; None where it has to be asked.

    `before` is what it returned then, `changed` has the ids of all items that are others since, and `now` are those of
    them that are there. What was left out before, for want of room, came before all that had some.
    """
    entries = [one for one in before if one.id not in changed]
    entries.extend(map(Outline.of, filter(admitting(feed, tagging), now)))
    if len(before) >= feed.room:
        edge = min(map(_sight, before))
        entries = [one for one in entries if _sight(one) >= edge]
        if len(entries) < feed.room:
            return None
    entries.sort(key=_sight, reverse=True)
    return _placed(entries[: feed.room])


def admits(feed: Feed, item: StoredItem, tagging: Tagging = PLAIN) -> bool:
    """Return whether `item` belongs into `feed` by its tags, sources and texts. The tags of `feed` are no aliases."""
    return admitting(feed, tagging)(item)


def admitting(feed: Feed, tagging: Tagging = PLAIN) -> Callable[[Placed], bool]:
    """Return `admits` for many items: what `feed` does not ask for is not looked at."""
    asks_for_tags, asks_for_words = feed.tags.any or feed.tags.all or feed.tags.none, asks_for_texts(feed)

    def is_admitted(item: Placed) -> bool:
        if not feed.sources.admits(frozenset(item.sources)):
            return False
        if asks_for_tags and not feed.tags.admits(tagging.keys(item.tags)):
            return False
        if not asks_for_words:
            return True
        assert isinstance(item, StoredItem)
        return filtered_by(feed, item) is None

    return is_admitted


def asks_for_texts(feed: Feed) -> bool:
    """Return whether the texts of an item decide on whether it belongs into `feed`."""
    return bool(feed.include.model_fields_set or feed.exclude.model_fields_set)


def filtered_by(feed: Feed, item: StoredItem) -> str | None:
    """Return which part of the filters of `feed` leaves `item` out, as people write it; None if they let it through."""
    if not asks_for_texts(feed):
        return None
    return left_out_by(feed.include, feed.exclude, Filterable.of_entry(item))
