"""Texts -> publication dates. Pure: the present moment is an argument, the site's zone and language are settings.

A table of regular expressions reads nearly everything; dateparser reads other languages; the list decides together
what one text leaves open. A date is never invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from feedbuilder.model import SaidDate
from feedbuilder.parse.dates.bare_dates import Span, bare_date
from feedbuilder.parse.dates.date_text import CalendarDate, DateReading, TimeAgo, read_date
from feedbuilder.parse.dates.dateparser_fallback import FallbackReader
from feedbuilder.parse.dates.day_month_order import day_comes_first, second_of_building
from feedbuilder.parse.dates.resolve import plausible, resolve

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

    The first text that gives a date counts. None: no text, none readable, before 1990, more than five minutes ahead of
    `now`; ambiguous with nothing on the list to decide, or the second in which the site was built (see `vote`). A day
    without a time has precision DAY.
    """
    said = [[read_date(text) for text in texts] for texts in cards]
    order = day_comes_first([one for texts in said for one in texts], zone, now, language=language, told=day_first)
    built = second_of_building([next((one for one in texts if one is not None), None) for texts in said])
    words = FallbackReader(language, zone, now)
    found: list[SaidDate | None] = []
    for texts, readings in zip(cards, said, strict=True):
        if built is not None and built in readings:
            found.append(None)
            continue
        dates = (_date(text, reading, order, words, zone, now) for text, reading in zip(texts, readings, strict=True))
        found.append(next((date for date in dates if date is not None), None))
    return found


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
        yield text
    yield above


def _date(
    text: str, reading: DateReading | None, order: bool | None, words: FallbackReader, zone: ZoneInfo, now: datetime
) -> SaidDate | None:
    if reading is None:
        spoken = words.read(text)
        return plausible(spoken, now) if spoken else None
    if isinstance(reading, CalendarDate) and reading.ambiguous:
        if order is None:
            return None
        reading = replace(reading, ambiguous=False) if order else reading.swapped()
    return resolve(reading, zone, now)
