"""What an item gets when it is seen for the first time: its id and its date, which readers never correct."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder.model import Precision, SaidDate
from feedbuilder.model.item_ids import item_id
from feedbuilder.store import merge
from tests.store.makers import DAY, NOW, instant, known_after, make_item, make_source, whole_day

DUBAI = make_source()


def published(said: SaidDate | None, now: datetime = NOW) -> tuple[datetime, Precision]:
    (change,) = merge([make_item(published=said)], {}, DUBAI, now).changes
    assert change.item.published == change.identity.published
    return change.identity.published, change.identity.precision


def test_a_new_item_has_the_id_of_its_address_and_is_seen_now() -> None:
    (change,) = merge([make_item("talks")], {}, DUBAI, NOW).new
    assert change.identity.id == change.item.id == item_id("site.example/talks")
    assert change.identity.first_seen == change.item.first_seen == change.item.changed == NOW
    assert change.item.sources == ("world",)
    assert change.item.zone.key == "Asia/Dubai"


@pytest.mark.parametrize(
    ("said", "expected", "precision"),
    [
        pytest.param(instant("2026-02-06T13:28+04:00"), "2026-02-06T09:28Z", Precision.INSTANT, id="an instant stands"),
        pytest.param(instant("2019-01-01T00:00Z"), "2019-01-01T00:00Z", Precision.INSTANT, id="however old"),
        pytest.param(
            instant("2026-02-06T10:05Z"), "2026-02-06T10:05Z", Precision.INSTANT, id="a clock five minutes fast"
        ),
        pytest.param(instant("2026-02-06T10:05:01Z"), "2026-02-06T10:00Z", Precision.SEEN, id="the future is no date"),
        pytest.param(whole_day("2026-02-06T00:00+04:00"), "2026-02-06T10:00Z", Precision.DAY, id="today is now"),
        pytest.param(
            whole_day("2026-02-05T00:00+04:00"), "2026-02-05T08:00Z", Precision.DAY, id="another day is its noon"
        ),
        pytest.param(
            whole_day("2026-02-07T00:00+04:00"), "2026-02-06T10:00Z", Precision.SEEN, id="tomorrow is no date"
        ),
        pytest.param(None, "2026-02-06T10:00Z", Precision.SEEN, id="nothing said"),
    ],
)
def test_first_dates(said: SaidDate | None, expected: str, precision: Precision) -> None:
    assert published(said) == (datetime.fromisoformat(expected), precision)


def test_today_is_the_day_in_the_zone_of_the_site() -> None:
    late = datetime(2026, 2, 6, 21, tzinfo=UTC)  # the 7th in Dubai, one o'clock in the morning
    assert published(whole_day("2026-02-07T00:00+04:00"), late)[0] == late
    assert published(whole_day("2026-02-06T00:00+04:00"), late)[0] == datetime(2026, 2, 6, 8, tzinfo=UTC)


def test_noon_is_noon_on_days_when_the_clocks_change() -> None:
    berlin = make_source(timezone="Europe/Berlin")
    (change,) = merge([make_item(published=whole_day("2025-03-30T00:00+01:00"))], {}, berlin, NOW).changes
    assert change.item.published == datetime(2025, 3, 30, 10, tzinfo=UTC)


def test_without_a_zone_the_site_is_taken_to_write_utc() -> None:
    nowhere = make_source(timezone=None)
    (change,) = merge([make_item(published=whole_day("2026-02-05T00:00Z"))], {}, nowhere, NOW).changes
    assert (change.item.published, change.item.zone.key) == (datetime(2026, 2, 5, 12, tzinfo=UTC), "UTC")


def test_undated_items_keep_the_order_of_the_page() -> None:
    dated = make_item("dated", published=instant("2026-02-06T09:00Z"))
    page = [make_item("first"), dated, make_item("second"), make_item("third")]
    dates = {change.item.canonical: change.item.published for change in merge(page, {}, DUBAI, NOW).changes}
    assert dates["site.example/first"] == NOW
    assert dates["site.example/second"] == NOW - timedelta(seconds=1)
    assert dates["site.example/third"] == NOW - timedelta(seconds=2)
    assert dates["site.example/dated"] == dated.published.at if dated.published else None


def test_items_of_one_day_keep_the_order_of_the_page_and_stay_on_that_day() -> None:
    midnight = whole_day("2026-02-06T00:00+04:00")
    now = midnight.at + timedelta(seconds=1)
    page = [make_item(str(number), published=midnight) for number in range(4)]
    dates = [change.item.published for change in merge(page, {}, DUBAI, now).changes]
    assert dates == [now, midnight.at, midnight.at, midnight.at]


def test_only_the_undated_items_seen_for_the_first_time_count() -> None:
    first = merge([make_item("old")], {}, DUBAI, NOW - DAY)
    changes = merge([make_item("old"), make_item("new")], known_after(first), DUBAI, NOW)
    assert [change.item.published for change in changes.changes] == [NOW - DAY, NOW]


def test_of_two_items_with_one_address_the_first_counts() -> None:
    changes = merge([make_item(title="Hero"), make_item(title="Other")], {}, DUBAI, NOW)
    assert [change.item.title for change in changes.changes] == ["Hero"]


MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ZONES = st.sampled_from(
    ["UTC", "Asia/Dubai", "Pacific/Chatham", "America/St_Johns", "Pacific/Kiritimati", "Europe/Berlin"]
)


@given(day=st.dates(date(2001, 1, 1), date(2099, 12, 1)), now=MOMENTS, zone=ZONES)
@settings(max_examples=200, deadline=None)
def test_a_day_is_never_left_in_the_zone_of_the_site(day: date, now: datetime, zone: str) -> None:
    site = make_source(timezone=zone)
    midnight = datetime(day.year, day.month, day.day, tzinfo=site.timezone).astimezone(UTC)
    page = [make_item(str(number), published=SaidDate(midnight, Precision.DAY)) for number in range(3)]
    for change in merge(page, {}, site, now).changes:
        if change.identity.precision is Precision.DAY:
            assert change.identity.published.astimezone(site.timezone).date() == day
            assert change.identity.published <= max(now, midnight + timedelta(hours=13))
        else:
            assert midnight > now
