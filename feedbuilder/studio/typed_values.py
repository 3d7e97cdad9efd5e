"""What people type into fields -> values of a source, or what is wrong with it in words. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from feedbuilder.model import Articles, ConfigError
from feedbuilder.model.setting_types import compile_pattern
from feedbuilder.model.units import parse_duration
from feedbuilder.model.wording import tag_key
from feedbuilder.studio.name_lists import parted
from feedbuilder.tend.page_zones import zone_called

MOST_PAGES = 100
"""How many pages `first_fill_pages` admits."""
INTERVALS = ("10m", "15m", "30m", "1h", "2h", "6h", "12h", "1d")
ARTICLE_PAGES = (
    (Articles.AUTO, "Only where the list leaves something out", "a cut title, the time of day, tags that feeds need"),
    (Articles.OFF, "Never", "what the list says is all there is"),
    (Articles.META, "Each new one, for its details", "title, date, authors, picture, tags"),
    (Articles.FULL, "Each new one, with its whole text", "readers show the articles without opening the site"),
)
"""What may be said of articles' own pages, each with its words and what they mean."""


class WrongFieldError(Exception):
    """What somebody typed cannot be taken; the message says why."""


def title(text: str) -> str:
    """Return a name. Raises WrongFieldError for none."""
    if not text:
        raise WrongFieldError("A name is needed: people see it in their readers.")
    return text


def tags(text: str) -> tuple[str, ...]:
    """Return the tags between commas, each once in its first spelling."""
    found: dict[str, str] = {}
    for tag in parted(text):
        if key := tag_key(tag):
            found.setdefault(key, tag)
    return tuple(found.values())


def zone(text: str) -> ZoneInfo | None:
    """Return the zone that is named, None for an empty field. Raises WrongFieldError."""
    try:
        return zone_called(text) if text else None
    except ConfigError as error:
        raise WrongFieldError(str(error).removeprefix("--timezone ")) from error


def interval(text: str) -> timedelta:
    """Return how often. Raises WrongFieldError."""
    try:
        return parse_duration(text)
    except ValueError as error:
        raise WrongFieldError(f"{str(error).capitalize()}.") from error


def articles(text: str) -> Articles:
    """Return which article pages are read. Raises WrongFieldError."""
    if text not in set(Articles):
        raise WrongFieldError("This is none of the choices.")
    return Articles(text)


def only(text: str) -> re.Pattern[str] | None:
    """Return what addresses are to match, None for an empty field. Raises WrongFieldError."""
    try:
        return compile_pattern(text) if text else None
    except ValueError as error:
        raise WrongFieldError(f"{str(error).capitalize()}.") from error


def pages(text: str) -> int:
    """Return a number of pages. Raises WrongFieldError."""
    if not (text.isascii() and text.isdecimal() and len(text) < 4 and 1 <= int(text) <= MOST_PAGES):
        raise WrongFieldError(f"A number from 1 to {MOST_PAGES} is needed.")
    return int(text)


KEYS: Mapping[str, Callable[[str], Any]] = {
    "title": title,
    "tags": tags,
    "timezone": zone,
    "interval": interval,
    "articles": articles,
    "only": only,
}
"""The keys of a source that have a field, with what reads it."""
