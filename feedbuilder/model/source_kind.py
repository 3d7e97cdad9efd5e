"""What the address of a source leads to: a page, or a document that is made for programs."""

from __future__ import annotations

from enum import StrEnum

LARGEST_SITEMAP = 52_428_800
"""Bytes that a sitemap may have unpacked, as the protocol allows: more than any page."""


def names_sitemap(url: str) -> bool:
    """Return whether `url` may well be that of a sitemap, by its ending."""
    return url.partition("#")[0].partition("?")[0].lower().endswith((".xml", ".xml.gz", ".gz", ".txt"))


class SourceKind(StrEnum):
    """What is at the address of a source, and so what reads it."""

    PAGE = "page"
    """A page of the web: HTML, read by CSS selectors or from data that it carries."""
    BROWSER = "browser"
    """A page that a script builds: it is opened in a browser, and then read like any other."""
    FEED = "feed"
    """RSS, Atom or JSON Feed."""
    JSON = "json"
    """An answer in JSON, as programs give it; the selectors are paths into it."""
    SITEMAP = "sitemap"
    """A sitemap, or a sitemap of news (https://www.sitemaps.org/protocol.html)."""
    CHANGES = "changes"
    """A page without a list, of which each change is an entry."""

    @property
    def is_page(self) -> bool:
        """Return whether it is a page with a list, whoever builds it: what is read by selectors of elements."""
        return self in (SourceKind.PAGE, SourceKind.BROWSER)

    @property
    def names_itself(self) -> bool:
        """Return whether what stands there has a name, by which it is told from another one in its place."""
        return self.is_page or self is SourceKind.FEED

    @property
    def is_described(self) -> bool:
        """Return whether what stands there says itself where its articles are, so that no selector is needed."""
        return self in (SourceKind.FEED, SourceKind.SITEMAP, SourceKind.CHANGES)
