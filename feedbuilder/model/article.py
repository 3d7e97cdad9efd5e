"""What an article's own page says of it. Every datetime is aware and in UTC, every URL absolute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from feedbuilder.model.image_details import ImageDetails
from feedbuilder.model.items import Precision, SaidDate


@dataclass(frozen=True, slots=True)
class Article:
    """One article as its own page shows it; None and empty where the page does not say.

    All texts but `body` are plain text with single spaces.
    """

    url: str
    """Where the page came from, after redirects."""
    title: str | None = None
    """Whole, and without the name of the site."""
    summary: str | None = None
    """The whole of the summary that the list cuts; None where it does not, or the page has no such text."""
    published: SaidDate | None = None
    zone: tzinfo | None = None
    """The one that `published` is written in: the page's own offset, else the source's zone; None without a date."""
    modified: datetime | None = None
    """When it last changed, by the page's own account; never before `published`."""
    authors: tuple[str, ...] = ()
    """Names of people, or of the agency, in the order of the byline."""
    image: str | None = None
    """The lead image."""
    image_details: ImageDetails | None = None
    """What the page says of it; None where nothing."""
    tags: tuple[str, ...] = ()
    """In page order, each once, without `#`."""
    enclosures: tuple[str, ...] = ()
    """Absolute addresses of the sound and video that are the article's own."""
    section: str | None = None
    """The section of the site that it stands in."""
    language: str | None = None
    """As BCP 47."""
    canonical: str | None = None
    """The address that the page names as its own, where that can be believed; absolute, as a reader would follow it."""
    body: str | None = None
    """Plain text, paragraphs parted by line ends, captions left out. None where no text was asked for or found."""
    content_html: str | None = None
    """The same text as sanitised HTML, with pictures, captions, lists and links to embeds."""
    origins: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Where each field came from, by its name: "json-ld", "og:title", "h1", "list"; nothing for what is missing."""

    def written(self) -> str | None:
        """Return `published` as ISO 8601, in `zone`; a mere day where it is no more; None without one."""
        if self.published is None:
            return None
        local = self.published.at.astimezone(self.zone) if self.zone else self.published.at
        return local.date().isoformat() if self.published.precision is Precision.DAY else local.isoformat()
