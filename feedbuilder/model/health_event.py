"""What an operator should hear of a source: it cannot be read, it can be again, its list was found again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import uuid5

from feedbuilder.model.item_ids import NAMESPACE


class EventKind(StrEnum):
    """What happened to a source."""

    FAILING = "failing"
    """It cannot be read, and that will not pass by itself, or has not for a while: an incident begins."""
    RECOVERED = "recovered"
    """It was read well again: the incident is over."""
    REPAIRED = "repaired"
    """Its page had changed, and its list was found again."""


@dataclass(frozen=True, slots=True)
class HealthEvent:
    """One event in the life of a source, told once."""

    id: str
    """`urn:uuid:…`, permanent."""
    source: str
    kind: EventKind
    at: datetime
    """When the run ended in which it was noticed."""
    since: datetime | None = None
    """FAILING: when the source was last read well, None for never; RECOVERED: when it was told that it fails."""
    failures: int = 0
    """How many runs in a row had failed by then."""
    reason: str | None = None
    """Why it fails, or failed, and what helps; how its list was found again."""

    @classmethod
    def of(
        cls,
        source: str,
        kind: EventKind,
        at: datetime,
        *,
        since: datetime | None = None,
        failures: int = 0,
        reason: str | None = None,
    ) -> HealthEvent:
        """Return the event with its id, which is made from its source, its kind and its moment."""
        return cls(event_id(source, kind, at), source, kind, at, since, failures, reason)


def event_id(source: str, kind: EventKind, at: datetime) -> str:
    """Return the permanent id of an event."""
    return uuid5(NAMESPACE, f"health:{source}:{kind.value}:{at.isoformat()}").urn
