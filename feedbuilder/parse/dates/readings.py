"""What a text can say of a date before its list, its zone and the present moment are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum, auto


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day."""

    hour: int
    minute: int = 0
    second: int = 0
    offset: timedelta | None = None
    """From UTC; None where the text names none, so that the site's zone is meant."""


class Order(Enum):
    """In which order three numbers, or two, stand for a day, a month and a year."""

    DAY_FIRST = auto()
    MONTH_FIRST = auto()
    YEAR_FIRST = auto()


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A calendar date as it stands in a text.

    Of a date in numbers that can be read in several orders, the fields show the first of `orders`.
    """

    year: int | None
    """Of the common era, or of the Iranian calendar if `is_jalali`. None where it is left out."""
    month: int
    day: int
    clock: Clock | None = None
    """None where only a day is given."""
    orders: tuple[Order, ...] = ()
    """The orders in which its numbers are a date; empty where it is not made of numbers, or its form has one order."""
    numbers: tuple[int, int, int] | None = None
    """Three numbers of two digits at most, as they stand there; the year among them is cut to two digits."""
    mark: str = ""
    """What stands between its numbers, where they have orders."""
    is_jalali: bool = False
    languages: frozenset[str] = frozenset()
    """The languages in which this form is a date; empty: in all."""
    months: Mapping[int, frozenset[str]] = field(default_factory=dict, hash=False)
    """For the name of a month that is another in another language ("listopada"): what it means in which."""
    weekdays: Mapping[int, frozenset[str]] = field(default_factory=dict, hash=False)
    """Of a date without a year: the day of the week that is named with it, and in which languages (0: Monday)."""
    is_weak: bool = False
    """Whether the form is also that of a fraction or a page number ("7/12"), so that others must show what it is."""

    @property
    def ambiguous(self) -> bool:
        """Whether several orders are possible."""
        return len(self.orders) > 1

    def in_order(self, order: Order) -> CalendarDate:
        """Return the date read in `order`, which must be one of `orders`."""
        if self.numbers is not None:
            first, second, third = self.numbers
            day, month, year = {
                Order.DAY_FIRST: (first, second, third),
                Order.MONTH_FIRST: (second, first, third),
                Order.YEAR_FIRST: (third, second, first),
            }[order]
            return replace(self, year=year, month=month, day=day, orders=(order,))
        if order is self.orders[0]:
            return replace(self, orders=(order,))
        return replace(self, month=self.day, day=self.month, orders=(order,))

    def swapped(self) -> CalendarDate:
        """Return an ambiguous date with the month first."""
        return self.in_order(Order.MONTH_FIRST) if Order.MONTH_FIRST in self.orders else self


@dataclass(frozen=True, slots=True)
class TimeAgo:
    """A distance from now."""

    days: int | None = None
    """So many calendar days back, at `clock` if there is one. None: see `span`; both None: the last time of `clock`."""
    span: timedelta | None = None
    clock: Clock | None = None
    weekdays: Mapping[int, frozenset[str]] = field(default_factory=dict, hash=False)
    """The last such day of the week (0: Monday), at `clock`; with the languages in which the word means it."""

    @property
    def bare(self) -> bool:
        """Whether a time of day is all that is said."""
        return self.days is None and self.span is None and not self.weekdays


DateReading = CalendarDate | TimeAgo | datetime
"""A datetime is one that names its own zone, or Unix time: it needs nothing else."""
