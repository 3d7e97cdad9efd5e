"""What a person writes for a duration, a size or a zone, and what the program makes of it."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BeforeValidator, ByteSize, PlainSerializer, WithJsonSchema

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_DURATION = re.compile(r"(?:\s*\d+(?:\.\d+)?\s*[smhdw])+\s*", re.IGNORECASE)
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw])", re.IGNORECASE)

_NO_DURATION = 'expected a duration with its unit, such as "90s", "30m", "6h" or "7d"'


def parse_duration(text: Any) -> timedelta:
    """Return the duration that `text` names: "90s", "30m", "1h 30m", "7d", "2w".

    Raises ValueError, with the allowed forms, for everything else: bare numbers too, for nobody remembers whether
    they are seconds or minutes.
    """
    if isinstance(text, timedelta):
        return text
    if not isinstance(text, str):
        raise ValueError(_NO_DURATION)  # noqa: TRY004 - pydantic wants ValueError
    return _duration(text)


@lru_cache(maxsize=1_000)  # thousands of sources say the same few
def _duration(text: str) -> timedelta:
    if not _DURATION.fullmatch(text):
        raise ValueError(_NO_DURATION)
    try:
        return timedelta(seconds=sum(float(number) * _SECONDS[unit.lower()] for number, unit in _PART.findall(text)))
    except OverflowError:
        raise ValueError("expected a duration of less than a million years") from None


def format_duration(duration: timedelta) -> str:
    """Return `duration` as a person would write it ("1h 30m"), "0s" for none; fractions of a second are dropped."""
    seconds, words = int(duration.total_seconds()), []
    for unit in ("d", "h", "m", "s"):
        count, seconds = divmod(seconds, _SECONDS[unit])
        if count:
            words.append(f"{count}{unit}")
    return " ".join(words) or "0s"


@cache
def zone_names() -> frozenset[str]:
    """Return the names of all zones of the IANA database; asked for once, for it walks through folders of files."""
    return frozenset(available_timezones())


@cache
def _packaged_zones() -> frozenset[str]:
    """Return the names in the package tzdata: one file, where `zone_names` walks through folders."""
    return frozenset(files("tzdata").joinpath("zones").read_text("utf-8").split())


def parse_zone(text: Any) -> ZoneInfo:
    """Return the IANA zone called `text` ("Asia/Dubai"). Raises ValueError for unknown names.

    Only IANA names: abbreviations such as "IST" mean three zones, and a fixed offset misses daylight saving time.
    """
    if isinstance(text, ZoneInfo):
        return text
    if not isinstance(text, str) or not (text in _packaged_zones() or text in zone_names()):
        raise ValueError('expected an IANA time zone, such as "Europe/Berlin", "Asia/Dubai" or "UTC"')
    return ZoneInfo(text)


Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    PlainSerializer(format_duration),
    WithJsonSchema({"type": "string", "pattern": r"^(\s*\d+(\.\d+)?\s*[smhdwSMHDW])+\s*$", "examples": ["30m", "6h"]}),
]
"""A length of time, always with its unit."""

Zone = Annotated[
    ZoneInfo,
    BeforeValidator(parse_zone),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "examples": ["Europe/Berlin", "Asia/Dubai", "UTC"]}),
]
"""A time zone of the IANA database."""

Size = Annotated[
    ByteSize,
    WithJsonSchema({"type": ["string", "integer"], "examples": ["5MB", "512KiB"]}),
]
"""A number of bytes: "5MB" is 5,000,000, "5MiB" is 5,242,880, a bare number is bytes."""
