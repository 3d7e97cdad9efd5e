"""Dates that count from now: "3 hours ago", "1 Jahr und 2 Monate", "yesterday, 14:05", a mere time of day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import cast

from feedbuilder.parse.dates.readings import TimeAgo
from feedbuilder.parse.dates.shape_patterns import ShapePattern
from feedbuilder.parse.dates.time_of_day import FoundClock, find_clock
from feedbuilder.parse.dates.words import Role, Shape

_COUNT = r"(?<!{any_number}[.,:])(?:[123]|{one}|{few})"
"""How many; four digits are a year ("2027年前": before 2027)."""
_JOIN = r"[ ,]{0,2}(?:{and}[ -]?)?"
_PARTS = rf"(?:{_COUNT} ?{{unit}}\.?{_JOIN}){{1,3}}"
_MORE = rf"{{unit}}\.?(?:{_JOIN}{{number}} ?{{unit}}\.?(?! ?[wc]))?"
"""A unit, and a second part that does not count minutes to read: "vor 2 Stunden · 5 Min. Lesezeit"."""
_DISTANCES = tuple(
    ShapePattern(template)
    for template in (
        rf"(?P<parts>{_PARTS})(?P<behind>{{after_span}})(?!c)",
        rf"(?P<before>{{before_span}}) (?:{{letters}} ){{0,2}}(?P<parts>(?:{_COUNT} ?)?{_MORE})",
        r"(?P<parts>{unit} {any_number}) (?P<behind>{after_span})",
        r"(?P<before>{before_span}) (?P<parts>{two_units}|{unit})(?! ?{any_number})",
        r"(?<![123489] )(?<![123489])(?P<parts>{unit}) (?P<behind>{after_span})",
    )
)
_PART = ShapePattern(
    r"(?:(?P<count>{any_number}|{one}|{few}) ?)?(?:(?P<unit>{unit})(?: (?P<later>{any_number})$)?|(?P<two>{two_units}))"
)
_DAYS = ((Role.TODAY, 0), (Role.YESTERDAY, 1), (Role.DAY_BEFORE_YESTERDAY, 2))
_FEW = 3
_SURE = 5
"""Letters of a word that means today or yesterday also between others: "hier" is "here" in German."""


def read_distance(shape: Shape) -> Iterator[tuple[int, int, TimeAgo]]:
    """Yield the distances from now that are written in `shape`, and the places they take."""
    for one in _DISTANCES:
        for match in one.finditer(shape.line):
            if (distance := _distance(shape, match)) is not None:
                yield match.start(), match.end(), distance


def _distance(shape: Shape, match: re.Match[str]) -> TimeAgo | None:
    """Return the sum of the parts; None if the words belong to different languages ("banned for 3 days")."""
    frames = (("before", Role.BEFORE_SPAN), ("behind", Role.AFTER_SPAN))
    codes: set[str] = set()
    for name, role in frames:
        if match.groupdict().get(name):
            codes = set().union(*shape.values(match.start(name), role).values())
    total, exact = timedelta(), False
    for part in _PART.finditer(shape.line, match.start("parts"), match.end("parts")):
        if part.start() > match.start("parts") and not (part["count"] or part["later"]):
            continue  # "1 año y 2 meses": "y" is a year in English
        name, role = ("two", Role.TWO_UNITS) if part["two"] else ("unit", Role.UNIT)
        meant = {what for what, where in shape.values(part.start(name), role).items() if where & codes}
        if len(meant) != 1:
            return None
        unit = cast("timedelta", meant.pop())
        total += unit * (2 if part["two"] else _count(shape, part))
        exact = exact or unit < timedelta(days=1)
    return TimeAgo(span=total) if exact else TimeAgo(days=total.days)


def _count(shape: Shape, part: re.Match[str]) -> int:
    name = "count" if part["count"] else "later" if part["later"] else None
    if name is None:
        return 1
    token = shape.tokens[part.start(name)]
    if token.text.isdigit():
        return min(int(token.text[:5]), 99_999)
    return _FEW if Role.FEW in token.roles else 1


def read_relative(shape: Shape) -> TimeAgo | None:
    """Return what a text without any date says: yesterday, a day of the week with its time, now, a time of day."""
    found = find_clock(shape, 0, len(shape.line))
    others = list(_others(shape, found))
    clock = found.clock if found else None
    unknown = any(text[:1].isalnum() and not roles for text, roles in others)
    for role, days in _DAYS:
        words = [text for text, roles in others if role in roles]
        if words and (not unknown or len(max(words, key=len)) >= _SURE or (clock and not words[0].isascii())):
            return TimeAgo(days=days, clock=clock)
    if unknown:
        return None
    said = [roles for _, roles in others if roles]
    if clock is None:
        now = any(Role.NOW in roles for roles in said)
        return (
            TimeAgo(span=timedelta(0)) if now and all(_is_frame(roles) or Role.NOW in roles for roles in said) else None
        )
    weekdays = [place for place, token in enumerate(shape.tokens) if Role.WEEKDAY in token.roles]
    outside = [place for place in weekdays if found is None or not found.start <= place < found.end]
    if len(outside) == 1 and all(_is_frame(roles) or Role.WEEKDAY in roles for roles in said):
        return TimeAgo(
            clock=clock, weekdays=cast("dict[int, frozenset[str]]", dict(shape.values(outside[0], Role.WEEKDAY)))
        )
    has_minutes = (found is not None and ":" in shape.line[found.start : found.end]) or "h" in shape.line
    if found is not None and shape.line[found.start : found.end].startswith("1:2:"):
        return None  # "1:23:45" is a length
    return TimeAgo(clock=clock) if has_minutes and all(_is_frame(roles) for roles in said) else None


def _others(shape: Shape, found: FoundClock | None) -> Iterator[tuple[str, Iterable[Role]]]:
    """Yield the words and numbers of a text but for those of its time of day."""
    for place, token in enumerate(shape.tokens):
        if found is None or not found.start <= place < found.end:
            yield token.text, token.roles.keys()


def _is_frame(roles: Iterable[Role]) -> bool:
    """Return whether a word only leads to a date: "at", "published"."""
    return bool(set(roles) & {Role.AT, Role.PUBLISHED, Role.UPDATED, Role.OF, Role.HOUR_MARK, Role.ZONE})
