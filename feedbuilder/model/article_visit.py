"""What is planned and remembered of the articles' own pages. Every datetime is aware and in UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from feedbuilder.model.image_details import ImageDetails
from feedbuilder.model.items import Item, Precision, SaidDate


@dataclass(frozen=True, slots=True)
class ArticleStatement:
    """What an article's own page last said about it. Lists are completed by it and never overruled in their wording."""

    title: str | None = None
    summary: str | None = None
    """The whole of the summary that the list cuts."""
    authors: tuple[str, ...] = ()
    image: str | None = None
    image_details: ImageDetails | None = None
    tags: tuple[str, ...] = ()
    """In page order, each once."""
    content_html: str | None = None
    """The whole text as sanitised HTML; None where it was not asked for, or not found."""
    enclosures: tuple[str, ...] = ()
    """Absolute addresses of the sound and video that are its own."""
    origins: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Where each field came from, by its name: "json-ld", "h1"; see `Article.origins`."""


@dataclass(frozen=True, slots=True)
class ArticleNote:
    """How reading an article's own page went, for people."""

    read: datetime | None
    """None: not yet, or in vain."""
    due: datetime | None
    """When it will be tried; None: not any more."""
    error: str | None
    """Why the last try failed; None if it did not."""
    origins: Mapping[str, str]
    """As in `ArticleStatement`."""


@dataclass(frozen=True, slots=True)
class ArticleVisit:
    """One article page that is to be read."""

    item: str
    """The id of the item."""
    canonical: str
    """Its canonical address."""
    source: str
    """The list by whose settings it is read."""
    link: str
    """The address to ask for."""
    title: str | None
    """As the list has it: a page about something else is not the article's."""
    published: datetime
    precision: Precision
    """How exactly `published` is known; with SEEN it is a guess."""
    due: datetime
    """Not before."""
    tries: int = 0
    """Readings that failed."""
    held_until: datetime | None = None
    """The item is kept out of the feeds so long, unless the article was read before; None: it is in them."""
    error: str | None = None
    """Why the last try failed; None before the first."""
    summary: str | None = None
    """As the list has it."""

    @property
    def listed(self) -> Item:
        """Return what the list says of the article, as far as it helps to read the page."""
        said = None if self.precision is Precision.SEEN else SaidDate(self.published, self.precision)
        return Item(self.canonical, self.link, self.title, self.summary, published=said)
