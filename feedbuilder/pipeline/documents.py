"""Feeds as documents, from the store: what publishing writes, and what `status` tells of. Changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from feedbuilder.feeds import FeedDocument, FeedSummary, compose, live_history, summarise
from feedbuilder.model import ArchivePage, Feed, TagFeed
from feedbuilder.model.printed import LIVE
from feedbuilder.pipeline.ports import Store
from feedbuilder.pipeline.press import Press
from feedbuilder.pipeline.routes import entries


def gather(press: Press, store: Store, now: datetime) -> list[FeedSummary]:
    """Return the feeds as they would be published at `now`. Changes nothing but `press`, which is of no use after."""
    due = press.look(store)
    return [
        summarise(live_document(press, store, feed, tag_feeds, store.archive_pages(feed.slug), now))
        if feed.slug in due.anew or LIVE in due.documents.get(feed.slug, ())
        else press.summaries[feed.slug]
        for feed, tag_feeds in press.routes.feeds
    ]


def live_document(
    press: Press,
    store: Store,
    feed: Feed,
    tag_feeds: Sequence[TagFeed],
    pages: Sequence[ArchivePage],
    now: datetime,
) -> FeedDocument:
    """Return the live document of `feed`, the history of which has `pages`."""
    return compose(
        feed,
        entries(feed, store, press.tagging),
        press.sources,
        press.catalogue.site,
        press.created.get(feed.slug, now),
        live_history(pages) if feed.archive else None,
        tagging=press.tagging,
        tag_feeds=tag_feeds,
        icons=press.icons,
    )
