"""What of an entry decides on its place and its feed, without its texts: of fifty entries mostly one is read whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from feedbuilder.model.items import StoredItem


@dataclass(frozen=True, slots=True)
class Outline:
    """A `StoredItem` without what it says; its fields mean the same."""

    id: str
    tags: tuple[str, ...]
    sources: tuple[str, ...]
    published: datetime
    zone: ZoneInfo
    first_seen: datetime
    changed: datetime
    position: int

    @classmethod
    def of(cls, item: StoredItem) -> Self:
        """Return the outline of `item`."""
        return cls(
            item.id, item.tags, item.sources, item.published, item.zone, item.first_seen, item.changed, item.position
        )


Placed = StoredItem | Outline
"""An entry that has its place in a feed."""
