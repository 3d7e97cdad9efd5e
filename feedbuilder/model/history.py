"""The history of a feed: in which order its items came, and where one archive document ends and the next begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from feedbuilder.model.outline import Placed

ARCHIVE_SIZE = 50
"""How many entries fill an archive document. Another number would change none that is full already."""


@dataclass(frozen=True, slots=True, order=True)
class Sight:
    """The place of an item in the order of first sight; the smaller, the earlier. It never changes once published.

    The exact reverse of the order in which feeds take their entries: first seen last, then published last, then highest
    on its page.
    """

    first_seen: datetime
    published: datetime
    height: int
    """Its place on the page, negative: what stands higher counts as later."""
    id: str

    @classmethod
    def of(cls, item: Placed) -> Self:
        """Return the place of `item`."""
        return cls(item.first_seen, item.published, -item.position, item.id)


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """A full part of a feed's history: all items that came after the page before it, up to and with its last one.

    Where it ends is remembered for ever, so that neither forgotten items nor late ones move what stands in others.
    """

    name: str
    """Its folder within the archive, permanent: the day on which its first item came, and the beginning of its id."""
    last: Sight
