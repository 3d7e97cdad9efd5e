"""Feeds as documents, from the store: what publishing writes, and what `status` tells of. Changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from feedbuilder.feeds import FeedSummary, WrittenEntries, summarise
from feedbuilder.model import ArchivePage, Feed, Placed, TagFeed
from feedbuilder.model.printed import LIVE
from feedbuilder.pipeline.ports import Store
from feedbuilder.pipeline.press import Press
from feedbuilder.pipeline.routes import entries

if TYPE_CHECKING:
    from feedbuilder.feeds import FeedDocument


def gather(press: Press, store: Store, now: datetime) -> list[FeedSummary]:
    """Return the feeds as they would be published at `now`. Changes nothing but `press`, which is of no use after."""
    due = press.look(store)
    return [
        summarise(
            live_document(
                press, feed, tag_feeds, entries(feed, store, press.tagging), press.pages(store, feed.slug), now
            )
        )
        if feed.slug in due.anew or LIVE in due.documents.get(feed.slug, ())
        else press.summaries[feed.slug]
        for feed, tag_feeds in press.routes.feeds
    ]


def live_document(
    press: Press,
    feed: Feed,
    tag_feeds: Sequence[TagFeed],
    live: Sequence[Placed],
    pages: Sequence[ArchivePage],
    now: datetime,
    written: WrittenEntries | None = None,
) -> FeedDocument:
    """Return the document of `feed` with the entries `live`, the history of which has `pages`.

    Of those that stand `written` it may have the outlines only.
    """
    from feedbuilder.feeds import compose, live_history  # noqa: PLC0415 - mostly `status` finds nothing to be made

    return compose(
        feed,
        live,
        press.sources,
        press.catalogue.site,
        press.created.get(feed.slug, now),
        live_history(pages) if feed.archive else None,
        tagging=press.tagging,
        tag_feeds=tag_feeds,
        icons=press.icons,
        holds_full=written is not None and written.hold_full(one.id for one in live),
    )
