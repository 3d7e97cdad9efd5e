"""Texts that are looked for by one parameter: those and no others, by the index, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedbuilder.store.columns import WordList
from feedbuilder.store.database import connect
from feedbuilder.store.one_of import one_of
from tests.store.heard import hearing

metadata = sa.MetaData()
words = sa.Table("looked_for", metadata, sa.Column("text", WordList, primary_key=True), sa.Column("n", sa.Integer))
FOUND = sa.select(words.c.text).where(one_of(words.c.text, "texts")).order_by(words.c.text)
ODD = ("", "0", "1.0", "null", '"', "\\", "\\u0000", "'; --", "a,b", "{a}", "ß", "\N{PILE OF POO}", "%(texts)s", "?")


@pytest.fixture(scope="module")
def connection(one_place: Path | str) -> Iterator[sa.Connection]:
    """Yield a connection with a table of some thousand texts, in a transaction that is never committed."""
    database = connect(one_place)
    with database.engine.connect() as opened:
        metadata.create_all(opened)
        rows = [{"text": text, "n": n} for n, text in enumerate((*ODD, *(f"text {n}" for n in range(3_000))))]
        opened.execute(words.insert(), rows)
        if opened.dialect.name == "postgresql":
            opened.exec_driver_sql("ANALYZE looked_for")
        yield opened
        opened.rollback()
    database.close()


def found(connection: sa.Connection, *texts: str) -> list[str]:
    return sorted(connection.execute(FOUND, {"texts": texts}).scalars())


def test_odd_texts_are_found_and_no_others(connection: sa.Connection) -> None:
    assert found(connection, *ODD) == sorted(ODD)
    for text in ODD:
        assert found(connection, text, "no such") == [text]


def test_of_no_texts_none_is_found(connection: sa.Connection) -> None:
    assert found(connection) == []


def test_there_may_be_more_than_a_statement_has_parameters(connection: sa.Connection) -> None:
    assert found(connection, *(f"text {n}" for n in range(70_000))) == sorted(f"text {n}" for n in range(3_000))


@given(texts=st.lists(st.text(st.characters(codec=None))))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_stored_is_found_by_what_it_was_stored_as(connection: sa.Connection, texts: list[str]) -> None:
    with connection.begin_nested() as place:
        connection.execute(words.delete())
        for text in texts:
            one_each = sa.select(words.c.n).where(words.c.text.in_([text]))
            if connection.execute(one_each).first() is None:
                connection.execute(words.insert(), {"text": text, "n": 0})
        stored = connection.execute(sa.select(words.c.text)).scalars().all()
        assert found(connection, *texts) == sorted(stored)
        place.rollback()


def test_all_but_some_are_found(connection: sa.Connection) -> None:
    others = sa.select(words.c.text).where(~one_of(words.c.text, "texts"), words.c.n < len(ODD))
    assert set(connection.execute(others, {"texts": ODD[2:]}).scalars()) == set(ODD[:2])


THESE = one_of(words.c.text, "texts")


@pytest.mark.parametrize("asked", [FOUND, sa.update(words).where(THESE).values(n=0), sa.delete(words).where(THESE)])
def test_they_are_found_by_an_index(connection: sa.Connection, asked: sa.Executable) -> None:
    told: list[tuple[str, Any]] = []
    with (
        hearing(connection.engine, lambda sql, values, _many: told.append((sql, values))),
        connection.begin_nested() as place,
    ):
        connection.execute(asked, {"texts": ["text 5", "text 7"]})
        place.rollback()
    on_sqlite = connection.dialect.name == "sqlite"
    [(sql, values)] = [one for one in told if "SAVEPOINT" not in one[0]]
    plan = connection.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' * on_sqlite}{sql}", values).all()
    index = "sqlite_autoindex_looked_for_1 (text=?)" if on_sqlite else "looked_for_pkey"
    assert any(index in str(row) for row in plan), plan
