"""What the store answers about WebSub hubs: how one answers, and what it was told of each feed.

Owns the tables `hubs` and `pinged`. When a hub is told is `engine.hub_pings`'s.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, insert, select

from feedbuilder.model import HubState
from feedbuilder.store.database import Database
from feedbuilder.store.tables import hubs, pinged, printed
from feedbuilder.store.upsert import put

_TELLING = ("updated", "count", "newest")
"""What of the summary of a feed is another one when an entry came or changed."""


class HubMemory:
    """The part of `SqlStore` that knows hubs, each by its address."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def hub_state(self, hub: str) -> HubState | None:
        """Return how this hub answers; None for one that was never met."""
        with self._database.looking() as connection:
            row = connection.execute(select(hubs).where(hubs.c.address == hub)).one_or_none()
        return None if row is None else HubState(row.failures, row.since, row.not_before, row.error)

    def meet_hub(self, hub: str) -> None:
        """Note of a new hub that it is told of what comes, not of what stands in the feeds; forget all others."""
        with self._database.writing() as connection:
            connection.execute(delete(hubs).where(hubs.c.address != hub))
            put(connection, self._database.dialect, hubs, [_row(hub, HubState())])
            rows = connection.execute(select(printed.c.slug, printed.c.summary).where(printed.c.slug != "")).all()
            connection.execute(delete(pinged).where(pinged.c.hub == hub))
            if rows:
                made = [{"hub": hub, "slug": row.slug, "told": _mark(row.summary)} for row in rows]
                connection.execute(insert(pinged), made)

    def untold(self, hub: str) -> dict[str, tuple[str, tuple[str, ...]]]:
        """Return the feeds of which this hub does not know the newest: by slug the mark to note, and the addresses."""
        query = (
            select(printed.c.slug, printed.c.summary, pinged.c.told)
            .outerjoin(pinged, (pinged.c.slug == printed.c.slug) & (pinged.c.hub == hub))
            .where(printed.c.slug != "")
            .order_by(printed.c.slug)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return {
            row.slug: (mark, tuple(address for _, address in row.summary["addresses"]))
            for row in rows
            if (mark := _mark(row.summary)) != row.told
        }

    def remember_hub(self, hub: str, state: HubState, told: Iterable[tuple[str, str]]) -> None:
        """Note how the hub answers, and what it was `told`: slugs with their marks."""
        with self._database.writing() as connection:
            put(connection, self._database.dialect, hubs, [_row(hub, state)])
            rows = [{"hub": hub, "slug": slug, "told": mark} for slug, mark in told]
            put(connection, self._database.dialect, pinged, rows)


def _row(hub: str, state: HubState) -> dict[str, Any]:
    return {
        "address": hub,
        "failures": state.failures,
        "since": state.since,
        "not_before": state.not_before,
        "error": state.error,
    }


def _mark(summary: Mapping[str, Any]) -> str:
    said = json.dumps([summary.get(key) for key in _TELLING], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:32]
