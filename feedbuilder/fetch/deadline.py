"""How long a fetch may take in all: a budget of seconds, and a watchdog that cuts the line when it is spent.

Owns the clock of one fetch. Knows sockets only as something to shut; knows nothing of HTTP. A socket's own timeout is
no deadline: it starts anew with every byte, so a server that drips one byte a second holds a reader for ever.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

_INSTANT = 0.001
"""Seconds; a timeout of 0 would mean "do not wait at all" to a socket."""


class DeadlineError(Exception):
    """The time allowed for a fetch is spent."""


class Deadline:
    """A budget of `seconds` that runs down only inside `running()`: waiting for one's turn at a host is free.

    Belongs to one thread; only the watchdog acts from another.
    """

    def __init__(self, seconds: float, now: Callable[[], float] = monotonic) -> None:
        self.seconds = seconds
        self._now = now
        self._left = seconds
        self._end: float | None = None
        self._cut = False
        self._lock = threading.Lock()
        self._line: socket.socket | None = None

    def remaining(self) -> float:
        """Return the seconds left, always more than 0. Raises DeadlineError when there are none."""
        if self.spent:
            raise DeadlineError
        return self._left if self._end is None else max(self._end - self._now(), _INSTANT)

    @property
    def spent(self) -> bool:
        """Return whether the time is over."""
        return self._cut or (self._left if self._end is None else self._end - self._now()) <= 0

    def check(self) -> None:
        """Raise DeadlineError if the time is spent: a line that the watchdog has cut looks like a proper end."""
        self.remaining()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let the time run during the block, and cut the watched line when it is spent.

        Raises DeadlineError at the start if nothing is left. The block has to `check()` before it trusts its result.
        """
        left = self.remaining()
        self._end = self._now() + left
        watchdog = threading.Timer(left, self._cut_line)
        watchdog.daemon = True
        watchdog.start()
        try:
            yield
        finally:
            watchdog.cancel()
            self._left, self._end = self._end - self._now(), None
            self._drop_line()

    def watch(self, descriptor: int) -> None:
        """Let the watchdog cut the socket with this descriptor, and no longer the one watched before.

        Works on a duplicate: the original may be wrapped in TLS, closed, or handed back to a pool meanwhile, and its
        number given to a stranger.
        """
        duplicate = socket.socket(fileno=socket.dup(descriptor))
        with self._lock:
            self._line, former = duplicate, self._line
            cut = self._cut
        if former is not None:
            former.close()
        if cut:
            self._cut_line()

    def _cut_line(self) -> None:
        with self._lock:
            self._cut = True
            if self._line is not None:
                with contextlib.suppress(OSError):  # the other side was quicker
                    self._line.shutdown(socket.SHUT_RDWR)

    def _drop_line(self) -> None:
        with self._lock:
            self._line, former = None, self._line
        if former is not None:
            former.close()
