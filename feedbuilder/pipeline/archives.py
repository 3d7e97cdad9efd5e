"""Archive documents between the store and the output: what has become full is sealed, what may have changed is written.

Owns the order of these steps. Which pages there are and what stands in them `feeds.archive_documents` decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial

from feedbuilder.feeds import FeedDocument, SourceIndex, Tagging, admits, compose_page, leading, seal
from feedbuilder.model import ArchivePage, Feed, Placed, Sight, StoredItem
from feedbuilder.model.history import ARCHIVE_SIZE
from feedbuilder.pipeline.archive_memory import Archives
from feedbuilder.pipeline.catalogue import Catalogue


def seal_archive(
    feed: Feed, store: Archives, tagging: Tagging, pages: Sequence[ArchivePage], live: Sequence[Placed]
) -> Sequence[ArchivePage]:
    """Return the pages of the history of `feed`, the oldest first; those that have become full are remembered.

    `pages` are those that there are, `live` the entries of the live files, for which this is to be called before they
    are composed: they lead to the last page (`feeds.live_history`).
    """
    last = pages[-1].last if pages else None
    fresh = sum(last is None or Sight.of(item) > last for item in live)
    if fresh < ARCHIVE_SIZE and (fresh < len(live) or fresh < feed.room):
        return pages  # all that stands in no page yet stands in the live files
    newer = partial(_items, feed, store, tagging, last, None)
    ids = [item.id for item in newer() if admits(feed, item, tagging)]
    if len(ids) < ARCHIVE_SIZE:
        return pages
    # Their dates are part of their order, so they are fixed first. Many never stood in the live files: a first reading
    # may bring more than those hold.
    store.announce(ids)
    sealed = seal(feed, newer(), tagging)
    store.add_archive_pages(feed.slug, sealed)
    return (*pages, *sealed)


def archive_documents(
    feed: Feed,
    pages: Sequence[ArchivePage],
    wanted: Iterable[int],
    catalogue: Catalogue,
    sources: SourceIndex,
    created: datetime,
    tagging: Tagging,
    store: Archives,
) -> Iterator[FeedDocument]:
    """Yield the documents of those of `pages` whose places are in `wanted`, in that order.

    `sources` are those of the `catalogue`; the feed exists since `created`.
    """
    for place in wanted:
        items = _items(feed, store, tagging, pages[place - 1].last if place else None, pages[place].last)
        yield compose_page(feed, pages, place, items, sources, catalogue.site, created, tagging)


def _items(
    feed: Feed, store: Archives, tagging: Tagging, after: Sight | None, until: Sight | None
) -> Iterator[StoredItem]:
    return store.between(after, until, tags=leading(feed, tagging), sources=frozenset(feed.sources.any))
