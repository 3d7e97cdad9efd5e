"""How long the site of a source takes to send its page."""

from __future__ import annotations

from datetime import timedelta

from feedbuilder.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class ResponseTimes:
    """Of some readings of one source."""

    mean: timedelta
    longest: timedelta
