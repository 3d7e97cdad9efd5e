"""What the address of a source leads to: a page, or a document that is made for programs."""

from __future__ import annotations

from enum import StrEnum


class SourceKind(StrEnum):
    """What is at the address of a source, and so what reads it."""

    PAGE = "page"
    """A page of the web: HTML, read by CSS selectors or from data that it carries."""
    FEED = "feed"
    """RSS, Atom or JSON Feed."""
    JSON = "json"
    """An answer in JSON, as programs give it; the selectors are paths into it."""
    SITEMAP = "sitemap"
    """A sitemap, or a sitemap of news (https://www.sitemaps.org/protocol.html)."""
    CHANGES = "changes"
    """A page without a list, of which each change is an entry."""

    @property
    def is_described(self) -> bool:
        """Return whether what stands there says itself where its articles are, so that no selector is needed."""
        return self in (SourceKind.FEED, SourceKind.SITEMAP, SourceKind.CHANGES)
