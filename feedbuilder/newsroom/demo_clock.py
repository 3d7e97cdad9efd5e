"""When the demonstration begins; and a clock for tests, moved by hand, for the newsroom and the pipeline that reads it.

Run both on the same one: a pipeline in another year takes every date of the newsroom for an old or a future one.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from feedbuilder.newsroom.story import at

DEMO_START = at("2026-02-06 15:05").astimezone(UTC)
"""Where the demonstration's day begins: 3:05 p.m. in Dubai, five minutes after the newest story."""


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = DEMO_START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return the time in UTC."""
        return self.now.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        """Move the clock by `by`."""
        self.now += by
