"""A page -> its items, step by step: decode, split into cards, read each, resolve links and dates, merge doubles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from feedbuilder.extract.cards import Cards, fingerprint
from feedbuilder.extract.dates import read_dates
from feedbuilder.extract.decode import decode
from feedbuilder.extract.dedupe import merged
from feedbuilder.extract.fields import RawCard, RawLink, read_card
from feedbuilder.extract.links import Link, Links
from feedbuilder.extract.rules import Card, Rules, check_selector
from feedbuilder.extract.split import Sheet, split
from feedbuilder.extract.text import TITLE_LIMIT, clean
from feedbuilder.model import ExtractError, Item, Page, SaidDate, Source
from feedbuilder.model.text import fuller, without_ellipsis

UTC_ZONE = ZoneInfo("UTC")
"""Stands for a zone that is not known."""
_SURE = 40
"""Characters from which a title that begins a picture's description is taken for a cut of it, even without "…"."""


def extract(page: Page, source: Source, cards: Cards | None = None) -> tuple[Item, ...]:
    """Return the items of `page` as `source` reads it, in page order, at most one per canonical address.

    `cards` remembers what was read, and makes the next reading of a similar page quick; the result is the same without.
    Relative dates count from `page.fetched_at`.

    Raises ExtractError if a selector is not valid, and, unless the source allows an empty list, if nothing was matched
    or nothing that was matched links to an article. A missing field never loses an item.
    """
    listing = take_apart(page, source, cards)
    found = listing.found
    if not found and not source.allow_empty:
        raise ExtractError(what_is_missing(page, source, listing.sheet))
    return items_of(found, said_dates(found, page, source), listing.links)


@dataclass(frozen=True, slots=True)
class Listing:
    """A page taken apart and read, before its dates are known."""

    sheet: Sheet
    links: Links
    cards: tuple[tuple[RawCard, Link | None], ...]
    """What each fragment of the sheet says, with the article that it leads to; None: it is no item."""

    @property
    def found(self) -> list[tuple[RawCard, Link]]:
        """Return the cards that are items."""
        return [(card, link) for card, link in self.cards if link is not None]


def take_apart(page: Page, source: Source, cards: Cards | None = None) -> Listing:
    """Return what stands on `page`. Raises ExtractError for selectors that are not valid and for absurd pages."""
    selectors = source.selectors
    if reason := check_selector(selectors.item):
        raise ExtractError(f"The item selector {reason}")
    rules = Rules(selectors)
    try:
        sheet = split(decode(page, source.language), selectors.item, between=selectors.between)
    except ExtractError as error:
        raise ExtractError(f"{page.url} cannot be read. {error}") from error
    links = Links.of(page, sheet.base, source)
    return Listing(sheet, links, tuple((card, _choose(card, links)) for card in _read(sheet, rules, source, cards)))


def said_dates(found: Sequence[tuple[RawCard, Link]], page: Page, source: Source) -> list[SaidDate | None]:
    """Return the date of each card."""
    return read_dates(
        [card.dates for card, _ in found],
        zone=source.timezone or UTC_ZONE,
        now=page.fetched_at,
        language=source.language,
        day_first=source.day_first,
    )


def items_of(found: Sequence[tuple[RawCard, Link]], dates: Sequence[SaidDate | None], links: Links) -> tuple[Item, ...]:
    """Return the items, those of one address made one."""
    return merged(_item(card, link, date, links) for (card, link), date in zip(found, dates, strict=True))


def _read(sheet: Sheet, rules: Rules, source: Source, cards: Cards | None) -> Iterator[RawCard]:
    mark = fingerprint(source)
    for fragment in sheet.fragments:
        card = cards.get(mark, fragment) if cards else None
        if card is None:
            card = read_card(Card(fragment.html, fragment.around), rules)
            if cards is not None:
                cards.put(mark, fragment, card)
        yield card


def _choose(card: RawCard, links: Links) -> Link | None:
    return next((link for raw in card.links if (link := links.article(raw.href))), None)


def _item(card: RawCard, link: Link, date: SaidDate | None, links: Links) -> Item:
    return Item(
        canonical=link.canonical,
        link=link.url,
        title=_title(card, link, links) if card.guess else card.title,
        summary=card.summary,
        published=date,
        authors=card.authors,
        image=next((url for src in card.images if (url := links.picture(src))), None),
        tags=card.tags,
    )


def _title(card: RawCard, link: Link, links: Links) -> str | None:
    """Return the heading, else the text of a link to the article; the whole of it, if an attribute holds that."""
    same = [raw for raw in card.links if _leads_to(raw, link, links)]
    title = card.title or next((raw.text for raw in same if raw.text), None)
    wholes = [*card.wholes, *(whole for raw in same for whole in raw.wholes)]
    if title is None:
        title = next(iter((*wholes, *card.pictured)), None)
    for whole in wholes:
        title = fuller(title, whole)
    # A picture's description counts only where the title is clearly cut: "US" also begins "US soldiers on patrol".
    if title is not None and (without_ellipsis(title) != title or len(title) >= _SURE):
        for whole in card.pictured:
            title = fuller(title, whole)
    return clean(title, TITLE_LIMIT) if title else None


def _leads_to(raw: RawLink, link: Link, links: Links) -> bool:
    found = links.article(raw.href)
    return found is not None and found.canonical == link.canonical


def what_is_missing(page: Page, source: Source, sheet: Sheet) -> str:
    """Return, for a page without any item, what was looked for on what, and what to do."""
    item, rule = source.selectors.item, source.selectors.link
    if not page.body.strip():
        return f"{page.url} is an empty page. If that goes on, see whether the site is down or refuses programs."
    place = f'on {page.url} (title of the page: "{sheet.title[:100]}")'
    if not sheet.matched:
        return (
            f'The item selector "{item}" matched nothing {place}. '
            "Open the page: if its markup changed, adjust the selector; if it is a login or error page, wait."
        )
    count = "1 element" if sheet.matched == 1 else f"{sheet.matched} elements"
    if rule is None:
        return f'The item selector "{item}" matched {count} {place}, but none holds a link to an article.'
    tried = " or ".join(f'"{" + ".join(map(str, reading.picks))}"' for reading in rule)
    return f'The item selector "{item}" matched {count} {place}, but {tried} finds no article link in any.'
