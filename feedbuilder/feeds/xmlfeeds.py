"""RSS 2.0 and Atom 1.0 (RFC 4287) of a document, through feedgen and our one extension.

Owns the order in which feedgen must be called. Texts, dates and addresses come ready from the document.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from datetime import timedelta
from threading import Lock
from typing import Any

from feedgen.feed import FeedGenerator

from feedbuilder.feeds.extension import NAME, EntryExtension, FeedExtension
from feedbuilder.feeds.feed_document import GENERATOR, FeedDocument, page_place
from feedbuilder.feeds.shown_entry import Entry
from feedbuilder.model.formats import ATOM, PAGE, RSS, FeedFormat

_LOCALE = Lock()
"""feedgen sets the locale of the whole process for a moment while it formats dates; one thread at a time may."""


def rss(document: FeedDocument, places: Iterable[int]) -> bytes:
    """Return `document` as RSS 2.0 with the entries in `places`.

    Titles are plain text, descriptions HTML, as readers take them.
    """
    generator = _generator(document, RSS, places)
    with _LOCALE:
        return bytes(generator.rss_str(pretty=True))


def atom(document: FeedDocument, places: Iterable[int]) -> bytes:
    """Return `document` as Atom 1.0 (RFC 4287) with the entries in `places`."""
    return bytes(_generator(document, ATOM, places).atom_str(pretty=True))


def _generator(document: FeedDocument, kind: FeedFormat, places: Iterable[int]) -> Any:
    feed = FeedGenerator()
    feed.register_extension(NAME, FeedExtension, EntryExtension)
    feed.id(document.id)
    feed.title(document.title)
    feed.subtitle(document.description)
    feed.description(document.description)
    feed.updated(document.updated)
    feed.generator(GENERATOR)
    feed.docs("https://www.rssboard.org/rss-specification")
    feed.language(document.language)
    # feedgen takes the last link for the channel's, and readers of Atom take the first one: it is the only one here.
    # All other links go through our extension, which puts them where they overwrite no reader's home page. There are
    # none to the other formats: FreshRSS, yarr, newsboat and Liferea take those for the home page.
    feed.link(href=document.website, rel="alternate", type=PAGE.media_type)
    ours = getattr(feed, NAME)
    ours.is_archive = document.history.name is not None
    own_address = document.address(document.place(kind.file))
    ours.links = [("self", kind.media_type, own_address), *_hub(document), *_history(document, kind)]
    if document.icon and kind == ATOM:
        feed.icon(document.icon)
        feed.logo(document.icon)
    elif document.icon:
        feed.image(url=document.icon, title=document.title, link=document.website)
    if kind == RSS:
        ours.has_contents = document.has_full
    if document.ttl:
        feed.ttl(max(document.ttl // timedelta(minutes=1), 1))
        ours.interval = document.ttl
    for place in places:
        _add(feed, document.entry(place), document, kind)
    return feed


def _hub(document: FeedDocument) -> list[tuple[str, None, str]]:
    """Return the link to the hub (WebSub §4); an archive document never changes, and has none."""
    hub = document.site.hub_in_use
    return [("hub", None, hub)] if hub and document.history.name is None else []


def _history(document: FeedDocument, kind: FeedFormat) -> list[tuple[str, str, str]]:
    """Return the links to other documents of the feed's history (RFC 5005 §4.2): rel, media type, address."""
    history, file = document.history, kind.file
    places = [
        ("current", file if history.name else None),
        ("prev-archive", page_place(history.previous, file) if history.previous else None),
        ("next-archive", page_place(history.next, file) if history.next else None),
    ]
    return [(rel, kind.media_type, document.address(place)) for rel, place in places if place]


def _add(feed: Any, shown: Entry, document: FeedDocument, kind: FeedFormat) -> None:
    entry = feed.add_entry(order="append")
    entry.title(shown.title)
    entry.link(href=shown.link, rel="alternate")
    entry.category([{"term": tag} for tag in shown.tags])
    entry.published(shown.published)
    entry.updated(shown.updated)
    ours = getattr(entry, NAME)
    summary = shown.html if shown.image and not shown.full else _escaped(shown.summary)
    if kind == RSS:
        if description := summary or _escaped(shown.excerpt) or shown.full:
            entry.description(description)
        # Through our extension, which puts it behind the description: some readers show the one that comes last.
        ours.content = shown.full
    else:
        if summary:
            entry.summary(summary, type="html")
        if shown.full:
            entry.content(shown.full, type="html")
        # RFC 4287 §4.1.2 asks for an author; where the site names none, the site itself, and never who runs this.
        entry.author([{"name": name} for name in shown.authors or (shown.origin.title,)])
    ours.creators = shown.authors
    ours.image = shown.image
    ours.image_details = shown.image_details
    ours.enclosures = shown.enclosures
    ours.language = document.language_of(shown)
    ours.origin = shown.origin if document.merges else None
    ours.updated = shown.updated if shown.updated != shown.published else None
    # Last, for `id()` and `link()` of feedgen touch the guid too.
    entry.guid(shown.id, permalink=False)


def _escaped(text: str | None) -> str | None:
    """Return plain text for an HTML field: escaped here, and once more by XML, so that `a <b> c` stays what it was."""
    return html.escape(text, quote=False) if text else None
