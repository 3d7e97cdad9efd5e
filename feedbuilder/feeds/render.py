"""A document as files: every format, in every folder that the feed has."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from feedbuilder.feeds.feed_document import FeedDocument
from feedbuilder.feeds.html_pages import feed_page, index_page
from feedbuilder.feeds.jsonfeed import json_feed
from feedbuilder.feeds.opml import opml
from feedbuilder.feeds.xmlfeeds import atom, rss
from feedbuilder.model import FeedFile, Site

_HTML = "text/html; charset=utf-8"

_FORMATS: tuple[tuple[str, str, Callable[[FeedDocument], bytes]], ...] = (
    ("rss.xml", "application/rss+xml; charset=utf-8", rss),
    ("atom.xml", "application/atom+xml; charset=utf-8", atom),
    ("feed.json", "application/feed+json; charset=utf-8", json_feed),
    ("index.html", _HTML, feed_page),
)


def render(document: FeedDocument) -> tuple[FeedFile, ...]:
    """Return the files of one feed, those of its slug first, then the same bytes under each alias.

    Equal documents give equal bytes. The page comes last in its folder, so that it never offers what is not there yet.
    """
    contents = [(name, write(document), media_type) for name, media_type, write in _FORMATS]
    return tuple(
        FeedFile(f"{folder}/{name}", content, media_type)
        for folder in document.folders
        for name, content, media_type in contents
    )


def render_site(site: Site, documents: Sequence[FeedDocument]) -> tuple[FeedFile, ...]:
    """Return the files of the whole site: feeds.opml, and index.html last."""
    return (
        FeedFile("feeds.opml", opml(site, documents), "text/x-opml; charset=utf-8"),
        FeedFile("index.html", index_page(site, documents), _HTML),
    )
