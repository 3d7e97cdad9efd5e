"""Bringing the output up to the store: which feeds there are, what they hold, their files.

Owns the order of these steps. Always from the store, never from the changes in hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from feedbuilder.feeds import FeedDocument, compose, live_history, render, render_site
from feedbuilder.model import (
    Feed,
    Site,
    Source,
    TagRules,
)
from feedbuilder.pipeline.archives import archive_files, seal_archive
from feedbuilder.pipeline.ports import Publisher, Store
from feedbuilder.pipeline.routes import Routes, entries, routes


def gather(
    routed: Routes,
    sources: Sequence[Source],
    site: Site,
    *,
    store: Store,
    created: Mapping[str, datetime],
) -> list[FeedDocument]:
    """Return the feeds as the store would have them now, in the order of `routed`. Changes nothing.

    `created` says since when each feed exists, by slug: the date of one without entries.
    """
    documents = []
    for feed, given in routed.feeds:
        held, since = entries(feed, store, routed.tagging), created[feed.slug]
        history = live_history(store.archive_pages(feed.slug)) if feed.archive else None
        documents.append(compose(feed, held, sources, site, since, history, tagging=routed.tagging, tag_feeds=given))
    return documents


def publish(
    feeds: Sequence[Feed],
    sources: Sequence[Source],
    site: Site,
    rules: TagRules,
    *,
    store: Store,
    publisher: Publisher,
    now: datetime,
    patient: bool = False,
    since: datetime | None = None,
) -> tuple[list[FeedDocument], Sequence[str]]:
    """Bring the output up to the store; return the feeds as published and the paths of the files that changed.

    Items that wait for their own page are left out if `patient`, until their time is over; else they go in as they are.
    Of the archive documents, with `since`, only those are looked at that may have changed from that moment on.
    Always from the store, never from the changes in hand, so that a crash between saving and publishing heals itself.
    """
    store.release(now if patient else None)
    routed = routes(feeds, sources, rules, store)
    store.remember_tag_feeds(routed.given)
    created = store.register_feeds([feed.slug for feed, _ in routed.feeds], now)
    archived = [feed for feed, _ in routed.feeds if feed.archive]
    known = {feed.slug: len(store.archive_pages(feed.slug)) for feed in archived}
    archives = [(feed, seal_archive(feed, store, routed.tagging)) for feed in archived]
    documents = gather(routed, sources, site, store=store, created=created)
    # Announced before it is written: a crash in between leaves a date fixed that nobody saw, which harms nobody.
    store.announce({entry.id for document in documents for entry in document.entries})
    files = [file for document in documents for file in render(document)]
    for feed, pages in archives:
        files += archive_files(
            feed,
            pages,
            sources,
            site,
            store=store,
            created=created,
            tagging=routed.tagging,
            since=since,
            known=known[feed.slug],
        )
    return documents, publisher.publish([*files, *render_site(site, documents)])
