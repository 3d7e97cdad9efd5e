"""What was read in a text -> a moment in UTC, given the site's zone and the present moment.

Owns which moments count as dates of publication: none that programs write for no date, none in the future. Knows
nothing of texts.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from feedbuilder.model import Precision, SaidDate
from feedbuilder.model.future_dates import is_in_future
from feedbuilder.parse.dates import calendars
from feedbuilder.parse.dates.readings import CalendarDate, Clock, DateReading, TimeAgo

EARLIEST = datetime(1900, 1, 3, tzinfo=UTC)
"""Archives put stories of 1960 on the web; what programs write for no date is before this, or one of `_NO_DATES`."""
_NO_DATES = (datetime(1969, 12, 30, 10, tzinfo=UTC), datetime(1970, 1, 2, 12, tzinfo=UTC))
"""Between these lies an empty Unix time, in whatever zone."""


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
    """Return the date `said` unless it stands for no date, is too old or in the future."""
    is_none = said.at < EARLIEST or _NO_DATES[0] <= said.at < _NO_DATES[1]
    return None if is_none or is_in_future(said.at, now) else said


def _calendar(said: CalendarDate, zone: ZoneInfo, now: datetime) -> SaidDate | None:
    if said.year is not None:
        return plausible(_at(_day(said, said.year), said.clock, zone), now)
    today = now.astimezone(zone).date()
    this_year = calendars.jalali_year_of(today) if said.is_jalali else today.year
    weekday = next(iter(said.weekdays)) if len(said.weekdays) == 1 else None
    for year in range(this_year + 1, this_year - 9, -1):  # nine years back there was a 29 February
        try:
            candidate = _at(_day(said, year), said.clock, zone)
        except ValueError:
            continue
        if not is_in_future(candidate.at, now):
            # "Sat 28 Nov" read on a Friday: the day of the week shows that it is to come, and not of last year.
            fits = weekday is None or _day(said, year).weekday() == weekday
            return plausible(candidate, now) if fits else None
    return None


def _day(said: CalendarDate, year: int) -> date:
    if said.is_jalali:
        return calendars.jalali_day(year, said.month, said.day)
    return date(year, said.month, said.day)


def _ago(said: TimeAgo, zone: ZoneInfo, now: datetime) -> SaidDate | None:
    if said.span is not None:
        return plausible(SaidDate((now - said.span).replace(microsecond=0)), now)
    today = now.astimezone(zone).date()
    days, again = said.days or 0, 1
    if said.weekdays:
        days, again = (today.weekday() - next(iter(said.weekdays))) % 7, 7
    result = _at(today - timedelta(days=days), said.clock, zone)
    if said.days is None and is_in_future(result.at, now):
        result = _at(today - timedelta(days=days + again), said.clock, zone)
    return plausible(result, now)


def _at(day: date, clock: Clock | None, zone: ZoneInfo) -> SaidDate:
    if clock is None:
        return SaidDate(datetime.combine(day, time(), zone).astimezone(UTC), Precision.DAY)
    moment = datetime.combine(day, time(clock.hour, clock.minute, clock.second))
    if clock.offset is not None:
        return SaidDate((moment - clock.offset).replace(tzinfo=UTC))
    return SaidDate(moment.replace(tzinfo=zone).astimezone(UTC))
