"""An index of sitemaps -> the items of those that it names: it is no page of a list, and only says where lists are.

Owns which of them are read, how deep an index may stand in another, and what becomes of one that cannot be had: the
others are read all the same. Knows no store and no clock.
"""

from __future__ import annotations

from collections.abc import Callable

from feedbuilder.extract.dedupe import merged
from feedbuilder.model import ExtractError, FetchError, Item, NoneWantedError, NothingFoundError, Page, PageTurn, Source
from feedbuilder.pipeline.further_pages import Filled
from feedbuilder.pipeline.ports import Reader

DEEPEST = 3
"""Indexes within each other. The protocol knows one; some sites have one for each year, in it one for each month."""
MOST_INDEXES = 10
"""Indexes that are asked for at one reading beside the first."""


def read_index(index: Page, source: Source, reader: Reader, get: Callable[[PageTurn], Page]) -> Filled:
    """Return the items of the sitemaps that `index` names, those modified last first, as many as `source` has pages.

    `get` returns a page or raises FetchError. Raises that, or ExtractError, where nothing at all could be read.
    """
    reading = _Reading(source, reader, get, index.url)
    reading.go_into(index, 1)
    failed = reading.failures
    if not reading.read and (failed or reading.unwanted):
        raise (*failed, *reading.unwanted)[0]
    if not reading.read and not source.allow_empty:
        raise NothingFoundError(f"{index.url} is an index of sitemaps, and names none.")
    # Sections have a sitemap each: that those of others list nothing that is wanted is what `only` is for.
    note = f"{len(failed)} of the sitemaps that the index names could not be read: {failed[0]}" if failed else None
    return Filled(merged(reading.items), note, from_index=True)


class _Reading:
    """One reading of an index."""

    def __init__(self, source: Source, reader: Reader, get: Callable[[PageTurn], Page], first: str) -> None:
        self.items: tuple[Item, ...] = ()
        self.failures: list[FetchError | ExtractError] = []
        self.unwanted: list[NoneWantedError] = []
        """Of sitemaps that list other articles than the source wants."""
        self.read = 0
        """How many other sitemaps could be read."""
        self._source, self._reader, self._get = source, reader, get
        self._asked = {first}
        self._left = source.pages
        self._indexes = 0

    def go_into(self, index: Page, depth: int) -> None:
        """Read the sitemaps that an index names, until there are enough."""
        number = 2
        while self._left and (turn := self._reader.further(index, self._source, number, index.url)) is not None:
            number += 1
            if turn.url in self._asked:
                continue
            self._asked.add(turn.url)
            self._left -= 1
            try:
                page = self._get(turn)
                items = self._reader.read_list(page, self._source)
                if not items and self._reader.further(page, self._source, 2, page.url) is not None:
                    self._go_deeper(page, depth + 1)
                    continue
            except NoneWantedError as error:
                self.unwanted.append(error)
                continue
            except (FetchError, ExtractError) as error:
                self.failures.append(error)
                continue
            self.read += 1
            self.items += items

    def _go_deeper(self, index: Page, depth: int) -> None:
        """Read what an index within another names. Raises ExtractError for one too many, which counts as a sitemap."""
        self._indexes += 1
        if depth > DEEPEST or self._indexes > MOST_INDEXES:
            raise ExtractError(
                f"{index.url} is one index too many: they are read {DEEPEST} deep, and {MOST_INDEXES} of them within "
                "the first. Give the source the address of the one that names the sitemaps of its articles."
            )
        self._left += 1
        self.go_into(index, depth)
