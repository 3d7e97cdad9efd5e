"""When an item that nobody knows is taken to have been seen for the first time.

That is now, except for the first reading after a lost store was filled again from the feeds: they tell of the entries
that they showed, and most of a page may be others, known once and pushed out by newer ones. Taken for new, those would
push out the newest. Owns the guess. Pure; reads no text and no clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from feedbuilder.model import Backlog, Identity, Item, Known, Precision, SaidDate
from feedbuilder.model.future_dates import FUTURE_TOLERANCE
from feedbuilder.store.publication_dates import STEP


@dataclass(frozen=True, slots=True)
class Arrival:
    """How an unknown item comes in."""

    first_seen: datetime
    dated: datetime
    """What stands for a date that the site did not say; see `Dating.date`."""
    is_new: bool


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Tells how the unknown items of one page come in."""

    now: datetime
    zone: ZoneInfo
    backlog: Backlog | None = None
    """None in all readings but the first after a loss."""
    top: tuple[int, Identity] | None = None
    """Place and identity of the topmost item that the feeds showed, None if there is none on the page."""
    latest: Identity | None = None
    """The one first seen last among the items of this page that the feeds showed."""

    @classmethod
    def on_page(
        cls,
        items: Sequence[Item],
        known: Mapping[str, Known],
        source: str,
        backlog: Backlog,
        now: datetime,
        zone: ZoneInfo,
    ) -> Arrivals:
        """Return what holds for `items`, in page order, of the `source` with this id and `backlog`."""
        shown = [
            (place, before.identity)
            for place, item in enumerate(items)
            if (before := known.get(item.canonical)) is not None and _is_assumed(before, source)
        ]
        latest = max((identity for _, identity in shown), key=lambda identity: identity.first_seen, default=None)
        return cls(now, zone, backlog, min(shown, key=lambda pair: pair[0], default=None), latest)

    def arrival(self, date: SaidDate | None, place: int) -> Arrival:
        """Return how the unknown item dated `date` comes in, the one at `place` on the page (0: the top).

        What an item was first seen at is guessed from its date, and never later than it can have been. So an entry that
        had been pushed out of a full feed stays out of it, whatever feeds and sources there are and however often the
        store is lost: all entries that are left in that feed were first seen later. What is dated after its list was
        last known to have something new is new; and of what was listed on that day, or has no date, what stands above
        all that the feeds showed. Of an undated one below, only its place tells anything: it goes behind everything.
        """
        if self.backlog is None:
            return Arrival(self.now, self.now, is_new=True)
        if date is None:
            return self._undated(place, self.backlog)
        earliest = date.at - FUTURE_TOLERANCE  # no list shows a story earlier: its date would not have been believed
        if earliest > self.backlog.newest:
            return Arrival(self.now, self.now, is_new=True)
        ahead = self._ahead_of(date, place)
        return Arrival(max(earliest, ahead.first_seen) if ahead else earliest, self.now, is_new=ahead is not None)

    def _undated(self, place: int, backlog: Backlog) -> Arrival:
        if self.top is not None and place < self.top[0]:
            return Arrival(self.top[1].first_seen, self.now, is_new=True)
        if self.top is None and backlog.shown:  # the page has turned over since
            return Arrival(self.now, self.now, is_new=True)
        before = backlog.oldest - STEP
        return Arrival(before, before, is_new=False)

    def _ahead_of(self, date: SaidDate, place: int) -> Identity | None:
        """Return the item that one with this date was listed after, None if there is none or it was not."""
        if self.top is None or self.latest is None:
            return None
        one, other = date.at, self.latest.first_seen
        if date.precision is Precision.DAY:
            one, other = _midnight(one, self.zone), _midnight(other, self.zone)
        return self.latest if one > other or (one == other and place < self.top[0]) else None


def _is_assumed(known: Known, source: str) -> bool:
    return any(one.assumed and one.source == source for one in known.statements)


def _midnight(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
