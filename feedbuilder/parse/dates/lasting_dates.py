"""Which dates of a list are the same at any later moment: those that name their year, and are not to come.

Owns what of a text makes that sure, text by text; where one leaves anything open, the list as a whole is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from feedbuilder.parse.dates.date_text import is_date_like, read_date
from feedbuilder.parse.dates.readings import CalendarDate
from feedbuilder.parse.dates.resolve import resolve


def do_last(cards: Sequence[Sequence[str]], zone: ZoneInfo, now: datetime) -> bool:
    """Return whether `read_dates` reads in the texts of these `cards` at any later moment what it reads `now`."""
    return all(_lasts(text, zone, now) for texts in cards for text in texts)


def _lasts(text: str, zone: ZoneInfo, now: datetime) -> bool:
    said = read_date(text)
    if said is None:
        return is_date_like(text)  # refused for good; whatever else may be a distance from now to dateparser
    if isinstance(said, CalendarDate) and (said.year is None or said.ambiguous or said.numbers or said.months):
        return False
    if not isinstance(said, CalendarDate | datetime):
        return False
    return resolve(said, zone, now) is not None  # what is to come today is none tomorrow
