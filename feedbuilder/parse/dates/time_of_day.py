"""The time of day in a text, and its offset from UTC: "12:35 p.m. GMT+7", "14.05 Uhr", "14h30", "下午3:05"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from feedbuilder.parse.dates.readings import Clock
from feedbuilder.parse.dates.shape_patterns import ShapePattern
from feedbuilder.parse.dates.words import WORD, Role, Shape

_START = "(?<![:.123489])"
_HALF_BEHIND = r"(?:,? ?(?P<behind>{half})\.?)?"
_PATTERNS = tuple(
    ShapePattern(template)
    for template in (
        rf"{_START}(?:(?P<before>{{half}})\.? ?)?(?P<hour>{{number}}):(?P<minute>2)"
        r"(?::(?P<second>2)(?:[.,]{any_number})?)?(?!:|[.]{number})(?: ?(?P<mark>{hour_mark})\.?)?" + _HALF_BEHIND,
        rf"{_START}(?P<hour>{{number}})(?:[:.](?P<minute>2))? ?(?P<behind>{{half}})\.?",
        rf"{_START}(?:(?P<before>{{half}})\.? ?)?(?P<hour>{{number}})(?:\.(?P<minute>2))? ?(?P<mark>{{hour_mark}})\.?"
        r"(?: ?(?P<counted>{number}) ?{minute_mark}(?: ?(?P<second>{number}) ?{second_mark})?"
        r"| ?(?P<minutes>2)(?! ?(?:{unit}|{any_month}|{any_number}|[wc./:-])))?" + _HALF_BEHIND,
    )
)
"""Each finds the hour; the last one needs a word for hours."""
_DOTTED = ShapePattern(
    r"[ ,|·•-]{0,4}(?:{at}\.? ?|{weekday}[ ,.]{0,2}){0,3}(?P<hour>{number})\.(?P<minute>2)(?![:.]|{any_number})"
)
"""Only right behind a date: elsewhere "2.50" is a price."""
_NAMED = ShapePattern(r"[ ,|·•-]{0,4}(?:{at} )?(?:(?P<noon>{noon})|(?P<midnight>{midnight}))")
_ZONE = ShapePattern(
    r"(?: ?\(?(?P<zone>{zone})(?!\w))?\)?"
    r"(?:(?P<space> ?)\(?(?P<sign>[+-])(?:(?P<hours>{number})(?::(?P<minutes>2))?|(?P<joined>[34]))"
    r"(?!{any_number}|[:.-]))?"
)
_PREPOSITIONS = frozenset((Role.AT, Role.OF, Role.WEEKDAY))
"""What a word for a half of the day may be in another language: "am", "em", "de", "Sa"."""
_NOON = 12
_INDIAN = re.compile("[\u0900-\u0dff]")
_LENGTH = ShapePattern(r" ?{unit}")
_FARTHEST = timedelta(hours=14)
_QUARTERS = (0, 15, 30, 45)


@dataclass(frozen=True, slots=True)
class FoundClock:
    """A time of day, and where in the shape it stands."""

    clock: Clock
    start: int
    end: int


def find_clock(shape: Shape, start: int, end: int, *, behind_date: bool = False) -> FoundClock | None:
    """Return the first time of day between two places of `shape`; None without any, and for one that cannot be.

    `behind_date`: a date ends at `start`, so that "20.15" and "15h" count if they follow.
    """
    found = []
    for one in _PATTERNS:
        sure = (match for match in one.finditer(shape.line, start, end) if _is_time(shape, match, behind_date))
        found += [match] if (match := next(sure, None)) else []
    if behind_date:
        found += [match for one in (_DOTTED, _NAMED) if (match := one.match(shape.line, start, end))]
    if not found:
        return None
    first = min(
        found, key=lambda match: (match.start("hour") if "hour" in match.re.groupindex else start, -match.end())
    )
    return _clock(shape, first, end)


def _is_time(shape: Shape, match: re.Match[str], behind_date: bool) -> bool:
    """Return whether an hour is shown by more than a word that means other things too."""
    if match.re is _PATTERNS[1].compiled:  # "6 de febrero": "de" is the forenoon in Hungarian
        return bool(match["minute"]) or not shape.tokens[match.start("behind")].roles.keys() & {Role.OF, Role.WEEKDAY}
    if match.re is _PATTERNS[0].compiled or behind_date:
        return True
    if match["minute"] or match["minutes"] or match["counted"] or match["before"] or match["behind"]:
        return True
    return Role.UNIT not in shape.tokens[match.start("mark")].roles  # "3 h" alone is a length


def _clock(shape: Shape, match: re.Match[str], end: int) -> FoundClock | None:
    places = {name: match.start(name) for name in match.re.groupindex if match[name] is not None}
    if "noon" in places or "midnight" in places:
        return FoundClock(Clock(12 if "noon" in places else 0), match.start(), match.end())
    numbers = {
        name: shape.number(places[name])
        for name in ("hour", "minute", "minutes", "counted", "second")
        if name in places
    }
    hour, minute = (
        numbers["hour"],
        next((numbers[name] for name in ("minute", "minutes", "counted") if name in numbers), 0),
    )
    half = places.get("behind", places.get("before"))
    if half is not None and "behind" not in places and shape.tokens[half].roles.keys() & _PREPOSITIONS:
        half = None  # "em 10:30" is a time in Portuguese
    if half is None and "mark" not in places and _LENGTH.match(shape.line, match.end(), end):
        return None  # "12:35 min"
    if half is not None:
        changed = _in_half(hour, shape, half, "mark" in places)
        if changed is None:
            return None
        hour = changed
    elif hour <= _NOON and _INDIAN.match(_word_behind(shape, match.end())):
        return None  # maybe a word for the half of the day that is not known
    second = min(numbers.get("second", 0), 59)
    if hour > 23 or minute > 59 or numbers.get("second", 0) > 60:
        return None
    offset, behind = _offset(shape, match.end(), hour * 60 + minute, has_seconds="second" in places)
    return FoundClock(Clock(hour, minute, second, offset), match.start(), behind)


def _word_behind(shape: Shape, place: int) -> str:
    """Return the unknown word that stands behind a space at `place`, "" if there is none."""
    return shape.tokens[place + 1].text if shape.line[place : place + 2] == f" {WORD}" else ""


def _in_half(hour: int, shape: Shape, place: int, has_mark: bool) -> int | None:
    """Return the hour of 24 that `hour` is in the half of the day named at `place`; None if that is in doubt."""
    if hour > 12:
        return hour
    roles = shape.tokens[place].roles
    if Role.FORENOON in roles:
        changed = hour % 12
    elif Role.AFTERNOON in roles:
        changed = hour % 12 + 12
    elif Role.NIGHT in roles:
        changed = hour % 12 + (12 if 6 <= hour < 12 else 0)
    else:
        changed = hour % 12 + (12 if hour < 6 or hour == 12 else 0)
    if changed != hour and roles.keys() & _PREPOSITIONS:
        # "12:15 am 20.11." and "3:30 em 20/11": a preposition in other languages.
        if has_mark:
            return hour
        if shape.line[place + 1 : place + 3].strip(". "):
            return None
    return changed


def _offset(shape: Shape, place: int, minutes: int, *, has_seconds: bool) -> tuple[timedelta | None, int]:
    """Return the offset that stands behind a time of `minutes` after midnight, and where it ends."""
    found = _ZONE.match(shape.line, place)
    if found is None:
        return None, place
    named = None
    end = place
    if found["zone"]:
        named = cast("timedelta", next(iter(shape.values(found.start("zone"), Role.ZONE))))
        end = found.end("zone")
    if not found["sign"]:
        return named, end
    digits = [shape.tokens[found.start(name)].text for name in ("hours", "minutes", "joined") if found[name]]
    text = "".join(digits)
    if found["hours"] and not found["minutes"]:
        if named is None and not (found["sign"] == "+" and not found["space"] and len(text) == 2):
            return None, place  # "15:30 - 5 comments"; but "15:30+07"
        text += "00"
    size = timedelta(hours=int(text[:-2]), minutes=int(text[-2:]))
    if size > _FARTHEST or int(text[-2:]) not in _QUARTERS:
        return named, end
    if (
        named is None
        and found["minutes"]
        and not has_seconds
        and found["sign"] == "-"
        and size > timedelta(minutes=minutes)
    ):
        return None, place  # "10:00-11:30" is from when to when
    return (size if found["sign"] == "+" else -size), found.end()
