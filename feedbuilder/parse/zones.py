"""Which time zone a page's own data prove. Pure; reads no dates but those that machines write, with their offset.

An offset is no zone: +01:00 is Berlin in winter, London in summer and Lagos all year. So a zone is given that is right
for the dates at hand, and said that it may not be for those of another season.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from feedbuilder.model.units import zone_names

_MOMENT = re.compile(
    r"""
    (?: \bdatetime \s{0,9} = \s{0,9} ["']?
      | ["'] (?:date(?:Published|Modified|Created)|uploadDate) ["'] \s{0,9} : \s{0,9} ["']
      | \bitemprop \s{0,9} = \s{0,9} ["']? date\w{1,30} ["']? [^>]{0,200}? \bcontent \s{0,9} = \s{0,9} ["']?
    )
    \s{0,9} (?P<local>\d{4}-\d\d-\d\d[T ]\d\d:\d\d (?: :\d\d)?) (?:[.,]\d+)? \s? (?P<offset> Z\b | [+-]\d\d:?\d\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_AFTER_YEAR = re.compile(r"-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?\s?(?:[Zz]\b|[+-]\d\d:?\d\d)")
"""How each `_MOMENT` ends. It begins with a character as it is, which is looked for twenty times as quickly."""
_WIDEST = 320
"""Characters before the hyphen after a year; the year and what `_MOMENT` has before it are 303 at most."""
_NAMED = re.compile(
    r"""["'](?:time_?zone(?:_?(?:string|name|id))?|tz)["']\s*:\s*["']([A-Za-z_]+(?:\\?/[\w+-]+)+)["']""", re.IGNORECASE
)
_ALL_YEAR = {
    timedelta(hours=-9, minutes=-30): "Pacific/Marquesas",
    timedelta(hours=3, minutes=30): "Asia/Tehran",
    timedelta(hours=4, minutes=30): "Asia/Kabul",
    timedelta(hours=5, minutes=30): "Asia/Kolkata",
    timedelta(hours=5, minutes=45): "Asia/Kathmandu",
    timedelta(hours=6, minutes=30): "Asia/Yangon",
    timedelta(hours=8, minutes=45): "Australia/Eucla",
}
"""Offsets with parts of an hour that no summer time leads to: the zone, or one that keeps the same time."""
_MOST = 2000
"""How many dates are looked at; a page that says more says nothing new."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The zone that a page proves, and how."""

    zone: ZoneInfo | None
    """None where nothing proves one."""
    text: str
    """What the page says, as a sentence without a full stop: "the page's dates say +04:00"."""


def proven_zone(html: str) -> Proof:
    """Return the zone that the dates in `html` prove: those of `datetime` attributes, JSON-LD and microdata.

    A zone that is named counts if the dates agree. Else, where all have one offset, the zone of that offset: UTC,
    "Etc/GMT-4" (whose sign is the other way round), or the only zone that has it.
    """
    moments = islice(_moments(html), _MOST)
    said = {(found["local"].replace(" ", "T"), _offset(found["offset"])) for found in moments}
    offsets = sorted({offset for _, offset in said})
    if not offsets:
        return Proof(None, "the page does not say in which zone its times are")
    written = " and ".join(_written(offset) for offset in offsets)
    named = {name.replace("\\/", "/") for name in _NAMED.findall(html)} & zone_names()
    fitting = [name for name in sorted(named) if any(offsets) and _fits(ZoneInfo(name), said)]
    if len(fitting) == 1:
        return Proof(ZoneInfo(fitting[0]), f"the page names it, and its dates say {written}")
    if len(offsets) > 1:
        return Proof(None, f"the page's dates say {written}: a zone with summer time, or several")
    zone = _zone_of(offsets[0])
    return Proof(ZoneInfo(zone) if zone else None, f"the page's dates say {written}")


def _moments(html: str) -> Iterator[re.Match[str]]:
    """Yield what `_MOMENT` finds in `html`, looking only where a moment is written, and once at each such place."""
    start = end = 0
    for rest in _AFTER_YEAR.finditer(html):
        if rest.start() - _WIDEST > end:
            yield from _MOMENT.finditer(html, start, end)
            start = rest.start() - _WIDEST
        end = rest.end()
    yield from _MOMENT.finditer(html, start, end)


def _offset(text: str) -> timedelta:
    if text in "Zz":
        return timedelta()
    size = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return -size if text.startswith("-") else size


def _written(offset: timedelta) -> str:
    if not offset:
        return "UTC"
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}"


def _fits(zone: ZoneInfo, said: set[tuple[str, timedelta]]) -> bool:
    """Return whether all dates have the offset that clocks in `zone` had then."""
    try:
        return all(datetime.fromisoformat(local).replace(tzinfo=zone).utcoffset() == offset for local, offset in said)
    except ValueError:  # no day of the calendar
        return False


def _zone_of(offset: timedelta) -> str | None:
    hours, rest = divmod(offset, timedelta(hours=1))
    if rest:
        return _ALL_YEAR.get(offset)
    if not hours:
        return "UTC"
    name = f"Etc/GMT{-hours:+}"
    return name if name in zone_names() else None
