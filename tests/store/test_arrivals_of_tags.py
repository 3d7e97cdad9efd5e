"""The order in which the items of a tag came is kept, whoever writes, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from feedbuilder.store import SqlStore, open_store
from feedbuilder.store.database import connect
from feedbuilder.store.tables import article_tags, identities, statement_tags, tag_counts
from tests.store.makers import DAY, MINUTE, NOW, make_item, make_run, make_source, poll
from tests.store.older import bring_up_to
from tests.store.test_store_tags import read_article

WORLD, ASIA = make_source("world"), make_source("asia")
TABLES = (statement_tags, article_tags)


def kept(store: SqlStore) -> list[tuple[str, datetime]]:
    """Return the tags of all items with the moments beside them, which have to be the items' own."""
    with store._database.reading() as connection:
        rows = [
            (row.key, row.first_seen, row.seen)
            for table in TABLES
            for row in connection.execute(
                select(table.c.key, table.c.first_seen, identities.c.first_seen.label("seen")).join(
                    identities, identities.c.id == table.c.item
                )
            )
        ]
    assert [seen for _, seen, _ in rows] == [seen for _, _, seen in rows]
    return sorted((key, seen) for key, seen, _ in rows)


@pytest.fixture
def used(store: SqlStore) -> Iterator[SqlStore]:
    """Yield a store with tags of two lists and of an article's own page."""
    store.sync_sources([WORLD, ASIA], NOW)
    poll(store, WORLD, [make_item("both", tags=("Tea",)), make_item("early", tags=("Tea",))], NOW)
    poll(store, ASIA, [make_item("late", tags=("Milk",)), make_item("both", tags=("Tea", "Milk"))], NOW + MINUTE)
    read_article(store, make_item("late"), ASIA, ("Honey",))
    yield store
    kept(store)


def test_each_tag_has_its_items_by_when_anybody_saw_them_first(used: SqlStore) -> None:
    assert [(key, seen - NOW) for key, seen in kept(used)] == [
        ("honey", MINUTE),
        ("milk", 0 * MINUTE),
        ("milk", MINUTE),
        ("tea", 0 * MINUTE),
        ("tea", 0 * MINUTE),
        ("tea", 0 * MINUTE),
    ]


def test_a_moment_that_is_put_right_is_so_here(used: SqlStore) -> None:
    ahead = NOW + 400 * DAY
    poll(used, WORLD, [make_item("tomorrow", tags=("Tea",)), make_item("both", tags=("Tea",))], ahead)
    with used.transaction() as memory:
        memory.record(make_run(now=ahead), replace(used.state("world"), last_run=ahead))
    assert used.put_right(NOW + DAY) > 0
    assert max(seen for _, seen in kept(used)) < NOW + DAY


def test_a_story_that_goes_into_another_takes_its_tags_along(used: SqlStore) -> None:
    poll(used, ASIA, [make_item("twin", tags=("Rice",))], NOW + 2 * MINUTE)
    with used.transaction() as memory:
        first, twin = (memory.known([make_item(name).canonical]) for name in ("early", "twin"))
        (one,), (other,) = first.values(), twin.values()
        memory.absorb(other.identity, one.identity.id)
    assert ("rice", NOW) in kept(used)


def test_a_store_that_is_filled_again_has_them(used: SqlStore, tmp_path_factory: pytest.TempPathFactory) -> None:
    with used.transaction() as memory:
        known = list(memory.known(make_item(name).canonical for name in ("both", "early", "late")).values())
    with open_store(tmp_path_factory.mktemp("again") / "feedbuilder.db") as other:
        other.seed(known, NOW + 2 * DAY)
        assert kept(other) == kept(used)


OLDER = (
    """INSERT INTO identities (id, canonical, digest, published, precision, zone, first_seen, position, announced)
    VALUES ('{name}', '{name}', '{name}', '{seen}', 'seen', 'UTC', '{seen}', 0, false)""",
    """INSERT INTO items (id, link, authors, enclosures, changed, folded)
    VALUES ('{name}', 'https://site.example/{name}', '[]', '[]', '{seen}', '{name}')""",
    """INSERT INTO statements (item, source, link, authors, enclosures, tags, first_seen, last_seen, former_images,
    former_titles, former_summaries, assumed, listed)
    VALUES ('{name}', 'world', '', '[]', '[]', '["Tea"]', '{seen}', '{seen}', '[]', '[]', '[]', false, true)""",
    "INSERT INTO statement_tags (item, source, key, name) VALUES ('{name}', 'world', 'tea', 'Tea')",
    "INSERT INTO articles (item, source, link, tries, authors, tags) VALUES ('{name}', 'world', '', 0, '[]', '[]')",
    "INSERT INTO article_tags (item, key, name) VALUES ('{name}', 'honey', 'Honey')",
)
"""What makes an item of version 0029."""


@pytest.mark.usefixtures("migrations_run")
def test_an_older_store_takes_them_in_and_goes_on(place: Path | str) -> None:
    database = connect(place)
    with database.writing() as connection:
        bring_up_to(connection, "0029")
        connection.exec_driver_sql(
            "INSERT INTO sources (id, fingerprint, failures, doubts) VALUES ('world', '', 0, '{}')"
        )
        for name, seen in (("a", NOW), ("b", NOW + MINUTE)):
            for statement in OLDER:
                connection.exec_driver_sql(statement.format(name=name, seen=f"{seen:%Y-%m-%d %H:%M:%S}.000000"))
    database.close()
    with open_store(place) as store:
        assert kept(store) == [(key, NOW + late) for key in ("honey", "tea") for late in (0 * MINUTE, MINUTE)]
        poll(store, WORLD, [make_item("c", tags=("Tea",))], NOW + DAY)
        assert [item.id for item in store.items(tag="tea")][1:] == ["b", "a"]
        with store._database.reading() as connection:
            counted = {
                (row.key, row.items) for row in connection.execute(select(tag_counts.c.key, tag_counts.c["items"]))
            }
        assert counted == {("tea", 3), ("honey", 2)}
        assert store.prune(NOW + 3 * DAY, keep_age=DAY, keep_items=1, shown=()) == 2
        assert kept(store) == [("tea", NOW + DAY)]
