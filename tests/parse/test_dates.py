"""Dates as sites write them, read in the site's zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder.model import Precision, SaidDate
from feedbuilder.parse.dates import read_dates

DUBAI = ZoneInfo("Asia/Dubai")
NOW = datetime(2026, 2, 6, 11, 5, tzinfo=UTC)  # 15:05 in Dubai, a Friday


def read(text: str, *, zone: ZoneInfo = DUBAI, now: datetime = NOW, language: str | None = None) -> SaidDate | None:
    return read_dates([[text]], zone=zone, now=now, language=language)[0]


def local(text: str, **kwargs: str | None) -> str | None:
    """What is read from `text`, as Dubai's clock shows it; only the day where only the day was said."""
    said = read(text, **kwargs)  # type: ignore[arg-type]
    if said is None:
        return None
    there = said.at.astimezone(DUBAI)
    return there.strftime("%Y-%m-%d") if said.precision is Precision.DAY else there.strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-06T12:35:00+04:00",
        "2026-02-06T08:35:00Z",
        "2026-02-06T08:35:00.000Z",
        "2026-02-06 12:35:00",
        "2026-02-06 12:35",
        "20260206T083500Z",
        "Fri, 06 Feb 2026 12:35:00 +0400",
        "Fri, 06 Feb 2026 08:35:00 GMT",
        "Fri Feb 06 08:35:00 UTC 2026",
        "Fri Feb  6 12:35:00 +0400 2026",
        "Feb. 6, 2026, 12:35 p.m.",
        "Feb. 6, 2026 12:35 p.m.",
        "Feb. 6, 2026 | 12:35 p.m.",
        "February 6th, 2026 at 12:35pm",
        "6 February 2026 12:35",
        "6 Feb 2026, 12.35",
        "Friday 6 February 2026, 12:35 GST",
        "Published: Feb 6, 2026 12:35 PM | By Jane Doe | 129",
        "Updated: Feb 6, 2026 1 p.m. Published: Feb. 6, 2026 12:35 p.m.",
        "12:35, 6 February 2026",
        "3:35 a.m. EST, Feb. 6, 2026",
        "06.02.2026, 12:35 Uhr",
        "06.02.2026 12.35",
        "6. Februar 2026 um 12:35 Uhr",
        "6 février 2026 à 12h35",
        "6 de febrero de 2026 12:35",
        "6 de fev. de 2026 às 12:35",
        "6 февраля 2026, 12:35",
        "2026年2月6日 12:35",
        "2026年2月6日 下午12:35",
        "2026/2/6 12:35",
        "2026. 2. 6. 오후 12:35",
        "２０２６年２月６日　１２：３５",
        "1770366900",
        "1770366900000",
        "Feb 6, 12:35",
        "2月6日 12:35",
        "02-06 12:35",
        "today, 12:35",
        "heute, 12:35 Uhr",
        "12:35",
    ],
)
def test_one_moment_in_many_spellings(text: str) -> None:
    assert local(text) == "2026-02-06 12:35:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Feb. 6, 2026 3 p.m.", "2026-02-06 15:00:00"),
        ("Feb. 6, 2026 noon", "2026-02-06 12:00:00"),
        ("Feb. 6, 2026, midnight", "2026-02-06 00:00:00"),
        ("Feb. 6, 2026 12:05 a.m.", "2026-02-06 00:05:00"),
        ("Sept. 30, 2025", "2025-09-30"),
        ("11. März 2025", "2025-03-11"),
        ("1er mars 2025", "2025-03-01"),
        ("mar. 3 févr.", "2026-02-03"),
        ("2026-02-06", "2026-02-06"),
        ("06.02.26", "2026-02-06"),
        ("25/02/2025", "2025-02-25"),
        ("02/25/2025", "2025-02-25"),
        ("5 Feb", "2026-02-05"),
        ("Mar 17", "2025-03-17"),
        ("Dec. 31", "2025-12-31"),
        ("29 Feb", "2024-02-29"),
        ("5 min read · 4 Feb 2026", "2026-02-04"),
        ("$2.50 – 4 Feb 2026", "2026-02-04"),
        ("yesterday", "2026-02-05"),
        ("yesterday, 14:05", "2026-02-05 14:05:00"),
        ("Yesterday at 3 p.m.", "2026-02-05 15:00:00"),
        ("gestern, 14:05", "2026-02-05 14:05:00"),
        ("昨天 14:05", "2026-02-05 14:05:00"),
        ("23:10", "2026-02-05 23:10:00"),
        ("2 hours ago", "2026-02-06 13:05:00"),
        ("about an hour ago", "2026-02-06 14:05:00"),
        ("26 mins ago", "2026-02-06 14:39:00"),
        ("26分钟前", "2026-02-06 14:39:00"),
        ("3時間前", "2026-02-06 12:05:00"),
        ("2시간 전", "2026-02-06 13:05:00"),
        ("3 days ago", "2026-02-03"),
        ("2 weeks ago", "2026-01-23"),
        ("just now", "2026-02-06 15:05:00"),
        ("刚刚", "2026-02-06 15:05:00"),
        ("vor 2 Stunden", "2026-02-06 13:05:00"),
        ("il y a 3 jours", "2026-02-03"),
        ("hace 2 horas", "2026-02-06 13:05:00"),
        ("2 часа назад", "2026-02-06 13:05:00"),
        ("منذ ساعتين", "2026-02-06 13:05:00"),
        ("٦ فبراير ٢٠٢٦", "2026-02-06"),
        ("2 घंटे पहले", "2026-02-06 13:05:00"),
        ("2 giờ trước", "2026-02-06 13:05:00"),
    ],
)
def test_other_moments(text: str, expected: str) -> None:
    assert local(text) == expected


def test_a_month_that_is_another_in_another_language_needs_the_language() -> None:
    assert local("6 listopada 2025 12:35", language="hr") == "2025-10-06 12:35:00"
    assert local("6 listopada 2025 12:35", language="pl") == "2025-11-06 12:35:00"
    assert local("6 listopada 2025 12:35") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Read More",
        "129",
        "12",
        "2026",
        "Monday",
        "March",
        "February 2026",
        "Jane Doe",
        "may",
        "1.2K views",
        "in 2 hours",
        "tomorrow",
        "Feb. 30, 2026",
        "31/31/2026",
        "2026-13-45",
        "Feb. 6, 2027",
        "Jan. 1, 1970",
        "0",
        "Dec. 31, 1969",
        "1970-01-01T14:00:00Z",
        "Jan. 1, 1900",
        "0001-01-01T00:00:00Z",
        "9" * 500,
        "Feb 6, 2026 15:11",
    ],
)
def test_no_date_is_invented(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("text", ["Feb. 6, 1960", "1969-07-20", "24 October 1929", "1970-01-03", "Jan. 1, 1980"])
def test_an_old_story_is_of_its_day(text: str) -> None:
    """Archives put on the web what was printed; only what programs write for no date is none."""
    assert read(text) is not None


def test_five_minutes_ahead_are_a_clock_that_is_fast() -> None:
    assert local("Feb 6, 2026 15:10") == "2026-02-06 15:10:00"


def test_the_first_text_that_gives_a_date_counts() -> None:
    dates = read_dates([["not a date", "Feb. 5, 2026", "Feb. 4, 2026"]], zone=DUBAI, now=NOW)
    assert dates == [SaidDate(datetime(2026, 2, 4, 20, tzinfo=UTC), Precision.DAY)]


def days(*texts: str, **kwargs: bool | str | None) -> list[str | None]:
    dates = read_dates([[text] for text in texts], zone=DUBAI, now=NOW, **kwargs)  # type: ignore[arg-type]
    return [date.at.astimezone(DUBAI).strftime("%m-%d") if date else None for date in dates]


def test_the_list_votes_on_day_and_month() -> None:
    assert days("03/02/2026", "25/01/2026") == ["02-03", "01-25"]
    assert days("02/03/2026", "01/25/2026") == ["02-03", "01-25"]


def test_what_would_lie_in_the_future_decides() -> None:
    assert days("06/02/2026", "06/02/2026") == ["02-06", "02-06"]
    assert days("02/06/2026") == ["02-06"]


def test_the_order_of_the_list_decides() -> None:
    assert days("03/12/2025", "04/11/2025", "05/10/2025") == ["12-03", "11-04", "10-05"]
    assert days("12/03/2025", "11/04/2025", "10/05/2025") == ["12-03", "11-04", "10-05"]


def test_the_configuration_and_the_language_decide() -> None:
    assert days("03/02/2025") == [None]
    assert days("03/02/2025", day_first=True) == ["02-03"]
    assert days("03/02/2025", day_first=False) == ["03-02"]
    assert days("03/02/2025", language="en-US") == ["03-02"]
    assert days("03/02/2025", language="en-GB") == ["02-03"]
    assert days("25/02/2025", day_first=False) == ["02-25"], "what is certain needs no vote"


def test_the_second_in_which_a_site_was_built_is_no_date() -> None:
    built, real = "2025-07-19T14:23:16+07:00", "2025-07-20T07:38:36+07:00"

    def dates(*texts: str) -> list[SaidDate | None]:
        return read_dates([[text] for text in texts], zone=ZoneInfo("UTC"), now=NOW)

    assert dates(real, *[built] * 6) == [SaidDate(datetime(2025, 7, 20, 0, 38, 36, tzinfo=UTC)), *[None] * 6]
    assert all(dates(*[built] * 4)), "four stories may come out at once"
    assert all(dates(*["2025-07-19T09:00:00Z"] * 9)), "a site may release its stories at nine"
    assert all(dates(*["2 hours ago"] * 9))
    assert all(dates(*[built] * 6, *(f"2025-07-{day} 10:11:12" for day in range(10, 18)))), "most are real"


def test_daylight_saving_time() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    gap, twice = read("29.03.2025 23:00", zone=berlin), read("2025-10-26 02:30", zone=berlin)
    assert gap == SaidDate(datetime(2025, 3, 29, 22, tzinfo=UTC))
    assert read("2025-03-30 02:30", zone=berlin) == SaidDate(datetime(2025, 3, 30, 1, 30, tzinfo=UTC))
    assert twice == SaidDate(datetime(2025, 10, 26, 0, 30, tzinfo=UTC))


FORMATS = (
    "%Y-%m-%dT%H:%M:%S",
    "%d %B %Y %H:%M:%S",
    "%b. %d, %Y, %I:%M:%S %p",
    "%d.%m.%Y %H:%M:%S",
    "%Y年%m月%d日 %H:%M:%S",
)


@settings(max_examples=60)
@given(
    st.integers(631_300_000, 1_770_200_000),
    st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})),
    st.sampled_from(FORMATS),
)
def test_a_written_moment_is_read_back_in_every_zone(seconds: int, name: str, form: str) -> None:
    zone = ZoneInfo(name)
    there = datetime.fromtimestamp(seconds, zone)
    said = read(there.strftime(form), zone=zone)
    assert said is not None
    first = there.replace(fold=0).astimezone(UTC)
    assert said == SaidDate(first)


@settings(max_examples=150)
@given(st.text(st.sampled_from("0123456789 :/-.,年月日TZ+pamFebMär昨天agohour"), max_size=25))
def test_any_text_gives_a_plausible_date_or_none(text: str) -> None:
    said = read(text, language="en")
    assert said is None or datetime(1990, 1, 1, tzinfo=UTC) <= said.at <= NOW + timedelta(minutes=5)
