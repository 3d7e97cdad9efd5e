"""The date under which an entry is published: what the site said, or a guess where it said little or nothing.

Readers never correct a first date, so it has to be right the first time. Owns what becomes of a missing date, of a day
without a time and of a date in the future. Reads no text (`parse.dates` did that) and no clock: `now` comes in.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from feedbuilder.model import Precision, SaidDate
from feedbuilder.model.future_dates import is_in_future

STEP = timedelta(seconds=1)
"""How far apart the guessed dates of one page are set, so that its order is kept."""

RANK = {Precision.SEEN: 0, Precision.DAY: 1, Precision.INSTANT: 2}
"""A date of higher rank replaces one of lower rank, as long as no reader has seen the entry."""


def unless_in_future(said: SaidDate | None, now: datetime) -> SaidDate | None:
    """Return the date `said`, or None if it lies in the future: the item then counts as undated."""
    return None if said is None or is_in_future(said.at, now) else said


@dataclass(slots=True)
class Dating:
    """Gives the items of one page their dates, top first; remembers how many share a guess."""

    zone: ZoneInfo
    """The site's: what a day without a time means."""
    _shared: Counter[datetime] = field(default_factory=Counter)

    def date(self, said: SaidDate | None, first_seen: datetime) -> tuple[datetime, Precision]:
        """Return the date of publication in UTC and how much of it the site said.

        An instant stands as said. A day without a time is the moment of `first_seen` if that is on the same day in the
        site's zone, else noon there. Nothing said: `first_seen`. Items that share a guess are set `STEP` apart, in the
        order in which they are asked for, and a guess never leaves the day that was said.
        """
        if said is not None and said.precision is Precision.INSTANT:
            return said.at, Precision.INSTANT
        if said is None:
            return self._spread(first_seen), Precision.SEEN
        day = said.at.astimezone(self.zone).date()
        if first_seen.astimezone(self.zone).date() == day:
            return max(self._spread(first_seen), said.at), Precision.DAY
        noon = datetime.combine(day, time(12), self.zone).astimezone(UTC)
        return max(self._spread(noon), said.at), Precision.DAY

    def _spread(self, guess: datetime) -> datetime:
        place = self._shared[guess]
        self._shared[guess] += 1
        return guess - place * STEP
