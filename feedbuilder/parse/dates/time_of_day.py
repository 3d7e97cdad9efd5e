"""The time of day in a text: "12:35 p.m.", "3 p.m.", "noon", "14.05 Uhr", "14h30", "下午3:05"; and its offset."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from feedbuilder.parse.dates import month_names


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day."""

    hour: int
    minute: int = 0
    second: int = 0
    offset: timedelta | None = None
    """From UTC; None where the text names none, so that the site's zone is meant."""


_END = r"(?!\d|[:.]\d)"
_HALF = r"\s?(?P<half>[ap])(?:\.\s?m\b\.?|m\b\.?)"
_ZONE = (
    r"\s?\(?(?P<zone>" + "|".join(sorted(month_names.ZONES, key=len, reverse=True)) + r")?(?![^\W\d_])"
    r"(?:\s?(?P<sign>[+−-])(?P<hours>\d\d):?(?P<minutes>\d\d)(?!\d))?"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<asian>{month_names.FORENOON}|{month_names.AFTERNOON})\s?(?P<hour>\d{{1,2}})\s?[:时時시点點]\s?(?P<minute>\d\d?)?",
        rf"(?<![\d.:])(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d)(?::(?P<second>\d\d))?)?{_HALF}",
        rf"(?<![\d.:])(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?{_END}",
        rf"(?<![\d.:])(?P<hour>\d{{1,2}})\s?[h時时시点點]\s?(?P<minute>\d\d)(?:\s?[分분])?{_END}",
        r"(?<![\d.:])(?P<hour>\d{1,2})(?:\.(?P<minute>\d\d))?\s?(?:uhr|時|时|시)",
        r"(?P<noon>(?<!\w)noon(?!\w))",
        r"(?P<midnight>(?<!\w)midnight(?!\w))",
    )
)
_AFTER_ZONE = re.compile(_ZONE)
_DOTTED = re.compile(rf"[\s,|·•–-]*(?:kl\.?|klo|alle|um|pukul|la)?\s?(?P<hour>\d{{1,2}})\.(?P<minute>\d\d){_END}")
"""Only right behind a date: elsewhere "2.50" is a price."""


def find_clock(line: str, *, adjacent: bool = False) -> Clock | None:
    """Return the first time of day in the folded `line`, None if there is none or it is impossible ("25:10").

    `adjacent`: the line begins right behind a date.
    """
    found = next((match for pattern in _PATTERNS if (match := pattern.search(line))), None)
    if found is None and adjacent:
        found = _DOTTED.match(line)
    if found is None:
        return None
    parts = found.groupdict()
    if parts.get("noon") or parts.get("midnight"):
        hour = 12 if parts.get("noon") else 0
    else:
        hour = int(parts["hour"])
        afternoon = parts.get("half") == "p" or (parts.get("asian") or " ") in month_names.AFTERNOON
        forenoon = parts.get("half") == "a" or (parts.get("asian") or " ") in month_names.FORENOON
        if hour <= 12 and (afternoon or forenoon):
            hour = hour % 12 + (12 if afternoon else 0)
    minute, second = int(parts.get("minute") or 0), int(parts.get("second") or 0)
    if hour > 23 or minute > 59 or second > 60:
        return None
    return Clock(hour, minute, min(second, 59), _offset(line[found.end() :]))


def _offset(rest: str) -> timedelta | None:
    found = _AFTER_ZONE.match(rest)
    if found is None or not (found["zone"] or found["sign"]):
        return None
    offset = month_names.ZONES.get(found["zone"] or "", timedelta(0))
    if found["sign"]:
        shift = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"]))
        offset = shift if found["sign"] == "+" else -shift
    return offset if abs(offset) < timedelta(hours=24) else None
