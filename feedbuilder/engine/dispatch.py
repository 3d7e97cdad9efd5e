"""Carrying out turns on a few threads: the shell around `pipeline.turns`, which decides who may go.

Owns the threads, the lock around the decisions and the clock they are made by. Knows nothing of what a turn does.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Condition

from feedbuilder.logger import log
from feedbuilder.pipeline.turns import Key, Turn, Turns

LOOK_AGAIN = 5.0
"""Seconds until a place is looked at again of which nothing can be known."""


def elapsed() -> float:
    """Return seconds that nobody sets: counted on while the machine sleeps, where the system can tell."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class Dispatch:
    """Gives everything that is planned its turn. Safe to use from several threads.

    `pause` tells for how many seconds a place is not to be asked yet. `failed` hears of a turn that raised, and with
    what. `alarm` is told in how many seconds to `look` again; without it, `run_out` does so.
    """

    def __init__(
        self,
        workers: int,
        pause: Callable[[str], float],
        failed: Callable[[Turn, Exception], None],
        alarm: Callable[[float], None] | None = None,
        seconds: Callable[[], float] = elapsed,
    ) -> None:
        self._turns = Turns(workers)
        self._pause = pause
        self._failed = failed
        self._alarm = alarm
        self._seconds = seconds
        self._set_for: float | None = None
        """For which moment the alarm is set."""
        self._closed = False
        self._changed = Condition()
        self._pool = ThreadPoolExecutor(workers, "source")

    def plan(
        self,
        key: Key,
        work: Callable[[], None],
        *,
        places: frozenset[str] = frozenset(),
        after: float = 0.0,
        is_doubtful: bool = False,
    ) -> None:
        """Plan `work` in `after` seconds, in place of what was planned for `key`; somebody has to `look` then."""
        with self._changed:
            if not self._closed:
                self._turns.plan(Turn(key, self._seconds() + max(after, 0.0), places, is_doubtful, work))

    def drop(self, key: Key) -> None:
        """Plan nothing for `key`; what goes goes on."""
        with self._changed:
            self._turns.drop(key)

    def look(self) -> None:
        """Start all that may go now, and arrange for the next look."""
        with self._changed:
            if self._closed:
                return
            now = self._seconds()
            for turn in self._turns.start(now, self._pause_at):
                self._pool.submit(self._carry_out, turn)
            upcoming = self._turns.next_look()
            if self._alarm is None or upcoming is None:
                return
            if self._set_for is None or upcoming < self._set_for or self._set_for <= now:
                self._set_for = upcoming
                self._alarm(max(upcoming - now, 0.0))

    def run_out(self) -> None:
        """Look, whenever somebody may go, until nothing is planned and everybody is done."""
        with self._changed:
            while not (self._closed or self._turns.is_idle):
                self.look()
                upcoming = self._turns.next_look()
                self._changed.wait(None if upcoming is None else max(upcoming - self._seconds(), 0.0))

    def stop(self) -> None:
        """Start nothing more."""
        with self._changed:
            self._closed = True
            self._turns.clear()
            self._changed.notify_all()

    def close(self, grace: float) -> bool:
        """Start nothing more; return whether all that goes ended within `grace` seconds."""
        self.stop()
        with self._changed:
            finished = self._changed.wait_for(lambda: self._turns.going == 0, grace)
        self._pool.shutdown(wait=finished, cancel_futures=True)
        return finished

    def _pause_at(self, place: str) -> float:
        try:
            return self._pause(place)
        except Exception:
            # Decisions are never left half made. The store that remembers hosts is there again, or all else tells.
            log.exception("it is not known whether a host may be asked", host=place)
            return LOOK_AGAIN

    def _carry_out(self, turn: Turn) -> None:
        try:
            turn.work()
        except Exception as error:  # noqa: BLE001 - who planned it knows what it means
            self._failed(turn, error)
        finally:
            with self._changed:
                self._turns.end(turn)
                self.look()
                self._changed.notify_all()
