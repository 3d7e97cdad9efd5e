"""Hosts that want to be left alone: 429, 503 and Retry-After hold for all pages of a host, not for one of them.

Owns how long a host is left alone, and who may not be asked now. Knows no network; what is to outlive this process goes
through a `WaitMemory`. Politeness between two requests that go well is `politeness`.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from feedbuilder.fetch.statuses import bad_status
from feedbuilder.fetch.urls import Target
from feedbuilder.model import LONGEST_RETRY_AFTER, FetchError, HostWait, NotAskedError

FIRST_WAIT = timedelta(minutes=5)
"""After the first refusal, unless the host asks for more; it doubles with each further one in a row."""
LONGEST_WAIT = timedelta(hours=1)
"""Unless the host asks for more. One request an hour harms nobody, and all sources of the host wait for it."""
MOST_SILENCES = 2
"""After so many requests in a row without any answer, a host is taken for one that refuses: each costs a deadline."""
STALE = timedelta(days=30)
"""A wait that has been over for so long tells nothing any more."""
_NOT_NOW = frozenset({429, 503})


class WaitMemory(Protocol):
    """Where waits are kept beyond this process. Every method raises StoreError where that fails."""

    def host_waits(self) -> Sequence[HostWait]:
        """Return all waits that are remembered, those that are over too."""
        ...

    def remember_wait(self, wait: HostWait) -> None:
        """Remember `wait` in place of what was known of its place."""
        ...

    def forget_waits(self, places: Collection[str]) -> None:
        """Forget what is remembered of `places`."""
        ...


def is_refusal(error: FetchError) -> bool:
    """Return whether an answer is meant for whoever asks this host for anything, not for one page of it."""
    return error.status in _NOT_NOW or (error.status is not None and error.retry_after is not None)


def after_refusal(former: HostWait | None, place: str, error: FetchError, now: datetime) -> HostWait:
    """Return how long `place` is to be left alone after it refused with `error`; `former` is what was known of it.

    At least as long as it asked for, within `LONGEST_RETRY_AFTER`.
    """
    refusals = former.refusals + 1 if former else 1
    wait = min(FIRST_WAIT * (1 << min(refusals - 1, 16)), LONGEST_WAIT)
    asked = min(error.retry_after or timedelta(), LONGEST_RETRY_AFTER)
    since = former.since if former else now
    return HostWait(place, now + max(wait, asked), since, refusals, error.finding or str(error), error.status)


class HostWaits:
    """What is known of the hosts that refused. Safe in several threads; `clock` gives aware datetimes in UTC."""

    def __init__(self, clock: Callable[[], datetime], memory: WaitMemory | None = None) -> None:
        self._clock = clock
        self._memory = memory
        self._waits: dict[str, HostWait] | None = None
        """By place; None: not yet read from the memory."""
        self._silences: Counter[str] = Counter()
        self._lock = threading.Lock()

    def of(self, place: str) -> HostWait | None:
        """Return what is known of the refusals of `place`, also where its wait is over."""
        with self._lock:
            return self._known().get(place)

    def holding(self, place: str) -> HostWait | None:
        """Return why `place` may not be asked now, None if it may."""
        wait = self.of(place)
        if wait is None:
            return None
        # One that reaches further than any can was noted while the clock was wrong.
        return wait if timedelta() < wait.until - self._clock() <= LONGEST_RETRY_AFTER else None

    def check(self, place: str) -> None:
        """Raise NotAskedError if `place` may not be asked now."""
        if wait := self.holding(place):
            raise NotAskedError.until(wait, self._clock())

    def heed(self, target: Target, status: int, headers: Mapping[str, str]) -> None:
        """Note whether the host of `target`, which answered so, wants to be left alone. Raises StoreError."""
        if status < 400:
            self.answered(target.site)
            return
        # What is remembered of a host, and shown, says nothing of a page, whose address may hold a secret.
        error = bad_status(target.origin, status, headers, self._clock())
        if is_refusal(error):
            self.refused(target.site, error)
        elif status < 500:
            self.answered(target.site)

    def refused(self, place: str, error: FetchError) -> HostWait:
        """Note that `place` refused with `error`; return how long it is left alone now. Raises StoreError."""
        with self._lock:
            known = self._known()
            known[place] = wait = after_refusal(known.get(place), place, error, self._clock())
        if self._memory:
            self._memory.remember_wait(wait)
        return wait

    def now(self) -> datetime:
        """Return the moment by which waits are counted."""
        return self._clock()

    def silent(self, place: str, error: FetchError) -> None:
        """Note that `place` gave no answer at all, which `error` says. Raises StoreError."""
        with self._lock:
            self._silences[place] += 1
            refuses = self._silences[place] >= MOST_SILENCES or place in self._known()
        if refuses:
            self.refused(place, error)

    def answered(self, place: str) -> None:
        """Note that `place` gave a good answer: what was known of its refusals is void. Raises StoreError."""
        with self._lock:
            self._silences.pop(place, None)
            wait = self._known().pop(place, None)
        if wait and self._memory:
            self._memory.forget_waits([place])

    def forget(self, places: Collection[str]) -> None:
        """Let `places` be asked, whatever they said. Raises StoreError."""
        with self._lock:
            for place in places:
                self._known().pop(place, None)
        if self._memory:
            self._memory.forget_waits(places)

    def reload(self) -> None:
        """Take over what another process has changed in the memory."""
        with self._lock:
            self._waits = None

    def _known(self) -> dict[str, HostWait]:
        if self._waits is None:
            now = self._clock()
            waits = self._memory.host_waits() if self._memory else ()
            self._waits = {wait.place: wait for wait in waits if wait.until > now - STALE}
            if self._memory and (stale := {wait.place for wait in waits} - self._waits.keys()):
                self._memory.forget_waits(stale)
        return self._waits
