"""Which dates of a list are none of publication: days to come, lengths of videos, the second of a site's building.

A single text does not show that; the list does, for the dates of news run from new to old.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from feedbuilder.model import SaidDate
from feedbuilder.parse.dates.readings import CalendarDate, DateReading, TimeAgo

_AT_ONCE = 5
_YEAR = timedelta(days=365)
_HALF_A_YEAR = timedelta(days=183)
_SOON = timedelta(days=31)
_FEW = 3


@dataclass(frozen=True, slots=True)
class DatedCard:
    """The date of a card, and how it was read; both None where it has none."""

    reading: DateReading | None
    date: SaidDate | None


def to_be_left_out(cards: Sequence[DatedCard], now: datetime) -> set[int]:
    """Return the places of those of `cards`, in page order, whose dates are none of publication."""
    return _days_to_come(cards, now) | _lengths(cards) | _unsteady_weekdays(cards)


def _days_to_come(cards: Sequence[DatedCard], now: datetime) -> set[int]:
    """Return the days without a year that announce what is to come, though a year ago there was such a day too.

    News run from new to old. In a list that runs the other way, a day of the next half year is to come; in one that
    has no direction, a day of the next month; in one that runs from new to old, a day above others that are newer by
    half a year, and all days where each of them is to come within half a year.
    """
    dated = [(place, one.date.at) for place, one in enumerate(cards) if one.date is not None]
    yearless = {
        place: _YEAR - (now - one.date.at)
        for place, one in enumerate(cards)
        if one.date is not None and isinstance(one.reading, CalendarDate) and one.reading.year is None
    }
    if not yearless:
        return set()
    soon = {place for place, ahead in yearless.items() if timedelta(0) <= ahead <= _HALF_A_YEAR}
    steps = [(upper, lower) for (_, upper), (_, lower) in pairwise(dated)]
    ascents, descents = sum(a < b for a, b in steps), sum(a > b for a, b in steps)
    if ascents > descents or len(soon) == len(dated) >= _FEW:
        return soon
    if ascents == descents:
        return {place for place in soon if yearless[place] <= _SOON}
    newest_below: dict[int, datetime] = {}
    newest = None
    for place, at in reversed(dated):
        if newest is not None:
            newest_below[place] = newest
        newest = at if newest is None else max(newest, at)
    by_place = dict(dated)
    return {place for place in soon if place in newest_below and newest_below[place] - by_place[place] > _HALF_A_YEAR}


def _lengths(cards: Sequence[DatedCard]) -> set[int]:
    """Return the mere times of day that do not run from new to old: lengths of videos, hours of events."""
    clocks = [
        (place, one.date.at)
        for place, one in enumerate(cards)
        if one.date is not None and isinstance(one.reading, TimeAgo) and one.reading.bare
    ]
    if len(clocks) < _FEW:
        return set()
    steps = [(upper, lower) for (_, upper), (_, lower) in pairwise(clocks)]
    ascents, descents = sum(a < b for a, b in steps), sum(a > b for a, b in steps)
    return set() if descents > 3 * ascents else {place for place, _ in clocks}


def _unsteady_weekdays(cards: Sequence[DatedCard]) -> set[int]:
    """Return the days of the week where they do not run from new to old: they reach back more than a week."""
    days = [
        (place, one.date.at)
        for place, one in enumerate(cards)
        if one.date is not None and isinstance(one.reading, TimeAgo) and one.reading.weekdays
    ]
    steady = all(upper >= lower for (_, upper), (_, lower) in pairwise(days))
    return set() if steady else {place for place, _ in days}


def second_of_building(dates: Sequence[DateReading | None]) -> DateReading | None:
    """Return the moment that most of a list's `dates` share to the second, None if there is none.

    Nobody publishes five articles in one second, but a generator writes the time of its own run for what has no date.
    Whole minutes are believed: a site may release its stories at nine.
    """
    moments = [said for said in dates if said is not None and _second(said)]
    for moment, count in Counter(moments).most_common(1):
        if count >= _AT_ONCE and count > len(dates) / 2:
            return moment
    return None


def _second(said: DateReading) -> int:
    if isinstance(said, datetime):
        return said.second
    return said.clock.second if isinstance(said, CalendarDate) and said.clock else 0
