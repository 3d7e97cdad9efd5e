"""What a card or an entry of a page's data says, as it says it: the common form of everything that becomes an item.

Raw: addresses are not resolved and dates not read. Knows neither elements nor data; both readers hand this out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RawLink:
    """A link of a card: where it says it goes, its text, and the texts of its attributes that may be a whole title."""

    href: str
    text: str | None = None
    wholes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawHeading:
    """A heading of a card: its text, where the links in it and around it go, and its attributes' texts."""

    text: str
    hrefs: tuple[str, ...] = ()
    wholes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawCard:
    """What a card says, as it says it. Texts are clean; addresses are relative and dates unread."""

    links: tuple[RawLink, ...] = ()
    """The likely one first."""
    anchor: str | None = None
    """The id of its place on the page."""
    link_chosen: bool = False
    """Whether a rule of the source names the links."""
    title: str | None = None
    """As a rule or the data say it."""
    guess: bool = True
    """Whether no rule says where the title is: then it is chosen among headings and links."""
    headings: tuple[RawHeading, ...] = ()
    """Those that may be the title, in document order; read only where no rule says where it is."""
    pictured: tuple[str, ...] = ()
    """Descriptions of the card's pictures: often the whole title, sometimes not."""
    dates: tuple[str, ...] = ()
    """The most trustworthy first."""
    summary: str | None = None
    images: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    """Addresses of sound and video."""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    content: str | None = None
    """The HTML of its text, as the page has it."""

    def texts(self) -> Iterator[str]:
        """Yield all that was read from the card but addresses."""
        yield from filter(None, (self.title, self.summary, self.content, *self.pictured, *self.dates))
        yield from (*self.authors, *self.tags)
        for heading in self.headings:
            yield from (heading.text, *heading.wholes)
        for link in self.links:
            yield from filter(None, (link.text, *link.wholes))
