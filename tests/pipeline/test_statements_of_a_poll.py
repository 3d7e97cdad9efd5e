"""How often a poll asks the store: a number that everything multiplies, and that must not grow unseen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from feedbuilder.model import Outcome
from feedbuilder.store.transaction import SqlTransaction
from tests.pipeline.newspaper import Newspaper, Office, an_item
from tests.store.heard import hearing


@pytest.fixture
def paper(tmp_path: Path, template: Path) -> Iterator[Newspaper]:
    """Return a newspaper whose list of forty stories was read three times."""
    office = Office(lists={"world": tuple(an_item(number) for number in range(40))})
    made = Newspaper(tmp_path / "paper", template, office, SqlTransaction)
    for _ in range(3):
        made.poll("world")
    yield made
    made.store.close()


@contextmanager
def counted(paper: Newspaper) -> Iterator[list[str]]:
    """Yield the statements that are run in the block, begins and commits included."""
    engine, said = paper.store._database.engine, list[str]()

    def hear(sql: str, _values: Any, many: bool) -> None:
        said.append(f"{sql} (many)" if many else sql)

    def commit(_connection: Any) -> None:
        said.append("COMMIT")

    event.listen(engine, "commit", commit)
    try:
        with hearing(engine, hear):
            yield said
    finally:
        event.remove(engine, "commit", commit)


def test_a_page_that_has_not_changed_costs_one_look_and_one_transaction(paper: Newspaper) -> None:
    paper.office.lists["world"] = None
    with counted(paper) as said:
        assert paper.poll("world") is Outcome.NOT_MODIFIED
    assert said.count("COMMIT") == 1
    # State and list; begin, the state, the run, runs of long ago, commit.
    assert len(said) <= 6, said


def test_nothing_new_costs_hardly_more_however_many_stories_are_listed(paper: Newspaper) -> None:
    with counted(paper) as said:
        assert paper.poll("world") is Outcome.UNCHANGED
    assert said.count("COMMIT") == 1
    # Whether all of it stands, and nothing was lost.
    assert len(said) <= 6 + 1, said
    assert not [sql for sql in said if sql.startswith("UPDATE statements")]
    assert not [sql for sql in said if "(many)" in sql]


def test_two_new_stories_are_looked_up_alone(paper: Newspaper) -> None:
    paper.office.lists["world"] = tuple(an_item(number) for number in range(-2, 38))
    with counted(paper) as said:
        assert paper.poll("world") is Outcome.NEW
    assert said.count("COMMIT") == 1
    # One of them notes that they stand from now on: the next poll asks no more for them than for the others.
    assert len(said) <= 17, said
    written = {sql.split()[2] for sql in said if sql.startswith("INSERT")}
    assert written == {"identities", "items", "statements", "articles", "runs"}
