"""The forms in which a day is written, as a table. To add a form, add a row; words are in `languages`.

A form is a pattern on shapes (`words`): "{month}" is a word that may be the name of a month, "{number}" a number of one
or two digits, "4" one of four; groups say what is what. Of forms that fit the same place the first counts, so the most
telling stand first. Knows neither what becomes of the numbers found (`date_text`) nor the time of day (`time_of_day`).
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from feedbuilder.parse.dates.shape_patterns import ShapePattern
from feedbuilder.parse.dates.words import Role, characters_of

_DAY = (
    r"(?<!{any_number}[.:/,-])(?<!^{number} - )(?<!:)"
    r"(?P<day>{number})(?:{ordinal}|[.°'-]{ordinal}|°|\)| ?{day_mark}\.?|\.)?"
)
"""Not the last day of several ("20-22 Nov")."""
_MONTH = r"(?P<month>{any_month})\.?"
_YEAR = r"(?P<year>4)"
_NO_HOUR = r"(?!:|\.{number}| ?(?:{hour_mark}|{half}|{unit})(?!\.? ?{number}[:.]))"
"""Behind two digits: they are no hour, and no number of something."""
_SHORT = r"(?P<short>2)" + _NO_HOUR + r"(?! [wc]|[ .,/-]{1,3}4)"
_OF = r"[ .,/-]{0,3}(?:{of}[ ']?){0,2}"
_TO_YEAR = r"[ .,/-]{0,3}(?:{of}[ ']?){0,2}(?:{year_mark} ?|{era}\.? ?)?"
_YEAR_BEFORE = _YEAR + r"[ .,/-]{0,2}(?:(?:\(.\))?{year_mark}\.?)?[ ,]{0,2}(?:{of}[ ']?)?"
_START = r"(?<!{any_number}[.:/|-])"
"""Before numbers: not within a longer number or an address."""
_ALONE = _START + r"(?<!{version} )(?<!{letters})"
"""Before numbers that no letter names: not within a version either."""
_WITHIN = (
    r"(?:[ ,.|•()/~@;*_-]|{weekday}|{at}|{half}|{zone}|{hour_mark}|{number}:2(?::2)?(?: ?[+-]4)?){1,14}"
)  # fmt: skip
"""What may stand between a day and its year: the day of the week, the time."""
_CLOCK_FOLLOWS = r"[ ,|•)-]{1,4}(?:{at}\.? ?)?(?:{half}\.? ?)?{number}(?:[:.]2|{hour_mark}| ?{half})"
_FIRST = r"^(?:{weekday}[ ,.]{0,3}|{label}[ :]{0,2}|{at} |[(\[|• -]){0,4}"
"""What may stand before numbers that are a date only at the start of a text."""


@dataclass(frozen=True)
class Form:
    """A form of a day."""

    name: str
    """For the table in the documentation; unique."""
    template: str
    samples: tuple[str, ...]
    """How it is written, for the documentation and the tests: {d} {m} {y} are numbers, {dd} {mm} {yy} of two digits,
    {month} a name, {of}, {year_mark} and so on words of the language."""
    languages: frozenset[str] = frozenset()
    """Where the form is a date only in these."""

    def may_fit(self, characters: AbstractSet[str]) -> bool:
        """Return whether a shape made of `characters` may hold this form; quicker than to look for it."""
        return all(not needed.isdisjoint(characters) for needed in self._needed)

    @cached_property
    def _needed(self) -> tuple[frozenset[str], ...]:
        needed = []
        if "{any_month}" in self.template:
            needed.append(frozenset(characters_of(Role.MONTH, Role.JALALI_MONTH)))
        if "(?P<year>4)" in self.template and "(?P<short>" not in self.template:
            needed.append(frozenset("4"))
        return tuple(needed)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The template, compiled when it is first needed."""
        return ShapePattern(self.template).compiled


_MONTH_AND_DAY_BY_MARKS = r" ?(?P<month_number>{number}) ?-?{month_mark} ?(?P<day>{number})(?: ?{day_mark})?"

WITH_YEAR = (
    Form(
        "day, month, year",
        _DAY + _OF + _MONTH + _TO_YEAR + _YEAR,
        (
            "{d} {month} {y}",
            "{d}. {month} {y}",
            "{d} {of} {month} {of} {y}",
            "{d}-{month}-{y}",
            "{d} {month}, {y}",
        ),
    ),
    Form(
        "month, day, year",
        _MONTH + r"[ .-]{0,2}" + _DAY + r"[ ,./-]{0,3}(?:{of} )?" + _YEAR,
        ("{month} {d}, {y}", "{month} {d} {y}", "{month}. {dd}, {y}"),
    ),
    Form(
        "year, month, day",
        _YEAR_BEFORE + _MONTH + r"[ ./-]{0,3}" + _DAY,
        (
            "{y} {month} {d}",
            "{y}. {month} {d}.",
            "{y}-{month}-{dd}",
            "{y} {year_mark}. {month} {d}",
            "{y} {year_mark} {month} {d} {day_mark}",
        ),
    ),
    Form("year, day, month", _YEAR_BEFORE + _DAY + r"[ .]{0,2}" + _MONTH, ("{y}. {year_mark} {d}. {month}",)),
    Form(
        "year, month, day as numbers",
        _START + r"(?P<year>4) ?(?P<mark>[-/.|]) ?(?P<month_number>{number}) ?(?P=mark) ?(?P<day>{number})"
        r"(?!{any_number})(?: ?{day_mark})?",
        ("{y}-{mm}-{dd}", "{y}/{m}/{d}", "{y}.{mm}.{dd}", "{y}. {m}. {d}."),
    ),
    Form(
        "year, month, day with marks",
        _START + r"(?P<year>4) ?{year_mark}\.?" + _MONTH_AND_DAY_BY_MARKS,
        ("{y}{year_mark}{m}{month_mark}{d}{day_mark}", "{y}{year_mark} {m}{month_mark} {d}{day_mark}"),
    ),
    Form(
        "year of the Republic of China with marks",
        _START + r"(?P<year>3) ?{year_mark}" + _MONTH_AND_DAY_BY_MARKS,
        ("{minguo}{year_mark}{m}{month_mark}{d}{day_mark}",),
        frozenset({"zh"}),
    ),
    Form(
        "year of an era",
        r"(?P<era>{era})\.? ?(?P<era_year>{number}|3) ?(?:[-/.]|{year_mark}) ?(?P<month_number>{number})"
        r" ?(?:[-/.]|{month_mark}) ?(?P<day>{number})(?: ?{day_mark})?",
        ("{era_year}{year_mark}{m}{month_mark}{d}{day_mark}", "{era_year}.{m}.{d}"),
        frozenset({"ja"}),
    ),
    Form(
        "a large day over year and month",
        _ALONE + r"(?P<day>{number}) (?P<year>4)(?:[-/.]|{year_mark})(?P<month_number>2)(?![-/.]|{any_number})",
        ("{dd} {y}-{mm}",),
    ),
    Form(
        "day and month by a word, year",
        r"(?P<day>{number}),? ?{month_mark} ?(?P<month_number>{number})[ ,./-]{0,3}(?:{year_mark} ?)?(?P<year>4)",
        ("{d} {month_mark} {m}, {y}", "{d} {month_mark} {m} {year_mark} {y}"),
        frozenset({"vi"}),
    ),
    Form(
        "day and month as numbers, year",
        _ALONE + r"(?P<one>{number}) ?(?P<mark>[-/.|]) ?(?P<two>{number}) ?(?P=mark) ?(?P<year>4)",
        ("{dd}/{mm}/{y}", "{d}.{m}.{y}", "{dd}-{mm}-{y}", "{dd}|{mm}|{y}", "{d}. {m}. {y}"),
    ),
    Form(
        "day and month as numbers, space, year",
        r"(?<!w )" + _ALONE + r"(?P<one>{number})(?P<mark>[/.])(?P<two>{number})\.? (?P<year>4)",
        ("{dd}.{mm} {y}", "{dd}/{mm} {y}"),
    ),
    Form(
        "something between day and year",
        r"(?:"
        + _DAY
        + _OF
        + _MONTH
        + r"|(?P<month_first>{any_month})[ .-]{0,3}(?P<day_second>{number}){ordinal}?)"
        + _WITHIN
        + _YEAR
        + r"(?! ?[wc:])",
        (
            "{month} {d} ({weekday}), {y}",
            "{month} {d}, 14:30, {y}",
            "{d} {month} ({y})",
            "{d} {month} | {y}",
            "{month} {d} • {y}",
        ),
    ),
    Form(
        "year of the Republic of China as numbers",
        _ALONE + r"(?P<minguo>3) ?(?P<mark>[-/.]) ?(?P<month_number>{number}) ?(?P=mark) ?(?P<day>{number})"
        r"(?![-/.:]{any_number}|{any_number})",
        ("{minguo}/{mm}/{dd}", "{minguo}.{m}.{d}"),
        frozenset({"zh"}),
    ),
    Form(
        "two digits of the year with marks",
        _START + r"(?P<short>2) ?{year_mark}" + _MONTH_AND_DAY_BY_MARKS,
        ("{yy}{year_mark}{m}{month_mark}{d}{day_mark}",),
    ),
    Form(
        "day-month-year with one mark",
        r"(?P<day>{number})(?P<mark>[-/.])(?P<month>{any_month})(?P=mark)(?P<short>2)(?!:|\.{number})",
        ("{dd}-{month}-{yy}", "{dd}/{month}/{yy}"),
    ),
    Form(
        "day, month, two digits of the year",
        _DAY + _OF + _MONTH + r"(?:[ .,/-]{1,3}(?:{of}[ ']?)?|[ ,]{0,2}(?=')|(?P<era_before> ?{era}\.? ?))'?" + _SHORT,
        ("{d} {month} {yy}", "{d}. {month}. {yy}", "{d} {month} '{yy}"),
    ),
    Form(
        "month, day, two digits of the year",
        _MONTH + r"[ .-]{0,2}" + _DAY + r"[ ,./-]{1,3}'?" + _SHORT,
        ("{month} {d}, {yy}", "{month} {d}, '{yy}"),
    ),
    Form(
        "Roman number of the month",
        _START + r"(?P<day>{number})"
        r"(?:(?P<mark>[./-]) ?(?P<roman>{roman})(?P=mark) ?| (?P<roman_word>{roman}) )"
        r"(?:(?P<year>4)|(?P<short>2)(?!:))",
        ("{d}.{roman}.{y}", "{d}-{roman}-{y}", "{d}/{roman}/{yy}"),
    ),
    Form(
        "three numbers of two digits",
        _ALONE + r"(?P<one>{number}) ?(?P<mark>[-/.|]) ?(?P<two>{number}) ?(?P=mark) ?'?(?P<three>{number})"
        r"(?![-/|.]{any_number}|{any_number})" + _NO_HOUR,
        ("{dd}.{mm}.{yy}", "{dd}/{mm}/{yy}", "{dd}-{mm}-{yy}", "{d}.{m}.{yy}"),
    ),
    Form(
        "eight digits",
        r"(?:^|(?<=^{label})|(?<=^{label} )|(?<=^{label}: ))(?P<joined>8)(?=$|[ |•,-])",
        ("{y}{mm}{dd}",),
    ),
)
WITHOUT_YEAR = (
    Form(
        "month and day with marks",
        r"(?P<month_number>{number}) ?{month_mark} ?(?P<day>{number}) ?{day_mark}",
        ("{m}{month_mark}{d}{day_mark}",),
    ),
    Form(
        "day and month by a word",
        r"(?P<day>{number}),? {month_mark} ?(?P<month_number>{number})",
        ("{d} {month_mark} {m}",),
        frozenset({"vi"}),
    ),
    Form("day, month", _DAY + _OF + _MONTH, ("{d} {month}", "{d}. {month}", "{d} {of} {month}")),
    Form("month, day", _MONTH + r"[ .-]{0,2}" + _DAY, ("{month} {d}", "{month}. {dd}")),
    Form(
        "day and month as numbers",
        _FIRST + r"(?P<one>{number})(?P<mark>[/.-]) ?(?P<two>{number})(?P<dot>\.?)(?= ?$|" + _CLOCK_FOLLOWS + ")",
        ("{dd}.{mm}.", "{dd}/{mm}", "{dd}-{mm}", "{dd}.{mm}. 19:30", "{dd}/{mm} - 22:05"),
    ),
)
"""Forms for `WITHOUT_YEAR` count only where no number stands in the place of a year (`date_text`)."""
