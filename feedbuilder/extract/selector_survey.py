"""What a source finds on its page and what it does not: for telling a person what to put right.

Pure, as all of extraction: a page in, a `SelectorSurvey` out. Owns which notes there are; `selector_advice` owns what
is wrong with selectors, `dates.unread_dates` what is wrong with dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from feedbuilder.extract.field_rules import CardTree
from feedbuilder.extract.item_doubts import leads_to_places, link_doubts, title_doubts
from feedbuilder.extract.listing import UTC_ZONE, Listing, items_of, page_text, said_dates, take_apart
from feedbuilder.extract.selector_advice import IdleSelectors, Note, WholePage, how_far, idle_items, shortened
from feedbuilder.extract.split_cards import SplitPage
from feedbuilder.extract.why_no_items import why_no_items
from feedbuilder.model import Item, Page, Source
from feedbuilder.parse.dates.why_no_date import NoDateReason, why_no_date
from feedbuilder.parse.plain_text import TITLE_LIMIT, clean
from feedbuilder.parse.raw_card import RawCard

FOUND = {
    "title": "title",
    "date": "published",
    "summary": "summary",
    "image": "image",
    "author": "authors",
    "tags": "tags",
    "content": "content_html",
}
"""Which part of an item each selector fills."""
_MOST_CARDS = 500
"""Cards that are looked at; what is true of so many is true of the rest."""
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class SelectorSurvey:
    """What a page gave."""

    items: tuple[Item, ...]
    counts: Mapping[str, int]
    """How many items have which field, by the key of its selector: those of FOUND, in that order."""
    notes: tuple[Note, ...]
    """The faults first, each kind in the order of the configuration's keys."""

    @property
    def is_well(self) -> bool:
        """Return whether every part that is configured was found on the page."""
        return not any(note.fault for note in self.notes)


def survey_selectors(page: Page, source: Source) -> SelectorSurvey:
    """Return what `source` finds on `page`, and what is to be said about its selectors.

    A page without items is no error here but a fault among the notes; a mere note where the source allows an empty
    list. Raises ExtractError for a selector that is not valid, and for a page that cannot be read at all.
    """
    listing = take_apart(page, source)
    items = items_of(listing, said_dates(listing))
    asked = [key for key in FOUND if key != "content" or source.selectors.content]  # few lists show texts
    counts = {key: sum(bool(getattr(item, FOUND[key])) for item in items) for key in asked}
    if listing.names_others:
        notes = [Note("item", "it is an index of sitemaps, which are read in turn.", fault=False)]
    elif not items:
        notes = [Note("item", why_no_items(page, source, listing), fault=not source.allow_empty)]
    else:
        notes = list(_dates(_undated(listing, items), page, source, fault=_is_missed("date", counts, source)))
        notes += [Note("title", doubt) for doubt in title_doubts(items)]
        notes += [Note("link", doubt) for doubt in link_doubts(listing.cards, keep_fragment=source.keep_fragment)]
    if listing.sheet is not None:
        css = source.selectors.item or ""
        notes += _of_elements(listing, listing.sheet, css, counts if items else None, page, source)
    else:  # paths into data are what they are; only what they find can be told
        missed = [key for key in FOUND if key != "date" and items and _is_missed(key, counts, source)]
        notes += [Note(key, "found in no item.", fault=True) for key in missed]
    return SelectorSurvey(items, counts, tuple(sorted(notes, key=lambda note: not note.fault)))


def _of_elements(
    listing: Listing, sheet: SplitPage, css: str, counts: Mapping[str, int] | None, page: Page, source: Source
) -> Iterator[Note]:
    """Yield the notes on selectors; `counts` is None for a page without items."""
    whole = WholePage(page_text(page, source), source.selectors)
    idle = _idle_selectors(listing, sheet, source, whole)
    if counts is not None:
        yield from idle_items(css, whole)
        yield from _without_link(listing, source, idle)
        yield from _field_notes(idle, counts)
    else:
        yield from idle.notes("link", fault=False) if sheet.matched else how_far(css, whole)


def _is_missed(key: str, counts: Mapping[str, int], source: Source) -> bool:
    """Return whether a part that is configured was found in no item."""
    return getattr(source.selectors, key) is not None and not counts[key]


def _undated(listing: Listing, items: Sequence[Item]) -> list[RawCard]:
    """Return the cards of items without a date in which there are texts that might be one."""
    silent = {item.canonical for item in items if item.published is None}
    return [card for card, link in listing.found if card.dates and link.canonical in silent]


def _idle_selectors(listing: Listing, sheet: SplitPage, source: Source, whole: WholePage) -> IdleSelectors:
    fragments = sheet.fragments
    cards = [CardTree(fragment.html, fragment.around) for fragment in fragments[:_MOST_CARDS]]
    items = [card for card, (_, link) in zip(cards, listing.cards, strict=False) if link]
    return IdleSelectors(source.selectors, whole if len(cards) == len(fragments) else None, cards, items)


def _field_notes(idle: IdleSelectors, counts: Mapping[str, int]) -> Iterator[Note]:
    """Yield the notes on the selectors of fields, for a page that has items."""
    yield from idle.notes("link", fault=False)
    for key, count in counts.items():
        fault = not count and getattr(idle.selectors, key) is not None
        notes = list(idle.notes(key, fault=fault))
        yield from notes
        # A picture may have no web address. Dates that were found and could not be read are told as such.
        if fault and key != "date" and not any(note.fault for note in notes):
            yield Note(key, "found in no item.", fault=True)


_RULED = "the link selector finds nothing there", "add an alternative to link"
_UNRULED = "there is no link", 'say in link where the address stands (such as "@data-url")'
"""Why a card leads nowhere and what to do, with a link selector and without."""


def _without_link(listing: Listing, source: Source, idle: IdleSelectors) -> Iterator[Note]:
    """Yield a note on the cards that lead to no article: how many, one of them, what to do."""
    unlinked = [card for card, link in listing.cards if link is None]
    if not unlinked:
        return
    why, how = _RULED if source.selectors.link else _UNRULED
    if any(card.links for card in unlinked):
        why = "the links are for sharing, or lead to this very page or nowhere"
        if not source.keep_fragment and leads_to_places(listing.cards):
            why, how = "the links lead to places on this very page", "set keep_fragment = true"
    cards = [card for card in idle.cards if card not in idle.items]
    text = next(filter(None, (clean(card.soup.get_text(" "), TITLE_LIMIT) for card in cards)), None)
    count = "1 match leads" if len(unlinked) == 1 else f"{len(unlinked)} matches lead"
    example = f', such as "{shortened(text)}"' if text else ""
    mark = None if source.selectors.between else _class_of(cards, idle.items)
    narrower = f"add :not(.{mark}) to item" if mark else "choose a narrower item selector"
    yield Note("item", f"{count} to no article{example}: {why}. If these are articles, {how}; if not, {narrower}.")


def _class_of(cards: Sequence[CardTree], others: Sequence[CardTree]) -> str | None:
    """Return a class that all `cards` have and none of `others`, None if there is none that is easily written."""
    if not cards:
        return None
    common = set.intersection(*map(_classes, cards)).difference(*map(_classes, others))
    return min(filter(re.compile(r"[A-Za-z][\w-]*").fullmatch, common), default=None)


def _classes(card: CardTree) -> set[str]:
    return set(filter(None, card.item.get_attribute_list("class")))


_REMEDIES = {
    NoDateReason.AMBIGUOUS: "Day and month could be exchanged: {mend}.",
    NoDateReason.HOURS_IN_FUTURE: "That is ahead of the present: {mend}.",
    NoDateReason.DAYS_IN_FUTURE: "That lies in the future, so it is no date of publication: choose another element.",
    NoDateReason.IMPOSSIBLE: "There is no such day, or it is 1 January 1970, which is no date: choose another element.",
    NoDateReason.UNKNOWN_FORM: "If that is a date, {mend}; else choose the element that holds the date.",
    NoDateReason.NOT_A_DATE: "That is no whole date: choose the element that holds it, or join its parts.",
}
_SETTINGS = {
    NoDateReason.AMBIGUOUS: "day_first",
    NoDateReason.HOURS_IN_FUTURE: "timezone",
    NoDateReason.UNKNOWN_FORM: "language",
}
"""Which setting of the source may mend it."""


def _remedy(reason: NoDateReason, source: Source) -> str:
    if source.date_format and reason not in (NoDateReason.HOURS_IN_FUTURE, NoDateReason.DAYS_IN_FUTURE):
        formats = " nor ".join(f'"{one}"' for one in source.date_format)
        return f"That is not written as {formats}: correct date_format, or add a format to it."
    key = _SETTINGS.get(reason)
    told = key is not None and getattr(source, key) is not None
    return _REMEDIES[reason].format(mend=f"see whether {key} is right" if told else f"set {key}")


def date_remedy(text: str, page: Page, source: Source) -> str:
    """Return why `text`, which gave no date on `page`, did not, and what may mend it; as sentences."""
    zone = source.timezone or UTC_ZONE
    return _remedy(why_no_date(text, zone=zone, now=page.fetched_at, language=source.language), source)


def _dates(undated: Sequence[RawCard], page: Page, source: Source, *, fault: bool) -> Iterator[Note]:
    """Yield for each reason why dates were not read: how many, up to three of them, and the remedy."""
    zone = source.timezone or UTC_ZONE
    texts: dict[NoDateReason, list[str]] = {}
    for card in undated[:_MOST_CARDS]:
        reasons = {
            why_no_date(text, zone=zone, now=page.fetched_at, language=source.language): text for text in card.dates
        }
        telling = min(reasons, key=list(NoDateReason).index)
        texts.setdefault(telling, []).append(shortened(reasons[telling]))
    for reason, found in texts.items():
        examples = ", ".join(f'"{text}"' for text in list(dict.fromkeys(found))[:_EXAMPLES])
        whose = "the date of 1 item" if len(found) == 1 else f"the dates of {len(found)} items"
        yield Note("date", f"{whose} could not be read: {examples}. {_remedy(reason, source)}", fault)
