"""Texts that name a day, a month or a year and nothing else: headings over a group of items rather than titles."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from feedbuilder.parse.dates import month_names
from feedbuilder.parse.dates.date_text import CalendarDate, read_date

_LONGEST = 40
_YEAR = re.compile(r"\W*(?:19|20)\d\d\s?[年년]?(?:[\s(\[:·–—]*\d{1,4}\W*|\W*)")
"""A year, with the number of its articles maybe."""
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = frozenset(("st", "nd", "rd", "th", "er", "of", "the", "de", "del", "d", "年", "月", "日", "년", "월", "일"))


class Span(StrEnum):
    """How much of the calendar a text names."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@lru_cache(maxsize=8192)
def bare_date(text: str) -> Span | None:
    """Return what `text` names if that is all it says: "2026", "November 2026 (4)", "Friday, 20 November 2026".

    None for other texts, and for a day that leaves out its year. One word beside the date may be a weekday.
    """
    if not text or len(text) > _LONGEST or not any(character.isdigit() for character in text):
        return None
    if _YEAR.fullmatch(text):
        return Span.YEAR
    folded = month_names.fold(text)
    words = [word for word in _WORD.findall(folded) if word not in _SMALL and word not in month_names.MONTHS]
    said = read_date(text)
    if isinstance(said, CalendarDate):
        return Span.DAY if said.year is not None and len(words) <= 1 else None
    if words:
        return None
    month = read_date(f"15 {text}") or read_date(f"{text} 15")
    return Span.MONTH if isinstance(month, CalendarDate) and month.year is not None else None
