"""Whether a clock can be right: who is believed, and for how long somebody who is wrong may be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.pipeline.clock_skew import ClockVerdict, is_off, judge, said_time

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
YEAR = 365 * DAY
NOW = datetime(2026, 2, 6, 12, tzinfo=UTC)
DATE = "Fri, 06 Feb 2026 12:00:00 GMT"

SITUATIONS = [
    # what hosts are ahead of us by, how far ahead of us the store is, the verdict
    ("everybody agrees", {"a.example": -MINUTE, "b.test": MINUTE}, -HOUR, "right"),
    ("nobody is heard", {}, -HOUR, "untold"),
    ("nobody is heard, and the store is of tomorrow", {}, DAY, "untold"),
    ("a year ahead, two sites say", {"a.example": -YEAR, "b.test": -YEAR + MINUTE}, None, "wrong"),
    ("two days behind, two sites say", {"a.example": 2 * DAY, "b.test": 2 * DAY}, None, "wrong"),
    ("a year ahead, one site and the store say", {"a.example": -YEAR}, -YEAR - HOUR, "wrong"),
    ("two days behind, one site and the store say", {"a.example": 2 * DAY}, 2 * DAY - HOUR, "wrong"),
    ("a year ahead, one site says, in the beginning", {"a.example": -YEAR}, None, "doubted"),
    ("one site is a year slow, for ever", {"a.example": -YEAR}, -HOUR, "doubted"),
    ("one site is a year fast, for ever", {"a.example": YEAR}, -HOUR, "doubted"),
    ("one site is two hours fast, for ever", {"a.example": 2 * HOUR}, -10 * MINUTE, "doubted"),
    ("one site is wrong, another right", {"a.example": -YEAR, "b.test": MINUTE}, -HOUR, "right"),
    ("two are wrong alike, another right", {"a.example": -YEAR, "b.test": -YEAR, "c.test": MINUTE}, -HOUR, "right"),
    ("two machines of one site are wrong", {"www.a.example": HOUR, "news.a.example": HOUR}, -HOUR, "doubted"),
    ("two sites contradict each other", {"a.example": -YEAR, "b.test": DAY}, -HOUR, "doubted"),
    ("caches that do not tell their age", {"a.example": -HOUR, "b.test": -9 * HOUR}, -10 * MINUTE, "doubted"),
    ("the machine slept for a year", {"a.example": timedelta()}, -YEAR, "right"),
    ("the store was written a year ahead, one site agrees with us", {"a.example": timedelta()}, YEAR, "right"),
    ("the store was written a year ahead, and one site is slow", {"a.example": -DAY}, YEAR, "doubted"),
]  # fmt: skip


@pytest.mark.parametrize(("heard", "ahead", "verdict"), [pytest.param(*rest, id=name) for name, *rest in SITUATIONS])
def test_who_is_believed(heard: dict[str, timedelta], ahead: timedelta | None, verdict: str) -> None:
    assert judge(heard, ahead).verdict == verdict


def test_what_two_sites_say_is_the_skew() -> None:
    judgement = judge({"a.example": -YEAR, "b.test": -YEAR + MINUTE, "c.test": DAY}, None)
    assert (judgement.hosts, judgement.skew) == (("a.example", "b.test"), -YEAR + MINUTE)


@given(
    st.timedeltas(-400 * DAY, 400 * DAY).filter(is_off),
    st.timedeltas(MINUTE, 20 * DAY),
    st.timedeltas(timedelta(), 40 * DAY),
)
def test_a_lone_site_that_is_wrong_is_obeyed_no_longer_than_it_is_wrong_by(
    skew: timedelta, interval: timedelta, slept: timedelta
) -> None:
    """Each obedience leaves the store as old as it was; so the store grows older until the site is not believed."""
    ahead, obeyed = -slept - interval, timedelta()
    while judge({"a.example": skew}, ahead).verdict is ClockVerdict.WRONG:
        ahead, obeyed = ahead - interval, obeyed + interval
        assert obeyed <= abs(skew) + interval


@pytest.mark.parametrize(
    ("date", "age", "said"),
    [
        (DATE, None, NOW),
        (DATE, "0", NOW),
        (DATE, " 3600 ", NOW + HOUR),
        (DATE, "soon", NOW),
        (DATE, "-5", NOW),
        (DATE, "9" * 400, None),
        ("Friday, 06-Feb-26 12:00:00 GMT", None, NOW),
        ("Fri, 06 Feb 2026 16:00:00 +0400", None, NOW),
        (None, None, None),
        ("", "3600", None),
        ("now", None, None),
        ("Fri, 06 Feb 99999 12:00:00 GMT", None, None),
    ],
)
def test_what_headers_say_of_the_time(date: str | None, age: str | None, said: datetime | None) -> None:
    assert said_time(date, age) == said
