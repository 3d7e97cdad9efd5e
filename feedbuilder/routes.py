"""Which feeds there are today, and which entries each holds: the configuration over what the store remembers.

Owns the joining of both, for feeds that tags make need both. Knows stores as a protocol only; changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feedbuilder.feeds import Tagging, candidates, expand, feeds_for, route
from feedbuilder.model import Feed, Source, StoredItem, TagFeed, TagRules
from feedbuilder.ports import Store


@dataclass(frozen=True, slots=True)
class Routes:
    """The feeds of today, and what their tags mean."""

    feeds: tuple[tuple[Feed, tuple[TagFeed, ...]], ...]
    """Each with the addresses among its slug and aliases that tags were given."""
    tagging: Tagging
    given: tuple[TagFeed, ...]
    """The addresses among them that tags get just now, and that have to be remembered."""


def routes(configured: Sequence[Feed], sources: Sequence[Source], rules: TagRules, store: Store) -> Routes:
    """Return the feeds that are configured (without any: one per tag of the sources) and those that tags make."""
    uses = store.tag_uses()
    tagging = Tagging.of(rules, uses)
    feeds = feeds_for(configured, sources, tagging)
    if not any(feed.auto for feed in feeds):
        return Routes(tuple((feed, ()) for feed in feeds), tagging, ())
    known = store.tag_feeds()
    given = [
        address
        for feed, address, enough in candidates(feeds, known, uses, tagging)
        if _has(feed, enough, store, tagging)
    ]
    return Routes(tuple(expand(feeds, [*known, *given], tagging)), tagging, tuple(given))


def entries(feed: Feed, store: Store, tagging: Tagging) -> tuple[StoredItem, ...]:
    """Return what stands in `feed`, newest first; the tags that it asks for are no aliases."""
    # Of tags that an item must all have, each one alone leads to it.
    wanted = tagging.keys(feed.tags.all[:1] or feed.tags.any)
    return route(feed, store.newest(tags=tagging.behind(wanted), sources=frozenset(feed.sources.any)), tagging)


def _has(feed: Feed, enough: int, store: Store, tagging: Tagging) -> bool:
    return len(entries(feed.model_copy(update={"entries": enough}), store, tagging)) == enough
