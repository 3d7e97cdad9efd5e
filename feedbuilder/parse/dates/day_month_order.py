"""What a list decides together: in which order the numbers of its dates stand, 03/02/2026 or 26.02.03."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from feedbuilder.model import SaidDate
from feedbuilder.parse.dates import calendars
from feedbuilder.parse.dates.languages import language_code
from feedbuilder.parse.dates.readings import CalendarDate, DateReading, Order
from feedbuilder.parse.dates.resolve import resolve

_MONTH_FIRST = frozenset(("en-us", "en-ph", "es-us", "es-pa", "es-pr", "fil", "fil-ph"))
"""Languages (BCP 47, lower case) whose readers put the month first (CLDR's short dates)."""
_UNCERTAIN = frozenset(("en", "en-ca", "en-za", "fr-ca"))
"""Languages that do not tell: English stands for both."""
_YEAR_FIRST = frozenset(("ko", "ja", "zh", "hu", "fa", "mn", "eu", "lt", "sv", "ne"))
"""Languages whose readers put the year first, also where it has two digits."""
_MONTH_FIRST_WITHOUT_YEAR = frozenset(("ko", "ja", "zh", "hu", "mn"))
"""Languages whose readers put the month first where the year is left out, whatever the mark."""
_DAY_FIRST_WITH_HYPHEN = frozenset(("nl", "da", "es", "pt", "it", "fr", "id", "vi", "hi"))
"""Of days without a year: 11-09 is 11 September there; elsewhere it is as in ISO 8601."""
_FEW_REIWA_YEARS = 12
"""On Japanese pages "06.7.16" may count from 2019 or be of 2006."""
_ENOUGH_TO_SEE_A_YEAR = 3


@dataclass(frozen=True, slots=True)
class ListOrder:
    """The order in which a list writes its dates, and how that is known."""

    order: Order | None
    """None if nothing decides: dates that can be read in several orders then count as missing."""
    is_shown: bool
    """Whether dates of the list show it that have only one reading, so that "7/12" is a date there too."""
    language: str
    dotted: Order = Order.DAY_FIRST
    """The order of days without a year that are written with dots: "11.09."."""

    def read(self, date: CalendarDate) -> CalendarDate | None:
        """Return `date` in this order; None where its order stays open."""
        if date.is_weak and not self.is_shown:
            return None
        if not date.orders:
            return date
        chosen = date.orders[0] if len(date.orders) == 1 else self._chosen(date)
        if chosen is None or chosen not in date.orders:
            return None
        read = date.in_order(chosen)
        return _with_century(read, chosen, self.language) if date.numbers else read

    def _chosen(self, date: CalendarDate) -> Order | None:
        return self.dotted if date.year is None and date.numbers is None and date.mark == "." else self.order


def list_order(
    dates: Sequence[DateReading | None], zone: ZoneInfo, now: datetime, *, language: str | None, told: bool | None
) -> ListOrder:
    """Return the order of those of `dates`, in page order, that can be read in several.

    In this order: what the configuration says (`told`: day first); the list's dates that have one reading (25/02), by
    majority; whether the year comes first, by the language or the present year all down the list; what would lie in
    the future; which order runs from new to old; the language. Rather than guess, None: a reader never corrects a wrong
    first date.
    """
    written = [one for one in dates if isinstance(one, CalendarDate)]
    tag = (language or "").lower().replace("_", "-")
    primary = language_code(language)
    dotted = _dotted_order([one for one in written if one.mark == "." and one.numbers is None], primary, told)
    others = [one for one in written if one.mark != "." or one.numbers is not None]
    votes = Counter(one.orders[0] for one in others if len(one.orders) == 1)
    if told is not None:
        return ListOrder(Order.DAY_FIRST if told else Order.MONTH_FIRST, True, primary, dotted)
    if votes:
        [(order, count), *rest] = votes.most_common(2)
        if not rest or rest[0][1] < count:
            return ListOrder(order, True, primary, dotted)
    open_dates = [one for one in others if one.ambiguous]
    short = [one for one in open_dates if one.numbers]
    if short and _year_comes_first(short, primary, zone, now):
        return ListOrder(Order.YEAR_FIRST, False, primary, dotted)
    decided = _day_or_month(open_dates, tag or "en", zone, now) if open_dates else None
    return ListOrder(decided, False, primary, dotted)


def _dotted_order(dates: Sequence[CalendarDate], language: str, told: bool | None) -> Order:
    """Return the order of days without a year and with dots: what the list shows, else what the language does."""
    if told is not None:
        return Order.DAY_FIRST if told else Order.MONTH_FIRST
    votes = Counter(one.orders[0] for one in dates if len(one.orders) == 1)
    if votes[Order.DAY_FIRST] != votes[Order.MONTH_FIRST]:
        return max(votes, key=votes.__getitem__)
    return Order.MONTH_FIRST if language in _MONTH_FIRST_WITHOUT_YEAR else Order.DAY_FIRST


def _year_comes_first(short: Sequence[CalendarDate], language: str, zone: ZoneInfo, now: datetime) -> bool:
    """Return whether the first of three numbers of two digits is the year, all down the list."""
    if not all(Order.YEAR_FIRST in one.orders for one in short):
        return False
    if language in _YEAR_FIRST:
        last = [_moment(one, Order.DAY_FIRST, language, zone, now) for one in short]
        never = all(_moment(one, Order.YEAR_FIRST, language, zone, now) is None for one in short)
        return not (never and None not in last and len(short) >= _ENOUGH_TO_SEE_A_YEAR)
    if language not in ("", "en"):
        return False
    this_year = now.astimezone(zone).year % 100
    numbers = [one.numbers for one in short if one.numbers]
    days = {third for _, _, third in numbers}
    return len(days) >= _ENOUGH_TO_SEE_A_YEAR and all(first in (this_year, this_year - 1) for first, _, _ in numbers)


def _moment(date: CalendarDate, order: Order, language: str, zone: ZoneInfo, now: datetime) -> SaidDate | None:
    if order not in date.orders:
        return None
    read = date.in_order(order)
    if date.numbers is not None:
        full = _with_century(read, order, language)
        return resolve(full, zone, now) if full else None
    return resolve(read, zone, now)


def _day_or_month(dates: Sequence[CalendarDate], tag: str, zone: ZoneInfo, now: datetime) -> Order | None:
    language = language_code(tag)
    if not any(Order.MONTH_FIRST in one.orders for one in dates):
        return Order.DAY_FIRST  # with dots
    doubtful = [one for one in dates if {Order.DAY_FIRST, Order.MONTH_FIRST} <= set(one.orders)]
    if not doubtful:
        return Order.DAY_FIRST
    as_day = [_moment(one, Order.DAY_FIRST, language, zone, now) for one in doubtful]
    as_month = [_moment(one, Order.MONTH_FIRST, language, zone, now) for one in doubtful]
    if (None in as_day) != (None in as_month):
        return Order.MONTH_FIRST if None in as_day else Order.DAY_FIRST
    ascents = _ascents(as_day), _ascents(as_month)
    if ascents[0] != ascents[1]:
        return Order.DAY_FIRST if ascents[0] < ascents[1] else Order.MONTH_FIRST
    if tag in _MONTH_FIRST:
        return Order.MONTH_FIRST
    if all(one.year is None for one in dates):
        if language in _MONTH_FIRST_WITHOUT_YEAR:
            return Order.MONTH_FIRST
        if language == "fa":
            return None  # of the Iranian calendar, maybe
        if all(one.mark == "-" for one in dates):
            return Order.DAY_FIRST if language in _DAY_FIRST_WITH_HYPHEN else Order.MONTH_FIRST
    return None if tag in _UNCERTAIN else Order.DAY_FIRST


def _with_century(date: CalendarDate, order: Order, language: str) -> CalendarDate | None:
    """Return `date`, whose year has two digits, with the whole year as the readers of `language` count years."""
    short = date.year or 0
    if language == "fa":
        try:
            there = calendars.jalali_day(calendars.short_jalali_year(short), date.month, date.day)
        except ValueError:
            return None
        return replace(date, year=there.year, month=there.month, day=there.day, orders=(order,), numbers=None)
    if language == "ja" and (short < _FEW_REIWA_YEARS or order is not Order.YEAR_FIRST):
        return None
    year = calendars.short_thai_year(short) if language == "th" else calendars.short_year(short)
    return replace(date, year=year, numbers=None)


def _ascents(dates: Sequence[SaidDate | None]) -> int:
    """Return how often a list that should run from new to old does the opposite."""
    return sum(upper.at < lower.at for upper, lower in pairwise([one for one in dates if one]))
