"""The older pages of a list: read once, when its source is new, so that its feed does not start with one page.

Owns in which order they are read and when there are no more. Gets pages only through the function it is given, reads
them by the reader, knows no store and no clock; what goes wrong here never costs the first page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from feedbuilder.extract.dedupe import merged
from feedbuilder.model import ExtractError, FetchError, Item, Page, Source
from feedbuilder.pipeline.ports import Reader


@dataclass(frozen=True, slots=True)
class Filled:
    """The items of the first page and those of the older ones."""

    items: tuple[Item, ...]
    """Those of the first page, then the ones that only older pages list, in page order; each story once."""
    note: str | None = None
    """Why fewer pages were read than the source asks for, for people; None if all were, or there are no more."""
    on_first: int | None = None
    """How many of the items the first page lists, which is all that later readings see; None for all of them."""


def with_older(
    first: Page, items: tuple[Item, ...], source: Source, reader: Reader, get: Callable[[str], Page]
) -> Filled:
    """Return `items`, which are those of `first`, and after them those of the pages 2 to `first_fill_pages`.

    `get` returns the page at an address or raises FetchError. A page that cannot be had or read, that was read before,
    or that lists nothing more is the end.
    """
    if source.next is None:
        return Filled(items)
    page, read = first, {first.url}
    for number in range(2, source.first_fill_pages + 1):
        address = reader.further(first if "{n}" in source.next else page, source, number)
        if address is None and number == 2:
            return Filled(items, f'no older articles were read: next = "{source.next}" finds nothing on {first.url}')
        if address is None or address in read:
            break
        try:
            page = get(address)
            found = reader.read_list(page, source)
        except (FetchError, ExtractError) as error:
            note = f"of the {source.first_fill_pages} pages to start with, {number - 1} could be read: {error}"
            return Filled(items, note)
        read |= {address, page.url}
        # As on one page: a story that moved on to the next one, or stands on all, is linked with another "?ref=" there.
        together = merged((*items, *found))
        if len(together) == len(items):  # a site that answers any number with its first or last page
            break
        items = together
    return Filled(items)
