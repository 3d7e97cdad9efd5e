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
class RawCard:
    """What a card says, as it says it. Texts are clean; addresses are relative and dates unread."""

    links: tuple[RawLink, ...] = ()
    """The likely one first."""
    title: str | None = None
    """None where no rule and no heading gives one: the link's text serves."""
    guess: bool = True
    """Whether the title comes from the defaults, so that the whole of it may stand in an attribute."""
    wholes: tuple[str, ...] = ()
    """Texts of the heading's attributes that may be the whole title."""
    pictured: tuple[str, ...] = ()
    """Descriptions of the card's pictures: often the whole title, sometimes not."""
    dates: tuple[str, ...] = ()
    """The most trustworthy first."""
    summary: str | None = None
    images: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def texts(self) -> Iterator[str]:
        """Yield all that was read from the card but addresses."""
        yield from filter(None, (self.title, self.summary, *self.wholes, *self.pictured, *self.dates))
        yield from (*self.authors, *self.tags)
        for link in self.links:
            yield from filter(None, (link.text, *link.wholes))
