"""A store as it is after years, made in one go: so many items, of so many sources, under so many tags.

Written past the pipeline, because reading pages would take days, and past SQLAlchemy, into a file that no journal
protects and with all indexes at the end: a million items take two minutes. What a row says is made up; that all rows
hang together as the program leaves them is not, and a test holds a small one against one that was written by the
store itself. What only the pipeline writes is left out: items that stand. Then nothing waits to be published.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Table, insert

from feedbuilder.model import Item, Outcome, Run, SaidDate, Source
from feedbuilder.store import SqlStore, merge, open_store, tag_rows
from feedbuilder.store.database import connect
from feedbuilder.store.migrations import search_index
from feedbuilder.store.ready import Ready, Session
from feedbuilder.store.rows import chunks, identity_row, item_row, run_row, statement_row
from feedbuilder.store.tables import identities, items, runs, statement_tags, statements

LATEST = datetime(2026, 2, 6, 10, tzinfo=UTC)
"""When the newest item came, unless told otherwise; before it, one came every minute."""
LISTED = 40
"""How many items each source's page shows."""
TAGS = 2000
"""How many tags there are: few are common, most are rare."""
AT_ONCE = 5_000
"""How many items are in memory at one time."""
_UNPROTECTED = ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-3000000", "temp_store=FILE")
"""For the one connection that fills the file; keys come in no order, and would else be read and written again."""
_COUNTED = (
    "INSERT INTO tag_counts SELECT key, name, count(*) FROM statement_tags GROUP BY key, name",
    "INSERT INTO source_counts SELECT source, count(*), sum(listed) FROM statements GROUP BY source",
    """INSERT INTO arrivals SELECT source, identities.first_seen, item FROM statements
    JOIN identities ON identities.id = item ORDER BY 1, 2, 3""",
    "INSERT INTO searched (item) SELECT id FROM items ORDER BY rowid",
    "INSERT INTO searched_parts (rowid, folded) SELECT number, folded FROM searched JOIN items ON id = item",
    "UPDATE searched SET indexed = 1",
    search_index.NOTE_BATCHES,
)
"""What triggers would have kept."""


def sources_of(count: int) -> list[Source]:
    """Return so many sources."""
    return [
        Source.model_validate(
            {
                "id": f"source-{number}",
                "url": f"https://site-{number}.example/news/",
                "timezone": "Asia/Dubai",
                "tags": [f"Topic {number % 500}"],
                "selectors": {"item": "article"},
            }
        )
        for number in range(count)
    ]


def fill(place: Path, count: int, sources: list[Source], latest: datetime = LATEST) -> SqlStore:
    """Return an opened store at `place` with `count` items, the last `LISTED` of each source still on its page."""
    with open_store(place) as store:
        store.sync_sources(sources, latest)
    with closing(connect(place)) as database, database.quickly_looking() as session:
        connection: Any = session.connection.driver_connection
        for pragma in _UNPROTECTED:
            connection.execute(f"PRAGMA {pragma}")
        put_aside = [
            connection.execute("SELECT name, sql FROM sqlite_master WHERE type = ? AND sql <> ''", [kind]).fetchall()
            for kind in ("index", "trigger")
        ]
        connection.execute("BEGIN")
        for kind, made in zip(("INDEX", "TRIGGER"), put_aside, strict=True):
            for name, _ in made:
                connection.execute(f"DROP {kind} {name}")
        _write(session, _items(count, sources, latest))
        _write(session, ((runs, _run(source, latest)) for source in sources))
        for _, sql in put_aside[0]:
            connection.execute(sql)
        for statement in _COUNTED:
            connection.execute(statement)
        for _, sql in put_aside[1]:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA journal_mode=WAL")
    return open_store(place)


def _write(session: Session, rows: Iterable[tuple[Table, dict[str, Any]]]) -> None:
    """Insert `rows`; those of one table all have the same columns."""
    inserting: dict[Table, Ready] = {}
    for some in chunks(rows, AT_ONCE):
        waiting: dict[Table, list[dict[str, Any]]] = {}
        for table, row in some:
            waiting.setdefault(table, []).append(row)
        for table, values in waiting.items():
            if table not in inserting:
                inserting[table] = Ready(insert(table).inline(), tuple(values[0]))
            inserting[table].run(session, *values)


def _run(source: Source, latest: datetime) -> dict[str, Any]:
    return run_row(Run(source.id, latest, latest + timedelta(seconds=2), Outcome.UNCHANGED, found=LISTED))


def item_of(number: int, sources: Sequence[Source], count: int, latest: datetime) -> Item:
    """Return the item as the list of its source shows it."""
    canonical = f"{sources[number % len(sources)].id}.example/story-{number}"
    return Item(
        canonical,
        f"https://{canonical}",
        f"Story {number}: talks resume after a long night",
        f"Talks {number} go on in the capital. " * 5,
        SaidDate(came_at(number, count, latest)),
        ("Jane Doe",),
        f"https://{canonical}.jpg",
        tuple(sorted({f"Tag {number * 7 % TAGS * (number % 5) // 5}", f"Tag {number % 40}"})),
    )


def came_at(number: int, count: int, latest: datetime) -> datetime:
    """Return when the page of its source showed the item first."""
    return latest - timedelta(minutes=count - number)


def _items(count: int, sources: Sequence[Source], latest: datetime) -> Iterator[tuple[Table, dict[str, Any]]]:
    for number in range(count):
        source, came = sources[number % len(sources)], came_at(number, count, latest)
        (new,) = merge([item_of(number, sources, count, latest)], {}, source, came, None).changes
        listed = number >= count - LISTED * len(sources)
        last = came if listed else came_at(number + (LISTED - 1) * len(sources), count, latest)
        item, said = new.identity.id, replace(new.statement, last_seen=last)
        yield identities, identity_row(new.identity, announced=True)
        yield items, item_row(new.item)
        yield statements, statement_row(item, said, listed=listed)
        for tag in tag_rows.rows(said.tags):
            yield statement_tags, {"item": item, "source": source.id, "first_seen": came, **tag}
