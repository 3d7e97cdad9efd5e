"""The rows about what happened to sources: incidents, recoveries, repairs.

Owns the tables `health_events`, which is bounded, and `alerted`. Decides nothing about what is an event; that is
`feedbuilder.health`.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, insert, select

from feedbuilder.model import EventKind, HealthEvent
from feedbuilder.store.database import DialectTraits
from feedbuilder.store.tables import alerted, health_events
from feedbuilder.store.upsert import put

EVENTS_KEPT = 200
"""How many events are remembered, of all sources together."""

_FIELDS = ("id", "source", "at", "since", "failures", "reason")


def add(connection: Connection, events: Iterable[HealthEvent]) -> None:
    """Remember `events`, and forget the oldest where there are too many."""
    rows = [{"kind": event.kind.value, **{name: getattr(event, name) for name in _FIELDS}} for event in events]
    connection.execute(insert(health_events), rows)
    number = health_events.c.number
    oldest = select(number).order_by(number.desc()).limit(1).offset(EVENTS_KEPT - 1).scalar_subquery()
    connection.execute(delete(health_events).where(number < oldest))


def newest(connection: Connection, limit: int) -> list[tuple[int, HealthEvent]]:
    """Return the last `limit` events with their numbers, the last one first."""
    query = select(health_events).order_by(health_events.c.number.desc()).limit(limit)
    return [
        (row.number, HealthEvent(kind=EventKind(row.kind), **{name: getattr(row, name) for name in _FIELDS}))
        for row in connection.execute(query)
    ]


def sent(connection: Connection, address: str) -> int:
    """Return the number of the last event that was sent to `address`, 0 for none."""
    return connection.execute(select(alerted.c.event).where(alerted.c.address == address)).scalar() or 0


def meet(connection: Connection, dialect: DialectTraits, addresses: Iterable[str]) -> None:
    """Note of new `addresses` that they are sent what comes after the newest event."""
    newest_number = connection.execute(select(func.max(health_events.c.number))).scalar() or 0
    put(connection, dialect, alerted, [{"address": one, "event": newest_number} for one in addresses], ())


def remember_sent(connection: Connection, dialect: DialectTraits, address: str, event: int) -> None:
    """Note that all up to `event` was sent to `address`."""
    put(connection, dialect, alerted, [{"address": address, "event": event}])
