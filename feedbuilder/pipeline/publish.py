"""Bringing the output up to the store: which feeds there are, what they hold, their files.

Owns the order of these steps. Always from the store, never from the changes in hand, so that a crash between saving and
publishing heals itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from feedbuilder.feeds import FeedDocument, compose, live_history, render, render_site
from feedbuilder.model import ArchivePage, Articles
from feedbuilder.pipeline.archives import archive_files, seal_archive
from feedbuilder.pipeline.catalogue import Catalogue
from feedbuilder.pipeline.ports import Publisher, Store
from feedbuilder.pipeline.routes import Routes, entries, routes
from feedbuilder.pipeline.site_icon import icon_files


def gather(catalogue: Catalogue, store: Store, now: datetime) -> list[FeedDocument]:
    """Return the feeds as they would be published at `now`. Changes nothing."""
    routed, created = routes(catalogue, store), store.feeds()
    since = {feed.slug: created.get(feed.slug, now) for feed, _ in routed.feeds}
    pages = {feed.slug: store.archive_pages(feed.slug) for feed, _ in routed.feeds if feed.archive}
    return _documents(routed, catalogue, store, since, pages)


def publish(
    catalogue: Catalogue,
    store: Store,
    publisher: Publisher,
    now: datetime,
    *,
    patient: bool = False,
    since: datetime | None = None,
) -> tuple[list[FeedDocument], Sequence[str]]:
    """Bring the output up to the store; return the feeds as published and the paths of the files that changed.

    Items that wait for their own page are left out if `patient`, until their time is over. Else they go in as they are,
    but for those whose whole text is asked for, and for whose page the reading had no time: the next one reads it.
    Of the archive documents, with `since`, only those are looked at that may have changed from that moment on.
    """
    texts = {source.id for source in catalogue.sources if source.articles is Articles.FULL}
    store.release(now if patient else None, texts)
    routed = routes(catalogue, store)
    store.remember_tag_feeds(routed.granted)
    created = store.register_feeds([feed.slug for feed, _ in routed.feeds], now)
    histories = [seal_archive(feed, store, routed.tagging) for feed, _ in routed.feeds if feed.archive]
    pages = {history.feed.slug: history.pages for history in histories}
    documents = _documents(routed, catalogue, store, created, pages)
    # Announced before it is written: a crash in between leaves a date fixed that nobody saw, which harms nobody.
    store.announce({entry.id for document in documents for entry in document.entries})
    files = [file for document in documents for file in render(document)]
    for history in histories:
        files += archive_files(history, catalogue, created[history.feed.slug], routed.tagging, store, since)
    files += icon_files(documents, store)
    return documents, publisher.publish([*files, *render_site(catalogue.site, documents)])


def _documents(
    routed: Routes,
    catalogue: Catalogue,
    store: Store,
    created: Mapping[str, datetime],
    pages: Mapping[str, Sequence[ArchivePage]],
) -> list[FeedDocument]:
    """Return the feeds with their entries, in the order of `routed`.

    `created` says by slug since when each feed exists, the date of one without entries; `pages` are those of its
    history, if it has an archive.
    """
    documents, icons = [], store.icon_kinds()
    for feed, tag_feeds in routed.feeds:
        held, since = entries(feed, store, routed.tagging), created[feed.slug]
        history = live_history(pages[feed.slug]) if feed.archive else None
        documents.append(
            compose(
                feed,
                held,
                catalogue.sources,
                catalogue.site,
                since,
                history,
                tagging=routed.tagging,
                tag_feeds=tag_feeds,
                icons=icons,
            )
        )
    return documents
