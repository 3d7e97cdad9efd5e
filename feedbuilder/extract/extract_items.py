"""The whole stage: a page and a source -> the source's items on that page, or the reason why there are none."""

from __future__ import annotations

from functools import partial

from feedbuilder.extract.card_cache import CardCache
from feedbuilder.extract.field_rules import CardTree
from feedbuilder.extract.listing import CardParser, Listing, items_of, said_dates, take_apart
from feedbuilder.extract.why_no_items import why_no_items
from feedbuilder.model import Item, NoneWantedError, NothingFoundError, Page, Source


def extract(
    page: Page, source: Source, cards: CardCache | None = None, *, parse: CardParser = CardTree
) -> tuple[Item, ...]:
    """Return the items of `page` as `source` reads it, in page order, at most one per canonical address.

    `cards` remembers what was read, and makes the next reading of a similar page quick; the result is the same without.
    `parse` is for who reads one page in several ways, and keeps what was parsed. Relative dates count from
    `page.fetched_at`.

    Raises ExtractError if a selector is not valid and if elements are nested absurdly deep, and NothingFoundError,
    unless the source allows an empty list, if nothing was matched or nothing that was matched links to an article;
    NoneWantedError if it links only to such as the source does not want. A missing field never loses an item.
    """
    listing = take_apart(page, source, cards, parse)
    known = _known(listing)
    if known is not None:
        return known
    found = listing.found
    if not found and not source.allow_empty and not listing.names_others:
        kind = NoneWantedError if listing.has_others else NothingFoundError
        raise kind(why_no_items(page, source, listing))
    items = items_of(listing, said_dates(listing))
    _remember(listing, items)
    return items


def _known(listing: Listing) -> tuple[Item, ...] | None:
    """Return the items of the page before, where this one says the same; None where they have to be made."""
    steady = listing.memory.steady if listing.memory is not None else None
    if steady is None or not steady.is_said_by(listing.cards, listing.links, listing.title, listing.dates.now):
        return None
    if not listing.is_all() or not steady.lasts():
        return None
    steady.is_repeated = True
    return steady.items


def _remember(listing: Listing, items: tuple[Item, ...]) -> None:
    """Remember the `items` of a page for the next one, if that may list the same."""
    if listing.memory is None or not listing.memory.is_read_again:
        return
    from feedbuilder.extract.steady_list import SteadyList  # noqa: PLC0415 - not for pages that are read once

    # All of the page itself is let go.
    do_dates_last = partial(listing.dates.do_last, [card.dates for card, _ in listing.found])
    shown = (listing.cards, listing.links, listing.title, listing.dates.now)
    is_whole = bool(items) and listing.is_all()
    is_repeated = listing.memory.is_taken_up_whole
    listing.memory.steady = SteadyList.of(*shown, items, do_dates_last, is_repeated=is_repeated) if is_whole else None
