"""What the numbers and names that a form has found mean as a day. Knows no text around them, no list and no clock."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from feedbuilder.parse.dates import calendars
from feedbuilder.parse.dates.date_forms import Form
from feedbuilder.parse.dates.readings import CalendarDate, Order
from feedbuilder.parse.dates.words import Role, Shape

_LEAP_YEAR = 2024
"""Stands for a year that is left out: there is a 29 February."""
_Places = Mapping[str, int]
"""The names of a form's groups, and where in the shape they stand."""


def date_of(form: Form, match: re.Match[str], shape: Shape) -> CalendarDate | None:
    """Return the date that `match` of `form` shows, without its time; None for what cannot be read."""
    place = {name: match.start(name) for name, text in match.groupdict().items() if text is not None}
    if "joined" in place:
        text = shape.tokens[place["joined"]].text
        return common_date(int(text[:4]), int(text[4:6]), int(text[6:]))
    if "three" in place:
        return _three_numbers(match["mark"], [shape.tokens[place[name]].text for name in ("one", "two", "three")])
    if "one" in place:
        return _two_numbers(match, [shape.tokens[place[name]].text for name in ("one", "two")], shape, place)
    day = shape.number(place["day"] if "day" in place else place["day_second"])
    if "month" in place or "month_first" in place:
        return _named(shape, place, place["month"] if "month" in place else place["month_first"], day)
    month = _month_number(shape, place)
    if month is None:
        return None
    year = _year(shape, place)
    if year is None:
        return CalendarDate(None, month, day) if is_day(_LEAP_YEAR, month, day) else None
    reading = common_date(year, month, day)
    return replace(reading, languages=form.languages) if reading and "minguo" in place else reading


def _month_number(shape: Shape, place: _Places) -> int | None:
    """Return the month that is a number; None for a word that only looks like a Roman one ("20 i 2025")."""
    if "month_number" in place:
        return shape.number(place["month_number"])
    at = place["roman"] if "roman" in place else place["roman_word"]
    if "roman_word" in place and len(shape.tokens[at].text) == 1:
        return None
    return cast("int", next(iter(shape.values(at, Role.ROMAN))))


def _year(shape: Shape, place: _Places) -> int | None:
    """Return the year as it is counted there, None where it is left out."""
    if "era" in place:
        offset = cast("int", next(iter(shape.values(place["era"], Role.ERA))))
        return shape.number(place["era_year"]) + offset
    if "short" in place:
        return calendars.short_year(shape.number(place["short"]))
    name = next((name for name in ("year", "minguo") if name in place), None)
    return shape.number(place[name]) if name else None


def _named(shape: Shape, place: _Places, month_place: int, day: int) -> CalendarDate | None:
    """Return the date of a month that is named."""
    jalali = shape.values(month_place, Role.JALALI_MONTH)
    meanings = cast("dict[int, frozenset[str]]", dict(jalali or shape.values(month_place, Role.MONTH)))
    month, months = next(iter(meanings)), meanings if len(meanings) > 1 else {}
    whole = shape.number(place["year"]) if "year" in place else None
    short = shape.number(place["short"]) if "short" in place else None
    if whole is None and short is None:
        return CalendarDate(None, month, day, is_jalali=bool(jalali), months=months) if 1 <= day <= 31 else None
    if jalali:
        return _jalali(whole if whole is not None else calendars.short_jalali_year(short or 0), month, day)
    if whole is None:
        is_thai = all(codes == {"th"} for codes in meanings.values())
        whole = calendars.short_thai_year(short or 0) if is_thai else calendars.short_year(short or 0)
    reading = common_date(whole, month, day, is_jalali=False)
    return replace(reading, months=months) if reading else None


def common_date(year: int, month: int, day: int, *, is_jalali: bool | None = None) -> CalendarDate | None:
    """Return a day whose year may be of another calendar, with the year of the common era; None if there is none.

    `is_jalali`: whether it is of the Iranian calendar; None: its year tells.
    """
    if calendars.is_jalali_year(year) if is_jalali is None else is_jalali:
        return _jalali(year, month, day)
    common = calendars.common_year(year)
    return CalendarDate(common, month, day) if common is not None and is_day(common, month, day) else None


def _jalali(year: int, month: int, day: int) -> CalendarDate | None:
    try:
        there = calendars.jalali_day(year, month, day)
    except ValueError:
        return None
    return CalendarDate(there.year, there.month, there.day)


def is_day(year: int, month: int, day: int) -> bool:
    """Return whether the numbers may be a day; 30 February is refused when it is resolved."""
    return 1 <= month <= 12 and 1 <= day <= 31 and 1900 <= year <= 2100


def _two_numbers(match: re.Match[str], texts: list[str], shape: Shape, place: dict[str, int]) -> CalendarDate | None:
    """Return a date whose day and month are numbers, in an order that is open unless one of them can be no month."""
    first, second = map(int, texts)
    mark = match["mark"]
    year: int | None = None
    if "year" in place:
        written = shape.number(place["year"])
        if calendars.is_jalali_year(written):
            return _jalali(written, second, first)
        year = calendars.common_year(written)
        if year is None:
            return None
    elif mark != "/" and min(map(len, texts)) < 2 and not (mark == "." and match["dot"]):
        return None  # "3.5", "3-1"
    orders = tuple(
        order
        for order, day, month in ((Order.DAY_FIRST, first, second), (Order.MONTH_FIRST, second, first))
        if is_day(year or _LEAP_YEAR, month, day)
    )
    if year is not None and mark == "." and Order.DAY_FIRST in orders:
        orders = (Order.DAY_FIRST,)  # nearly all who write dots put the day first
    if not orders:
        return None
    day, month = (first, second) if orders[0] is Order.DAY_FIRST else (second, first)
    weak = year is None and mark == "/" and min(map(len, texts)) < 2
    if day == month or (year is not None and mark == "."):
        return CalendarDate(year, month, day, is_weak=weak)
    return CalendarDate(year, month, day, orders=orders, mark=mark, is_weak=weak)


def _three_numbers(mark: str, texts: list[str]) -> CalendarDate | None:
    """Return a date of three numbers of two digits, of which the first or the last is the year."""
    first, second, third = map(int, texts)
    orders = []
    if len(texts[2]) == 2 and is_day(_LEAP_YEAR, second, first):
        orders.append(Order.DAY_FIRST)
    if len(texts[2]) == 2 and mark != "." and is_day(_LEAP_YEAR, first, second):
        orders.append(Order.MONTH_FIRST)
    if len(texts[0]) == 2 and is_day(_LEAP_YEAR, second, third):
        orders.append(Order.YEAR_FIRST)
    if not orders:
        return None
    bare = CalendarDate(None, 1, 1, orders=tuple(orders), numbers=(first, second, third), mark=mark)
    return replace(bare.in_order(orders[0]), orders=tuple(orders))
