"""Statements that the driver is given as they are: they find and do what SQLAlchemy would, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder.model import StoreAwayError, StoreError
from feedbuilder.store.columns import Duration, Json, Texts, Told, UtcMoment, WordList
from feedbuilder.store.database import Database, connect
from feedbuilder.store.one_of import one_of
from feedbuilder.store.ready import Ready, Session
from feedbuilder.store.upsert import put

metadata = sa.MetaData()
kinds = sa.Table(
    "of_all_kinds",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("moment", UtcMoment),
    sa.Column("length", Duration),
    sa.Column("word", WordList),
    sa.Column("told", Told),
    sa.Column("texts", Texts),
    sa.Column("note", Json),
    sa.Column("is_so", sa.Boolean),
    sa.Column("count", sa.BigInteger),
)
ALL = sa.select(kinds).order_by(kinds.c.id)
SOME = (
    sa.select(kinds.c.id, kinds.c.moment.label("when"), sa.func.length(kinds.c.word).label("letters"))
    .where(one_of(kinds.c.id, "ids"), kinds.c.count >= sa.bindparam("least"), kinds.c.is_so)
    .order_by(kinds.c.id)
    .limit(2)
)
texts = st.text(max_size=5)
rows = st.fixed_dictionaries(
    {
        "moment": st.none() | st.datetimes(timezones=st.just(UTC)),
        "length": st.none() | st.timedeltas(timedelta(days=-9), timedelta(days=9)),
        "word": st.none() | texts,
        "told": st.none() | texts,
        "texts": st.none() | st.lists(texts, max_size=2).map(tuple),
        "note": st.none() | st.dictionaries(texts, st.integers(0, 9) | texts, max_size=2),
        "is_so": st.none() | st.booleans(),
        "count": st.none() | st.integers(-(2**63), 2**63 - 1),
    }
)


@pytest.fixture(scope="module")
def database(one_place: Path | str) -> Iterator[Database]:
    made = connect(one_place)
    metadata.create_all(made.engine)
    yield made
    metadata.drop_all(made.engine)
    made.close()


@settings(max_examples=30, deadline=None)
@given(st.lists(rows, min_size=1, max_size=4), st.integers(-9, 9))
def test_values_go_and_come_as_they_do_through_sqlalchemy(database: Database, given: list[Any], least: int) -> None:
    numbered = [{"id": str(number), **row} for number, row in enumerate(given)]
    columns = tuple(numbered[0])
    with database.writing() as connection:
        connection.execute(sa.insert(kinds), numbered)
        plainly = connection.execute(ALL).all()
        assert Ready(sa.delete(kinds)).run(connection, {}) == len(numbered)
        Ready(sa.insert(kinds), columns).run(connection, *numbered)
        assert connection.execute(ALL).all() == plainly
        assert Ready(ALL).rows(connection) == plainly
        asked = {"ids": ["0", "1", "2", "none"], "least": least}
        found = Ready(SOME).rows(connection, asked)
        assert found == connection.execute(SOME, asked).all()
        assert all(row._fields == ("id", "when", "letters") for row in found)
        connection.rollback()


def test_rows_that_are_there_are_replaced_and_those_concerned_are_counted(database: Database) -> None:
    with database.writing() as connection:
        put(connection, database.dialect, kinds, [{"id": "a", "word": "one"}, {"id": "b", "word": "two"}])
        put(connection, database.dialect, kinds, [{"id": "a", "word": "three"}])
        put(connection, database.dialect, kinds, [{"id": "a", "word": "four"}], ())
        put(connection, database.dialect, kinds, [])
        again = Ready(sa.update(kinds).where(kinds.c.word == sa.bindparam("of")).values(is_so=True))
        assert again.run(connection, {"of": "three"}) == 1
        assert again.run(connection, {"of": "four"}) == 0
        found = Ready(sa.select(kinds.c.id, kinds.c.word, kinds.c.is_so).order_by(kinds.c.id)).rows(connection)
        assert found == [("a", "three", True), ("b", "two", None)]
        connection.rollback()


def test_what_the_database_suffers_is_told_and_what_we_do_wrong_is_not(database: Database) -> None:
    missing = sa.Table("not_there", sa.MetaData(), sa.Column("id", sa.Text, primary_key=True))
    with pytest.raises((StoreError, sa.exc.ProgrammingError)), database.looking() as connection:
        Ready(sa.select(missing)).rows(connection)
    with pytest.raises(sa.exc.IntegrityError), database.writing() as connection:
        Ready(sa.insert(kinds), ("id",)).run(connection, {"id": "twice"}, {"id": "twice"})
    with database.looking() as connection:
        assert Ready(ALL).rows(connection) == []


@pytest.mark.parametrize("one_place", ["postgresql"], indirect=True)  # sessions are a server's
def test_a_server_that_ended_a_session_is_away_and_the_next_one_is_new(database: Database) -> None:
    ended = Ready(sa.text("SELECT pg_terminate_backend(pg_backend_pid())"))
    for session in (database.quickly_writing, database.quickly_reading, database.writing, database.looking):
        with pytest.raises(StoreAwayError), session() as connection:
            ended.run(connection, {})
        with session() as connection:
            assert Ready(ALL).rows(connection) == []


@pytest.mark.parametrize("one_place", ["postgresql"], indirect=True)  # sessions are a server's
def test_a_session_that_ended_before_its_commit_is_told_once(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:

    def end(session: Session) -> None:
        [(pid,)] = Ready(sa.select(sa.func.pg_backend_pid())).rows(session)
        with database.looking() as other:
            other.execute(sa.text("SELECT pg_terminate_backend(:pid, 10000)"), {"pid": pid})

    with pytest.raises(StoreAwayError), database.quickly_writing() as connection:
        end(connection)
    assert not caplog.records


def test_what_goes_wrong_in_a_session_of_the_driver_leaves_nothing(database: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError), database.quickly_writing() as connection:
        Ready(sa.insert(kinds), ("id",)).run(connection, {"id": "a"}, {"id": "a"})
    with database.quickly_reading() as connection:
        assert Ready(ALL).rows(connection) == []
    with database.quickly_writing() as connection:
        put(connection, database.dialect, kinds, [{"id": "a"}])
    with database.quickly_writing() as connection:
        assert Ready(sa.delete(kinds)).run(connection, {}) == 1


def test_a_statement_whose_text_would_depend_on_its_values_is_refused(database: Database) -> None:
    with database.looking() as connection, pytest.raises(AssertionError):
        Ready(sa.select(kinds.c.id).where(kinds.c.id.in_(sa.bindparam("ids", expanding=True)))).rows(connection)
