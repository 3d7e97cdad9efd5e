"""Why a text gave no date, so that a person can be told what to set. Reads single texts as `read_dates` reads lists."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum, auto
from zoneinfo import ZoneInfo

from feedbuilder.model import SaidDate
from feedbuilder.parse.dates.date_text import CalendarDate, TimeAgo, read_date
from feedbuilder.parse.dates.dateparser_fallback import FallbackReader
from feedbuilder.parse.dates.folding import fold
from feedbuilder.parse.dates.resolve import resolve
from feedbuilder.parse.dates.time_of_day import find_clock
from feedbuilder.parse.dates.words import shape_of

_ZONES_APART = timedelta(hours=26)
"""From UTC-12 to UTC+14."""
_LATER = timedelta(days=366 * 50)


class NoDateReason(Enum):
    """Why a text gave no date."""

    AMBIGUOUS = auto()
    """Day and month could be exchanged and nothing decides, or the setting `day_first` contradicts the dates."""
    HOURS_IN_FUTURE = auto()
    """In the future by less than zones are apart: perhaps the zone is wrong."""
    DAYS_IN_FUTURE = auto()
    IMPOSSIBLE = auto()
    """30 February, or an empty date: 1 January 1970."""
    UNKNOWN_FORM = auto()
    """Words and numbers in no form that is known."""
    NOT_A_DATE = auto()
    """No number, nothing but numbers, or a time of day without a day."""


def why_no_date(text: str, *, zone: ZoneInfo, now: datetime, language: str | None) -> NoDateReason:
    """Return why `text`, which gave no date on its list, did not."""
    said = read_date(text)
    if isinstance(said, CalendarDate) and (said.ambiguous or said.is_weak):
        orders = () if said.numbers else said.orders
        if said.numbers or said.is_weak or any(resolve(said.in_order(order), zone, now) for order in orders):
            return NoDateReason.AMBIGUOUS
    if isinstance(said, TimeAgo) and said.bare:
        return NoDateReason.NOT_A_DATE
    later = now + _LATER
    moment = resolve(said, zone, later) if said else FallbackReader(language, zone, now).read(text)
    if moment is not None:
        return _in_future(moment, now)
    if said is not None:
        return NoDateReason.IMPOSSIBLE
    letters, digits = any(map(str.isalpha, text)), any(map(str.isdigit, text))
    shape = shape_of(fold(text))
    strange = letters and digits and find_clock(shape, 0, len(shape.line)) is None
    return NoDateReason.UNKNOWN_FORM if strange else NoDateReason.NOT_A_DATE


def _in_future(moment: SaidDate, now: datetime) -> NoDateReason:
    if moment.at <= now:
        return NoDateReason.UNKNOWN_FORM  # readable alone; not tried among too many texts that are no dates
    return NoDateReason.HOURS_IN_FUTURE if moment.at - now <= _ZONES_APART else NoDateReason.DAYS_IN_FUTURE
