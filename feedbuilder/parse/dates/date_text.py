"""What a text says about a date, read by the tables of forms and words. Knows no zone, no present moment, no list.

"03/02/2026" stays undecided here, "2 hours ago" stays a distance: both are resolved later, against list and clock.
Never drops a year, a half of the day or an offset that is written: where a number stands where a year may stand and
cannot be read, there is no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import cast

from feedbuilder.parse.dates.date_forms import WITH_YEAR, WITHOUT_YEAR
from feedbuilder.parse.dates.folding import fold
from feedbuilder.parse.dates.matched_dates import date_of, is_day
from feedbuilder.parse.dates.readings import CalendarDate, Clock, DateReading, TimeAgo
from feedbuilder.parse.dates.relative import read_distance, read_relative
from feedbuilder.parse.dates.shape_patterns import ShapePattern
from feedbuilder.parse.dates.time_of_day import find_clock
from feedbuilder.parse.dates.words import WORD, Role, Shape, shape_of

__all__ = ["CalendarDate", "Clock", "DateReading", "TimeAgo", "is_date_like", "label_of", "read_date"]

_UNIX = re.compile(r"(1\d{9})(\d{3})?(?:\.\d+)?")
"""Seconds or milliseconds since 1970, from 2001 on: nine digits are a telephone number."""
_WEEK = re.compile(r"(?:.{0,20}[\s:])?(?P<year>(?:19|20)\d\d)-?w(?P<week>[0-5]\d)-?(?P<day>[1-7])(?:\W.*)?")
_JAPANESE_LETTER = re.compile(r"\W*(?P<era>[rhs])(?P<year>\d{1,2})[./年-](?P<month>\d{1,2})[./月-](?P<day>\d{1,2})\D*")
_LETTER_ERAS = {"r": 2018, "h": 1988, "s": 1925}
_LONGEST_LABEL = 30
_SHORTEST_MOMENT = 14
_LONGEST = 200
"""Characters: a longer text is no date, and reading it would be slow."""

_SHORT_NAME = 3
_MAY = 5
"""The only month whose whole name is so short."""
_MONTH_FIRST = frozenset(("hu", "lt", "eu"))
"""Languages that write "szept. 3", beside English."""
_DIGITS = frozenset("123489")
_FRAMES = ShapePattern(r"{any_number}|{before_span}|{after_span}")
"""Without one of these no date is written but "yesterday" and the like."""
_TIMES = ShapePattern(r"{number}:2(?::2)?")
_LABEL = ShapePattern(r"{label}")
_LABEL_BESIDE = ShapePattern(r"[ :]{0,2}(?:{at} |{of} |{weekday}[ ,.]{0,2}){0,3}$")
_LABEL_BEHIND = ShapePattern(r"[ ,:(-]{0,3}{label}")
_YEAR_FOLLOWS = ShapePattern(
    r"(?P<gap>[ .,/'-]{0,4}(?:{of} )?|[ ,]{0,2}[|•(][ ]?)(?P<number>{any_number})"
    r"(?!:|[.]2|{ordinal}| ?{hour_mark}| ?{half})"
    r"(?P<counts> ?{unit}| [wc])?"
)
"""A number behind a day and a month, where a year may stand; `counts`: it counts something."""
_WEEKDAY_BEFORE = ShapePattern(r"(?P<weekday>{weekday})[.,]{0,2} ?$")
_WEEKDAY_BEHIND = ShapePattern(r"[ ,]{0,2}\(?(?P<weekday>{weekday})")
_YEAR_PRECEDES = ShapePattern(r"(?:(?:[389]|{year_mark}\.?|')[ .,/-]{0,2}|4[^|•:]{0,6})$")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A date in a text, and the places in the shape that it takes."""

    start: int
    end: int
    date: CalendarDate | TimeAgo | None
    """None for what is written like a date and cannot be read."""
    rank: int
    """The place of its form among all."""


@lru_cache(maxsize=2048)
def read_date(text: str) -> DateReading | None:
    """Return what `text` says, words around it ignored; None if the tables have no form for it.

    Of several dates the one counts that is labelled as that of publication, then one without a label, then that of a
    change; that of a deadline or an event is none. Takes time in proportion to the length of `text`.
    """
    if not any(character.isdigit() for character in text) and len(text) > 60:
        return None
    stripped = text.strip()
    if unix := _UNIX.fullmatch(stripped):
        return datetime.fromtimestamp(int(unix[1]), UTC)
    if (exact := _iso(stripped)) is not None:
        return exact
    shape = shape_of(fold(text[:_LONGEST]))
    return _chosen(shape) or _rare(fold(text[:_LONGEST])) or read_relative(shape)


def is_date_like(text: str) -> bool:
    """Return whether something in `text` is written like a date; if it is refused, no guess may take its place."""
    return bool(_candidates(shape_of(fold(text[:_LONGEST]))))


def _iso(text: str) -> DateReading | None:
    """Return an ISO 8601 or RFC 3339 moment."""
    if len(text) < _SHORTEST_MOMENT or not text[:4].isdigit() or not text.isascii():
        return None
    joined = len(text) == _SHORTEST_MOMENT and text.isdigit()  # 20251120153000
    try:
        moment = datetime.fromisoformat(f"{text[:8]}T{text[8:]}" if joined else text)
    except ValueError:
        return None
    if moment.tzinfo:
        return moment
    return CalendarDate(moment.year, moment.month, moment.day, Clock(moment.hour, moment.minute, moment.second))


def _rare(line: str) -> CalendarDate | None:
    """Return the day of an ISO week ("2026-W07-6"), or of a Japanese era by its letter ("R8.2.14")."""
    if "w" in line and (week := _WEEK.fullmatch(line)):
        try:
            day = date.fromisocalendar(int(week["year"]), int(week["week"]), int(week["day"]))
        except ValueError:
            return None
        return CalendarDate(day.year, day.month, day.day)
    if found := _JAPANESE_LETTER.fullmatch(line):
        year, month, day_number = (
            _LETTER_ERAS[found["era"]] + int(found["year"]),
            int(found["month"]),
            int(found["day"]),
        )
        if is_day(year, month, day_number):
            return CalendarDate(year, month, day_number, languages=frozenset({"ja"}))
    return None


def _chosen(shape: Shape) -> CalendarDate | TimeAgo | None:
    found = _candidates(shape) if _FRAMES.search(shape.line) else []
    if not found:
        return None
    labels = _labels(shape, found)
    readable = [
        (0 if label is Role.PUBLISHED else 1 if label is None else 2, one.rank, place)
        for place, (one, label) in enumerate(zip(found, labels, strict=True))
        if one.date is not None and label is not Role.EVENT
    ]
    if not readable:
        return None
    place = min(readable)[2]
    chosen = found[place]
    assert chosen.date is not None
    clock = _clock_of(shape, found, place)
    if isinstance(chosen.date, TimeAgo):
        return replace(chosen.date, clock=clock) if chosen.date.days is not None and clock else chosen.date
    return replace(chosen.date, clock=clock, is_weak=chosen.date.is_weak and clock is None)


def label_of(text: str) -> Role | None:
    """Return the label that a few words are, which stand before a date in an element of their own: "Apply by:"."""
    if not text or len(text) > _LONGEST_LABEL:
        return None
    shape = shape_of(fold(text))
    labels = list(_LABEL.finditer(shape.line))
    return _role(shape, labels[-1].start()) if labels and _DIGITS.isdisjoint(shape.line) else None


def _candidates(shape: Shape) -> list[_Candidate]:
    """Return the dates in a text, in its order; where two overlap, that of the more telling form."""
    taken: list[_Candidate] = []
    rest = _TIMES.compiled.sub(_blank, shape.line)
    for one in _all_candidates(shape):
        if all(one.end <= other.start or one.start >= other.end for other in taken):
            taken.append(one)
            rest = rest[: one.start] + " " * (one.end - one.start) + rest[one.end :]
            if _DIGITS.isdisjoint(rest):
                break  # all numbers are read
    return sorted(taken, key=lambda one: one.start)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _all_candidates(shape: Shape) -> Iterator[_Candidate]:
    """Yield what may be a date, the most telling forms first."""
    characters = set(shape.line)
    for form in WITH_YEAR:
        for match in form.pattern.finditer(shape.line) if form.may_fit(characters) else ():
            yield _Candidate(match.start(), match.end(), date_of(form, match, shape), 0)
    for start, end, distance in read_distance(shape):  # "ago" is August in Spanish
        yield _Candidate(start, end, distance, 1)
    for form in WITHOUT_YEAR:
        for match in form.pattern.finditer(shape.line) if form.may_fit(characters) else ():
            if (reading := date_of(form, match, shape)) is None or _may_be_a_name(shape, match):
                continue
            if (unread := _unread_year(shape, match)) is not None:
                yield _Candidate(match.start(), unread, None, 2)
            else:
                yield _Candidate(
                    match.start(), match.end(), replace(reading, weekdays=_weekday_beside(shape, match)), 2
                )


def _may_be_a_name(shape: Shape, match: re.Match[str]) -> bool:
    """Return whether a month may be a word of another language: "Gen 3", "iPhone 12 Pro" among words that none knows.

    Months stand before the day in few languages, and in those whose months these are not.
    """
    if WORD not in shape.line or "month" not in match.re.groupindex:
        return False
    place = match.start("month")
    codes = frozenset[str]().union(*shape.values(place, Role.MONTH).values())
    name = shape.tokens[place].text
    if not name.isascii() or "en" in codes or not codes:
        return False
    is_abbreviated = len(name) <= _SHORT_NAME and _MAY not in shape.values(place, Role.MONTH)
    return is_abbreviated or (place < match.start("day") and not codes & _MONTH_FIRST)


def _weekday_beside(shape: Shape, match: re.Match[str]) -> Mapping[int, frozenset[str]]:
    """Return the day of the week that is named with a day: "Sat, 28 Nov", "28.11. (Sat)"."""
    roles = [shape.tokens[place].roles for place in range(match.start(), match.end())]
    inside = [match.start() + place for place, one in enumerate(roles) if Role.WEEKDAY in one and Role.MONTH not in one]
    before = _WEEKDAY_BEFORE.search(shape.line, max(match.start() - 4, 0), match.start())
    behind = _WEEKDAY_BEHIND.match(shape.line, match.end())
    places = [*inside, *(found.start("weekday") for found in (before, behind) if found)]
    return cast("Mapping[int, frozenset[str]]", shape.values(places[0], Role.WEEKDAY)) if len(places) == 1 else {}


def _unread_year(shape: Shape, match: re.Match[str]) -> int | None:
    """Return where a number ends that stands in the place of a year and cannot be read; None if there is none."""
    if _YEAR_PRECEDES.search(shape.line, max(match.start() - 8, 0), match.start()):
        return match.end()
    behind = _YEAR_FOLLOWS.match(shape.line, match.end())
    if behind is None:
        return None
    digits = len(shape.tokens[behind.start("number")].text)
    if any(mark in behind["gap"] for mark in "|•("):
        return behind.end("number") if digits == 2 and not behind["counts"] else None
    if behind["counts"] and digits not in {2, 4}:
        return None  # "20 Nov, 5 min"
    if behind["counts"] and behind["counts"].strip() not in "wc":
        return None
    return behind.end("number")


def _labels(shape: Shape, found: list[_Candidate]) -> list[Role | None]:
    """Return the label of each date: the last one before it, or where the text has them behind its dates, that."""
    before = [_label(shape, found[place - 1].end if place else 0, one.start) for place, one in enumerate(found)]
    behind = [_LABEL_BEHIND.match(shape.line, one.end) for one in found]
    if before[0] is None and behind[-1] is not None:
        return [_role(shape, match.end() - 1) if match else None for match in behind]
    return before


def _label(shape: Shape, start: int, end: int) -> Role | None:
    labels = list(_LABEL.finditer(shape.line, start, end))
    if not labels:
        return None
    role = _role(shape, labels[-1].start())
    if role is Role.EVENT and not _LABEL_BESIDE.match(shape.line[labels[-1].end() : end]):
        return None
    return role


def _role(shape: Shape, place: int) -> Role:
    roles = shape.tokens[place].roles
    return next(role for role in (Role.PUBLISHED, Role.UPDATED, Role.EVENT) if role in roles)


def _clock_of(shape: Shape, found: list[_Candidate], place: int) -> Clock | None:
    """Return the time that stands with a date: within it, behind it, before it; never that of another date."""
    one = found[place]
    next_start = found[place + 1].start if place + 1 < len(found) else len(shape.line)
    label = _LABEL.search(shape.line, one.end, next_start)
    within = find_clock(shape, one.start, one.end) if isinstance(one.date, CalendarDate) else None
    behind = within or find_clock(shape, one.end, label.start() if label else next_start, behind_date=True)
    if behind is not None:
        return behind.clock
    start = 0
    if place:
        previous = found[place - 1]
        own = find_clock(shape, previous.end, one.start, behind_date=True)
        start = own.end if own else previous.end
    labels = list(_LABEL.finditer(shape.line, start, one.start))
    before = find_clock(shape, labels[-1].end() if labels else start, one.start)
    return before.clock if before else None
