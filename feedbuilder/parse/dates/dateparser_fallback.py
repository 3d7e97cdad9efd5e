"""Dates in languages that have no table, through dateparser: the last resort, a thousand times slower than the tables.

dateparser is eager: it reads "12" as a day, "3.12.20" in "v3.12.20" as a date and "Monday" as the next one. The bounds
stand here.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

from feedbuilder.model import Precision, SaidDate
from feedbuilder.parse.dates.folding import fold
from feedbuilder.parse.dates.words import shape_of

_LONGEST = 80
"""Characters: a longer text is a sentence, and reading it would take long."""
_PATIENCE = 12
"""Failures in a row after which a page's other texts are not tried: a wrong selector must not cost minutes."""
_LOCK = Lock()
"""dateparser keeps what it learns about languages in shared dictionaries."""
_LETTERS = (
    (re.compile("[a-z\u00df-\u024f\u1e00-\u1eff]", re.IGNORECASE), """
        en es fr de pt it nl pl tr sv da nb fi cs ro hu hr sk sl id vi ca et lv lt is sw az
    """),
    (re.compile("[\u0400-\u04ff]"), "ru uk bg sr be mk kk"),
    (re.compile("[\u0600-\u06ff]"), "ar fa ur ckb"),
    (re.compile("[\u3040-\u30ff]"), "ja"),
    (re.compile("[\uac00-\ud7af]"), "ko"),
    (re.compile("[\u3400-\u9fff]"), "zh ja ko"),
    (re.compile("[\u0370-\u03ff]"), "el"),
    (re.compile("[\u0590-\u05ff]"), "he"),
    (re.compile("[\u0900-\u097f]"), "hi mr ne"),
    (re.compile("[\u0980-\u09ff]"), "bn"),
    (re.compile("[\u0e00-\u0e7f]"), "th"),
    (re.compile("[\u10a0-\u10ff]"), "ka"),
    (re.compile("[\u0530-\u058f]"), "hy"),
)  # fmt: skip
"""Letters and the languages tried for a text that holds one, where none is told. To try all 200 takes two seconds."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_YEAR = re.compile(r"(?<![\d.,:/-])(?:19|20)\d\d(?![\d,:/-])")
_DAY = re.compile(r"(?<![\d.,:/-])(?:0?[1-9]|[12]\d|3[01])(?![\d,:/-]|\.\d)")
_SUBTAGS = {"no": "nb", "iw": "he", "in": "id"}
"""Language subtags that dateparser knows by another name."""


class FallbackReader:
    """Reads the texts of one page."""

    def __init__(self, language: str | None, zone: ZoneInfo, now: datetime) -> None:
        subtag = (language or "").lower().partition("-")[0]
        self._language = _SUBTAGS.get(subtag, subtag)
        self._zone = zone
        self._now = now
        self._failures = 0

    def read(self, text: str) -> SaidDate | None:
        """Return the moment that `text` says, in UTC; None for what is no date, and when patience is at its end."""
        if self._failures >= _PATIENCE or not _worth_trying(text):
            return None
        local = self._now.astimezone(self._zone).replace(tzinfo=None, microsecond=0)
        if any(part.isdigit() and len(part) == 4 for part in text.replace(".", " ").split()):
            local = local.replace(month=1, day=1, hour=0, minute=0, second=0)  # it names its year: cached for long
        label, colon, rest = text.partition(": ")
        found = _ask(text, self._language, self._zone, local)
        if found is None and colon and not any(character.isdigit() for character in label) and rest:
            found = _ask(rest, self._language, self._zone, local)
        self._failures = 0 if found else self._failures + 1
        return found


def _languages(text: str) -> list[str] | None:
    """Return the languages that `text` may be in by its letters, None where that may be any."""
    return next((languages.split() for letters, languages in _LETTERS if letters.search(text)), None)


def _worth_trying(text: str) -> bool:
    """Return whether `text` may be a day with its year and the name of a month in a language without a table."""
    if len(text) > _LONGEST:
        return False
    line = fold(text)
    words = [word for word in _WORD.findall(line) if not any(token.roles for token in shape_of(word).tokens)]
    return bool(words) and _YEAR.search(line) is not None and _DAY.search(line) is not None


@lru_cache(maxsize=2048)
def _ask(text: str, language: str, zone: ZoneInfo, now: datetime) -> SaidDate | None:
    from dateparser.date import DateDataParser  # type: ignore[import-untyped]  # noqa: PLC0415 - slow, seldom needed

    settings: dict[str, Any] = {
        "PREFER_DATES_FROM": "past",
        "RELATIVE_BASE": now,
        "REQUIRE_PARTS": ["day", "month"],  # refuses bare numbers, lone months and weekdays
        "RETURN_AS_TIMEZONE_AWARE": False,
        "RETURN_TIME_AS_PERIOD": True,
    }
    try:
        with _LOCK:
            found = DateDataParser(
                languages=[language] if language else _languages(text), settings=settings
            ).get_date_data(text)
    except (ValueError, OverflowError, TypeError, KeyError, AttributeError, RecursionError):
        return None  # an unknown language; or one of the oddities that hostile texts find in it
    moment = found.date_obj
    if moment is None:
        return None
    if found.period == "time":
        aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        return SaidDate(aware.astimezone(UTC).replace(microsecond=0))
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=zone)
    return SaidDate(midnight.astimezone(UTC), Precision.DAY)
