"""Which feeds there are today, and which entries each holds: the configuration over what the store remembers.

Owns the joining of both, for feeds that tags make need both. Knows stores as a protocol only; changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from feedbuilder.feeds import Tagging, addresses, candidates, expand, feed_of, feeds_for, give, leading, route
from feedbuilder.model import Choice, Feed, Filter, Outline, StoredItem, TagFeed, TagUse
from feedbuilder.model.feed import TagChoice
from feedbuilder.pipeline.catalogue import Catalogue
from feedbuilder.pipeline.ports import Store


@dataclass(frozen=True, slots=True)
class Routes:
    """The feeds of today, and what their tags mean."""

    feeds: tuple[tuple[Feed, tuple[TagFeed, ...]], ...]
    """Each with the addresses among its slug and aliases that tags were given."""
    tagging: Tagging
    granted: tuple[TagFeed, ...]
    """The addresses among them that tags get just now, and that have to be remembered."""


def routes(catalogue: Catalogue, store: Store, tagging: Tagging, uses: Iterable[TagUse]) -> Routes:
    """Return the feeds that are configured (without any: one per tag of the sources) and those that tags make.

    Of tags, only those in `uses` may get an address now that they did not have.
    """
    feeds = feeds_for(catalogue.feeds, catalogue.sources, tagging)
    if not any(feed.auto for feed in feeds):
        return Routes(tuple((feed, ()) for feed in feeds), tagging, ())
    known = store.tag_feeds()
    taken, granted = addresses(feeds, known), []
    for table, key in _granted(list(candidates(feeds, known, uses, tagging)), store, tagging):
        granted.append(give(table, key, taken, tagging))
        taken.add(granted[-1].slug)
    return Routes(tuple(expand(feeds, [*known, *granted], tagging)), tagging, tuple(granted))


def entries(feed: Feed, store: Store, tagging: Tagging) -> tuple[StoredItem, ...]:
    """Return what stands in `feed`, newest first; the tags that it asks for are no aliases."""
    return route(feed, store.newest(tags=leading(feed, tagging), sources=frozenset(feed.sources.any)), tagging)


def outlines(feed: Feed, store: Store, tagging: Tagging) -> tuple[Outline, ...]:
    """Return `entries` without their texts, of a feed that does not ask for them (`asks_for_texts`)."""
    return route(feed, store.outlines(tags=leading(feed, tagging), sources=frozenset(feed.sources.any)), tagging)


def _granted(found: Sequence[tuple[Feed, str]], store: Store, tagging: Tagging) -> Iterator[tuple[Feed, str]]:
    """Yield those of the tables and keys whose feed would have as many items as its table asks for."""
    for table, group in groupby(found, key=itemgetter(0)):
        keys = [key for _, key in group]
        counts = store.tag_items(tagging.behind(keys), frozenset(table.sources.any))
        for key in keys:
            behind = tagging.behind([key])
            # Exact where all items of one name count; else as many as there can be.
            enough = sum(counts.get(one, 0) for one in behind) >= table.min_items
            if enough and ((len(behind) == 1 and _takes_all(table)) or _has_enough(table, key, store, tagging)):
                yield table, key


def _takes_all(table: Feed) -> bool:
    """Return whether `table` makes no difference between items of a tag and of its sources."""
    choice = table.sources.model_copy(update={"any": ()})
    return (table.tags, choice, table.include, table.exclude) == (TagChoice(), Choice(), Filter(), Filter())


def _has_enough(table: Feed, key: str, store: Store, tagging: Tagging) -> bool:
    feed = feed_of(table, key, [table.slug]).model_copy(update={"entries": table.min_items, "archive": False})
    return len(entries(feed, store, tagging)) == table.min_items
