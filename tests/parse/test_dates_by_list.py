"""What a list of dates shows that one text does not: which number is the year, what is to come, what is none."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from feedbuilder.model import Precision
from feedbuilder.parse.dates import read_dates
from feedbuilder.parse.dates.why_no_date import NoDateReason, why_no_date

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)  # a Friday


def read(*texts: str, language: str | None = None, day_first: bool | None = None) -> list[str | None]:
    """Return what a list reads: days as "2026-11-20", moments as "2026-11-20 15:30"."""
    dates = read_dates(
        [[text] for text in texts], zone=ZoneInfo("UTC"), now=NOW, language=language, day_first=day_first
    )
    forms = {Precision.DAY: "%Y-%m-%d", Precision.INSTANT: "%Y-%m-%d %H:%M"}
    return [one.at.strftime(forms[one.precision]) if one else None for one in dates]


@pytest.mark.parametrize(
    ("language", "texts", "expected"),
    [
        ("ko", ["24.11.20", "24.11.08"], ["2024-11-20", "2024-11-08"]),
        ("ja", ["24/11/20", "24/11/08"], ["2024-11-20", "2024-11-08"]),
        ("zh-CN", ["24-11-20", "24-10-31"], ["2024-11-20", "2024-10-31"]),
        ("hu", ["24.11.20.", "24.11.08."], ["2024-11-20", "2024-11-08"]),
        ("de", ["20.11.24", "3.10.24"], ["2024-11-20", "2024-10-03"]),
        ("en-US", ["10/3/24", "9/24/24"], ["2024-10-03", "2024-09-24"]),
        ("en-GB", ["09/10/24", "20/11/24"], ["2024-10-09", "2024-11-20"]),
        (None, ["26.11.26", "26.11.25", "26.11.24"], ["2026-11-26", "2026-11-25", "2026-11-24"]),
        ("ja", ["06.7.16"], [None]),  # 2006, or the sixth year of Reiwa
        ("ja", ["6.7.16"], [None]),
        ("ko", ["31.10.24"], [None]),  # neither 2031 nor how Koreans write
        ("fa", ["04/08/29"], ["2025-11-20"]),
        ("th", ["20/11/68", "20/11/25"], ["2025-11-20", "2025-11-20"]),
    ],
)
def test_which_of_three_short_numbers_is_the_year(
    language: str | None, texts: list[str], expected: list[str | None]
) -> None:
    assert read(*texts, language=language) == expected


@pytest.mark.parametrize(
    ("language", "texts", "expected"),
    [
        ("en", ["11/25", "7/12"], ["2026-11-25", "2026-07-12"]),
        ("pt", ["25/11", "7/11"], ["2026-11-25", "2026-11-07"]),
        ("en", ["7/12", "8/12"], [None, None]),
        ("en", ["1/2", "3/4", "1/12"], [None, None, None]),
        ("ko", ["11.20", "11.09"], ["2026-11-20", "2026-11-09"]),
        ("de", ["20.11.", "09.11."], ["2026-11-20", "2026-11-09"]),
        ("nl", ["09-11", "08-11"], ["2026-11-09", "2026-11-08"]),
        ("zh", ["11-09", "11-08"], ["2026-11-09", "2026-11-08"]),
    ],
)
def test_day_and_month_without_a_year(language: str, texts: list[str], expected: list[str | None]) -> None:
    assert read(*texts, language=language) == expected


def test_what_is_to_come_is_no_date_of_publication() -> None:
    assert read("28 Nov", "29 Nov", "2 Dec", "5 Dec", "6 Jan") == [None] * 5
    assert read("6 Jan, 19:30", "5 Dec, 19:30", "29 Nov, 19:30") == [None] * 3, "from far to near"
    assert read("5 Dec", "20 Nov", "19 Nov", "3 Nov") == [None, "2026-11-20", "2026-11-19", "2026-11-03"]
    assert read("20 Nov", "24 Nov", "30 Nov", "4 Dec") == ["2026-11-20", "2026-11-24", None, None]
    assert read("10 Dec") == [None], "nothing tells whether it is of last year"


def test_news_without_a_year_count_from_now_back() -> None:
    assert read("25 Nov", "3 Nov", "20 Jan", "30 Dec") == ["2026-11-25", "2026-11-03", "2026-01-20", "2025-12-30"]
    assert read("28 Sep", "27 Oct", "26 Nov") == ["2026-09-28", "2026-10-27", "2026-11-26"], "from old to new"


def test_the_day_of_the_week_tells_the_year() -> None:
    assert read("Fri 27 Nov", "Wed 25 Nov") == ["2026-11-27", "2026-11-25"]
    assert read("Sat, 28 Nov") == [None], "that is tomorrow"
    assert read("28.11. (Sa)", language="de") == [None]
    assert read("Wed 26 Nov") == [None], "a Wednesday in 2025, but then others would show it"


def test_times_of_a_list_of_news_run_back() -> None:
    assert read("11:40", "10:05", "23:50") == ["2026-11-27 11:40", "2026-11-27 10:05", "2026-11-26 23:50"]
    assert read("12:30", "12:31", "12:32") == [None] * 3
    assert read("3:40", "11:05", "2:15", "7:20") == [None] * 4
    assert read("19:30", "19:30", "19:30") == [None] * 3


def test_a_day_of_the_week_with_its_time_is_the_last_such_day() -> None:
    assert read("Friday, 11:40", "Thursday, 23:10", "Tuesday, 08:05") == [
        "2026-11-27 11:40", "2026-11-26 23:10", "2026-11-24 08:05",
    ]  # fmt: skip
    assert read("Tuesday 10:00", "Friday 09:00", "Tuesday 10:00") == [None] * 3, "they reach back more than a week"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20 Nov 129", None),
        ("Nov 20, 5", None),
        ("20 Nov · 24", None),
        ("20 Nov 24 by Jane", None),
        ("6年7月16日", None),
        ("同年5月1日", None),
        ("20 November 1447", None),
        ("20 Nov · 5 min read", "2026-11-20"),
        ("20 Nov, 5 min read", "2026-11-20"),
        ("20 Nov | 129", "2026-11-20"),
        ("20 Nov 15:30", "2026-11-20 15:30"),
        ("20 Nov 15 h 30", "2026-11-20 15:30"),
        ("26.11. 19:30 Uhr", "2026-11-26 19:30"),
        ("25/11 - 22:05", "2026-11-25 22:05"),
        ("24.11 2026", "2026-11-24"),
        ("2026-W07-6", "2026-02-14"),
        ("2026-W07", None),
        ("20260214", "2026-02-14"),
        ("20261340", None),
        ("Nov. 20–22, 2025", None),
        ("20-22 November 2025", None),
        ("20 – 22 Nov", None),
    ],
)
def test_no_number_in_the_place_of_a_year_is_dropped(text: str, expected: str | None) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20 Nov 2025 15:30 GMT+7", "2025-11-20 08:30"),
        ("20 Nov 2025 15:30 (UTC-5)", "2025-11-20 20:30"),
        ("20 Nov 2025 15:30 +5:30", "2025-11-20 10:00"),
        ("20 Nov 2025 15:30 GMT+0700", "2025-11-20 08:30"),
        ("2025-11-20 15:30+07", "2025-11-20 08:30"),
        ("20 Nov 2025 15:30 WIB", "2025-11-20 08:30"),
        ("20 Nov 2025 15:30 - 5 comments", "2025-11-20 15:30"),
        ("20 Nov 2025 10:00-11:30", "2025-11-20 10:00"),
        ("20 Nov 2025 15:30 06-12", "2025-11-20 15:30"),
        ("20 Nov 2025 15:30 +25:00", "2025-11-20 15:30"),
    ],
)
def test_offsets(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Updated 25 Nov 2025 10:00 | Published 20 Nov 2025", "2025-11-20"),
        ("Published 20 Nov 2025 | Updated 10:00", "2025-11-20"),
        ("Apply by 20 Nov 2025 · Posted 10 Nov 2025, 9:15", "2025-11-10 09:15"),
        ("Event: 20 November 2025", None),
        ("Events | 20 November 2025", "2025-11-20"),
        ("2025年11月20日 公開 2025年11月25日 更新", "2025-11-20"),
        ("2025年11月25日 更新 / 2025年11月20日 公開", "2025-11-20"),
        ("20 Nov 2025 10:00 – 25 Nov 2025", "2025-11-20 10:00"),
    ],
)
def test_a_label_says_which_date_counts_and_keeps_its_time(text: str, expected: str | None) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1 day, 3 hours ago", 27 * 60),
        ("2h 5m ago", 125),
        ("vor 1 Stunde und 20 Minuten", 80),
        ("vor etwa 2 Stunden · 5 Min. Lesezeit", 120),
        ("il y a 1 heure et 20 minutes", 80),
        ("1時間20分前", 80),
        ("siku 1 zilizopita", None),
        ("قبل ساعتين", 120),
        ("منذ ساعة و20 دقيقة", 80),
        ("לפני שעה ו-20 דקות", 80),
        ("час назад", 60),
    ],
)
def test_a_distance_is_the_sum_of_its_parts(text: str, minutes: int | None) -> None:
    [date_read] = read_dates([[text]], zone=ZoneInfo("UTC"), now=NOW)
    assert date_read is not None
    if minutes is None:
        assert date_read.at.date() == date(2026, 11, 26)
    else:
        assert (NOW - date_read.at).total_seconds() == minutes * 60


@pytest.mark.parametrize("text", ["2.5 hours ago", "banned for 3 days", "in 2 hours", "3 days", "Hier klicken"])
def test_words_of_two_languages_and_other_lengths_are_no_distance(text: str) -> None:
    assert read(text) == [None]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("令和6年7月16日", None, "2024-07-16"),
        ("令和元年5月1日", None, "2019-05-01"),
        ("平成31年4月5日 10時30分", None, "2019-04-05 10:30"),
        ("R6.7.16", "ja", "2024-07-16"),
        ("R6.7.16", "en", None),
        ("民國113年11月20日", None, "2024-11-20"),
        ("114/11/20", "zh-TW", "2025-11-20"),
        ("114/11/20", "en", None),
        ("20 พ.ย. 2568", None, "2025-11-20"),
        ("20 พ.ย. 68", None, "2025-11-20"),
        ("1404/08/29", None, "2025-11-20"),
        ("۲۹ آبان", "fa", "2026-11-20"),
        ("1447/05/29", "ar", None),
        ("1447/05/29 - 2025/11/20", "ar", "2025-11-20"),
        ("二〇二五年十一月二十日", None, "2025-11-20"),
        ("20.XI.2025", None, "2025-11-20"),
        ("20 i 2025", "pl", None),
    ],
)
def test_other_calendars_and_numbers(text: str, language: str | None, expected: str | None) -> None:
    assert read(text, language=language) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6 de febrero de 2025 3:30", "2025-02-06 03:30"),
        ("20.11.2025 um 12:15 Uhr am Hafen", "2025-11-20 12:15"),
        ("20/11/2025 em 10:30", "2025-11-20 10:30"),
        ("12:15 am 20.11.2025", "2025-11-20"),  # a quarter past twelve, in German, or past midnight
    ],
)
def test_a_preposition_is_no_half_of_the_day(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发布时间：2025-11-20 15:30 来源：新华社", "2025-11-20 15:30"),
        ("Datum:20.11.2025", "2025-11-20"),
        ("20.11.'24", "2024-11-20"),
        ("2024/Nov/20", "2024-11-20"),
        ("20251120153000", "2025-11-20 15:30"),
        ("2025 m. lapkričio 20 d., 15 val. 30 min.", "2025-11-20 15:30"),
        ("शाम 5:30 बजे, 20 नवंबर 2025", "2025-11-20 17:30"),
        ("10.12.20.24", None),
        ("192.168.1.20", None),
        ("987654321", None),
    ],
)
def test_what_stands_around_the_numbers(text: str, expected: str | None) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Gen 3 engines explained",
        "iPhone 12 Pro review",
        "Mars 3 probe",
        "Mag 7 stocks fall",
        "Rated 4 out of 5",
        "2027年前到来",
        "8月前半",
    ],
)
def test_a_name_is_no_month_of_another_language(text: str) -> None:
    assert read(text) == [None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By Jane, Nov 20", "2026-11-20"),
        ("3. Mai von Max", "2026-05-03"),
        ("Okt 3.", "2026-10-03"),
        ("3 gen", "2026-01-03"),
        ("szept. 3. Kiss Anna", "2026-09-03"),
    ],
)
def test_a_month_among_words_is_one_still(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("03/02/2026", NoDateReason.AMBIGUOUS),
        ("26/02/03", NoDateReason.AMBIGUOUS),
        ("7/12", NoDateReason.AMBIGUOUS),
        ("28 Nov", NoDateReason.DAYS_IN_FUTURE),
        ("28 Nov 2026", NoDateReason.HOURS_IN_FUTURE),
        ("12:35", NoDateReason.NOT_A_DATE),
        ("30 Feb 2025", NoDateReason.IMPOSSIBLE),
        ("20 Nov 129", NoDateReason.UNKNOWN_FORM),
        ("129", NoDateReason.NOT_A_DATE),
    ],
)
def test_why_a_text_gave_no_date(text: str, reason: NoDateReason) -> None:
    assert why_no_date(text, zone=ZoneInfo("UTC"), now=NOW, language=None) is reason


@pytest.mark.parametrize(
    ("machine", "shown", "said"),
    [
        ("2026-11-20T00:00:00Z", "20 November 2026", ("2026-11-20T05:00", Precision.DAY)),
        ("2026-11-20T00:00:00+00:00", "Nov 20, 2026, 4:30 PM", ("2026-11-20T21:30", Precision.INSTANT)),
        ("2026-11-20T00:00:00", "November 20, 2026", ("2026-11-20T05:00", Precision.DAY)),
        # What is shown may leave out the year; then it is that of the midnight, not this one.
        ("2023-11-20T00:00:00Z", "20 November", ("2023-11-20T05:00", Precision.DAY)),
        ("2024-11-20T00:00:00", "Nov 20, 4:30 PM", ("2024-11-20T21:30", Precision.INSTANT)),
        # Eight in the evening, where it is read: both say the same.
        ("2026-11-20T01:00:00Z", "November 19, 2026", ("2026-11-20T01:00", Precision.INSTANT)),
        ("2026-11-20T00:00:00Z", "November 19, 2026", ("2026-11-20T00:00", Precision.INSTANT)),
        ("2026-11-20T00:00:00Z", "2 days ago", ("2026-11-20T00:00", Precision.INSTANT)),
        ("2026-11-20T00:00:00Z", "by Jo Field", ("2026-11-20T00:00", Precision.INSTANT)),
    ],
)
def test_a_midnight_for_machines_counts_less_than_what_is_shown_of_its_day(
    machine: str, shown: str, said: tuple[str, Precision]
) -> None:
    [date] = read_dates([[machine, shown]], zone=ZoneInfo("America/New_York"), now=NOW)
    assert date is not None
    assert (date.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M"), date.precision) == said
