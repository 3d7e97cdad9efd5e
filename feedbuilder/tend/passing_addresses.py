"""Addresses that will not do tomorrow: of one visit, of one moment, of one build of a site. Pure.

What a script asks for may be such an address, and works as long as somebody tries it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from feedbuilder.masking import secret_parameters

_NUMBER = re.compile(r"\d{10,13}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NEAR = timedelta(days=2)
_SHORTEST_BUILD = 8
"""Characters of a part of an address from which on it may name a build; shorter ones are words and versions."""


def passes(url: str, now: datetime, files: Iterable[str]) -> bool:
    """Return whether `url`, which a page asked for at `now`, will hardly lead to its list later on.

    `files` are the addresses of the scripts and styles of the page: a part of the address that also stands in one of
    them, and is no word, is the name of a build, and goes with the next one.
    """
    if secret_parameters(url):
        return True
    parts = urlsplit(url)
    said = unquote(f"{parts.path}?{parts.query}")
    return _names_moment(said, now) or bool(_builds(parts.path) & {part for file in files for part in _builds(file)})


def _names_moment(text: str, now: datetime) -> bool:
    """Return whether a time of about `now` stands in `text`: what is asked for is older than that, or newer."""
    seconds = (int(found[:10]) for found in _NUMBER.findall(text) if len(found) in (10, 13))
    if any(abs(one - now.timestamp()) < _NEAR.total_seconds() for one in seconds):
        return True
    days = (now + shift * timedelta(days=1) for shift in (-1, 0, 1))
    return not {f"{day:%Y-%m-%d}" for day in days}.isdisjoint(_DAY.findall(text))


def _builds(path: str) -> set[str]:
    """Return the parts of a path that may name a build."""
    parts = urlsplit(path).path.split("/")
    return {part for part in parts[:-1] if len(part) >= _SHORTEST_BUILD and any(sign.isdigit() for sign in part)}
