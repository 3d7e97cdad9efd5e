"""How a WebSub hub answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HubState:
    """What is known of a hub. Every datetime is aware and in UTC."""

    failures: int = 0
    """Deliveries in a row that it did not take."""
    since: datetime | None = None
    """Since when it takes none; None where it does."""
    not_before: datetime | None = None
    """When it is told again."""
    error: str | None = None
    """Why it did not take the last one."""
