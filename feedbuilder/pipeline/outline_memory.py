"""What stood in feeds when they were made last: so that of a feed in which one entry changed, one is looked up.

Owns how much of that is kept in memory. What it means when items change `feeds.routing.reroute` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from feedbuilder.model import Outline, Placed, StoredItem

KEPT = 5_000
"""How many outlines are kept, a few megabytes: of a hundred feeds. The one that was not made for longest goes first."""


class OutlineMemory:
    """The outlines of the entries of live files, by the slugs of their feeds, in the order of these files."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Outline, ...]] = {}
        self._count = 0

    def of(self, slug: str) -> Sequence[Outline] | None:
        """Return what stood in a feed; None where that is not known any more."""
        return self._kept.get(slug)

    def keep(self, slug: str, entries: Iterable[Placed]) -> None:
        """Note that these `entries` stand in a feed."""
        self.forget(slug)
        kept = tuple(Outline.of(one) if isinstance(one, StoredItem) else one for one in entries)
        self._kept[slug] = kept
        self._count += len(kept)
        while self._count > KEPT:
            self.forget(next(iter(self._kept)))

    def forget(self, slug: str) -> None:
        """Note that it is not known what stands in a feed."""
        self._count -= len(self._kept.pop(slug, ()))

    def clear(self) -> None:
        """Forget all feeds."""
        self._kept.clear()
        self._count = 0
