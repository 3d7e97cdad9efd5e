"""How long a fetch may take in all: a budget of seconds, and the line that is cut when it is spent.

Owns the clock of one fetch. Knows sockets only as something to shut; knows nothing of HTTP. A socket's own timeout is
no deadline: it starts anew with every byte, so a server that drips one byte a second holds a reader for ever.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

from feedbuilder.fetch.watchdog import Watchdog

_INSTANT = 0.001
"""Seconds; a timeout of 0 would mean "do not wait at all" to a socket."""


class DeadlineError(Exception):
    """The time allowed for a fetch is spent."""


class Deadline:
    """A budget of `seconds` that runs down only inside `running()`: waiting for one's turn at a host is free.

    Belongs to one thread; only the `watchdog` acts from another.
    """

    def __init__(self, seconds: float, watchdog: Watchdog) -> None:
        self.seconds = seconds
        self._watchdog = watchdog
        self._left = seconds
        self._end: float | None = None
        self._cut = False
        self._lock = Lock()
        self._line: int | None = None
        """A descriptor of our own, of a socket: on Windows that is none of a file, which `os` would know."""

    def remaining(self) -> float:
        """Return the seconds left, always more than 0. Raises DeadlineError when there are none."""
        if self.spent:
            raise DeadlineError
        return self._left if self._end is None else max(self._end - monotonic(), _INSTANT)

    @property
    def spent(self) -> bool:
        """Return whether the time is over."""
        return self._cut or (self._left if self._end is None else self._end - monotonic()) <= 0

    def check(self) -> None:
        """Raise DeadlineError if the time is spent: a line that the watchdog has cut looks like a proper end."""
        self.remaining()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let the time run during the block, and cut the watched line when it is spent.

        Raises DeadlineError at the start if nothing is left. The block has to `check()` before it trusts its result.
        """
        end = self._end = monotonic() + self.remaining()
        self._watchdog.heed(self, end)
        try:
            yield
        finally:
            self._watchdog.let_go(self)
            self._left, self._end = end - monotonic(), None
            self.leave()

    def watch(self, descriptor: int) -> None:
        """Let the watchdog cut the socket with this descriptor, and no longer the one watched before.

        Works on a duplicate: the original may be wrapped in TLS or closed meanwhile, its number given to a stranger.
        """
        duplicate = socket.dup(descriptor)
        with self._lock:
            self._line, former = duplicate, self._line
            if self._cut:
                _shut(duplicate)
        if former is not None:
            socket.close(former)

    def leave(self) -> None:
        """Watch no socket any more: once this returns, none is cut, so that it may serve somebody else."""
        with self._lock:
            self._line, former = None, self._line
        if former is not None:
            socket.close(former)

    def cut(self) -> None:
        """Spend what is left, and shut the watched socket. For the watchdog."""
        with self._lock:
            self._cut = True
            if self._line is not None:
                _shut(self._line)


def _shut(descriptor: int) -> None:
    """Shut the socket with this descriptor, which stays open: whoever reads from it, by any name, reads its end."""
    with contextlib.suppress(OSError):  # the other side was quicker
        line = socket.socket(socket.AF_INET, socket.SOCK_STREAM, fileno=descriptor)
        try:
            line.shutdown(socket.SHUT_RDWR)  # of any family
        finally:
            line.detach()
