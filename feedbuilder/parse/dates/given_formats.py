"""Texts of a list whose formats of dates are known: what fits one of them is that date, and little else is believed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from feedbuilder.model.date_format import as_iso
from feedbuilder.parse.dates.date_text import read_date
from feedbuilder.parse.dates.readings import CalendarDate, TimeAgo


def by_formats(texts: Sequence[str], formats: Sequence[str]) -> list[str]:
    """Return what is left to be read of the `texts` of one card, in their order, where its list has these `formats`.

    A text that fits one becomes what it says in ISO 8601, the first format first. Of others those stay that leave
    nothing open: "2 hours ago", "5 February 2026", a moment with its zone. "03/02/26" that fits none is no date here.
    """
    fitted = list(_fitted(texts, formats))
    return fitted or [text for text in texts if _is_plain(text)]


def _fitted(texts: Sequence[str], formats: Sequence[str]) -> Iterator[str]:
    for text in texts:
        if said := next(filter(None, (as_iso(text, one) for one in formats)), None):
            yield said


def _is_plain(text: str) -> bool:
    said = read_date(text)
    if isinstance(said, CalendarDate):
        return said.year is not None and not (said.ambiguous or said.numbers or said.is_weak or said.languages)
    return isinstance(said, datetime | TimeAgo)
