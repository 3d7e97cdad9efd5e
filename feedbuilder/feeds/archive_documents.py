"""The history of a feed as archive documents (RFC 5005 §4): which pages there are, and what stands in each.

A page is filled from the oldest item on and sealed when it is full; from then on its bounds are fixed. They are moments
of first sight, no numbers: an item that retention has dropped leaves its page shorter and moves no other, a late one
comes after all that is sealed, and one that a new tag admits stands where it came. Pure: items come in as arguments, in
the order of first sight (`model.history.Sight`), and what is sealed goes out as values to be remembered.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from feedbuilder.feeds.feed_document import FeedDocument, History, compose
from feedbuilder.feeds.feed_index import SourceIndex
from feedbuilder.feeds.routing import PLAIN, admitting
from feedbuilder.feeds.tagging import Tagging
from feedbuilder.model import ArchivePage, Feed, Sight, Site, Source, StoredItem
from feedbuilder.model.history import ARCHIVE_SIZE


def seal(feed: Feed, newer: Iterable[StoredItem], tagging: Tagging = PLAIN) -> tuple[ArchivePage, ...]:
    """Return the pages of `feed` that have become full, the oldest first; mostly there are none.

    `newer` are the items after the last page that was sealed, in order of first sight; those that do not belong into
    the feed are passed over. What fills no page stays in the live files alone, which always have room for it.
    """
    pages = []
    filling: list[StoredItem] = []
    for item in filter(admitting(feed, tagging), newer):
        filling.append(item)
        if len(filling) == ARCHIVE_SIZE:
            pages.append(ArchivePage(_name(filling[0]), Sight.of(item)))
            filling = []
    return tuple(pages)


def page_of(pages: Sequence[ArchivePage], item: StoredItem) -> int | None:
    """Return the index of the page in which `item` stands, None if none holds it yet."""
    index = bisect_left([page.last for page in pages], Sight.of(item))
    return index if index < len(pages) else None


def live_history(pages: Sequence[ArchivePage]) -> History:
    """Return what the live files say of the history: where it begins, going back."""
    return History(previous=pages[-1].name if pages else None)


def compose_page(
    feed: Feed,
    pages: Sequence[ArchivePage],
    index: int,
    items: Iterable[StoredItem],
    sources: Sequence[Source] | SourceIndex,
    site: Site,
    created: datetime,
    tagging: Tagging = PLAIN,
) -> FeedDocument:
    """Return the archive document of `pages[index]`; the arguments after `items` are those of `compose`.

    `items` are those after the page before and up to its last one, in order of first sight; the document shows the
    latest first. It does not say when to come again, for it changes only if an entry does, or gains a next page.
    """
    entries = list(filter(admitting(feed, tagging), items))[::-1]
    history = History(
        previous=pages[index - 1].name if index else None,
        next=pages[index + 1].name if index + 1 < len(pages) else None,
        name=pages[index].name,
    )
    return replace(compose(feed, entries, sources, site, created, history, tagging=tagging), ttl=None)


def _name(first: StoredItem) -> str:
    return f"{first.first_seen:%Y-%m-%d}-{first.id.rpartition(':')[2].replace('-', '')[:12]}"
