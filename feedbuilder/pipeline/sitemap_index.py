"""An index of sitemaps -> the items of those that it names: it is no page of a list, and only says where lists are.

Owns which of them are read, how deep an index may stand in another, when none of them is read because all are as they
were, and what becomes of one that cannot be had: the others are read all the same. Knows no store and no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import urlsplit

from feedbuilder.extract.dedupe import merged
from feedbuilder.model import (
    ExtractError,
    FetchError,
    Item,
    NoneWantedError,
    NothingFoundError,
    NotModified,
    Page,
    PageTurn,
    Source,
    Validators,
)
from feedbuilder.pipeline.further_pages import Filled
from feedbuilder.pipeline.ports import Fetcher, Reader

DEEPEST = 3
"""Indexes within each other. The protocol knows one; some sites have one for each year, in it one for each month."""
MOST_INDEXES = 10
"""Indexes that are asked for at one reading beside the first."""


def read_index(
    index: Page, source: Source, reader: Reader, fetcher: Fetcher, known: Mapping[str, Validators]
) -> Filled | None:
    """Return the items of the sitemaps that `index` names, those modified last first, as many as `source` has pages.

    None if all of them are as they were when they had the validators `known`; where one is not, all are read: a list
    is known as a whole. Raises FetchError or ExtractError where nothing at all could be read.
    """
    asked = _Asked(source, fetcher)
    if known:
        before = _Reading(source, reader, partial(asked.get, known=known), index.url, only_standing=True)
        before.go_into(index, 1)
        if before.standing and not before.is_other:
            return None
    reading = _Reading(source, reader, asked.get, index.url)
    reading.go_into(index, 1)
    failed = reading.failures
    if not reading.read and (failed or reading.unwanted):
        raise (*failed, *reading.unwanted)[0]
    if not reading.read and not source.allow_empty:
        raise NothingFoundError(f"{index.url} is an index of sitemaps, and names none.")
    # Sections have a sitemap each: that those of others list nothing that is wanted is what `only` is for.
    note = f"{len(failed)} of the sitemaps that the index names could not be read: {failed[0]}" if failed else None
    return Filled(merged(reading.items), note, from_index=True, sitemaps=reading.validators)


class _Asked:
    """The pages that are asked for at one reading, each once."""

    def __init__(self, source: Source, fetcher: Fetcher) -> None:
        self._source, self._fetcher = source, fetcher
        self._pages: dict[str, Page] = {}

    def get(self, turn: PageTurn, known: Mapping[str, Validators] | None = None) -> Page | NotModified:
        """Return a page, or that it still has the validators `known` of it. Raises FetchError."""
        if turn.url in self._pages:
            return self._pages[turn.url]
        if urlsplit(turn.url).netloc != urlsplit(self._source.url).netloc:
            page: Page | NotModified = self._fetcher.further(self._source, turn.url)
        else:
            there = self._source.model_copy(update={"url": turn.url})
            page = self._fetcher.fetch(there, (known or {}).get(turn.url, Validators()))
        if isinstance(page, Page):
            self._pages[turn.url] = page
        return page


class _Reading:
    """One reading of an index; with `only_standing` it ends with the first sitemap that is not as it was."""

    def __init__(
        self,
        source: Source,
        reader: Reader,
        get: Callable[[PageTurn], Page | NotModified],
        first: str,
        *,
        only_standing: bool = False,
    ) -> None:
        self.items: tuple[Item, ...] = ()
        self.failures: list[FetchError | ExtractError] = []
        self.unwanted: list[NoneWantedError] = []
        """Of sitemaps that list other articles than the source wants."""
        self.read = 0
        """How many other sitemaps could be read."""
        self.validators: dict[str, Validators] = {}
        """Of all that could be read, as far as they have any, by the address that the index names."""
        self.standing = 0
        """How many sitemaps are as they were."""
        self._source, self._reader, self._get = source, reader, get
        self._only_standing = only_standing
        self._asked = {first}
        self._left = source.pages
        self._indexes = 0

    @property
    def is_other(self) -> bool:
        """Return whether a sitemap is not as it was, or may not be."""
        return bool(self.read or self.failures or self.unwanted)

    def go_into(self, index: Page, depth: int) -> None:
        """Read the sitemaps that an index names, until there are enough."""
        number = 2
        while self._left and not (self._only_standing and self.is_other):
            turn = self._reader.further(index, self._source, number, index.url)
            if turn is None:
                return
            number += 1
            if turn.url not in self._asked:
                self._asked.add(turn.url)
                self._left -= 1
                self._read(turn, depth)

    def _read(self, turn: PageTurn, depth: int) -> None:
        """Read what an index names at `turn`: a sitemap, or an index within it."""
        try:
            page = self._get(turn)
            if isinstance(page, NotModified):
                self.standing += 1
                return
            items = self._reader.read_list(page, self._source)
            if not items and self._reader.further(page, self._source, 2, page.url) is not None:
                self._go_deeper(page, depth + 1)
                return
            self.items += items
            self.read += 1
        except NoneWantedError as error:
            self.unwanted.append(error)
        except (FetchError, ExtractError) as error:
            self.failures.append(error)
            return
        if page.validators != Validators():
            self.validators[turn.url] = page.validators

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
