"""Years and months of other calendars -> days of the common one. Knows no texts.

Buddhist and Minguo years differ from ours by a number. The Iranian (Jalali) calendar has months of its own; its leap
years are a table, for the dates that news can have are few. Years of the Islamic calendar are not read: its months
begin when the moon is seen.
"""

from __future__ import annotations

from datetime import date, timedelta

BUDDHIST_OFFSET = 543
MINGUO_OFFSET = 1911
_BUDDHIST = range(1990 + BUDDHIST_OFFSET, 2100 + BUDDHIST_OFFSET)
_MINGUO = range(79, 190)
_JALALI = range(1368, 1410)
"""The years from 1989 to 2031. Later ones would also be years of the Islamic calendar (1410 began in 1989)."""
_FIRST_JALALI_DAY = date(1989, 3, 21)
"""1 Farvardin 1368."""
_JALALI_LEAP_YEARS = frozenset((1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408))


def is_jalali_year(year: int) -> bool:
    """Return whether a year of four digits is one of the Iranian calendar."""
    return year in _JALALI


def common_year(year: int) -> int | None:
    """Return the year of the common era that a year of three or four digits means; None for one that none is.

    Not for years of the Iranian calendar, whose days must be converted (`jalali_day`).
    """
    if year in _BUDDHIST:
        return year - BUDDHIST_OFFSET
    if year in _MINGUO:
        return year + MINGUO_OFFSET
    return year if 1900 <= year <= 2100 else None


def jalali_day(year: int, month: int, day: int) -> date:
    """Return the day of the common calendar. Raises ValueError for no day, and for no recent year."""
    longest = 31 if month <= 6 else 30 if month <= 11 or year in _JALALI_LEAP_YEARS else 29
    if year not in _JALALI or not 1 <= month <= 12 or not 1 <= day <= longest:
        raise ValueError(f"{year}-{month}-{day} is no day of the Iranian calendar")
    leaps = sum(leap < year for leap in _JALALI_LEAP_YEARS)
    days = 365 * (year - _JALALI[0]) + leaps + 30 * (month - 1) + min(month - 1, 6) + day - 1
    return _FIRST_JALALI_DAY + timedelta(days=days)


def jalali_year_of(day: date) -> int:
    """Return the year of the Iranian calendar that `day` lies in."""
    return next((year for year in reversed(_JALALI) if jalali_day(year, 1, 1) <= day), _JALALI[0])


def short_thai_year(short: int) -> int:
    """Return the common year of two digits on a Thai page: 68 is 2568, or 2025; 25 is 2025 too."""
    return 2500 + short - BUDDHIST_OFFSET if short >= 33 else 2000 + short


def short_year(short: int) -> int:
    """Return the common year of two digits elsewhere."""
    return short + (2000 if short < 70 else 1900)


def short_jalali_year(short: int) -> int:
    """Return the Iranian year of two digits: 04 is 1404, 98 is 1398."""
    return short + (1400 if short < 68 else 1300)
