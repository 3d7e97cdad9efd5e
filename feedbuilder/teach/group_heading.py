"""A date that stands above the cards it belongs to, shown by a click on one -> the selector of all such headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from feedbuilder.detect.choose_fields import numbers_of_days
from feedbuilder.detect.class_names import common_tokens
from feedbuilder.detect.date_headings import fit_of_headings
from feedbuilder.detect.outline import Element
from feedbuilder.detect.selector_names import best_name
from feedbuilder.parse.dates.bare_dates import Span, heading_span
from feedbuilder.teach.card_reading import CardReading
from feedbuilder.teach.card_views import CardViews
from feedbuilder.teach.outcome import Taught, Unteachable
from feedbuilder.teach.selector_changes import changes, with_rules
from feedbuilder.teach.taught_page import TaughtPage

_HIGHEST = 12
"""Levels around a click that are looked at; hostile pages are thousands deep."""
_FIT = 0.9
"""The fit below which a selector finds too much else between the cards."""


def learn_group(page: TaughtPage, reading: CardReading, views: CardViews, clicked: Element) -> Taught | Unteachable:
    """Return the selectors of `reading` with a `group` that matches `clicked` and the headings like it."""
    heading = _heading(clicked)
    starts = [card.view.parts[0] for card in views.cards]
    if heading is None:
        return Unteachable(
            f'"{clicked.text[:60]}" stands outside of the articles and names no day, month or year by itself: '
            "click a date in one of the articles, or the heading with the date above them."
        )
    if not any(start.order > heading.last for start in starts):
        return Unteachable("That date stands below the articles: only one that stands above them can date them.")
    selectors = reading.selectors
    for css in _names(page, heading, starts):
        for rules in _with_dates(css, views):
            after = page.read(with_rules(selectors, rules))
            dated = _dated_by(heading, after, views)
            if dated and len(after.items) >= len(reading.items):
                undated = sum(item.published is None for item in after.items)
                doubts = (f"{undated} of {len(after.items)} articles get no date.",) if undated else ()
                return Taught(after.selectors, changes(selectors, after.selectors), len(after.items), doubts)
    return Unteachable(f'"{heading.text}" cannot be told from other texts among the articles by any selector.')


def _heading(clicked: Element) -> Element | None:
    """Return the outermost element around `clicked` that says the same date and nothing else; None if none does."""
    found = None
    for up in islice(clicked.up(), _HIGHEST):
        if up.text != clicked.text:
            break
        found = up
    return found if found is not None and heading_span(found.text) is not None else None


def _names(page: TaughtPage, heading: Element, starts: Sequence[Element]) -> Iterator[str]:
    """Yield selectors of `heading` and those like it among the cards, those first that match nothing else there."""
    cards = {down.order for start in starts for down in start.down()}
    last = max(start.order for start in starts)
    alike = [
        one
        for one in page.outline.elements[: last + 1]
        if one.tag == heading.tag
        and one.order not in cards
        and heading_span(one.text) is not None
        and (one.parent is heading.parent or one.classes == heading.classes)
    ]
    for some in (alike, [one for one in alike if one.classes == heading.classes]):
        css, fit = best_name(some, common_tokens(some), lambda css, some=some: fit_of_headings(page.outline, some, css))  # type: ignore[misc]
        if css and fit >= _FIT and any(one is heading for one in page.outline.select(css)):
            yield css


def _with_dates(css: str, views: CardViews) -> Iterator[dict[str, object]]:
    """Yield the rules that may date cards under the headings `css`: by what is read in them, by them alone, by days."""
    yield {"group": css}
    yield {"group": css, "date": None}
    if views.cards and (days := numbers_of_days(views.table)):
        yield {"group": css, "date": days}


def _dated_by(heading: Element, after: CardReading, views: CardViews) -> bool:
    """Return whether the first card below `heading` gets a date that `heading` says."""
    below = [card for card in views.cards if card.view.parts[0].order > heading.last]
    first = min(below, key=lambda card: card.view.parts[0].order)
    place = after.by_number.get(next(iter(first.card.numbers)))
    item = after.items[place] if place is not None else None
    if item is None or item.published is None:
        return False
    if heading_span(heading.text) not in (Span.DAY, Span.WEEKDAY):
        return True
    expected = after.listing.dates.read([[heading.text]])[0]
    zone = after.listing.dates.zone
    return expected is not None and item.published.at.astimezone(zone).date() == expected.at.astimezone(zone).date()
