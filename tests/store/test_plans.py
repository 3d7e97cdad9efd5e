"""How SQLite goes about what is asked again and again: never through all that is remembered.

Asked of a small store without statistics, as real ones are; a big one has the same plans.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from feedbuilder.model import Sight, SourceState
from feedbuilder.store import SqlStore, feed_queries, lookup, open_store, search
from feedbuilder.store.migrations.search_index import BATCH
from feedbuilder.store.tables import runs
from tests.store.heard import hearing
from tests.store.makers import DAY, MINUTE, NOW, make_item, make_run, make_source, poll

WORLD = make_source(tags=["News"])
ASIA = make_source("asia")
TEA, FROM_WORLD, ANY = frozenset({"tea"}), frozenset({"world"}), frozenset[str]()
GROWING = "aliases|arrivals|article_tags|articles|identities|items|runs|searched|statement_tags|statements"
"""The tables with rows for each item or poll that ever was; all others grow with the sources or with the output."""
SCANS = re.compile(rf"SCAN (?:{GROWING})\b")
ENDING_EARLY = {
    "SCAN identities USING INDEX ix_identities_newest": "newest first, until there are enough",
    "SCAN identities USING COVERING INDEX ix_identities_newest": "past the newest few thousand",
    "SCAN statements USING INDEX ix_statements_last_seen_item": "oldest first, until there are enough",
    "SCAN searched USING INDEX ix_searched_waiting": "as many as wait to be indexed",
    "SCAN identities USING COVERING INDEX sqlite_autoindex_identities_1": "whether there is one",
    "SCAN runs USING COVERING INDEX ix_runs_source_id": "whether there is one",
    "SCAN runs": "the last ones",
}
"""Ways along a table that stop: what they have in common is a LIMIT, or a reader who takes no more."""


@pytest.fixture(scope="module")
def used_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with indexed items and others, with one of two sources, some that are not listed, and a run."""
    path = tmp_path_factory.mktemp("plans") / "feedbuilder.db"
    with open_store(path) as store:
        store.sync_sources([WORLD, ASIA], NOW)
        poll(store, WORLD, [make_item(str(number), tags=("Tea",)) for number in range(BATCH + 2)], NOW)
        poll(store, ASIA, [make_item("1")], NOW)
        with store.transaction() as memory:
            memory.record(make_run(), SourceState("world"))
        poll(store, WORLD, [make_item("1")], NOW + MINUTE)
    return path


@pytest.fixture
def used(used_file: Path, tmp_path: Path) -> Iterator[SqlStore]:
    """Return a copy of it."""
    with open_store(Path(shutil.copy(used_file, tmp_path))) as store:
        yield store


@contextmanager
def heard(store: SqlStore) -> Iterator[list[tuple[str, Any]]]:
    """Yield the statements that are run in the block, each with the values of its first row."""
    statements: list[tuple[str, Any]] = []

    def hear(sql: str, values: Any, many: bool) -> None:
        statements.append((sql, values[0] if many else values))

    with hearing(store._database.engine, hear):
        yield statements


def scans(store: SqlStore, ask: Callable[[SqlStore], object]) -> list[str]:
    """Return where the plans of all that `ask` runs go through a table that grows."""
    with heard(store) as statements:
        ask(store)
    assert statements
    found = []
    with store._database.reading() as connection:
        for sql, values in statements:
            if not sql.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
                continue
            meant = {alias: table for table, alias in re.findall(rf"\b({GROWING}) AS (\w+)", sql)}
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values):
                kind, _, rest = row.detail.partition(" ")
                table, *index = rest.split(" ", 1)
                way = " ".join([kind, meant.get(table, table), *index])
                if SCANS.match(way) and way not in ENDING_EARLY:
                    found.append(f"{way}: {sql}")
    return found


def start_without_runs(store: SqlStore) -> None:
    with store._database.writing() as connection:
        connection.execute(delete(runs).where(runs.c.source == "world"))
    store.sync_sources([WORLD, ASIA], NOW)


BEGIN = Sight(NOW, NOW, 0, "")
QUESTIONS: dict[str, Callable[[SqlStore], object]] = {
    "items": lambda store: store.items(),
    "items of a source": lambda store: store.items(source="world"),
    "items of a tag": lambda store: store.items(tag="tea"),
    "items of a configured tag": lambda store: store.items(tag="news"),
    "items with words": lambda store: store.items(search="story"),
    "items with two letters": lambda store: store.items(search="zq"),
    "items without a hit": lambda store: store.items(search="nowhere"),
    "items of a source and a tag": lambda store: store.items(source="world", tag="tea"),
    "items of all kinds": lambda store: store.items(source="world", tag="tea", search="story of 1"),
    "how articles were read": lambda store: store.article_notes(["1", "2"]),
    "titles of articles": lambda store: store.titles_of_articles("world", 5),
    "counts": lambda store: store.counts(),
    "news of days": lambda store: store.news_per_day(NOW + DAY, 14),
    "runs": lambda store: (store.runs("world", 5), store.runs(None, 5)),
    "events": lambda store: store.health_events(5),
    "states": lambda store: (store.states(), store.state("world"), store.list_memories(), store.host_waits()),
    "looks of lists": lambda store: store.list_memories(["world"]),
    "a start": lambda store: (store.is_empty(), store.newest_moment()),
    "taking over the configuration": lambda store: store.sync_sources([WORLD, ASIA], NOW),
    "the same after a loss": start_without_runs,
    "what is due": lambda store: (store.requested(), store.next_visits(), store.next_visit("world")),
    "article pages": lambda store: (store.visits("world", NOW, 5), store.waiting(), store.release(NOW)),
    "all article pages": lambda store: store.release(None, ["world"]),
    "a poll with news": lambda store: poll(store, WORLD, [make_item("new"), make_item("2", title="Other")], NOW + DAY),
    "a poll without": lambda store: poll(store, WORLD, [make_item("1")], NOW + DAY),
    "what was touched": lambda store: store.touched(),
    "what stands in the output": lambda store: (store.printed(), store.shown(), store.tag_names()),
    "where items are shown": lambda store: store.showing(ids(store), {"tea", "news"}),
    "released items": lambda store: list(store.released(ids(store))),
    "announcing": lambda store: store.announce(ids(store)),
    "tags": lambda store: (store.tag_uses(), store.tag_uses(TEA), store.tag_items(TEA, FROM_WORLD)),
    "a feed": lambda store: list(islice(store.newest(tags=ANY, sources=ANY), 5)),
    "a feed of a tag": lambda store: list(islice(store.newest(tags=TEA, sources=ANY), 5)),
    "a feed of a source": lambda store: list(islice(store.newest(tags=ANY, sources=FROM_WORLD), 5)),
    "an archive document": lambda store: list(store.between(BEGIN, None, tags=ANY, sources=ANY)),
    "forgetting by age": lambda store: prune(store, keep_items=10_000),
    "forgetting by age and count": lambda store: prune(store, keep_items=10),
}


def ids(store: SqlStore) -> list[str]:
    return [item.id for item in store.items(limit=3)]


def prune(store: SqlStore, *, keep_items: int) -> int:
    return store.prune(NOW + timedelta(days=2), keep_age=DAY, keep_items=keep_items, shown=())


@pytest.mark.parametrize("rare", [2, 2000])
@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_goes_through_all_that_is_remembered(
    used: SqlStore, name: str, rare: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_queries, "RARE", rare)
    monkeypatch.setattr(lookup, "NEAR", rare)
    monkeypatch.setattr(search, "SAMPLE", rare)
    assert scans(used, QUESTIONS[name]) == []


def test_titles_of_articles_are_looked_for_among_the_last_arrivals(used: SqlStore) -> None:
    with heard(used) as told:
        used.titles_of_articles("world", 5)
    [(sql, values)] = [(sql, values) for sql, values in told if "FROM arrivals" in sql]
    with used._database.reading() as connection:
        plan = [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert [one for one in plan if "statements" in one] == [
        "SEARCH statements USING INDEX sqlite_autoindex_statements_1 (item=? AND source=?)"
    ]


def look_for_a_story(store: SqlStore) -> None:
    """Look for one by what it is called, by an address that it has, and by keys that nothing has."""
    with store.transaction() as memory:
        assert [known.identity.canonical for known in memory.candidates("world", ["Story of 5"], (), ["none"])]
        assert list(memory.known(["site.example/5", "site.example/none"])) == ["site.example/5"]


def test_stories_are_found_by_indexes_not_among_all_of_their_source(used: SqlStore) -> None:
    with heard(used) as told:
        look_for_a_story(used)
    plans: list[set[str]] = []
    with used._database.reading() as connection:
        for sql, values in told:
            if "json_each" in sql:
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
                ways = {row.detail.removesuffix(" LEFT-JOIN") for row in rows if "json_each" not in row.detail}
                plans.append({way for way in ways if way.startswith(("SEARCH", "SCAN"))})
    called, known, _tags, addresses, *_ = plans
    assert called == {
        "SEARCH statements USING INDEX searched_titles (source=? AND title=?)",
        "SEARCH aliases USING INDEX sqlite_autoindex_aliases_1 (digest=?)",
    }
    assert known == {
        "SEARCH identities USING INDEX sqlite_autoindex_identities_1 (id=?)",
        "SEARCH items USING INDEX sqlite_autoindex_items_1 (id=?)",
        "SEARCH articles USING INDEX sqlite_autoindex_articles_1 (item=?)",
        "SEARCH statements USING INDEX sqlite_autoindex_statements_1 (item=?)",
        "SEARCH sources USING INDEX sqlite_autoindex_sources_1 (id=?)",
    }
    assert addresses == {
        "SEARCH identities USING INDEX sqlite_autoindex_identities_2 (digest=?)",
        "SEARCH aliases USING INDEX sqlite_autoindex_aliases_1 (digest=?)",
    }


def test_on_a_server_they_are_too(made_postgres: str) -> None:
    with open_store(made_postgres) as store:
        store.sync_sources([WORLD], NOW)
        poll(store, WORLD, [make_item(str(number)) for number in range(300)], NOW)
        with store._database.writing() as connection:
            for table in ("statements", "identities", "items"):
                connection.exec_driver_sql(f"ANALYZE {table}")
        with heard(store) as told:
            look_for_a_story(store)
        plans = []
        with store._database.reading() as connection:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # hundreds are read sooner
            for sql, values in told:
                if "= ANY" in sql:
                    plans.append([row[0] for row in connection.exec_driver_sql(f"EXPLAIN {sql}", values)])
    assert not [row for plan in plans for row in plan if "Seq Scan" in row]
    called = plans[0]
    assert [one for one in called if "searched_titles" in one]
    assert [one for one in called if "source" in one and '"left"(title, 200)' in one]


def test_a_question_that_does_is_seen(used: SqlStore) -> None:
    def ask(store: SqlStore) -> None:
        with store._database.reading() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM statements AS other WHERE summary = 'x'").all()

    assert scans(used, ask) == ["SCAN statements: SELECT count(*) FROM statements AS other WHERE summary = 'x'"]
