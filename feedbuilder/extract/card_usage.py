"""How well the memory of a source's cards serves, and when it is worth being kept for other processes. Pure.

Keeping it costs as much as reading a few cards: that is not done for two new stories, and where it serves nobody, as
all cards are others at each reading, hardly ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FEW = 4
"""So many cards are read again sooner than a memory is kept for them."""
_IDLE = 3
"""After so many pages in a row for which it hardly served, it is kept no more often than every `_IDLE_EVERY`."""
_IDLE_EVERY = timedelta(days=1)


@dataclass(slots=True)
class CardUsage:
    """What became of the cards of the pages that were read so far."""

    idle: int = 0
    """For how many pages in a row, with the last one, most cards had to be read though others were known."""
    kept: datetime | None = None
    """When the memory was kept last; None if it never was."""
    has_learnt: bool = False
    """Whether something was learnt since then that goes for all cards."""
    unkept: int = 0
    """How many cards were read since then."""
    shown: int = 0
    """How many the last page has,"""
    read: int = 0
    """and how many of those had to be read."""

    def note_page(self, shown: int, read: int, *, were_known: bool) -> None:
        """Note that of the `shown` cards of a page so many had to be read; `were_known`: others were before."""
        self.shown, self.read = shown, read
        self.unkept += read
        if were_known:
            self.idle = self.idle + 1 if 2 * read > shown else 0

    def note_kept(self, now: datetime) -> None:
        """Note that the memory is kept."""
        self.kept, self.has_learnt, self.unkept = now, False, 0

    def is_worth_keeping(self, now: datetime) -> bool:
        """Return whether the memory is to be kept as it is after the last page."""
        if self.shown < FEW:
            return False
        if self.idle >= _IDLE and self.kept is not None:
            return abs(now - self.kept) >= _IDLE_EVERY
        return self.has_learnt or self.read >= FEW or 2 * self.unkept >= max(self.shown, 2 * FEW)
