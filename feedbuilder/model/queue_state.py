"""How a queue of jobs does that several processes work on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class QueueState:
    """What stands in the queue, and who works on it."""

    waiting: int
    """Jobs that may begin."""
    going: int
    workers: int
    """Those that gave a sign of life lately."""
    hosts: int
    """The hosts that somebody asks at this moment."""
    oldest: datetime | None
    """Since when the job waits that waits longest; None where none does."""

    def sentence(self, now: datetime) -> str:
        """Return it in words, such as "2 workers, 3 jobs under way, 12 waiting, the oldest for 4 s"."""
        jobs = "job" if self.going == 1 else "jobs"
        workers = "no worker" if not self.workers else "1 worker" if self.workers == 1 else f"{self.workers} workers"
        oldest = f", the oldest for {max((now - self.oldest).total_seconds(), 0):.0f} s" if self.oldest else ""
        return f"{workers}, {self.going} {jobs} under way, {self.waiting} waiting{oldest}"
