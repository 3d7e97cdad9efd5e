"""Archive documents between the store and the output: what has become full is sealed, what may have changed is written.

Owns the order of these steps, and says by a protocol what it needs of the store. Which pages there are and what stands
in them `feeds.archive` decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Protocol

from feedbuilder.feeds import Tagging, admits, compose_page, leading, page_of, render_archive, seal
from feedbuilder.model import ArchivePage, Feed, FeedFile, Sight, Site, Source, StoredItem
from feedbuilder.model.history import ARCHIVE_SIZE


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


def seal_archive(feed: Feed, store: Archives, tagging: Tagging) -> tuple[ArchivePage, ...]:
    """Return the pages of the history of `feed`, the oldest first; those that have become full are remembered.

    To be called before the live files are composed, for they lead to the last page (`feeds.live_history`).
    """
    pages = store.archive_pages(feed.slug)
    newer = partial(_items, feed, store, tagging, pages[-1].last if pages else None, None)
    ids = [item.id for item in newer() if admits(feed, item, tagging)]
    if len(ids) < ARCHIVE_SIZE:
        return pages
    # Their dates are part of their order, so they are fixed first. Many never stood in the live files: a first reading
    # may bring more than those hold.
    store.announce(ids)
    sealed = seal(feed, newer(), tagging)
    store.add_archive_pages(feed.slug, sealed)
    return (*pages, *sealed)


def archive_files(
    feed: Feed,
    pages: Sequence[ArchivePage],
    sources: Sequence[Source],
    site: Site,
    *,
    store: Archives,
    created: Mapping[str, datetime],
    tagging: Tagging,
    since: datetime | None = None,
    known: int = 0,
) -> Iterator[FeedFile]:
    """Yield the files of the history of `feed`, one page after the other, the oldest first.

    With `since`, only of pages that may have changed from that moment on: because an entry did, or because they are new
    or lead to a new one, `known` being how many pages there were. After a change of the configuration and after a
    `prune`, all may have changed. An entry's change bears the moment at which its page was read, which is earlier than
    that at which it was saved: let `since` be some minutes before the last publication.
    """
    wanted: Iterable[int] = range(len(pages))
    if since is not None:
        tags, origins = leading(feed, tagging), frozenset(feed.sources.any)
        touched = {page_of(pages, item) for item in store.changed(since, tags=tags, sources=origins)}
        moved = range(known - 1, len(pages)) if known < len(pages) else ()
        wanted = [index for index in wanted if index in touched or index in moved]
    for index in wanted:
        items = _items(feed, store, tagging, pages[index - 1].last if index else None, pages[index].last)
        yield from render_archive(compose_page(feed, pages, index, items, sources, site, created[feed.slug], tagging))


def _items(
    feed: Feed, store: Archives, tagging: Tagging, after: Sight | None, until: Sight | None
) -> Iterator[StoredItem]:
    return store.between(after, until, tags=leading(feed, tagging), sources=frozenset(feed.sources.any))
