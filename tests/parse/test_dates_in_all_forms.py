"""Every form of a date that is claimed to be read, in every language, is read; what only looks like one is not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder.model import Precision, SaidDate
from feedbuilder.parse.dates import read_dates
from feedbuilder.parse.dates.calendars import jalali_day, jalali_year_of
from feedbuilder.parse.dates.date_forms import WITH_YEAR, WITHOUT_YEAR
from feedbuilder.parse.dates.date_text import read_date
from feedbuilder.parse.dates.forms_document import forms_document
from feedbuilder.parse.dates.languages import BY_CODE, LANGUAGES, Language
from feedbuilder.parse.dates.words import UNITS
from feedbuilder.parse.dates.written_forms import WrittenForm, names, written_forms, written_times

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
UTC_ZONE = ZoneInfo("UTC")
OPEN_ORDER = frozenset(form.name for form in (*WITH_YEAR, *WITHOUT_YEAR) if "(?P<two>" in form.template)
"""Forms whose order of day and month the list decides, or here the setting."""
ALL = [(language, one) for language in LANGUAGES for one in written_forms(language)]
YEARLESS = [(language, one) for language in LANGUAGES for one in written_forms(language, with_year=False)]


def read(text: str, language: Language, form: WrittenForm | None = None, zone: ZoneInfo = UTC_ZONE) -> SaidDate | None:
    day_first = True if form is not None and form.form.name in OPEN_ORDER else None
    return read_dates([[text]], zone=zone, now=NOW, language=language.code, day_first=day_first)[0]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.code)
def test_each_name_of_each_month_is_read_in_each_form(language: Language) -> None:
    for form in written_forms(language):
        for month in range(1, 13):
            day = date(2025 if month < 11 else 2024, month, 20)
            for name in names(language.months, month - 1) or [""]:
                text = form.write(day, name, (names(language.weekdays, day.weekday()) or [""])[0])
                said = read(text, language, form)
                assert said is not None, text
                assert said.at.date() == day, text


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.code)
def test_each_name_of_each_month_is_read_without_a_year(language: Language) -> None:
    for form in written_forms(language, with_year=False):
        for month in range(1, 12):
            day = date(2026, month, 20)
            for name in names(language.months, month - 1) or [""]:
                text = form.write(day, name, "")
                said = read(text, language, form)
                assert said is not None, text
                assert said.at.date() == day, text


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.code)
def test_each_word_for_a_half_of_the_day_counts(language: Language) -> None:
    for hour in range(24):
        at = time(hour, 35)
        for text in written_times(language, at):
            for whole in (f"2025-11-20 {text}", f"2025-11-20, {text}"):
                assert read(whole, language) == SaidDate(datetime.combine(date(2025, 11, 20), at, UTC)), whole


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.code)
def test_each_distance_from_now_is_read(language: Language) -> None:
    for place, unit in enumerate(UNITS):
        before = [f"{word.replace('_', ' ')} 11 {{}}" for word in language.before_span.split()]
        behind = [f"11 {{}} {word.replace('_', ' ')}" for word in language.after_span.split()]
        for name in names(language.units, place):
            for text in (frame.format(name) for frame in (*before, *behind) if name != "-"):
                said = read(text, language)
                assert said is not None, text
                assert said.at == NOW - 11 * unit or said.at.date() == (NOW - 11 * unit).date(), text


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.code)
def test_each_word_for_today_and_yesterday_is_read(language: Language) -> None:
    for back, field in enumerate((language.today, language.yesterday, language.day_before_yesterday)):
        for word in field.split():
            text = f"{word.replace('_', ' ')}, 9:05"
            assert read(text, language) == SaidDate(datetime(2026, 11, 27 - back, 9, 5, tzinfo=UTC)), text
    for word in language.now.split():
        assert read(word.replace("_", " "), language) == SaidDate(NOW)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.code)
def test_a_date_of_publication_beats_one_of_change_and_that_of_an_event_is_none(language: Language) -> None:
    for published in language.published.split():
        for other in (*language.updated.split(), *language.event.split()):
            texts = (
                f"{published}: 2025-11-10 {other}: 2025-11-20 10:00",
                f"{other}: 2025-11-20 10:00 {published}: 2025-11-10",
            )
            for text in (one.replace("_", " ") for one in texts):
                assert read(text, language) == SaidDate(datetime(2025, 11, 10, tzinfo=UTC), Precision.DAY), text
    for event in language.event.split():
        assert read(f"{event.replace('_', ' ')}: 2025-11-20", language) is None, event


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(ALL),
    st.dates(date(2019, 5, 1), date(2026, 11, 24)),
    st.times(),
    st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})),
    st.data(),
)
def test_a_moment_written_in_any_form_language_and_zone_is_read_back(
    pair: tuple[Language, WrittenForm], day: date, at: time, zone_name: str, data: st.DataObject
) -> None:
    language, form = pair
    zone = ZoneInfo(zone_name)
    month = data.draw(st.sampled_from(names(language.months, day.month - 1) or [""]))
    weekday = data.draw(st.sampled_from(names(language.weekdays, day.weekday()) or [""]))
    text = form.write(day, month, weekday)
    if "14:30" in text:
        at = time(14, 30)
    else:
        text += data.draw(st.sampled_from([" ", ", ", " | "])) + data.draw(
            st.sampled_from([*written_times(language, at)])
        )
    expected = datetime.combine(day, at.replace(second=0, microsecond=0), zone).astimezone(UTC)
    assert read(text, language, form, zone) == SaidDate(expected), text


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(YEARLESS), st.integers(32, 300), st.data())
def test_a_day_without_a_year_is_the_last_such_day(
    pair: tuple[Language, WrittenForm], back: int, data: st.DataObject
) -> None:
    language, form = pair
    day = NOW.date() - timedelta(days=back)
    month = data.draw(st.sampled_from(names(language.months, day.month - 1) or [""]))
    said = read(form.write(day, month, ""), language, form)
    assert said is not None
    assert said.at.date() == day


@settings(max_examples=100, deadline=None)
@given(
    st.dates(date(1990, 1, 1), date(2026, 11, 26)),
    st.sampled_from(["{d} {name} {y}", "{y}/{m}/{d}", "{d} {name} {yy:02}"]),
)
def test_days_of_the_iranian_calendar_are_read(day: date, form: str) -> None:
    year = jalali_year_of(day)
    starts = [jalali_day(year, month, 1) for month in range(1, 13)]
    month = sum(start <= day for start in starts)
    number = (day - starts[month - 1]).days + 1
    name = names(BY_CODE["fa"].jalali_months, month - 1)[0]
    text = form.format(d=number, m=month, name=name, y=year, yy=year % 100)
    said = read(text, BY_CODE["fa"])
    assert said is not None
    assert said.at.date() == day


NUMBERS = st.one_of(
    st.integers(0, 999_999).map(str),
    st.integers(1_000, 9_999_999).map(lambda number: f"{number:,}"),
    st.floats(0, 10).map(lambda number: f"{number:.1f}"),
    st.integers(0, 100).map(lambda number: f"{number} %"),
    st.integers(2, 999).map(lambda number: f"1.{number % 10}K views"),
)


def written(forms: list[str], *numbers: st.SearchStrategy[int]) -> st.SearchStrategy[str]:
    """Return texts in one of `forms`, filled with `numbers`."""
    return st.tuples(st.sampled_from(forms), *numbers).map(lambda drawn: drawn[0].format(*drawn[1:]))


VERSIONS = written(
    ["v{}.{}.{}", "Version {}.{}.{}", "release-{}.{}.0", "{}.{}.{}.1", "Tool v{}.{}.{} released"],
    st.integers(0, 30), st.integers(0, 30), st.integers(0, 99),
)  # fmt: skip
SCORES = written(
    ["{}-{}", "{}:{}", "{} - {}", "Harbour {}-{} Valley", "{}:{} n.V.", "4 out of {}, {}/10"],
    st.integers(0, 9), st.integers(0, 9),
)  # fmt: skip
PRICES = written(
    ["${}.{:02}", "{},{:02} €", "£{}.{:02}", "{}.{:02} USD", "from ${}", "¥{}"],
    st.integers(0, 9_999), st.integers(0, 99),
)  # fmt: skip
LENGTHS = written(
    ["{} min read", "{} min", "{} h {} min", "{}:{:02} min", "{} minutes", "1:{:02}:{:02}", "{} days", "for {} days"],
    st.integers(1, 59), st.integers(0, 59),
)  # fmt: skip
PHONES = written(
    [
        "+49 {}{}{} {}{}{}{}{}{}{}", "({}{}{}) {}{}{}-{}{}{}{}", "{}{}{}-{}{}{}-{}{}{}{}", "0{}{}{}/{}{}{}{}{}{}{}",
        "+{}{}.{}{}.{}{}.{}{}.{}{}",
    ],
    *[st.integers(0, 9)] * 10,
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(
    st.one_of(NUMBERS, VERSIONS, SCORES, PRICES, LENGTHS, PHONES),
    st.sampled_from(["", " · 12", " comments", " (new)"]),
    st.sampled_from([None, "en", "de", "fr", "ko", "ja"]),
)
def test_numbers_versions_scores_prices_lengths_and_telephones_are_no_dates(
    text: str, behind: str, language: str | None
) -> None:
    assert read_dates([[text + behind]], zone=UTC_ZONE, now=NOW, language=language) == [None]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 23), st.integers(0, 59)), min_size=4, max_size=12, unique=True))
def test_lengths_of_videos_are_no_times_of_day(lengths: list[tuple[int, int]]) -> None:
    """In any order but that of news, which run from new to old."""
    ordered = sorted(lengths)
    mixed = ordered[::2] + ordered[1::2]
    assert read_dates([[f"{hour}:{minute:02}"] for hour, minute in mixed], zone=UTC_ZONE, now=NOW) == [None] * len(
        mixed
    )


@pytest.mark.parametrize("piece", ["1 ", "20 Nov ", "2025-", "vor 3 ", "12:", "Updated ", "年", "é", "('", "20.11."])
def test_of_a_long_text_the_beginning_is_read(piece: str) -> None:
    assert read_date(piece * 100_000) == read_date((piece * 100_000)[:200])


def test_the_documentation_is_what_the_tables_say() -> None:
    document = Path(__file__).parents[2] / "docs" / "dates.md"
    assert document.read_text(encoding="utf-8") == forms_document(), (
        "run: python -m feedbuilder.parse.dates > docs/dates.md"
    )
