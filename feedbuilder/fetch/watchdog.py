"""One thread that looks after all requests of a fetcher, and cuts the line of each whose time is over.

A thread for each request would be a tenth of what a small one costs. Knows deadlines only as something to cut.
"""

from __future__ import annotations

import os
from math import inf
from threading import Condition, Lock, Thread
from time import monotonic
from typing import Protocol
from weakref import WeakSet


class Cuttable(Protocol):
    """What has its time."""

    def cut(self) -> None:
        """End what is under way, from another thread, without waiting for anything. Raises nothing."""
        ...


class Watchdog:
    """Cuts whom it heeds when their time is over. Safe in several threads; `close()` it.

    Its thread begins with the first one. It sleeps until the earliest end that it knew of when it last looked, so that
    requests that end in time never wake it; where it then finds nobody to heed, it ends. It keeps no process alive. A
    forked process heeds nobody: its parent does.
    """

    def __init__(self) -> None:
        self._start_anew()
        _all.add(self)

    def _start_anew(self) -> None:
        self._bell = Condition(Lock())
        self._ends: dict[Cuttable, float] = {}
        self._wakes_at = inf
        self._has_thread = self._is_closed = False

    def heed(self, one: Cuttable, end: float) -> None:
        """Cut `one` at `end`, a moment of `monotonic`, unless it is let go before."""
        with self._bell:
            if not self._has_thread:
                Thread(target=self._look, name="watchdog", daemon=True).start()
                self._has_thread, self._wakes_at = True, inf
            elif end < self._wakes_at:
                self._bell.notify()
            self._ends[one] = end

    def let_go(self, one: Cuttable) -> None:
        """Heed `one` no longer: once this returns, it is not cut."""
        with self._bell:
            self._ends.pop(one, None)
            if self._is_closed and not self._ends:
                self._bell.notify()

    def close(self) -> None:
        """Let the thread end as soon as it heeds nobody."""
        with self._bell:
            self._is_closed = True
            self._bell.notify()

    def _look(self) -> None:
        with self._bell:
            while self._ends:
                now = monotonic()
                for one in [one for one, end in self._ends.items() if end <= now]:
                    del self._ends[one]
                    one.cut()
                if self._ends:
                    self._wakes_at = min(self._ends.values())
                    self._bell.wait(self._wakes_at - now)
            self._has_thread = False


_all: WeakSet[Watchdog] = WeakSet()


def _start_all_anew() -> None:
    for watchdog in _all:
        watchdog._start_anew()  # noqa: SLF001 - its lock may be held by a thread that is not there


if hasattr(os, "register_at_fork"):  # not on Windows, where nothing is forked
    os.register_at_fork(after_in_child=_start_all_anew)
