"""When finished readings are published: once for all that end at about the same time, and soon whatever happens.

A window that each reading prolongs never closes under steady load; this one is opened by the first reading and closes a
moment later. Pure: moments come in as arguments; who calls sees to it that calls do not overlap.
"""

from __future__ import annotations

from datetime import datetime, timedelta

GATHER = timedelta(seconds=1)
"""How long readings are gathered, from the end of the first one on."""


class Gathering:
    """Tells when to publish. Between `begin` and `end` of a publication its caller reads the store at some moment.

    What was saved meanwhile may have come too late for that, so it is published once more.
    """

    def __init__(self) -> None:
        self._publishing = 0
        self._planned: datetime | None = None
        self._late: datetime | None = None
        """When the first reading ended that a publication under way may have missed."""

    def saved(self, now: datetime) -> datetime | None:
        """Return when to publish what was saved just now; None where a publication that comes takes it along."""
        if self._publishing:
            self._late = self._late or now
            return None
        return self.wish(now + GATHER)

    def wish(self, due: datetime) -> datetime | None:
        """Return `due` if a publication is to be planned for then, in place of a later one; None where one comes."""
        if self._publishing or (self._planned is not None and self._planned <= due):
            return None
        self._planned = due
        return due

    def begin(self) -> None:
        """Note that a publication begins: what was saved so far is in it."""
        self._publishing += 1
        self._planned, self._late = None, None

    def end(self, now: datetime) -> datetime | None:
        """Note that a publication has ended, well or not; return when the next one is due, None if none is."""
        self._publishing -= 1
        if self._publishing or self._late is None:
            return None
        late, self._late = self._late, None
        return self.wish(max(now, late + GATHER))
