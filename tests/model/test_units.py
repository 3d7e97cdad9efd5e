"""What a person may write for a duration or a zone."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.model.units import format_duration, parse_duration, parse_zone


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("90s", timedelta(seconds=90)),
        ("30m", timedelta(minutes=30)),
        ("1h 30m", timedelta(minutes=90)),
        ("0.5h", timedelta(minutes=30)),
        ("7 d", timedelta(days=7)),
        ("2W", timedelta(weeks=2)),
    ],
)
def test_durations_carry_their_unit(text: str, duration: timedelta) -> None:
    assert parse_duration(text) == duration


@pytest.mark.parametrize("text", [30, "30", "", "m", "-5m", "half an hour", None, True])
def test_a_number_without_unit_is_refused_with_examples(text: object) -> None:
    with pytest.raises(ValueError, match='"30m"'):
        parse_duration(text)


@given(st.integers(min_value=0, max_value=10**8))
def test_what_is_written_is_read_back(seconds: int) -> None:
    duration = timedelta(seconds=seconds)
    assert parse_duration(format_duration(duration)) == duration


def test_zones_are_iana_names() -> None:
    assert parse_zone("Asia/Dubai") == ZoneInfo("Asia/Dubai")


@pytest.mark.parametrize("text", ["IST4", "+04:00", "Asia/Dubay", "", None, "../etc/passwd"])
def test_other_zones_are_refused_with_examples(text: object) -> None:
    with pytest.raises(ValueError, match="Asia/Dubai"):
        parse_zone(text)
