"""RSS 2.0 and Atom 1.0 (RFC 4287) of a document, through feedgen and our one extension.

Owns the order in which feedgen must be called. Texts, dates and addresses come ready from the document.
"""

from __future__ import annotations

import html
from datetime import timedelta
from threading import Lock
from typing import Any

from feedgen.feed import FeedGenerator

from feedbuilder.feeds.extension import NAME, EntryExtension, FeedExtension
from feedbuilder.feeds.feed_document import GENERATOR, Entry, FeedDocument, page_place
from feedbuilder.model.formats import ATOM, FEED_FORMATS, PAGE, RSS, FeedFormat

_LOCALE = Lock()
"""feedgen sets the locale of the whole process for a moment while it formats dates; one thread at a time may."""


def rss(document: FeedDocument) -> bytes:
    """Return `document` as RSS 2.0. Titles are plain text, descriptions HTML, as readers take them."""
    generator = _generator(document, RSS)
    with _LOCALE:
        return bytes(generator.rss_str(pretty=True))


def atom(document: FeedDocument) -> bytes:
    """Return `document` as Atom 1.0 (RFC 4287)."""
    return bytes(_generator(document, ATOM).atom_str(pretty=True))


def _generator(document: FeedDocument, kind: FeedFormat) -> Any:
    feed = FeedGenerator()
    feed.register_extension(NAME, FeedExtension, EntryExtension)
    feed.id(document.id)
    feed.title(document.title)
    feed.subtitle(document.description)
    feed.description(document.description)
    feed.updated(document.updated)
    # RFC 4287 §4.1.1: entries without an author need one on the feed.
    feed.author({"name": document.site_title})
    feed.generator(GENERATOR)
    feed.docs("https://www.rssboard.org/rss-specification")
    ours = getattr(feed, NAME)
    ours.is_archive = document.history.name is not None
    ours.links = _history(document, kind)
    # feedgen takes the last link for the channel's, so the page comes last there; readers of Atom take the first one
    # that is no self, so the page comes before the other formats.
    feed.link(href=document.address(document.place(kind.file)), rel="self", type=kind.media_type)
    feed.link(href=document.home, rel="alternate", type=PAGE.media_type)
    others = [
        ("alternate", other.media_type, document.address(document.place(other.file)))
        for other in FEED_FORMATS
        if other != kind and (other.is_archived or not ours.is_archive)
    ]
    if kind == RSS:
        ours.links = [*others, *ours.links]
        ours.has_contents = any(entry.content for entry in document.shown)
    else:
        for rel, other, address in others:
            feed.link(href=address, rel=rel, type=other)
    feed.language(document.language)
    if document.ttl:
        feed.ttl(max(document.ttl // timedelta(minutes=1), 1))
        ours.interval = document.ttl
    for entry in document.shown:
        _add(feed, entry, kind)
    return feed


def _history(document: FeedDocument, kind: FeedFormat) -> list[tuple[str, str, str]]:
    """Return the links to other documents of the feed's history (RFC 5005 §4.2): rel, media type, address."""
    history, file = document.history, kind.file
    places = [
        ("current", file if history.name else None),
        ("prev-archive", page_place(history.previous, file) if history.previous else None),
        ("next-archive", page_place(history.next, file) if history.next else None),
    ]
    return [(rel, kind.media_type, document.address(place)) for rel, place in places if place]


def _add(feed: Any, shown: Entry, kind: FeedFormat) -> None:
    entry = feed.add_entry(order="append")
    entry.title(shown.title)
    entry.link(href=shown.link, rel="alternate")
    if shown.summary:
        # Plain text into an HTML field: escaped once here, and once more by XML, so that `a <b> c` stays what it was.
        entry.summary(html.escape(shown.summary, quote=False), type="html")
    entry.author([{"name": name} for name in shown.authors])
    entry.category([{"term": tag} for tag in shown.tags])
    entry.published(shown.published)
    entry.updated(shown.updated)
    ours = getattr(entry, NAME)
    if kind == RSS:
        # feedgen would make it the description of an entry that has no summary.
        ours.content = shown.content
    elif shown.content:
        entry.content(shown.content, type="html")
    ours.creators = shown.authors
    ours.thumbnail = shown.image
    ours.updated = shown.updated if shown.updated != shown.published else None
    # Last, for `id()` and `link()` of feedgen touch the guid too.
    entry.guid(shown.id, permalink=False)
