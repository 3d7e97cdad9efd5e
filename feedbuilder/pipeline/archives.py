"""Archive documents between the store and the output: what has become full is sealed, what may have changed is written.

Owns the order of these steps, and says by a protocol what it needs of the store. Which pages there are and what stands
in them `feeds.archive` decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

from feedbuilder.feeds import Tagging, admits, compose_page, leading, page_of, render_archive, seal
from feedbuilder.model import ArchivePage, Feed, FeedFile, Sight, StoredItem
from feedbuilder.model.history import ARCHIVE_SIZE
from feedbuilder.pipeline.catalogue import Catalogue


class Archives(Protocol):
    """What is remembered of the history of feeds. `tags` and `sources` are those of `Store.newest`."""

    def between(
        self, after: Sight | None, until: Sight | None, *, tags: frozenset[str], sources: frozenset[str]
    ) -> Iterator[StoredItem]:
        """Yield the items after `after`, up to and with `until`, in the order of `Sight`: the reverse of `newest`.

        None: from the first on, and to the last. Otherwise as `Store.newest`: in batches, for a history is long.
        """
        ...

    def changed(self, since: datetime, *, tags: frozenset[str], sources: frozenset[str]) -> Iterator[StoredItem]:
        """Yield, in any order, the items of which the entry became different for a reader at `since` or later."""
        ...

    def archive_pages(self, slug: str) -> tuple[ArchivePage, ...]:
        """Return the pages of that feed's history, the oldest first; none for one that has no history yet."""
        ...

    def add_archive_pages(self, slug: str, pages: Sequence[ArchivePage]) -> None:
        """Remember `pages` after those that are; they outlive retention and changes of the configuration."""
        ...

    def announce(self, ids: Iterable[str]) -> None:
        """Note that these items stand in published feeds: from now on their dates are fixed."""
        ...


@dataclass(frozen=True, slots=True)
class ArchiveHistory:
    """The archive documents of one feed."""

    feed: Feed
    pages: tuple[ArchivePage, ...] = ()
    """The oldest first; none while no page is full."""
    sealed: int = 0
    """How many of them, the last ones, have become full just now."""


def seal_archive(feed: Feed, store: Archives, tagging: Tagging) -> ArchiveHistory:
    """Return the history of `feed`; pages that have become full are remembered.

    To be called before the live files are composed, for they lead to the last page (`feeds.live_history`).
    """
    pages = store.archive_pages(feed.slug)
    newer = partial(_items, feed, store, tagging, pages[-1].last if pages else None, None)
    ids = [item.id for item in newer() if admits(feed, item, tagging)]
    if len(ids) < ARCHIVE_SIZE:
        return ArchiveHistory(feed, pages)
    # Their dates are part of their order, so they are fixed first. Many never stood in the live files: a first reading
    # may bring more than those hold.
    store.announce(ids)
    sealed = seal(feed, newer(), tagging)
    store.add_archive_pages(feed.slug, sealed)
    return ArchiveHistory(feed, (*pages, *sealed), len(sealed))


def archive_files(
    history: ArchiveHistory,
    catalogue: Catalogue,
    created: datetime,
    tagging: Tagging,
    store: Archives,
    since: datetime | None = None,
) -> Iterator[FeedFile]:
    """Yield the files of `history`, one page after the other, the oldest first; its feed exists since `created`.

    With `since`, only of pages that may have changed from that moment on: because an entry did, or because they are new
    or lead to a new one. After a change of the configuration and after a `prune`, all may have changed. An entry's
    change bears the moment at which its page was read, which is earlier than that at which it was saved: let `since` be
    some minutes before the last publication.
    """
    feed, pages = history.feed, history.pages
    wanted: Iterable[int] = range(len(pages))
    if since is not None:
        tags, origins = leading(feed, tagging), frozenset(feed.sources.any)
        touched = {page_of(pages, item) for item in store.changed(since, tags=tags, sources=origins)}
        # The page before the new ones leads to the first of them now.
        moved = range(len(pages) - history.sealed - 1, len(pages)) if history.sealed else ()
        wanted = [index for index in wanted if index in touched or index in moved]
    for index in wanted:
        items = _items(feed, store, tagging, pages[index - 1].last if index else None, pages[index].last)
        page = compose_page(feed, pages, index, items, catalogue.sources, catalogue.site, created, tagging)
        yield from render_archive(page)


def _items(
    feed: Feed, store: Archives, tagging: Tagging, after: Sight | None, until: Sight | None
) -> Iterator[StoredItem]:
    return store.between(after, until, tags=leading(feed, tagging), sources=frozenset(feed.sources.any))
