"""How texts look: their weight in any script, whether they may be dates, and the words that places are called by."""

from __future__ import annotations

import re
from functools import lru_cache

from feedbuilder.parse.dates.date_text import CalendarDate, TimeAgo, read_date

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Scripts that say in one character what others say in two or three."""

_ANY_MONTH = r"[^\W\d_]{3,12}\.?"
DATE_SHAPES = (
    r"(?:19|20)\d\d[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?",
    r"\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d\d",
    r"\d{1,2}[/-]\d{1,2}[/-](?:19|20)\d\d",
    rf"{_ANY_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:19|20)\d\d",
    rf"\d{{1,2}}(?:st|nd|rd|th|\.|er|º)?\s(?:de\s)?{_ANY_MONTH},?\s(?:de\s)?(?:19|20)\d\d",
)
"""Ways to write a day, for taking it out of a text with other words; safe to write into a configuration."""


def weight(text: str) -> float:
    """Return the length of `text` in letters of an alphabet: a character of an unspaced script counts 2.5."""
    return len(text) + 1.5 * len(_UNSPACED.findall(text))


@lru_cache(maxsize=32_768)
def looks_like_date(text: str) -> bool:
    """Return whether `text` says a date and little else: "By Jane on 3 May", "vor 2 Tagen"; not "The war of 1914"."""
    if not text or len(text) > 160:
        return False
    said = read_date(text)
    if said is None:
        return False
    if isinstance(said, TimeAgo):
        return len(text) <= 60
    if isinstance(said, CalendarDate) and said.year is None:
        return len(text) <= 40
    return len(text) <= 120
