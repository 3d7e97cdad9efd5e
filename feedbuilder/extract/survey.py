"""What a source finds on its page and what it does not: for telling a person what to put right.

Pure, as all of extraction: a page in, a `Survey` out. Owns which notes there are; `suspects` owns what is wrong with
selectors, `dates.unread` what is wrong with dates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from feedbuilder.extract.dates.unread import Unread, why_unread
from feedbuilder.extract.decode import decode
from feedbuilder.extract.fields import RawCard
from feedbuilder.extract.page import UTC_ZONE, Listing, items_of, said_dates, take_apart, what_is_missing
from feedbuilder.extract.rules import Card
from feedbuilder.extract.suspects import Note, Suspects, Whole, idle_items, longest_beginning, shortened
from feedbuilder.model import Item, Page, Source

FOUND = {
    "title": "title",
    "date": "published",
    "summary": "summary",
    "image": "image",
    "author": "authors",
    "tags": "tags",
}
"""Which part of an item each selector fills."""
_MOST_CARDS = 500
"""Cards that are looked at; what is true of so many is true of the rest."""
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Survey:
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


def survey(page: Page, source: Source) -> Survey:
    """Return what `source` finds on `page`, and what is to be said about its selectors.

    A page without items is no error here but a fault among the notes; a mere note where the source allows an empty
    list. Raises ExtractError for a selector that is not valid, and for a page that cannot be read at all.
    """
    listing = take_apart(page, source)
    found = listing.found
    dates = said_dates(found, page, source)
    items = items_of(found, dates, listing.links)
    counts = {key: sum(bool(getattr(item, part)) for item in items) for key, part in FOUND.items()}
    whole = Whole(decode(page), source.selectors)
    suspects = _suspects(listing, source, whole)
    if items:
        silent = {item.canonical for item in items if item.published is None}
        undated = [card for card, link in found if card.dates and link.canonical in silent]
        notes = [
            *idle_items(source.selectors.item, whole),
            *_without_link(listing, source, suspects),
            *_fields(suspects, counts),
            *_dates(undated, page, source, fault=source.selectors.date is not None and not counts["date"]),
        ]
    else:
        notes = list(_nothing(page, source, listing, suspects))
    return Survey(items, counts, tuple(sorted(notes, key=lambda note: not note.fault)))


def _suspects(listing: Listing, source: Source, whole: Whole) -> Suspects:
    pairs = list(zip(listing.sheet.fragments, listing.cards, strict=True))[:_MOST_CARDS]
    cards = [(Card(fragment.html, fragment.around), link is not None) for fragment, (_, link) in pairs]
    items = [card for card, is_item in cards if is_item]
    return Suspects(source.selectors, whole, [card for card, _ in cards], items)


def _nothing(page: Page, source: Source, listing: Listing, suspects: Suspects) -> Iterator[Note]:
    yield Note("item", what_is_missing(page, source, listing.sheet), fault=not source.allow_empty)
    if listing.sheet.matched:
        yield from suspects.of("link", fault=not source.allow_empty)
    elif note := longest_beginning(source.selectors.item, suspects.whole):
        yield note


def _fields(suspects: Suspects, counts: Mapping[str, int]) -> Iterator[Note]:
    yield from suspects.of("link", fault=False)
    for key, count in counts.items():
        fault = not count and getattr(suspects.selectors, key) is not None
        notes = list(suspects.of(key, fault=fault))
        # Dates that were found and could not be read are told as such.
        if fault and not notes and key != "date":
            notes = [Note(key, "found in no item.", fault=True)]
        yield from notes


def _without_link(listing: Listing, source: Source, suspects: Suspects) -> Iterator[Note]:
    """Yield a note on the cards that lead to no article: how many, one of them, what to do."""
    idle = [card for card, link in listing.cards if link is None]
    if not idle:
        return
    cards = [card for card in suspects.cards if card not in suspects.items]
    text = next(filter(None, (" ".join(card.soup.get_text(" ").split()) for card in cards)), None)
    count = "1 match of it leads" if len(idle) == 1 else f"{len(idle)} matches of it lead"
    example = f', such as "{shortened(text)}"' if text else ""
    why = "links for sharing or to this very page only" if any(card.links for card in idle) else _WHY[_ruled(source)]
    mark = None if source.selectors.between else _class_of(cards, suspects.items)
    narrower = f":not(.{mark}) in item leaves them out" if mark else "choose a narrower item selector"
    yield Note(
        "item",
        f"{count} to no article{example}: {why}. If these are articles, {_HOW[_ruled(source)]}; if not, {narrower}.",
    )


def _ruled(source: Source) -> bool:
    return source.selectors.link is not None


_WHY = {True: "the link selector finds nothing there", False: "there is no link"}
_HOW = {
    True: "add an alternative to link",
    False: 'say in link where their address stands (as in "@data-url")',
}


def _class_of(cards: Sequence[Card], others: Sequence[Card]) -> str | None:
    """Return a class that all `cards` have and none of `others`."""
    ours, theirs = [_classes(card) for card in cards], set[str]().union(*map(_classes, others))
    common = set(ours[0]).intersection(*ours[1:]) - theirs if ours else set[str]()
    return min((name for name in common if name.replace("-", "").replace("_", "").isalnum()), default=None)


def _classes(card: Card) -> set[str]:
    return set(card.item.get_attribute_list("class")) - {None}


_REMEDIES = {
    Unread.AMBIGUOUS: "Day and month could be exchanged: set day_first.",
    Unread.HOURS_AHEAD: "That is ahead of the present: set timezone to the zone in which the site writes.",
    Unread.DAYS_AHEAD: "That lies in the future, so it is no date of publication: choose another element.",
    Unread.IMPOSSIBLE: "There is no such day, or it is before 1990: choose another element.",
    Unread.STRANGE: "If that is a date, set language; else choose the element that holds the date.",
    Unread.NO_DATE: "That is no whole date: choose the element that holds it, or join day and time.",
}


def _dates(undated: Sequence[RawCard], page: Page, source: Source, *, fault: bool) -> Iterator[Note]:
    """Yield for each reason why dates were not read: how many, up to three of them, and the remedy."""
    zone, examples, counts = source.timezone or UTC_ZONE, dict[Unread, dict[str, None]](), Counter[Unread]()
    for card in undated[:_MOST_CARDS]:
        reasons = {
            text: why_unread(text, zone=zone, now=page.fetched_at, language=source.language) for text in card.dates
        }
        text = min(reasons, key=lambda one: list(Unread).index(reasons[one]))
        counts[reasons[text]] += 1
        examples.setdefault(reasons[text], {})[shortened(text)] = None
    for reason, count in counts.most_common():
        quoted = ", ".join(f'"{text}"' for text in list(examples[reason])[:_EXAMPLES])
        whose = "the date of 1 item" if count == 1 else f"the dates of {count} items"
        yield Note("date", f"{whose} could not be read: {quoted}. {_REMEDIES[reason]}", fault)
