"""A page -> its cards, read and linked -> its items: decode, split into cards, read each, resolve links, merge doubles.

Where the source names data instead of elements, their entries take the place of the cards; all else is the same. What
to tell a person where nothing is found is for `why_no_items`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from feedbuilder.extract.card_cache import CardCache
from feedbuilder.extract.card_memory import CardMemory
from feedbuilder.extract.choose_title import choose_title
from feedbuilder.extract.dedupe import merged
from feedbuilder.extract.field_rules import CardTree, Rules, check_selector
from feedbuilder.extract.fields import read_card
from feedbuilder.extract.own_place import own_place
from feedbuilder.extract.source_fingerprint import fingerprint
from feedbuilder.extract.split_cards import SplitPage, split
from feedbuilder.model import ExtractError, Item, Page, SaidDate, Source, SourceKind
from feedbuilder.parse.data.completion import DataByAddress, believed
from feedbuilder.parse.dates import completed, read_dates
from feedbuilder.parse.dates.given_formats import by_formats
from feedbuilder.parse.decode import decode
from feedbuilder.parse.limits import refuse_monster_page
from feedbuilder.parse.links import Link, Links
from feedbuilder.parse.raw_card import RawCard, RawLink
from feedbuilder.parse.removed_parts import without_parts
from feedbuilder.parse.site_name import SiteName

if TYPE_CHECKING:
    from feedbuilder.parse.data.read_data import Findings

CardParser = Callable[[str, str | None], CardTree]
"""HTML, and the address of the link around it -> the card."""

UTC_ZONE = ZoneInfo("UTC")
"""Stands for a zone that is not known."""


@dataclass(frozen=True, slots=True)
class _Dates:
    """How dates on a page are to be understood."""

    zone: ZoneInfo
    now: datetime
    language: str | None
    day_first: bool | None
    formats: tuple[str, ...] = ()

    def read(self, cards: Sequence[Sequence[str]]) -> list[SaidDate | None]:
        if self.formats:
            cards = [by_formats(texts, self.formats) for texts in cards]
        return read_dates(cards, zone=self.zone, now=self.now, language=self.language, day_first=self.day_first)

    def do_last(self, cards: Sequence[Sequence[str]]) -> bool:
        """Return whether the same is read in these `cards` at any later moment."""
        from feedbuilder.parse.dates.lasting_dates import do_last  # noqa: PLC0415 - not for pages that are read once

        return do_last(
            [by_formats(texts, self.formats) for texts in cards] if self.formats else cards, self.zone, self.now
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """A page taken apart and read, whatever it was read from, before its dates are known."""

    sheet: SplitPage | None
    """None where the articles are read from data."""
    links: Links
    cards: tuple[tuple[RawCard, Link | None], ...]
    """What each fragment of the sheet, or entry of the data, says, with its article; None: it is no item."""
    title: str
    """That of the page."""
    matched: int
    """How many elements, or entries of the data, were found; cards may be fewer."""
    dates: _Dates
    source: Source
    finish: Callable[[list[Item]], list[Item]]
    """Fills in what the rest of the page says of the same articles."""
    names_others: bool = False
    """Whether it is an index: it holds no articles, and names the documents that do."""
    there: bool = True
    """Whether the place that should hold the articles is on the page at all."""
    memory: CardMemory | None = None
    """What is known of the cards; None where nothing is remembered."""
    is_all: Callable[[], bool] = lambda: False
    """Returns whether nothing but the cards says anything of the articles, as far as is known."""

    @property
    def site(self) -> SiteName:
        """Return what the site calls itself."""
        return SiteName.of(self.title, self.links.host)

    @property
    def linked(self) -> int:
        """Return how many cards lead to an article, whether the source wants it or not."""
        return sum(link is not None for _, link in self.cards)

    @property
    def has_others(self) -> bool:
        """Return whether cards lead to articles, and the source wants none of them."""
        return self.source.only is not None and self.linked > 0 and not self.found

    @property
    def found(self) -> list[tuple[RawCard, Link]]:
        """Return the cards that are items: they lead to an article that the source wants."""
        only = self.source.only
        return [(card, link) for card, link in self.cards if link and (only is None or only.search(link.url))]


def take_apart(page: Page, source: Source, cards: CardCache | None = None, parse: CardParser = CardTree) -> Listing:
    """Return what stands on `page`. Raises ExtractError for selectors that are not valid and for absurd pages."""
    if not source.kind.is_page:
        from feedbuilder.parse.documents.read_document import read_document  # noqa: PLC0415 - most sources are pages

        return _from_findings(page, source, read_document(page, source))
    return _from_data(page, source) if source.selectors.place else _from_elements(page, source, cards, parse)


def page_text(page: Page, source: Source) -> str:
    """Return the HTML of `page` as the selectors of `source` see it. Raises ExtractError for absurd pages."""
    for css in source.selectors.remove:
        if reason := check_selector(css):
            raise ExtractError(f"The selector of remove {reason}")
    return without_parts(decode(page, source.language), source.selectors.remove)


def said_dates(listing: Listing) -> list[SaidDate | None]:
    """Return the date of each card that is an item."""
    return listing.dates.read([card.dates for card, _ in listing.found])


def items_of(listing: Listing, dates: Sequence[SaidDate | None]) -> tuple[Item, ...]:
    """Return the items with these `dates`, those of one address made one."""
    found = enumerate(zip(listing.found, dates, strict=True))
    items = [_item(card, link, date, listing, place) for place, ((card, link), date) in found]
    return merged(listing.finish(items))[: listing.source.limit]


def _from_elements(page: Page, source: Source, cards: CardCache | None, parse: CardParser) -> Listing:
    selectors = source.selectors
    css = selectors.item or ""
    if reason := check_selector(css):
        raise ExtractError(f"The item selector {reason}")
    if selectors.group and (reason := check_selector(selectors.group)):
        raise ExtractError(f"The group selector {reason}")
    rules = Rules(selectors)
    try:
        text = page_text(page, source)
        sheet = split(text, css, between=selectors.between, group=selectors.group)
    except ExtractError as error:
        raise ExtractError(f"{page.url} cannot be read. {error}") from error
    links, dates = Links.of(page, sheet.base, source), _dates(page, source)
    choose = own_place if source.without_links else _choose
    known = nullcontext() if cards is None else cards.reading(fingerprint(source), rules.selectors)
    with known as memory:
        if memory is not None:
            links = memory.links(links)
        read = tuple((card, choose(card, links)) for card in _read(sheet, rules, source, memory, parse))

    data = cache(lambda: DataByAddress.of(text, links.canonical))

    def finish(items: list[Item]) -> list[Item]:
        return _completed(items, data(), links, dates)

    return Listing(
        sheet,
        links,
        read,
        sheet.title,
        sheet.matched,
        dates,
        source,
        finish,
        memory=memory,
        is_all=lambda: not data(),
    )


def _from_data(page: Page, source: Source) -> Listing:
    from feedbuilder.parse.data.read_data import read_data  # noqa: PLC0415 - most lists are elements

    text = decode(page, source.language)
    refuse_monster_page(text, page.url)
    return _from_findings(page, source, read_data(text, source.selectors))


def _from_findings(page: Page, source: Source, found: Findings) -> Listing:
    links = Links.of(page, found.base, source)
    choose = _itself if source.kind is SourceKind.CHANGES else _choose
    read = tuple(_up_to_limit(source, ((card, choose(card, links)) for card in found.cards)))

    def finish(items: list[Item]) -> list[Item]:
        return _titled(items, found.anchors, links)

    return Listing(
        None,
        links,
        read,
        found.title,
        len(found.cards),
        _dates(page, source),
        source,
        finish,
        names_others=found.names_others,
        there=found.there,
    )


def _dates(page: Page, source: Source) -> _Dates:
    return _Dates(source.timezone or UTC_ZONE, page.fetched_at, source.language, source.day_first, source.date_format)


def _completed(items: list[Item], data: DataByAddress, links: Links, settings: _Dates) -> list[Item]:
    """Return `items` with what the page's data say of them."""
    if not data:
        return items
    dates = settings.read([data.dates(item.canonical) for item in items])
    return [
        replace(data.complete(item, links.picture), published=believed(date, item.published))
        for item, date in zip(items, dates, strict=True)
    ]


def _titled(items: list[Item], anchors: Sequence[RawLink], links: Links) -> list[Item]:
    """Return `items`, those without a title with the longest text of a link to them: some data only list addresses."""
    missing = {item.canonical: "" for item in items if item.title is None}
    for raw in anchors if missing else ():
        canonical = links.canonical(raw.href)
        if canonical in missing:
            missing[canonical] = max(missing[canonical], raw.text or "", *raw.wholes, key=len)
    return [item if item.title else replace(item, title=missing[item.canonical] or None) for item in items]


def _read(
    sheet: SplitPage, rules: Rules, source: Source, memory: CardMemory | None, parse: CardParser
) -> Iterator[RawCard]:
    for fragment in sheet.fragments:
        read = partial(_read_one, fragment.around, rules, source, parse)
        card = read(fragment.html) if memory is None else memory.read(fragment, read)
        yield replace(card, dates=tuple(completed(card.dates, fragment.above))) if fragment.above else card


def _read_one(around: str | None, rules: Rules, source: Source, parse: CardParser, html: str) -> RawCard:
    card = read_card(parse(html, around), rules)
    # Where it stands matters for what has no address of its own; elsewhere it is an id that may be new at each reading.
    return card if source.without_links else replace(card, anchor=None)


def _up_to_limit(source: Source, read: Iterable[tuple[RawCard, Link | None]]) -> Iterator[tuple[RawCard, Link | None]]:
    """Yield what was read; of a sitemap until there are so many articles as are taken: it has fifty thousand others."""
    taken: set[str] = set()
    limit = source.limit if source.kind is SourceKind.SITEMAP else None
    for card, link in read:
        yield card, link
        if link is not None and (source.only is None or source.only.search(link.url)):
            taken.add(link.canonical)
            if len(taken) == limit:
                return


def _itself(_: RawCard, links: Links) -> Link | None:
    """Return the page: what is watched stands on it."""
    return Link(links.page, links.address) if links.page else None


def _choose(card: RawCard, links: Links) -> Link | None:
    found = next((link for raw in card.links if (link := links.article(raw.href))), None)
    if found is None and card.link_chosen:
        return next((link for raw in card.links if (link := links.chosen(raw.href))), None)
    return found


def _item(card: RawCard, link: Link, date: SaidDate | None, listing: Listing, place: int) -> Item:
    return Item(
        canonical=link.canonical,
        link=link.url,
        title=choose_title(card, link, listing.links, listing.site) if card.guess else card.title,
        summary=card.summary,
        published=date,
        date_unread=date is None and bool(card.dates),
        authors=card.authors,
        image=next((url for src in card.images if (url := listing.links.picture(src))), None),
        tags=card.tags,
        content_html=_text_of(card, listing) if card.content else None,
        enclosures=tuple(url for src in card.media if (url := listing.links.picture(src))),
        position=place,
    )


def _text_of(card: RawCard, listing: Listing) -> str | None:
    """Return the text of a card as feeds carry it. Of data, what is to be removed stands in there."""
    from feedbuilder.extract.card_texts import clean_text  # noqa: PLC0415 - few lists show texts

    return clean_text(card.content or "", listing.links.base, () if listing.sheet else listing.source.selectors.remove)
