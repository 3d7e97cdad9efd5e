"""The order in which the items of a source came is kept by the database, whoever writes, on both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from feedbuilder.store import SqlStore, lookup, open_store
from feedbuilder.store.migrate import VERSION_TABLE
from feedbuilder.store.tables import arrivals, identities, statements
from tests.store.makers import DAY, MINUTE, NOW, make_item, make_run, make_source, poll
from tests.store.older import bring_up_to

WORLD, ASIA = make_source("world", tags=["News"]), make_source("asia", tags=["News"])


def kept(store: SqlStore) -> set[tuple[str, datetime, str]]:
    with store._database.reading() as connection:
        return {tuple(row) for row in connection.execute(select(arrivals))}


def meant(store: SqlStore) -> set[tuple[str, datetime, str]]:
    query = select(statements.c.source, identities.c.first_seen, statements.c.item)
    with store._database.reading() as connection:
        return {tuple(row) for row in connection.execute(query.join(identities, identities.c.id == statements.c.item))}


@pytest.fixture
def used(store: SqlStore) -> Iterator[SqlStore]:
    """Yield a store with two sources that share a story; at the end its arrivals have to be right."""
    store.sync_sources([WORLD, ASIA], NOW)
    poll(store, WORLD, [make_item("both"), make_item("early")], NOW)
    poll(store, ASIA, [make_item("late"), make_item("both")], NOW + MINUTE)
    yield store
    assert kept(store) == meant(store)


def test_each_source_has_its_items_by_when_anybody_saw_them_first(used: SqlStore) -> None:
    assert sorted((source, seen - NOW) for source, seen, _ in kept(used)) == [
        ("asia", 0 * MINUTE),
        ("asia", MINUTE),
        ("world", 0 * MINUTE),
        ("world", 0 * MINUTE),
    ]


def test_what_is_forgotten_goes(used: SqlStore) -> None:
    poll(used, WORLD, [make_item("new")], NOW + 2 * DAY)
    assert used.prune(NOW + 3 * DAY, keep_age=DAY, keep_items=100, shown=()) == 1
    assert len(kept(used)) == 4


def test_a_moment_that_is_put_right_is_so_here(used: SqlStore) -> None:
    ahead = NOW + 400 * DAY
    poll(used, WORLD, [make_item("tomorrow"), make_item("both")], ahead)
    with used.transaction() as memory:
        memory.record(make_run(now=ahead), replace(used.state("world"), last_run=ahead))
    assert used.put_right(NOW + DAY) > 0
    assert max(seen for _, seen, _ in kept(used)) < NOW + DAY


def test_a_story_that_goes_into_another_takes_its_lists_along(used: SqlStore) -> None:
    poll(used, ASIA, [make_item("twin")], NOW + 2 * MINUTE)
    with used.transaction() as memory:
        first, twin = (memory.known([make_item(name).canonical]) for name in ("early", "twin"))
        (one,), (other,) = first.values(), twin.values()
        memory.absorb(other.identity, one.identity.id)
    assert ("asia", NOW, one.identity.id) in kept(used)


def test_a_store_that_is_filled_again_has_them(used: SqlStore, tmp_path_factory: pytest.TempPathFactory) -> None:
    with used.transaction() as memory:
        known = list(memory.known(make_item(name).canonical for name in ("both", "early", "late")).values())
    with open_store(tmp_path_factory.mktemp("again") / "feedbuilder.db") as other:
        assert other.seed(known, NOW + DAY) == 3
        assert kept(other) == meant(other) == kept(used)


def test_an_older_store_takes_them_in(store: SqlStore) -> None:
    """By the migration, which is run backwards by hand: there are no ways back."""
    poll(store, WORLD, [make_item("1"), make_item("2")], NOW)
    before, database = kept(store), store._database
    with database.writing() as connection:
        for table, name in (
            ("statements", "statements_insert_arrived"),
            ("statements", "statements_delete_arrived"),
            ("identities", "identities_update_arrived"),
        ):
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            else:
                connection.exec_driver_sql(f"DROP TRIGGER {name} ON {table}")
                connection.exec_driver_sql(f"DROP FUNCTION {name}")
        connection.exec_driver_sql("DROP TABLE arrivals")
        connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '0012'")
        bring_up_to(connection, "0013")
    assert kept(store) == before == meant(store)
    poll(store, WORLD, [make_item("3")], NOW + MINUTE)
    assert kept(store) == meant(store)
    assert len(kept(store)) == 3


def test_news_are_counted_by_day_and_source(used: SqlStore) -> None:
    poll(used, WORLD, [make_item("next")], NOW + DAY)
    assert used.news_per_day(NOW + DAY, 2) == {"world": (2, 1), "asia": (2, 0)}
    assert used.news_per_day(NOW + DAY, 1) == {"world": (1,)}
    assert used.news_per_day(NOW + 9 * DAY, 3) == {}


def test_the_newest_of_many_sources_are_found_without_their_older_ones(
    used: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "NEAR", 1)
    for number in range(6):
        poll(used, ASIA if number % 2 else WORLD, [make_item(f"n{number}")], NOW + (2 + number) * MINUTE)

    def told(**asked: str) -> list[str]:
        return [item.canonical.rpartition("/")[2] for item in used.items(limit=3, **asked)]

    assert told(tag="news") == ["n5", "n4", "n3"]
    assert told(source="asia") == ["n5", "n3", "n1"]
    assert told(source="world") == ["n4", "n2", "n0"]
