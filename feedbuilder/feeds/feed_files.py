"""A document as files: every format, in every folder that the feed has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from importlib.resources import files

from feedbuilder.feeds.feed_document import FeedDocument
from feedbuilder.feeds.feed_summary import Listed, summaries
from feedbuilder.feeds.jsonfeed import json_feed
from feedbuilder.feeds.seams import WrittenEntries, spliced
from feedbuilder.model import FeedFile, Site, formats


def _rss(document: FeedDocument, places: Iterable[int]) -> bytes:
    from feedbuilder.feeds.xmlfeeds import rss  # noqa: PLC0415 - feedgen is loaded to write; `status` only looks

    return rss(document, places)


def _atom(document: FeedDocument, places: Iterable[int]) -> bytes:
    from feedbuilder.feeds.xmlfeeds import atom  # noqa: PLC0415 - as above

    return atom(document, places)


def _page(document: FeedDocument, places: Iterable[int]) -> bytes:
    from feedbuilder.feeds.html_pages import feed_page  # noqa: PLC0415 - Jinja likewise

    return feed_page(document, places)


WRITERS: dict[str, Callable[[FeedDocument, Iterable[int]], bytes]] = {
    formats.RSS.key: _rss,
    formats.ATOM.key: _atom,
    formats.JSON_FEED.key: json_feed,
    formats.PAGE.key: _page,
}
"""What writes each file of a feed's folder, with the entries in some places only, by the key of its kind."""


def render(document: FeedDocument, written: WrittenEntries | None = None) -> tuple[FeedFile, ...]:
    """Return the files of one feed, those of its slug first, then the same bytes under each alias.

    Equal documents give equal bytes, whatever of them is `written` already. The page comes last in its folder, so that
    it never offers what is not there yet.
    """
    contents = [(kind, _content(kind, document, written)) for kind in formats.feed_files()]
    return tuple(
        FeedFile(f"{folder}/{kind.file}", content, kind.content_type)
        for folder in document.folders
        for kind, content in contents
    )


def render_archive(document: FeedDocument) -> tuple[FeedFile, ...]:
    """Return the files of an archive document. Aliases have none of their own: their links lead here."""
    return tuple(
        FeedFile(f"{document.slug}/{document.place(kind.file)}", _content(kind, document), kind.content_type)
        for kind in formats.archived_formats()
    )


def _content(kind: formats.FileKind, document: FeedDocument, written: WrittenEntries | None = None) -> bytes:
    return spliced(kind.key, document.ids, partial(WRITERS[kind.key], document), written)


def render_site(site: Site, feeds: Sequence[Listed]) -> tuple[FeedFile, ...]:
    """Return the files of the whole site: feeds.opml, the icons, and index.html last."""
    listed = summaries(feeds)
    from feedbuilder.feeds.html_pages import index_page  # noqa: PLC0415 - as above
    from feedbuilder.feeds.opml import opml  # noqa: PLC0415 - lxml likewise

    return (
        FeedFile(formats.OPML.file, opml(site, listed), formats.OPML.content_type),
        FeedFile(formats.ICON.file, _asset(formats.ICON.file), formats.ICON.content_type),
        FeedFile(formats.FAVICON.file, _asset(formats.FAVICON.file), formats.FAVICON.content_type),
        FeedFile(formats.PAGE.file, index_page(site, listed), formats.PAGE.content_type),
    )


@cache
def _asset(name: str) -> bytes:
    return files("feedbuilder.feeds").joinpath("templates", name).read_bytes()
