"""What was read in a text -> a moment in UTC, given the site's zone and the present moment.

Owns which moments count as dates of publication: none before the web, none in the future. Knows nothing of texts.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from feedbuilder.model import Precision, SaidDate
from feedbuilder.model.future_dates import is_in_future
from feedbuilder.parse.dates.date_text import CalendarDate, DateReading, TimeAgo
from feedbuilder.parse.dates.time_of_day import Clock

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Dates before the web are mistakes: 1970 is an empty Unix time."""


def resolve(said: DateReading, zone: ZoneInfo, now: datetime) -> SaidDate | None:
    """Return the moment that `said` means, None if it is impossible, too old or in the future.

    A time that daylight saving time leaves out is moved forward by the gap; of one that it repeats, the first is meant.
    """
    try:
        if isinstance(said, datetime):
            return plausible(SaidDate(said.astimezone(UTC)), now)
        if isinstance(said, CalendarDate):
            return _calendar(said, zone, now)
        return _ago(said, zone, now)
    except (ValueError, OverflowError):  # 30 February; year 9999 in the far west
        return None


def plausible(said: SaidDate, now: datetime) -> SaidDate | None:
    """Return the date `said` unless it is before 1990 or in the future."""
    return said if said.at >= EARLIEST and not is_in_future(said.at, now) else None


def _calendar(said: CalendarDate, zone: ZoneInfo, now: datetime) -> SaidDate | None:
    if said.year is not None:
        return plausible(_at(date(said.year, said.month, said.day), said.clock, zone), now)
    this_year = now.astimezone(zone).year
    for year in range(this_year + 1, this_year - 9, -1):  # nine years back there was a 29 February
        try:
            candidate = _at(date(year, said.month, said.day), said.clock, zone)
        except ValueError:
            continue
        if not is_in_future(candidate.at, now):
            return plausible(candidate, now)
    return None


def _ago(said: TimeAgo, zone: ZoneInfo, now: datetime) -> SaidDate | None:
    if said.span is not None:
        return plausible(SaidDate((now - said.span).replace(microsecond=0)), now)
    today = now.astimezone(zone).date()
    result = _at(today - timedelta(days=said.days or 0), said.clock, zone)
    if said.days is None and is_in_future(result.at, now):
        result = _at(today - timedelta(days=1), said.clock, zone)
    return plausible(result, now)


def _at(day: date, clock: Clock | None, zone: ZoneInfo) -> SaidDate:
    if clock is None:
        return SaidDate(datetime.combine(day, time(), zone).astimezone(UTC), Precision.DAY)
    moment = datetime.combine(day, time(clock.hour, clock.minute, clock.second))
    if clock.offset is not None:
        return SaidDate((moment - clock.offset).replace(tzinfo=UTC))
    return SaidDate(moment.replace(tzinfo=zone).astimezone(UTC))
