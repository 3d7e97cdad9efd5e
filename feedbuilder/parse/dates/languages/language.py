"""What a table of a language holds. Knows no language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The words of one language in dates.

    A field holds words parted by spaces; "_" stands for a space within one ("de_la_tarde"). Where places matter (12
    months, 7 days of the week, 7 units), "/" parts the names of one place and "-" leaves it empty. Words are written
    as people write them: case, accents and the dot behind an abbreviation do not matter.
    """

    code: str
    """BCP 47, the primary subtag."""
    name: str
    """In English."""
    is_unspaced: bool = False
    """Whether words and numbers stand without spaces: "3时间前"."""
    half_comes_first: bool = False
    """Whether the half of the day stands before the hour: "下午3:05"."""
    months: str = ""
    """January first, in all cases and abbreviations; empty where months are numbers."""
    jalali_months: str = ""
    """Farvardin first: names of months of the Iranian calendar."""
    weekdays: str = ""
    """Monday first."""
    forenoon: str = ""
    """Words for the half of the day before noon: "a.m.", "morgens"."""
    afternoon: str = ""
    """Words that make 3 o'clock 15:00."""
    night: str = ""
    """Words that make 11 o'clock 23:00 and 2 o'clock 2:00."""
    noon: str = ""
    """Words for 12:00, and for the hours around it."""
    midnight: str = ""
    units: str = ""
    """Seconds, minutes, hours, days, weeks, months, years: "3 hours ago"."""
    two_units: str = ""
    """The same in the dual, which needs no number: "شهرين"."""
    before_span: str = ""
    """What stands before a distance from now: "vor 3 Tagen"."""
    after_span: str = ""
    """What stands behind it: "3 days ago"."""
    one: str = ""
    """Words for the number 1: "an hour ago"."""
    few: str = ""
    """Words for some, taken as 3."""
    conjunction: str = ""
    """Between two parts of a distance: "1 Stunde und 20 Minuten"."""
    now: str = ""
    today: str = ""
    yesterday: str = ""
    day_before_yesterday: str = ""
    of: str = ""
    """Between day, month and year: "3 de mayo de 2026"."""
    at: str = ""
    """Between day and time: "3 May at 12:35"."""
    year_mark: str = ""
    """What stands with the number of a year: "2026 m.", "2026年"."""
    month_mark: str = ""
    """What stands with the number of a month: "tháng 5", "5月"."""
    day_mark: str = ""
    hour_mark: str = ""
    """What stands with the number of an hour: "15 Uhr", "15h30"."""
    minute_mark: str = ""
    second_mark: str = ""
    published: str = ""
    """Labels of a date of publication."""
    updated: str = ""
    """Labels of a date of change, which is not that of publication."""
    event: str = ""
    """Labels of a date that is not the story's: deadlines, events."""
