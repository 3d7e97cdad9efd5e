"""What a feed would hold, of what is remembered: which items, and why others are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from feedbuilder.config import Config
from feedbuilder.feeds import Tagging, admits, feeds_for, filtered_by, leading, route
from feedbuilder.model import Feed, Filter, StoredItem
from feedbuilder.store import SqlStore, is_there, open_store

MOST_LEFT_OUT = 12
_LOOKED_AT = 400
"""Of the newest items, those that may be told as left out."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An item that a feed does not take, and why."""

    item: StoredItem
    reason: str


@dataclass(frozen=True, slots=True)
class FeedChoice:
    """What a feed takes, and the newest of what it does not."""

    taken: tuple[StoredItem, ...]
    left_out: tuple[LeftOut, ...]


def feed_choice(config: Config, feed: Feed) -> FeedChoice:
    """Return what `feed` would hold now. Makes no store where there is none."""
    if not is_there(config.store.place):
        return FeedChoice((), ())
    with open_store(config.store.place) as store:
        return _chosen(config, feed, store)


def _chosen(config: Config, feed: Feed, store: SqlStore) -> FeedChoice:
    tagging = Tagging.of(config.tags, store.tag_uses())
    [asked] = feeds_for([feed], config.sources, tagging)
    found = store.newest(tags=leading(asked, tagging), sources=frozenset(asked.sources.any))
    taken = route(asked, found, tagging)
    newest = islice(store.newest(tags=frozenset(), sources=frozenset()), _LOOKED_AT)
    left = (LeftOut(item, why_not(asked, item, tagging)) for item in newest if not admits(asked, item, tagging))
    return FeedChoice(taken, tuple(islice(left, MOST_LEFT_OUT)))


def why_not(feed: Feed, item: StoredItem, tagging: Tagging) -> str:
    """Return the first reason why `feed` does not take `item`, in a few words."""
    if (filtered := filtered_by(feed, item)) and _is_meant(feed, item, tagging):
        return filtered
    for part, words in _PARTS:
        bare = Feed(slug="x").model_copy(update={part: getattr(feed, part)})
        if not admits(bare, item, tagging):
            return words
    return "there is no room for it"


_PARTS: Sequence[tuple[str, str]] = (
    ("sources", "it comes from another source"),
    ("tags", "its tags are others"),
)


def kept_out(feeds: Iterable[Feed], item: StoredItem, tagging: Tagging) -> Iterator[tuple[Feed, str]]:
    """Yield those of `feeds` that would take `item` by its tags and sources, and whose filters leave it out; with why.

    Their tags are no aliases.
    """
    for feed in feeds:
        if (reason := filtered_by(feed, item)) and _is_meant(feed, item, tagging):
            yield feed, reason


def _is_meant(feed: Feed, item: StoredItem, tagging: Tagging) -> bool:
    return admits(feed.model_copy(update={"include": Filter(), "exclude": Filter()}), item, tagging)


def kept_feeds(config: Config) -> list[Feed]:
    """Return the feeds that have to be written beside the first `[[feed]]`, for they are no more by themselves then."""
    return [] if config.feeds else list(feeds_for((), config.sources, Tagging.of(config.tags)))
