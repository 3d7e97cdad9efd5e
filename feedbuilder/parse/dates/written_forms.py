"""Days and times written in every form that is claimed to be read, by language: for the documentation and the tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from feedbuilder.parse.dates.calendars import MINGUO_OFFSET
from feedbuilder.parse.dates.date_forms import WITH_YEAR, WITHOUT_YEAR, Form
from feedbuilder.parse.dates.languages import Language

_WORDS = re.compile(r"\{(of|year_mark|month_mark|day_mark|hour_mark|at)\}")
_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
_FIRST_REIWA_YEAR = 2019
_OWN_SHORT_YEARS = frozenset(("fa", "ja"))
"""Languages whose readers take two digits of a year for those of another calendar."""


@dataclass(frozen=True, slots=True)
class WrittenForm:
    """One way to write a day in a language."""

    form: Form
    sample: str
    """As in `Form.samples`, with the words of the language in their places."""

    def write(self, day: date, month: str, weekday: str) -> str:
        """Return `day` written in this form, with the name of its month and of its day of the week."""
        parts = {
            "d": str(day.day), "dd": f"{day.day:02}", "m": str(day.month), "mm": f"{day.month:02}", "y": str(day.year),
            "yy": f"{day.year % 100:02}", "month": month, "weekday": weekday, "roman": _ROMAN[day.month - 1],
            "minguo": str(day.year - MINGUO_OFFSET), "era_year": f"令和{day.year - _FIRST_REIWA_YEAR + 1}",
        }  # fmt: skip
        return re.sub(r"\{(\w+)\}", lambda found: parts[found[1]], self.sample)


def written_forms(language: Language, *, with_year: bool = True) -> Iterator[WrittenForm]:
    """Yield the ways to write a day in `language`; those with the name of a month only where months have names."""
    for form in WITH_YEAR if with_year else WITHOUT_YEAR:
        if form.languages and language.code not in form.languages:
            continue
        for sample in form.samples:
            if (mine := _in_words_of(language, sample)) is not None:
                yield WrittenForm(form, mine)


def _in_words_of(language: Language, sample: str) -> str | None:
    if ("{month}" in sample and not language.months) or ("{weekday}" in sample and not language.weekdays):
        return None
    if "{yy}" in sample and language.code in _OWN_SHORT_YEARS:
        return None
    if "令和" in sample and language.code != "ja":
        return None
    if "}{" in sample and "_mark" in sample and not language.half_comes_first:
        return None  # numbers and words without spaces
    words = {name: first_word(getattr(language, name)) for name in _WORDS.findall(sample)}
    if not all(words.values()):
        return None
    return _WORDS.sub(lambda found: words[found[1]], sample)


def first_word(field: str) -> str:
    """Return the first word of a field of a language, as it is written; "" for an empty field."""
    return field.split(maxsplit=1)[0].split("/", maxsplit=1)[0].replace("_", " ") if field.split() else ""


def names(field: str, place: int) -> list[str]:
    """Return the names at `place` in a field whose places matter: those of one month, of one day of the week."""
    places = field.split()
    return [name.replace("_", " ") for name in places[place].split("/")] if places else []


def written_times(language: Language, at: time) -> Iterator[str]:
    """Yield `at` as it is written in `language`: with 24 hours, and with each of its words for a half of the day.

    Words are left out in hours in which they are not used.
    """
    yield f"{at.hour:02}:{at.minute:02}"
    short = f"{at.hour % 12 or 12}:{at.minute:02}"
    words = language.forenoon if at.hour < 12 else language.afternoon
    used = words.split() if at.hour % 12 else []
    if 1 <= at.hour <= 5 or at.hour >= 18:
        used += language.night.split()
    space = "" if language.is_unspaced else " "
    for word in (one.replace("_", " ") for one in used):
        yield f"{word}{space}{short}" if language.half_comes_first else f"{short} {word}"
