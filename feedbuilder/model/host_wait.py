"""A host that wants to be left alone, and until when. Every datetime is aware and in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_RETRY_AFTER = timedelta(days=7)
"""A site may ask for more; a slip of its configuration must not silence a feed for a year."""


@dataclass(frozen=True, slots=True)
class HostWait:
    """What is remembered of a refusal (429, 503, a robots.txt that cannot be had) until the next good answer."""

    place: str
    """Who refused: a host, with its port where that is not the scheme's own, or the address of a robots.txt."""
    until: datetime
    """Nothing is asked of the place before."""
    since: datetime
    """When the first refusal of this row of them came."""
    refusals: int
    """How many came in a row."""
    reason: str
    """What was said, for people."""
    status: int | None = None
    """The HTTP status of the last refusal; None where no answer came."""
