"""Whether somebody has set the machine's clock while we run: a time service after a start without network, a person.

Owns the comparison of two clocks; both come in as arguments.
"""

from __future__ import annotations

from datetime import datetime

NOTICEABLE = 5.0
"""Seconds. Clocks that are corrected slowly never differ so much between two looks."""


class ClockWatch:
    """Compares the clock on the wall with one that nobody sets."""

    def __init__(self, wall: datetime, seconds: float) -> None:
        self._offset = wall.timestamp() - seconds

    def was_set(self, wall: datetime, seconds: float) -> float:
        """Return by how many seconds the wall clock was set since the last look, 0 if it was not."""
        before, self._offset = self._offset, wall.timestamp() - seconds
        moved = self._offset - before
        return moved if abs(moved) > NOTICEABLE else 0.0
