"""Sources, items, dates and runs for the tests of the store, and a poll as the pipeline makes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from feedbuilder.model import Changes, Item, Known, Outcome, Precision, Run, SaidDate, Source
from feedbuilder.store import SqlStore, merge

NOW = datetime(2026, 2, 6, 10, 0, tzinfo=UTC)
"""Two in the afternoon in Dubai."""
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def make_source(name: str = "world", **settings: Any) -> Source:
    made = {"id": name, "url": f"https://{name}.example/", "timezone": "Asia/Dubai", "selectors": {"item": "article"}}
    return Source.model_validate(made | settings)


def make_item(name: str = "talks", **parts: Any) -> Item:
    made = {"canonical": f"site.example/{name}", "link": f"https://site.example/{name}", "title": f"Story of {name}"}
    return Item(**(made | parts))


def instant(text: str) -> SaidDate:
    """Return the moment that `text` names in ISO 8601, with its offset."""
    return SaidDate(datetime.fromisoformat(text).astimezone(UTC))


def whole_day(text: str) -> SaidDate:
    """Return a day without a time, named by its midnight at the site: "2026-02-06T00:00+04:00"."""
    return SaidDate(datetime.fromisoformat(text).astimezone(UTC), Precision.DAY)


def known_after(
    changes: Changes, before: Mapping[str, Known] | None = None, *, announced: bool = True
) -> dict[str, Known]:
    """Return what is known after `changes`, as the store would say it; the store itself is not needed."""
    known = dict(before or {})
    for change in changes.changes:
        former = known.get(change.identity.canonical)
        others = [one for one in former.statements if one.source != changes.source] if former else []
        statements = tuple(sorted([*others, change.statement], key=lambda one: one.source))
        known[change.identity.canonical] = Known(change.identity, change.item, statements, announced)
    return known


def poll(store: SqlStore, source: Source, items: Sequence[Item], now: datetime) -> Changes:
    """Merge a page into the store, as the pipeline does."""
    with store.transaction() as memory:
        known = memory.known(item.canonical for item in items)
        changes = merge(items, known, source, now, memory.backlog(source.id))
        memory.apply(changes)
    return changes


def make_run(source: str = "world", now: datetime = NOW, **parts: Any) -> Run:
    return Run(source, now, now + timedelta(seconds=2), **({"outcome": Outcome.UNCHANGED} | parts))
