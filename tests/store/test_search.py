"""Searching: the index of texts on SQLite finds what looking through all of them finds, whatever was done to items."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from datetime import timedelta
from itertools import product
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, true

from feedbuilder.model import StoreError
from feedbuilder.store import SqlStore, lookup, open_store, search
from feedbuilder.store.copy_over import copy_over
from feedbuilder.store.database import connect
from feedbuilder.store.migrations import search_index
from feedbuilder.store.tables import items
from tests.store.makers import DAY, MINUTE, NOW, make_item, make_source, poll
from tests.store.older import bring_up_to

WORLD = make_source()
# Few letters, so that texts share them; some that fold to others, some that mean something to SQLite or its index.
LETTERS = st.sampled_from(
    [*"aabAB ", "ß", "ẞ", "İ", "ſ", "é", "e\N{COMBINING ACUTE ACCENT}", "東", "京", "🎉", *"\"'*%_/^-:"]
)
TEXTS = st.lists(LETTERS | st.characters(), max_size=12).map("".join)


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store to copy, in which a few more items complete a batch."""
    path = tmp_path_factory.mktemp("search") / "feedbuilder.db"
    with open_store(path) as opened:
        opened.sync_sources([WORLD], NOW)
        poll(opened, WORLD, [make_item(str(number)) for number in range(search_index.BATCH - 8)], NOW)
    return path


def texts_of(store: SqlStore) -> dict[str, str]:
    with store._database.reading() as connection:
        return {row.id: row.folded for row in connection.execute(select(items.c.id, items.c.folded))}


def found(store: SqlStore, words: str) -> set[str]:
    return {item.id for item in store.items(search=words, limit=100_000)}


PAGES = st.dictionaries(st.integers(0, 2 * search_index.BATCH), TEXTS, min_size=1, max_size=12)


@pytest.mark.slow(12)
@settings(deadline=None)
@given(
    pages=st.lists(PAGES, min_size=1, max_size=3),
    kept=st.none() | st.integers(0, search_index.BATCH),
    words=TEXTS,
    part=st.tuples(st.integers(0), st.integers(0), st.integers(0, 20)),
)
def test_what_is_found_is_what_is_there(
    used: Path, pages: list[dict[int, str]], kept: int | None, words: str, part: tuple[int, int, int]
) -> None:
    with tempfile.TemporaryDirectory() as home, open_store(Path(shutil.copy(used, home))) as store:
        for day, page in enumerate(pages, 1):
            shown = [make_item(str(number), title=title or None) for number, title in page.items()]
            poll(store, WORLD, shown, NOW + day * DAY)
            if kept is not None:
                store.prune(NOW + day * DAY, keep_age=30 * DAY, keep_items=kept, shown=())
        texts = texts_of(store)
        text = sorted(set(texts.values()))[part[0] % len(set(texts.values()))]
        start = part[1] % len(text)
        for needle, near in product((words, text[start : start + part[2]]), (0, lookup.NEAR)):
            told = needle.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}").casefold()
            with (
                patch.object(lookup, "NEAR", near),
                patch.object(search, "SAMPLE", near),
                patch.object(search, "PORTION", 3),
            ):
                names = store.items(search=needle, limit=100_000)
                assert store.items(search=needle, limit=2) == names[:2]
            assert {one.id for one in names} == {one for one, folded in texts.items() if told in folded}


@pytest.mark.parametrize("words", ["東京", "zq", "/9", '"q', "q\n", "no"])
def test_two_letters_are_looked_for_by_the_groups_that_they_begin(
    sqlite_store: SqlStore, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    titles = {"1": "東京都は", "2": "京東", "3": "zqx", "4": 'a "quoted" zq', "9": "nine"}
    shown = [make_item(name, title=title) for name, title in titles.items()]
    poll(sqlite_store, WORLD, shown + [make_item(f"x{number}") for number in range(search_index.BATCH)], NOW)
    poll(sqlite_store, WORLD, [make_item("99"), make_item("new", title="new zq")], NOW + DAY)  # not in the index yet
    monkeypatch.setattr("feedbuilder.store.lookup.NEAR", 1)
    meant = {one for one, folded in texts_of(sqlite_store).items() if words in folded}
    assert found(sqlite_store, words) == meant
    with sqlite_store._database.reading() as connection:
        named = search.Words(connection, words).newest(100, [], most=search_index.BATCH // 2)
    assert named is not None
    assert set(named) == meant
    monkeypatch.setattr(search, "MOST_TERMS", 0)
    assert found(sqlite_store, words) == meant


def test_the_index_is_asked_and_knows_what_is_there(sqlite_store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [str(number) for number in range(search_index.BATCH + 5)]
    poll(sqlite_store, WORLD, [make_item(name, title=f"Talks {name} resume") for name in names], NOW)
    monkeypatch.setattr(search, "PORTION", 2)
    with sqlite_store._database.reading() as connection:
        words = search.Words(connection, "Talks 77")
        assert len(words.newest(50, [], most=8) or ()) == 1
        waiting = connection.exec_driver_sql("SELECT count(*) FROM searched WHERE NOT indexed").scalar()
    assert waiting == 5
    assert [item.title for item in sqlite_store.items(search="TALKS 77")] == ["Talks 77 resume"]
    assert len(sqlite_store.items(search="talks", limit=1000)) == len(names)


NEWEST = """
    SELECT items.id FROM items JOIN identities ON identities.id = items.id WHERE instr(folded, ?)
    ORDER BY first_seen DESC, published DESC, position, items.id DESC LIMIT ?
"""


def newest(store: SqlStore, letters: str, limit: int) -> list[str]:
    """Return the ids of the newest items that have these letters, found by looking through all."""
    with store._database.reading() as connection:
        return list(connection.exec_driver_sql(NEWEST, (letters, limit)).scalars())


def test_what_came_in_no_order_is_found_newest_first(sqlite_store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SAMPLE", 1)
    monkeypatch.setattr(search, "PORTION", 4)
    random = Random(5)

    def fill(day: int, numbers: range) -> None:
        for number in numbers:
            shown = [make_item(f"{number}-{place}", title=f"no {random.randrange(30)}.") for place in range(25)]
            poll(sqlite_store, WORLD, shown, NOW + day * DAY + random.choice((number, 2 * number, 1, 500)) * MINUTE)

    def hold() -> None:
        for letters, limit in product(("no 7.", "no 17.", "no ", "o 2", "17"), (1, 5, 40)):
            told = [item.id for item in sqlite_store.items(search=letters, limit=limit)]
            assert told == newest(sqlite_store, letters, limit), (letters, limit)

    fill(0, range(35))
    hold()
    with sqlite_store._database.writing() as connection:  # as if they had come another day
        for days, number in ((3, 40), (-2, 300), (5, 700)):
            connection.exec_driver_sql(
                f"UPDATE identities SET first_seen = datetime(first_seen, '{days} days') || '.000000' "
                f"WHERE id = (SELECT item FROM searched WHERE number = {number})"
            )
    hold()
    with sqlite_store._database.writing() as connection:  # numbers are given again
        connection.exec_driver_sql("DELETE FROM items WHERE id IN (SELECT item FROM searched WHERE number > 500)")
    hold()
    fill(-1, range(50, 52))
    hold()
    fill(9, range(60, 80))
    hold()


def test_a_search_ends_where_all_that_is_left_came_earlier(
    sqlite_store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "SAMPLE", 1)
    monkeypatch.setattr(search, "PORTION", 5)
    for number in range(30):
        poll(sqlite_store, WORLD, [make_item(f"{number}-{place}") for place in range(30)], NOW + number * MINUTE)
    with sqlite_store._database.reading() as connection:
        found = search.Words(connection, "story of").newest(3, [true()], most=2 * search_index.BATCH)
    assert found == newest(sqlite_store, "story of", 3)


def test_a_store_that_was_copied_is_searched_in_the_order_of_coming(sqlite_store: SqlStore, tmp_path: Path) -> None:
    for number in range(6):
        poll(sqlite_store, WORLD, [make_item(f"{number}-{place}") for place in range(50)], NOW + number * MINUTE)
    copy_over(tmp_path / "feedbuilder.db", tmp_path / "copy.db")
    with open_store(tmp_path / "copy.db") as copied, copied._database.reading() as connection:
        came = connection.exec_driver_sql(
            "SELECT first_seen FROM searched JOIN identities ON id = item ORDER BY number"
        ).scalars()
        assert (moments := list(came)) == sorted(moments)
        bounds = connection.exec_driver_sql("SELECT number, newest FROM searched_batches").all()
    assert [tuple(one) for one in bounds] == [(search_index.BATCH, moments[search_index.BATCH - 1])]


def test_what_the_index_knew_is_gone_with_the_item(sqlite_store: SqlStore) -> None:
    sqlite_store.sync_sources([WORLD], NOW)
    poll(sqlite_store, WORLD, [make_item(str(number)) for number in range(search_index.BATCH)], NOW)
    poll(sqlite_store, WORLD, [make_item("0", title="Another"), make_item("1")], NOW + MINUTE)
    sqlite_store.prune(NOW + timedelta(days=40), keep_age=DAY, keep_items=2, shown=())
    with sqlite_store._database.reading() as connection:
        kept = connection.exec_driver_sql("SELECT count(*), sum(indexed) FROM searched").one()
        known = connection.exec_driver_sql(
            "SELECT count(*) FROM searched_parts WHERE searched_parts MATCH 'sto'"
        ).scalar()
    assert (tuple(kept), known) == ((2, 1), 1)


def test_a_store_that_was_made_compact_is_searched_as_before(tmp_path: Path) -> None:
    path = tmp_path / "feedbuilder.db"
    with open_store(path) as store:
        store.sync_sources([WORLD], NOW)
        poll(store, WORLD, [make_item(str(number)) for number in range(search_index.BATCH)], NOW)
        poll(store, WORLD, [make_item("9")], NOW + MINUTE)
        store.prune(NOW + 2 * MINUTE, keep_age=DAY, keep_items=20, shown=())  # leaves gaps in the numbers of rows
    with sqlite3.connect(path) as connection:
        connection.execute("VACUUM")
    connection.close()
    with open_store(path) as store:
        assert [item.title for item in store.items(search="STORY OF 9")] == ["Story of 9"]


def test_a_store_that_an_sqlite_of_less_brought_up_to_date_is_searched(tmp_path: Path) -> None:
    path = tmp_path / "feedbuilder.db"
    with open_store(path) as store:
        store.sync_sources([WORLD], NOW)
        poll(store, WORLD, [make_item("9")], NOW)
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE searched_terms")
    connection.close()
    with open_store(path) as store:
        assert [item.title for item in store.items(search="ST")] == ["Story of 9"]


def test_an_older_store_is_taken_into_the_index(tmp_path: Path) -> None:
    path = tmp_path / "feedbuilder.db"
    database = connect(path)
    with database.writing() as connection:
        bring_up_to(connection, "0008")
        for name, title in (("1", "Größe"), ("2", "Other")):
            connection.exec_driver_sql(
                "INSERT INTO identities (id, canonical, digest, published, precision, zone, first_seen, position, "
                f"announced) VALUES ('{name}', '{name}', '{name}', '2026-02-06 12:00:00.000000', 'seen', 'UTC', "
                "'2026-02-06 12:00:00.000000', 0, 0)"
            )
            connection.exec_driver_sql(
                "INSERT INTO items (id, link, title, authors, enclosures, changed, folded) VALUES "
                f"('{name}', 'https://site.example/{name}', '{title}', '[]', '[]', '2026-02-06 12:00:00.000000', "
                f"'{title.casefold()}')"
            )
            connection.exec_driver_sql(
                "INSERT OR IGNORE INTO sources (id, fingerprint, failures, doubts) VALUES ('world', '', 0, '{}')"
            )
            connection.exec_driver_sql(
                "INSERT INTO statements (item, source, link, authors, enclosures, tags, first_seen, last_seen, "
                f"former_images, former_titles, former_summaries, assumed, listed) VALUES ('{name}', 'world', "
                f"'https://site.example/{name}', '[]', '[]', '[]', '2026-02-06 12:00:00.000000', "
                "'2026-02-06 12:00:00.000000', '[]', '[]', '[]', 0, 1)"
            )
    database.close()
    with open_store(path) as store:
        assert [item.title for item in store.items(search="GRÖSSE")] == ["Größe"]
        with store._database.reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM searched WHERE indexed").scalar() == 2


@pytest.mark.usefixtures("migrations_run")
def test_a_store_is_searched_without_an_index_where_sqlite_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "is_possible", lambda: False)
    with open_store(tmp_path / "feedbuilder.db") as store:
        poll(store, WORLD, [make_item("1", title="Größe"), make_item("2")], NOW)
        assert [item.title for item in store.items(search="GRÖSSE")] == ["Größe"]
        with store._database.reading() as connection:
            assert connection.execute(search._INDEX).first() is None


def test_an_sqlite_from_before_the_index_of_letters_has_none() -> None:
    assert not search_index.is_possible((3, 33, 0))


def test_an_sqlite_that_lacks_what_the_store_was_made_with_is_told(sqlite_store: SqlStore) -> None:
    with pytest.raises(StoreError, match="whose SQLite has FTS5"), sqlite_store._database.reading() as connection:
        connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.one USING fts99(text)")
