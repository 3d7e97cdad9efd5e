"""StoredItems -> FeedFiles: which feeds there are, what stands in them, and what their files say. Pure.

Knows no store, no network, no output folder and no clock; dates come in as arguments. The templates are the package's.
"""

from typing import TYPE_CHECKING

from feedbuilder.loading import on_demand

if TYPE_CHECKING:
    from feedbuilder.feeds.archive_documents import compose_page, live_history, page_of, seal
    from feedbuilder.feeds.feed_document import FeedDocument, History, compose
    from feedbuilder.feeds.feed_files import render, render_archive, render_site
    from feedbuilder.feeds.feed_index import FeedIndex, SourceIndex
    from feedbuilder.feeds.feed_summary import FeedSummary, MadeOfEach, summarise
    from feedbuilder.feeds.recover import Recovered, read_feed_json
    from feedbuilder.feeds.routing import admits, asks_for_texts, filtered_by, leading, reroute, route
    from feedbuilder.feeds.seams import WrittenEntries
    from feedbuilder.feeds.shown_entry import Entry
    from feedbuilder.feeds.slugs import feeds_for, slugify
    from feedbuilder.feeds.status import render_status
    from feedbuilder.feeds.status_page import DAYS, MOODS, ShownSource, SourceReport, render_status_page, shown_source
    from feedbuilder.feeds.tag_feeds import addresses, candidates, expand, feed_of, give
    from feedbuilder.feeds.tagging import Tagging
else:
    __getattr__ = on_demand(
        __name__,
        {
            "DAYS": "status_page",
            "Entry": "shown_entry",
            "FeedDocument": "feed_document",
            "FeedIndex": "feed_index",
            "FeedSummary": "feed_summary",
            "History": "feed_document",
            "MOODS": "status_page",
            "MadeOfEach": "feed_summary",
            "Recovered": "recover",
            "ShownSource": "status_page",
            "SourceIndex": "feed_index",
            "SourceReport": "status_page",
            "Tagging": "tagging",
            "WrittenEntries": "seams",
            "addresses": "tag_feeds",
            "admits": "routing",
            "asks_for_texts": "routing",
            "candidates": "tag_feeds",
            "compose": "feed_document",
            "compose_page": "archive_documents",
            "expand": "tag_feeds",
            "feed_of": "tag_feeds",
            "feeds_for": "slugs",
            "filtered_by": "routing",
            "give": "tag_feeds",
            "leading": "routing",
            "live_history": "archive_documents",
            "page_of": "archive_documents",
            "read_feed_json": "recover",
            "render": "feed_files",
            "render_archive": "feed_files",
            "render_site": "feed_files",
            "render_status": "status",
            "render_status_page": "status_page",
            "reroute": "routing",
            "route": "routing",
            "seal": "archive_documents",
            "shown_source": "status_page",
            "slugify": "slugs",
            "summarise": "feed_summary",
        },
    )

__all__ = [
    "DAYS",
    "MOODS",
    "Entry",
    "FeedDocument",
    "FeedIndex",
    "FeedSummary",
    "History",
    "MadeOfEach",
    "Recovered",
    "ShownSource",
    "SourceIndex",
    "SourceReport",
    "Tagging",
    "WrittenEntries",
    "addresses",
    "admits",
    "asks_for_texts",
    "candidates",
    "compose",
    "compose_page",
    "expand",
    "feed_of",
    "feeds_for",
    "filtered_by",
    "give",
    "leading",
    "live_history",
    "page_of",
    "read_feed_json",
    "render",
    "render_archive",
    "render_site",
    "render_status",
    "render_status_page",
    "reroute",
    "route",
    "seal",
    "shown_source",
    "slugify",
    "summarise",
]
