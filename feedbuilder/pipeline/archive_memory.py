"""What the archives of feeds ask of the store, as a protocol: a part of `ports`, for whoever seals pages alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from feedbuilder.model import ArchivePage, Sight, StoredItem


class Archives(Protocol):
    """What is remembered of the history of feeds. `tags` and `sources` are those of `Store.newest`."""

    def between(
        self, after: Sight | None, until: Sight | None, *, tags: frozenset[str], sources: frozenset[str]
    ) -> Iterator[StoredItem]:
        """Yield the items after `after`, up to and with `until`, in the order of `Sight`: the reverse of `newest`.

        None: from the first on, and to the last. Otherwise as `Store.newest`: in batches, for a history is long.
        """
        ...

    def archive_pages(self, slug: str) -> tuple[ArchivePage, ...]:
        """Return the pages of that feed's history, the oldest first; none for one that has no history yet."""
        ...

    def add_archive_pages(self, slug: str, pages: Sequence[ArchivePage]) -> None:
        """Remember `pages` after those that are; they outlive retention and changes of the configuration."""
        ...

    def announce(self, ids: Iterable[str]) -> None:
        """Note that these items stand in published feeds: from now on their dates are fixed."""
        ...
