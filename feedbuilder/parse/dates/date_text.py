"""What a text says about a date, read by a table of regular expressions. Knows no zone, no present moment, no list.

"03/02/2026" stays undecided here, "2 hours ago" stays a span: both are resolved against the list and the clock later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from feedbuilder.parse.dates import month_names
from feedbuilder.parse.dates.time_of_day import Clock, find_clock


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A calendar date as it stands in a text."""

    year: int | None
    """None where it is left out: the nearest past one is meant."""
    month: int
    day: int
    clock: Clock | None = None
    """None where only a day is given."""
    order: bool | None = None
    """Of day and month as numbers: True if this one shows day first, False if month first, None if it shows nothing."""
    ambiguous: bool = False
    """Whether day and month could be exchanged; they stand here as if the day came first."""

    def swapped(self) -> CalendarDate:
        """Return the other reading of an ambiguous date."""
        return CalendarDate(self.year, self.day, self.month, self.clock, self.order, ambiguous=True)


@dataclass(frozen=True, slots=True)
class TimeAgo:
    """A distance from now."""

    days: int | None = None
    """So many calendar days back, at `clock` if there is one. None: see `span`; both None: the last time of `clock`."""
    span: timedelta | None = None
    clock: Clock | None = None

    @property
    def bare(self) -> bool:
        """Whether a time of day is all that is said."""
        return self.days is None and self.span is None


DateReading = CalendarDate | TimeAgo | datetime
"""A datetime is one that names its own zone, or Unix time: it needs nothing else."""

_NAMES = "|".join(sorted(map(re.escape, month_names.MONTHS), key=len, reverse=True))
_MONTH = rf"(?<![^\W\d_])(?P<name>{_NAMES})(?![^\W\d_])\.?"
_DAY = r"(?<![\d:])(?P<day>\d{1,2})(?![\d:])"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_OF = r"(?:\s*(?:st|nd|rd|th|er|°|º|ª)(?![^\W\d_])|\.)?[\s-]*(?:(?:of|de|del|d')\s*)?"
_TO_YEAR = r"[\s,/-]*(?:(?:de|del|of)\s+)?"

_WITH_YEAR = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d){_YEAR}\s?[-/.年년]\s?(?P<month>\d{{1,2}})\s?[-/.月월]\s?(?P<day>\d{{1,2}})(?!\d)\s?[日일]?",
        rf"(?<![\d:./-])(?P<day>\d\d?)\s{_YEAR}[-/.年](?P<month>\d\d)(?![\d/.-])",  # a large day over "2026-11"
        rf"{_DAY}{_OF}{_MONTH}{_TO_YEAR}{_YEAR}",
        rf"{_MONTH}\s*{_DAY}(?:st|nd|rd|th)?[\s,]+{_YEAR}",
        rf"{_MONTH}\s+{_DAY}(?=\s+\d\d?:\d\d(?::\d\d)?\s+(?:[+-]\d{{4}}\s+|[a-z]+\s+)?{_YEAR})",
        r"(?<![\d./-])(?P<one>\d{1,2})(?P<mark>[./-])\s?(?P<two>\d{1,2})(?P=mark)\s?(?P<year>(?:19|20)?\d\d)(?![\d/-])",
    )
)
_WITHOUT_YEAR = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]",
        rf"{_DAY}{_OF}{_MONTH}(?![\s,]*\d{{4}})",
        rf"{_MONTH}\s*{_DAY}(?:st|nd|rd|th)?(?![\s,]*\d{{4}})",
        r"^(?P<month>\d\d)-(?P<day>\d\d)(?=$|\s+\d\d:\d\d)",
        r"^(?P<one>\d\d)(?P<mark>[/.])(?P<two>\d\d)\.?(?=$|,?\s+\d\d:\d\d)",
    )
)
"""Both with the most telling first.

`name` is a month's name, `one` and `two` are a day and a month in an order still unknown."""

_UNIX = re.compile(r"(1\d{9}|[2-9]\d{8})(\d{3})?(?:\.\d+)?")
_ONE = "an?|one|einem?|einer|un[ea]?|uma?|een|en|ett|et"
_NUMBER = rf"(?P<number>\d{{1,4}}|a few|few|{_ONE})"
_UNIT = "(?P<unit>" + "|".join(sorted(map(re.escape, month_names.UNITS), key=len, reverse=True)) + ")"
_SPANS = (
    re.compile(rf"(?<![\w.]){_NUMBER}\s*{_UNIT}\.?\s*(?:{month_names.AFTER_SPAN})(?!\w)"),
    re.compile(rf"(?<!\w)(?:{month_names.BEFORE_SPAN})\s+{_NUMBER}\s*{_UNIT}(?!\w)"),
)
_NOW = re.compile(rf"(?<!\w)(?:{month_names.NOW})(?!\w)")
_DAYS = (
    (0, re.compile(rf"(?<!\w)(?:{month_names.TODAY})(?!\w)|{month_names.TODAY_UNSPACED}")),
    (1, re.compile(rf"(?<!\w)(?:{month_names.YESTERDAY})(?!\w)|{month_names.YESTERDAY_UNSPACED}")),
)
_CLOCK_ALONE = re.compile(r"\W*\d{1,2}(?:[:h]\d\d){1,2}\s?(?:[ap]\.?\s?m\.?|uhr|h)?\W*")
_UPDATED = re.compile(rf"(?:{month_names.UPDATED})[^\d]*$")
_LONGEST = 200
"""Characters: a longer text is no date, and reading it would be slow."""


@lru_cache(maxsize=8192)
def read_date(text: str) -> DateReading | None:
    """Return what `text` says, words around it ignored; None if the table has no row for it."""
    if not any(character.isdigit() for character in text) and len(text) > 60:
        return None
    if unix := _UNIX.fullmatch(text.strip()):
        return datetime.fromtimestamp(int(unix[1]), UTC)
    if (exact := _iso(text.strip())) is not None:
        return exact
    line = month_names.fold(text[:_LONGEST])
    # "2 hours ago" before dates without a year: "ago" is August in Spanish.
    return _calendar(line, _WITH_YEAR) or _span(line) or _calendar(line, _WITHOUT_YEAR) or _relative(line)


def _iso(text: str) -> datetime | None:
    """Return an ISO 8601 or RFC 3339 moment that names its offset; the table reads those without."""
    if len(text) < 15 or not text[:4].isdigit():
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _calendar(line: str, patterns: tuple[re.Pattern[str], ...]) -> CalendarDate | None:
    for pattern in patterns:
        found = list(pattern.finditer(line))
        if not found:
            continue
        first = next((match for match in found if not _UPDATED.search(line[: match.start()])), found[0])
        index = found.index(first)
        after = line[first.end() : found[index + 1].start() if index + 1 < len(found) else None]
        before = line[found[index - 1].end() if index else 0 : first.start()]
        return _written(first, find_clock(after, adjacent=True) or find_clock(before))
    return None


def _written(found: re.Match[str], clock: Clock | None) -> CalendarDate | None:
    parts = found.groupdict()
    year = int(parts["year"]) if parts.get("year") else None
    if year is not None and year < 100:
        year += 2000 if year < 70 else 1900
    order, ambiguous = None, False
    if parts.get("one"):
        day, month = int(parts["one"]), int(parts["two"])
        if parts["mark"] != ".":  # nearly all who write dots put the day first
            ambiguous = day <= 12 and month <= 12 and day != month
            order = None if ambiguous or day == month else day > 12
        if month > 12:
            day, month = month, day
    else:
        day = int(parts["day"])
        month = month_names.MONTHS[parts["name"]] if parts.get("name") else int(parts["month"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return CalendarDate(year, month, day, clock, order, ambiguous)


def _span(line: str) -> TimeAgo | None:
    found = next((match for pattern in _SPANS if (match := pattern.search(line))), None)
    if found is None:
        return None
    number, unit = found["number"], month_names.UNITS[found["unit"]]
    count = int(number) if number.isdigit() else 3 if "few" in number else 1
    return TimeAgo(days=unit.days * count, clock=find_clock(line)) if unit.days else TimeAgo(span=unit * count)


def _relative(line: str) -> TimeAgo | None:
    clock = find_clock(line)
    for days, pattern in _DAYS:
        if pattern.search(line):
            return TimeAgo(days=days, clock=clock)
    if _NOW.search(line) and len(line) <= 30:
        return TimeAgo(span=timedelta(0))
    return TimeAgo(clock=clock) if clock and _CLOCK_ALONE.fullmatch(line) else None
