"""What a list decides together: whether 03/02/2026 is 3 February or 2 March, and which second is nobody's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from feedbuilder.model import SaidDate
from feedbuilder.parse.dates.date_text import CalendarDate, DateReading
from feedbuilder.parse.dates.resolve import resolve

_MONTH_FIRST = frozenset(("en-us", "en-ph", "es-us", "es-pa", "es-pr", "fil", "fil-ph"))
"""Languages (BCP 47, lower case) whose readers put the month first (CLDR's short dates)."""
_AT_ONCE = 5
_UNCERTAIN = frozenset(("en", "en-ca", "en-za", "fr-ca"))
"""Languages that do not tell: English stands for both."""


def day_comes_first(
    dates: Sequence[DateReading | None], zone: ZoneInfo, now: datetime, *, language: str | None, told: bool | None
) -> bool | None:
    """Return the order of the ambiguous dates among `dates`, which are in page order; None if nothing decides.

    In this order: what the configuration says (`told`); the list's other dates (25/02 shows it), by majority; what
    would lie in the future; which order runs from new to old; the language. Rather than guess, give None: the dates
    then count as missing, for a reader never corrects a wrong first date.
    """
    if told is not None:
        return told
    written = [said for said in dates if isinstance(said, CalendarDate)]
    balance = sum((said.order is True) - (said.order is False) for said in written)
    if balance:
        return balance > 0
    doubtful = [said for said in written if said.ambiguous]
    if not doubtful:
        return None
    as_day = [resolve(said, zone, now) for said in doubtful]
    as_month = [resolve(said.swapped(), zone, now) for said in doubtful]
    if (None in as_day) != (None in as_month):
        return None in as_month
    ascents = _ascents(as_day), _ascents(as_month)
    if ascents[0] != ascents[1]:
        return ascents[0] < ascents[1]
    tag = (language or "en").lower()
    if tag in _MONTH_FIRST:
        return False
    return None if tag in _UNCERTAIN else True


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


def _ascents(dates: Sequence[SaidDate | None]) -> int:
    """Return how often a list that should run from new to old does the opposite."""
    return sum(upper.at < lower.at for upper, lower in pairwise([said for said in dates if said]))
