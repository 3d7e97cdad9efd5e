"""The documentation of all dates that are read, made from the tables that read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

from feedbuilder.parse.dates.date_forms import WITH_YEAR, WITHOUT_YEAR
from feedbuilder.parse.dates.languages import BY_CODE, LANGUAGES, Language
from feedbuilder.parse.dates.words import UNITS, ZONES
from feedbuilder.parse.dates.written_forms import first_word, names, written_forms, written_times

_DAY = date(2025, 11, 20)
_MORNING, _AFTERNOON = time(9, 10), time(15, 30)
_HEAD = """\
# Dates that are read

Made from the code by `python -m feedbuilder.parse.dates > docs/dates.md`; a test holds it against the code. All
examples are of 20 November 2025.

To add a language, add a table to a file in `feedbuilder/parse/dates/languages/`; to add a form, a row to
`feedbuilder/parse/dates/date_forms.py`. Both are then read, stand here, and are tried by the tests of all forms.

## What is no date

- A date in the future, that programs write for none (1 January 1970), or that there is none of (30 February).
- `03/02/2026` where neither the setting `day_first`, nor other dates of the list, nor their order, nor the language
  says which number is the month; `26.02.03` likewise.
- A day without a year that is to come: a calendar of events runs ahead from today, news run back. A lone day of the
  next month counts as to come.
- A day and a month with a number where a year may stand that cannot be read as one: `20 Nov 129`, `6年7月16日`.
- Years of the Islamic calendar, whose months begin when the moon is seen, and those of Nepal and Ethiopia.
- A date behind "apply by", "event" and the like; a date of change where one of publication stands beside it.
- A time of day alone where the list does not run from new to old: it is the length of a video.
- A month or a year alone, a week, a fraction, a version, a score, a price, a telephone number.

## Forms in every language

Machines: ISO 8601 and RFC 3339 (`2025-11-20T15:30:00+01:00`, `20251120T143000Z`), RFC 5322 (`Thu, 20 Nov 2025 15:30:00
+0100`), weeks of ISO 8601 (`2025-W47-4`), Unix time in seconds and milliseconds.

Digits may be those of any script; letters may be of full width, with or without accents. Words around a date do not
matter.
"""


def forms_document() -> str:
    """Return the document, in Markdown."""
    return "\n".join([_HEAD, *_numbers(), *_calendars(), *_times(), *_languages()]) + "\n"


def _numbers() -> Iterator[str]:
    yield "| form | written |"
    yield "|---|---|"
    english = BY_CODE["en"]
    for with_year, forms in ((True, WITH_YEAR), (False, WITHOUT_YEAR)):
        written = list(written_forms(english, with_year=with_year))
        for form in forms:
            texts = [f"`{one.write(_DAY, 'November', 'Thursday')}`" for one in written if one.form is form]
            if texts:
                yield f"| {form.name}{'' if with_year else ' (no year)'} | {', '.join(_cell(text) for text in texts)} |"
    yield ""


def _calendars() -> Iterator[str]:
    yield "## Other calendars"
    yield ""
    yield "| calendar | written | where |"
    yield "|---|---|---|"
    yield "| eras of Japan | `令和7年11月20日`, `R7.11.20` | everywhere; by a letter on Japanese pages |"
    yield "| Republic of China | `民國114年11月20日`, `114年11月20日`, `114/11/20` | everywhere; the last if Chinese |"
    yield "| Buddhist | `20 พ.ย. 2568`, `20 พ.ย. 68`, `20/11/2568` | everywhere; two digits on Thai pages |"
    yield "| Iranian | `۲۹ آبان ۱۴۰۴`, `1404/08/29`, `04/08/29` | everywhere; two digits on Persian pages |"
    yield ""


def _times() -> Iterator[str]:
    yield "## Times and zones"
    yield ""
    yield "With 24 hours or a word for the half of the day (below), before the date or behind it: `15:30`, `15:30:00`,"
    yield "`15.30` right behind a date, `15h30`, `15 h 30`, `15時30分`, `3 p.m.`, `noon`, `midnight`."
    yield ""
    yield (
        "Offsets: `+01:00`, `+0100`, `GMT+7`, `UTC-5`, `+5:30`. Zones: "
        + ", ".join(f"`{name.upper()}`" for name in ZONES)
        + ". Other abbreviations mean several zones; the time is then that of the site."
    )
    yield ""


def _languages() -> Iterator[str]:
    yield "## Languages"
    yield ""
    yield f"{len(LANGUAGES)} languages. In each: days with all names of months, in all cases and abbreviations of the"
    yield "table, with and without a year, and the words below. Other languages: what dateparser knows, if the year is"
    yield "written with four digits."
    yield ""
    for language in sorted(LANGUAGES, key=lambda one: one.name):
        yield from _language(language)


def _language(language: Language) -> Iterator[str]:
    yield f"### {language.name} (`{language.code}`)"
    yield ""
    month, weekday = (names(field, place) for field, place in ((language.months, 10), (language.weekdays, 3)))
    texts = []
    for one in (*written_forms(language), *written_forms(language, with_year=False)):
        text = one.write(_DAY, month[0] if month else "", weekday[0] if weekday else "")
        if any(character.isalpha() for character in text) and "{roman}" not in one.sample:
            texts.append(text)
    yield f"- days: {_list(texts)}"
    for title, field in (("months", language.months), ("months of the Iranian calendar", language.jalali_months)):
        if field:
            yield f"- {title}: {'; '.join(', '.join(names(field, place)) for place in range(12))}"
    times = [
        *written_times(language, _MORNING),
        *written_times(language, _AFTERNOON),
        *written_times(language, time(23, 5)),
    ]
    yield f"- times: {_list(times)}"
    spans = [*_spans(language)]
    if spans:
        yield f"- from now: {_list(spans)}"
    yield ""


def _spans(language: Language) -> Iterator[str]:
    for place, _ in enumerate(UNITS):
        unit = next((name for name in names(language.units, place) if name != "-"), "")
        if unit and language.before_span:
            yield f"{first_word(language.before_span)} 3 {unit}"
        elif unit and language.is_unspaced:
            yield f"3{unit}{first_word(language.after_span)}"
        elif unit and language.after_span:
            yield f"3 {unit} {first_word(language.after_span)}"
    for field in (language.now, language.today, language.yesterday, language.day_before_yesterday):
        yield from (word.replace("_", " ") for word in field.split())


def _list(texts: list[str]) -> str:
    return ", ".join(f"`{text}`" for text in dict.fromkeys(texts))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
