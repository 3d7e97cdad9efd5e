"""The whole stage: a page and a source -> the source's items on that page, or the reason why there are none."""

from __future__ import annotations

from feedbuilder.extract.card_cache import CardCache
from feedbuilder.extract.field_rules import CardTree
from feedbuilder.extract.listing import CardParser, items_of, said_dates, take_apart
from feedbuilder.extract.why_no_items import why_no_items
from feedbuilder.model import Item, NothingFoundError, Page, Source


def extract(
    page: Page, source: Source, cards: CardCache | None = None, *, parse: CardParser = CardTree
) -> tuple[Item, ...]:
    """Return the items of `page` as `source` reads it, in page order, at most one per canonical address.

    `cards` remembers what was read, and makes the next reading of a similar page quick; the result is the same without.
    `parse` is for who reads one page in several ways, and keeps what was parsed. Relative dates count from
    `page.fetched_at`.

    Raises ExtractError if a selector is not valid and if elements are nested absurdly deep, and NothingFoundError,
    unless the source allows an empty list, if nothing was matched or nothing that was matched links to an article. A
    missing field never loses an item.
    """
    listing = take_apart(page, source, cards, parse)
    found = listing.found
    if not found and not source.allow_empty and not listing.names_others:
        raise NothingFoundError(why_no_items(page, source, listing))
    return items_of(listing, said_dates(listing))
