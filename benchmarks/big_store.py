"""A store as it is after years, made in one go: so many items, of so many sources, under so many tags.

Written past the pipeline, row by row, because reading pages would take days; what a row says is made up, that all rows
hang together as the program leaves them is not. Then nothing waits to be published.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Table, insert

from feedbuilder.model import Outcome, Run, Source
from feedbuilder.store import SqlStore, open_store
from feedbuilder.store.rows import chunks, run_row
from feedbuilder.store.tables import identities, items, runs, statement_tags, statements

LATEST = datetime(2026, 2, 6, 10, tzinfo=UTC)
"""When the newest item came, unless told otherwise; before it, one came every minute."""
LISTED = 40
"""How many items each source's page shows."""
TAGS = 2000
"""How many tags there are: few are common, most are rare."""


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
    store = open_store(place)
    store.sync_sources(sources, latest)
    database = store._database  # noqa: SLF001 - there is no public way past the pipeline, and there should be none
    database.engine.dispose()
    triggers = _triggers(store)
    with database.writing() as connection:
        for name in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for numbers in chunks(range(count), 5_000):
            for table, rows in _rows(numbers, count, sources, latest).items():
                connection.execute(insert(table), rows)
        connection.execute(insert(runs), [_run(source, latest) for source in sources])
        connection.exec_driver_sql(
            "INSERT INTO tag_counts SELECT key, name, count(*) FROM statement_tags GROUP BY key, name"
        )
        connection.exec_driver_sql(
            "INSERT INTO source_counts SELECT source, count(*), sum(listed) FROM statements GROUP BY source"
        )
        connection.exec_driver_sql(
            "INSERT INTO arrivals SELECT source, identities.first_seen, item FROM statements "
            "JOIN identities ON identities.id = item ORDER BY 1, 2, 3"
        )
        connection.exec_driver_sql("INSERT INTO searched (item) SELECT id FROM items")
        connection.exec_driver_sql(
            "INSERT INTO searched_parts (rowid, folded) SELECT number, folded FROM searched JOIN items ON id = item"
        )
        connection.exec_driver_sql("UPDATE searched SET indexed = 1")
        for statement in triggers.values():
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("ANALYZE")
    return store


def _triggers(store: SqlStore) -> dict[str, str]:
    with store._database.reading() as connection:  # noqa: SLF001
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {row.name: row.sql for row in rows}


def _run(source: Source, latest: datetime) -> dict[str, Any]:
    return run_row(Run(source.id, latest, latest + timedelta(seconds=2), Outcome.UNCHANGED, found=LISTED))


def _rows(numbers: list[int], count: int, sources: list[Source], latest: datetime) -> dict[Table, list[dict[str, Any]]]:
    made: dict[Table, list[dict[str, Any]]] = {identities: [], items: [], statements: [], statement_tags: []}
    for number in numbers:
        for table, row in _item(number, count, sources, latest):
            made[table].append(row)
    return made


def _item(number: int, count: int, sources: list[Source], latest: datetime) -> Iterator[tuple[Table, dict[str, Any]]]:
    source = sources[number % len(sources)].id
    canonical = f"{source}.example/story-{number}"
    item, link = uuid5(NAMESPACE_URL, canonical).urn, f"https://{canonical}"
    seen = latest - timedelta(minutes=count - number)
    title, summary = f"Story {number}: talks resume after a long night", f"Talks {number} go on in the capital. " * 5
    yield (
        identities,
        {
            "id": item,
            "canonical": canonical,
            "digest": hashlib.sha256(canonical.encode()).hexdigest(),
            "published": seen,
            "precision": "instant",
            "zone": "Asia/Dubai",
            "first_seen": seen,
            "position": 0,
            "announced": True,
        },
    )
    texts: dict[str, Any] = {"link": link, "title": title, "summary": summary, "image": f"{link}.jpg"}
    texts |= {"authors": ("Jane Doe",), "enclosures": ()}
    folded = f"{title}\n{summary}\n{link}".casefold()
    yield items, {"id": item, "changed": seen, "folded": folded, **texts}
    keys = sorted({f"tag {number * 7 % TAGS * (number % 5) // 5}", f"tag {number % 40}"})
    yield (
        statements,
        {
            "item": item,
            "source": source,
            "tags": tuple(keys),
            "first_seen": seen,
            "last_seen": latest if number >= count - LISTED * len(sources) else seen,
            "former_images": (),
            "former_titles": (),
            "former_summaries": (),
            "assumed": False,
            "listed": number >= count - LISTED * len(sources),
            **texts,
        },
    )
    for key in keys:
        yield statement_tags, {"item": item, "source": source, "key": key, "name": key.title()}
