"""Why a text gave no date: for telling a person what to set. Goes the way of `read_dates` again, text by text."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum, auto
from zoneinfo import ZoneInfo

from feedbuilder.model import SaidDate
from feedbuilder.parse.dates.any_language import WordDates
from feedbuilder.parse.dates.moment import resolve
from feedbuilder.parse.dates.month_names import fold
from feedbuilder.parse.dates.patterns import Written, read
from feedbuilder.parse.dates.time_of_day import find_clock

_ZONES_APART = timedelta(hours=26)
"""From UTC-12 to UTC+14."""
_LATER = timedelta(days=366 * 50)


class Unread(Enum):
    """Why a text gave no date."""

    AMBIGUOUS = auto()
    """Day and month could be exchanged, and nothing decides, or the settings decide against all evidence."""
    HOURS_AHEAD = auto()
    """Ahead of now by less than zones are apart."""
    DAYS_AHEAD = auto()
    IMPOSSIBLE = auto()
    """30 February, or before 1990."""
    STRANGE = auto()
    """Words and numbers that are no date that we know."""
    NO_DATE = auto()
    """No number, nothing but numbers, or a time of day without a day."""


def why_unread(text: str, *, zone: ZoneInfo, now: datetime, language: str | None) -> Unread:
    """Return why `text`, which gave no date on its list, did not."""
    said = read(text)
    if isinstance(said, Written) and said.ambiguous:
        either = (replace(said, ambiguous=False), said.swapped())
        if any(resolve(one, zone, now) for one in either):
            return Unread.AMBIGUOUS
    later = now + _LATER
    moment = resolve(said, zone, later) if said else WordDates(language, zone, now).read(text)
    if moment is not None:
        return _ahead(moment, now)
    if said is not None:
        return Unread.IMPOSSIBLE
    letters, digits = any(map(str.isalpha, text)), any(map(str.isdigit, text))
    strange = letters and digits and find_clock(fold(text)) is None
    return Unread.STRANGE if strange else Unread.NO_DATE


def _ahead(moment: SaidDate, now: datetime) -> Unread:
    if moment.at <= now:
        return Unread.STRANGE  # read when it stands alone: among too many texts that are no dates, it was not tried
    return Unread.HOURS_AHEAD if moment.at - now <= _ZONES_APART else Unread.DAYS_AHEAD
