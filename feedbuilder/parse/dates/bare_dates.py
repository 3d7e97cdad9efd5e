"""Texts that name a day, a month or a year and nothing else: headings over a group of items rather than titles."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from feedbuilder.parse.dates.date_text import CalendarDate, TimeAgo, read_date
from feedbuilder.parse.dates.folding import fold
from feedbuilder.parse.dates.words import WORD, Role, Shape, shape_of

_LONGEST = 40
_SHORTEST_WEEKDAY = 4
_YEAR = re.compile(r"\W*(?:19|20)\d\d\s?[年년]?(?:[\s(\[:·–—]*\d{1,4}\W*|\W*)")
"""A year, with the number of its articles maybe."""
_NAMELESS = frozenset(
    (Role.MONTH, Role.JALALI_MONTH, Role.OF, Role.ORDINAL, Role.YEAR_MARK, Role.MONTH_MARK, Role.DAY_MARK)
)
"""Roles of words that belong to a date."""


class Span(StrEnum):
    """How much of the calendar a text names."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    WEEKDAY = "weekday"
    """A day of the week, the last such day."""


@lru_cache(maxsize=2048)
def bare_date(text: str) -> Span | None:
    """Return what `text` names if that is all it says: "2026", "November 2026 (4)", "Friday, 20 May 2026", "Friday".

    None for other texts, and for a day that leaves out its year. One word beside the date may be a weekday.
    """
    if not text or len(text) > _LONGEST:
        return None
    shape = shape_of(fold(text))
    if not any(character.isdigit() for character in text):
        return Span.WEEKDAY if _is_weekday(shape) else None
    if _YEAR.fullmatch(text):
        return Span.YEAR
    words = [
        token.text
        for token, character in zip(shape.tokens, shape.line, strict=True)
        if token.text[0].isalpha() and not (_NAMELESS & token.roles.keys()) and character != " "
    ]
    if len(words) > 1:
        return None
    said = read_date(text)
    if isinstance(said, CalendarDate):
        return Span.DAY if said.year is not None else None
    if words:
        return None
    month = read_date(f"15 {text}") or read_date(f"{text} 15")
    return Span.MONTH if isinstance(month, CalendarDate) and month.year is not None else None


def heading_span(text: str) -> Span | None:
    """Return what `text` names as a heading over a group: as `bare_date`, but "20 May" and "Yesterday" too."""
    span = bare_date(text)
    if span is not None or not text or len(text) > _LONGEST:
        return span
    if any(character == WORD for character in shape_of(fold(text)).line):
        return None
    said = read_date(text)
    if isinstance(said, CalendarDate) and said.clock is None and said.mark in ("", "."):
        return Span.DAY
    return Span.DAY if isinstance(said, TimeAgo) and said.days is not None and said.clock is None else None


def _is_weekday(shape: Shape) -> bool:
    """Return whether a day of the week is all that a text says; short ones are words of other languages too."""
    words = [token for token in shape.tokens if token.text[0].isalpha()]
    return len(words) == 1 and Role.WEEKDAY in words[0].roles and len(words[0].text) >= _SHORTEST_WEEKDAY
