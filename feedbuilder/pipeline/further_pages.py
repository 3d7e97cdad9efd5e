"""The further pages of a list: older ones, read once when its source is new; at each reading those with more news.

Owns in which order they are read and when there are no more. Gets pages only through the function it is given, reads
them by the reader, knows no store and no clock; what goes wrong here never costs the first page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from feedbuilder.extract.dedupe import merged
from feedbuilder.model import ExtractError, FetchError, Item, Page, Source, SourceKind
from feedbuilder.pipeline.ports import Reader


@dataclass(frozen=True, slots=True)
class Filled:
    """The items of the first page and those of the further ones."""

    items: tuple[Item, ...]
    """Those of the first page, then the ones that only further pages list, in page order; each story once."""
    note: str | None = None
    """Why fewer pages were read than the source asks for, for people; None if all were, or there are no more."""
    on_first: int | None = None
    """How many of the items the first page lists; None for all of them. What is usual is told by these."""


def goes_on(source: Source) -> bool:
    """Return whether more than the first page is read at every reading: many pages, or what an index names."""
    return source.pages > 1 or source.kind is SourceKind.SITEMAP


def with_further(
    first: Page,
    items: tuple[Item, ...],
    source: Source,
    reader: Reader,
    get: Callable[[str], Page],
    pages: int,
    is_known: Callable[[Sequence[Item]], bool] = lambda _: False,
) -> Filled:
    """Return `items`, which are those of `first`, and after them those of the pages 2 to `pages` of its list.

    `get` returns the page at an address or raises FetchError. A page that cannot be had or read, that was read before,
    or that lists nothing more is the end; so is one of whose items `is_known` says that a story is known, for older
    ones follow. An index of sitemaps is no page of the list: it only names them.
    """
    is_index = source.kind is SourceKind.SITEMAP and not items
    if source.next is None and not is_index:
        return Filled(items)
    page, read = first, {first.url}
    last = pages + is_index
    found: tuple[Item, ...] = items
    for number in range(2, last + 1):
        if found and is_known(found):
            break
        address = reader.further(page if source.next and "{n}" not in source.next else first, source, number)
        if address is None and number == 2 and not is_index:
            return Filled(items, f'no older articles were read: next = "{source.next}" finds nothing on {first.url}')
        if address is None or address in read:
            break
        try:
            page = get(address)
            found = reader.read_list(page, source)
        except (FetchError, ExtractError) as error:
            if not items:
                raise
            return Filled(items, f"of the {last} pages to read, {number - 1} could be read: {error}")
        read |= {address, page.url}
        # As on one page: a story that moved on to the next one, or stands on all, is linked with another "?ref=" there.
        together = merged((*items, *found))
        if len(together) == len(items):  # a site that answers any number with its first or last page
            break
        items = together
    return Filled(items)
