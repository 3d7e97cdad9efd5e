"""Values that no database has, through the columns of both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from feedbuilder.store.columns import Duration, Texts, UtcMoment
from feedbuilder.store.database import connect

metadata = sa.MetaData()
values = sa.Table(
    "column_values",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("moment", UtcMoment),
    sa.Column("span", Duration),
    sa.Column("texts", Texts),
)


@pytest.fixture(scope="module")
def connection(one_place: Path | str) -> Iterator[sa.Connection]:
    """Yield a connection with one table, on either database, in a transaction that is never committed."""
    database = connect(one_place)
    with database.engine.connect() as opened:
        metadata.create_all(opened)
        yield opened
        opened.rollback()
    database.close()


def through(connection: sa.Connection, column: str, value: object) -> object:
    """Return what comes back of `value`."""
    connection.execute(values.delete())
    connection.execute(values.insert().values({column: value}))
    return connection.execute(sa.select(values.c[column])).scalar_one()


ZONES = sorted(available_timezones())
MOMENTS = st.datetimes(
    datetime(1, 1, 3),  # noqa: DTZ001 - Hypothesis adds the zone
    datetime(9999, 12, 29),  # noqa: DTZ001
    timezones=st.sampled_from(ZONES).map(ZoneInfo),
)


@given(moment=MOMENTS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_moments_round_trip_through_every_zone(connection: sa.Connection, moment: datetime) -> None:
    back = through(connection, "moment", moment)
    assert isinstance(back, datetime)
    assert back == moment.astimezone(UTC)
    assert back.tzinfo is UTC


def test_every_zone_there_is_round_trips(connection: sa.Connection) -> None:
    summer = datetime(2026, 7, 1, 12, 34, 56, 789, tzinfo=UTC)
    connection.execute(values.delete())
    connection.execute(
        values.insert(),
        [{"id": number, "moment": summer.astimezone(ZoneInfo(name))} for number, name in enumerate(ZONES)],
    )
    assert set(connection.execute(sa.select(values.c.moment)).scalars()) == {summer}


def test_moments_sort_as_they_follow_each_other(connection: sa.Connection) -> None:
    moments = [datetime(2026, 2, 6, 12, tzinfo=ZoneInfo(name)) for name in ("Asia/Dubai", "UTC", "America/New_York")]
    connection.execute(values.delete())
    connection.execute(values.insert(), [{"id": number, "moment": moment} for number, moment in enumerate(moments)])
    assert list(connection.execute(sa.select(values.c.id).order_by(values.c.moment)).scalars()) == [0, 1, 2]


def test_a_moment_without_a_zone_is_a_bug(connection: sa.Connection) -> None:
    with pytest.raises(StatementError, match="has no time zone"):
        connection.execute(sa.select(values.c.id).where(values.c.moment == datetime(2026, 2, 6)))  # noqa: DTZ001


@pytest.mark.parametrize(
    "span", [None, timedelta(), timedelta(microseconds=1), timedelta(days=-3), timedelta(days=99999)]
)
def test_lengths_of_time_round_trip(connection: sa.Connection, span: timedelta | None) -> None:
    assert through(connection, "span", span) == span


@pytest.mark.parametrize("texts", [None, (), ("a",), ("ü", "\0", "\ud800", '"', "🔥")])
def test_lists_of_texts_round_trip(connection: sa.Connection, texts: tuple[str, ...] | None) -> None:
    assert through(connection, "texts", texts) == texts
