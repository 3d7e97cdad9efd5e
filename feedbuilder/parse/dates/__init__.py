"""Texts -> publication dates. Pure: the present moment is an argument, the site's zone and language are settings.

The words of each language are tables in `languages`, the forms of a date a table in `date_forms`; dateparser reads what
is in neither; the list decides together what one text leaves open. A date is never invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from feedbuilder.model import SaidDate
from feedbuilder.parse.dates.bare_dates import Span, bare_date, heading_span
from feedbuilder.parse.dates.date_text import is_date_like, read_date
from feedbuilder.parse.dates.dateparser_fallback import FallbackReader
from feedbuilder.parse.dates.day_month_order import ListOrder, list_order
from feedbuilder.parse.dates.list_checks import DatedCard, second_of_building, to_be_left_out
from feedbuilder.parse.dates.readings import CalendarDate, Clock, DateReading, TimeAgo
from feedbuilder.parse.dates.resolve import plausible, resolve

__all__ = ["completed", "read_dates"]

_DAY_AND_MONTH = re.compile(r"\d{1,2}([-/.])\d{1,2}\.?")


def read_dates(
    cards: Sequence[Sequence[str]],
    *,
    zone: ZoneInfo,
    now: datetime,
    language: str | None = None,
    day_first: bool | None = None,
) -> list[SaidDate | None]:
    """Return the date of each card, given the texts that may hold it, the most trustworthy first.

    The first text that gives a date counts. None: no text, none readable, too old or in the future (`resolve`);
    ambiguous with nothing on the list to decide (`list_order`); as the list shows none of publication (`list_checks`).
    A day without a time has precision DAY. A midnight counts less than what the next text says of the same day: where a
    site knows of no time, what it writes for machines has this one, and often in another zone than its own.
    """
    readings = [[read_date(text) for text in texts] for texts in cards]
    order = list_order([one for row in readings for one in row], zone, now, language=language, told=day_first)
    built = second_of_building([next((one for one in row if one is not None), None) for row in readings])
    fallback = FallbackReader(language, zone, now)
    dated = []
    for texts, row in zip(cards, readings, strict=True):
        found = DatedCard(None, None)
        if built is None or built not in row:
            tried = (_dated(text, one, order, fallback, zone, now) for text, one in zip(texts, row, strict=True))
            found = next((one for one in tried if one.date is not None), found)
            if _is_midnight(found.reading):
                beside = next((one.reading for one in tried if one.date is not None), None)
                shown = _of_its_day(found.reading, beside)
                date = resolve(shown, zone, now) if shown is not None else None
                found = DatedCard(shown, date) if date is not None else found
        dated.append(found)
    left_out = to_be_left_out(dated, now)
    return [None if place in left_out else one.date for place, one in enumerate(dated)]


def _dated(
    text: str, reading: DateReading | None, order: ListOrder, fallback: FallbackReader, zone: ZoneInfo, now: datetime
) -> DatedCard:
    if reading is None:
        spoken = None if is_date_like(text) else fallback.read(text)
        return DatedCard(None, plausible(spoken, now) if spoken else None)
    settled = settle(reading, order)
    return DatedCard(settled, resolve(settled, zone, now) if settled is not None else None)


def _is_midnight(reading: DateReading | None) -> bool:
    """Return whether `reading` is the beginning of a day, in the zone in which it is written."""
    if isinstance(reading, datetime):
        return reading.time() == time.min
    return isinstance(reading, CalendarDate) and reading.clock == Clock(0, 0, 0)


def _of_its_day(midnight: DateReading | None, other: DateReading | None) -> CalendarDate | None:
    """Return `other` if it says the day that `midnight` begins, as they are written; in its year if it names none."""
    if not isinstance(midnight, CalendarDate | datetime) or not isinstance(other, CalendarDate) or other.is_jalali:
        return None
    same = (other.month, other.day) == (midnight.month, midnight.day) and other.year in (None, midnight.year)
    return replace(other, year=midnight.year) if same else None


def settle(reading: DateReading, order: ListOrder) -> DateReading | None:
    """Return `reading` with all decided that the list and the language decide; None where something stays open."""
    if isinstance(reading, CalendarDate):
        if reading.languages and order.language not in reading.languages:
            return None
        if reading.months:
            meant = _in_language(reading.months, order.language)
            if len(meant) != 1:
                return None
            reading = replace(reading, month=next(iter(meant)), months={})
        if len(reading.weekdays) > 1:
            reading = replace(reading, weekdays=_in_language(reading.weekdays, order.language))
        return order.read(reading)
    if isinstance(reading, TimeAgo) and len(reading.weekdays) > 1:
        days = _in_language(reading.weekdays, order.language)
        return replace(reading, weekdays=days) if len(days) == 1 else None
    return reading


def _in_language(meanings: Mapping[int, frozenset[str]], language: str) -> dict[int, frozenset[str]]:
    return {meaning: codes for meaning, codes in meanings.items() if language in codes}


def completed(texts: Sequence[str], above: str) -> Iterator[str]:
    """Yield the `texts` of an item's date, completed with the heading that it stands under.

    "18 Nov" under "2026" and "18" under "November 2026" are days, "10:15" under "18 Nov 2026" is a time of that day;
    what names its year needs no heading; a heading may be the whole date.
    """
    for text in texts:
        said = read_date(text)
        if said is None or (isinstance(said, CalendarDate) and said.year is None):
            if numbers := _DAY_AND_MONTH.fullmatch(text):
                mark = numbers[1]
                yield f"{above}-{text}" if mark == "-" else f"{text.rstrip(mark)}{mark}{above}"
            yield from (f"{text} {above}", f"{above} {text}")
        elif isinstance(said, TimeAgo) and said.bare:
            yield f"{above} {text}"
            if bare_date(above) is Span.DAY:
                yield above
            if heading_span(above) is not None:
                continue
        yield text
    yield above
