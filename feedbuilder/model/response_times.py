"""How long the site of a source takes to send its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class ResponseTimes:
    """Of some readings of one source."""

    mean: timedelta
    longest: timedelta
