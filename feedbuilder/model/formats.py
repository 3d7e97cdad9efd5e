"""What feedbuilder writes: a row for each kind of file. Writing, linking, serving and pruning all go by these tables.

To add a feed format, add its row to `FEED_FORMATS` and its writer to `feeds.feed_files.WRITERS`. Knows no contents.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: what it is called, and what a server calls it."""

    key: str
    """Its name in our code, in status.json and in the markup of pages."""
    file: str
    media_type: str
    """Without a charset."""

    @property
    def content_type(self) -> str:
        """Return the Content-Type that a server sends (RFC 9110 §8.3); all texts that we write are UTF-8."""
        return self.media_type if self.media_type.startswith("image/") else f"{self.media_type}; charset=utf-8"


@dataclass(frozen=True, slots=True)
class FeedFormat(FileKind):
    """A format that feed readers subscribe to."""

    label: str
    """What people call it."""
    short_label: str
    """The same, where there is little room."""
    is_archived: bool = False
    """Whether archive documents (RFC 5005) are written in it too."""


RSS = FeedFormat("rss", "rss.xml", "application/rss+xml", "RSS", "RSS", is_archived=True)
ATOM = FeedFormat("atom", "atom.xml", "application/atom+xml", "Atom", "Atom", is_archived=True)
JSON_FEED = FeedFormat("json", "feed.json", "application/feed+json", "JSON Feed", "JSON")
PAGE = FileKind("html", "index.html", "text/html")
OPML = FileKind("opml", "feeds.opml", "text/x-opml")
ICON = FileKind("icon", "icon.png", "image/png")
FAVICON = FileKind("favicon", "favicon.ico", "image/x-icon")
STATUS = FileKind("status", "status.json", "application/json")
STATUS_PAGE = FileKind("status_page", "status.html", "text/html")

FEED_FORMATS: tuple[FeedFormat, ...] = (RSS, ATOM, JSON_FEED)
"""In the order in which they are written and offered."""
SITE_FILES: tuple[FileKind, ...] = (OPML, ICON, FAVICON, PAGE, STATUS_PAGE, STATUS)
"""The files at the top of the output."""

HEALTH = "_health/events"
"""The folder of the feed about the sources themselves: no slug, so that no feed can have it.

One level below those of the feeds, so that whoever goes through these does not take it for one of them.
"""

OUR_MARK = "_feedbuilder"
"""The object in a JSON Feed by which our feeds are known; whatever else lies in the output is somebody's own."""


def feed_files() -> tuple[FileKind, ...]:
    """Return the files of a feed's folder in the order of writing: the page last, so that all it offers is there."""
    return (*FEED_FORMATS, PAGE)


def archived_formats() -> tuple[FeedFormat, ...]:
    """Return the formats of archive documents, in the order of writing."""
    return tuple(kind for kind in FEED_FORMATS if kind.is_archived)


def names_to_prune() -> tuple[str, ...]:
    """Return the files that we make in a feed's folder, in the order of their removal.

    The file with our mark goes last, so that a removal that was interrupted is found again.
    """
    names = [kind.file for kind in feed_files() if kind != JSON_FEED]
    return (*names, JSON_FEED.file)


def content_type_of(file: str) -> str | None:
    """Return the Content-Type of a file of ours by its name, None for a name that we do not write."""
    return next((kind.content_type for kind in (*feed_files(), *SITE_FILES) if kind.file == file), None)
