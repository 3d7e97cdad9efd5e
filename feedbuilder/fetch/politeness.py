"""One request at a time per host, with a pause in between.

Owns the queue before each host. Knows neither HTTP nor robots.txt: how long the pause is comes in as an argument.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from feedbuilder.model import FetchError


class SharedTurns(Protocol):
    """The turns of all processes that ask the same hosts."""

    def take(self, host: str, goes_on: Callable[[], bool]) -> str | None:
        """Wait until no process asks `host` and its last pause is over; return a token for `give_back`.

        None where `goes_on` has said no meanwhile. Raises FetchError for a queue that is too long, StoreError.
        """
        ...

    def give_back(self, host: str, token: str, gap: float) -> None:
        """End the turn that `token` stands for; the next one begins `gap` seconds from now. Raises StoreError."""
        ...


LONGEST_QUEUE = 600.0
"""Seconds to wait for the requests before ours. They are at most as many as there are workers, and each is bounded by
its deadline and pause, so this is reached only if dozens of slow ones meet at one host."""
_MANY_HOSTS = 1024
"""More hosts than this in memory: those that nobody waits for are forgotten (redirects may name any number)."""


@dataclass(slots=True)
class _Host:
    turn: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    """When the pause after the last request ends."""
    visitors: int = 0
    """Threads that have, or wait for, the turn."""


class Politeness:
    """Gives out the turns. Safe to use from several threads.

    `sleep` takes seconds; without it, waiting ends at once when `close()` is called. `monotonic` gives seconds.
    `shared` are the turns that other processes have to wait for too.
    """

    def __init__(
        self,
        monotonic: Callable[[], float],
        sleep: Callable[[float], object] | None = None,
        shared: SharedTurns | None = None,
    ) -> None:
        self._shared = shared
        self._closing = threading.Event()
        self._monotonic = monotonic
        self._sleep = sleep or self._closing.wait
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, gap: float) -> Iterator[None]:
        """Wait until no other request to `host` is under way and its last pause is over; then be the only one.

        `gap` is the pause after this request, in seconds. Ports do not count: they mean the same machine. Raises
        FetchError after `LONGEST_QUEUE` seconds behind other requests, and when `close()` was called.
        """
        place = self._enter(host)
        try:
            if not place.turn.acquire(timeout=LONGEST_QUEUE):
                raise FetchError(
                    f"Too many requests are waiting for {host}. Give its sources longer intervals, or reduce workers "
                    "under [fetch]."
                )
            try:
                if (pause := place.free_at - self._monotonic()) > 0:
                    self._sleep(pause)
                if self._closing.is_set():
                    raise FetchError(f"{host} was not asked: feedbuilder is stopping.")
                try:
                    with self._alone(host, gap):
                        yield
                finally:
                    place.free_at = self._monotonic() + gap
            finally:
                place.turn.release()
        finally:
            with self._lock:
                place.visitors -= 1

    @contextmanager
    def _alone(self, host: str, gap: float) -> Iterator[None]:
        """Have the turn among all processes, too."""
        if self._shared is None:
            yield
            return
        token = self._shared.take(host, lambda: not self._closing.is_set())
        if token is None:
            raise FetchError(f"{host} was not asked: feedbuilder is stopping.")
        try:
            yield
        finally:
            self._shared.give_back(host, token, gap)

    def pause(self, host: str) -> float:
        """Return for how many seconds the pause after the last request to `host` still lasts, 0 if it is over."""
        with self._lock:
            place = self._hosts.get(host)
        return max(place.free_at - self._monotonic(), 0.0) if place else 0.0

    def close(self) -> None:
        """Let nobody have a turn any more; who waits for a pause to end is turned away at once."""
        self._closing.set()

    def _enter(self, host: str) -> _Host:
        with self._lock:
            if len(self._hosts) >= _MANY_HOSTS:
                now = self._monotonic()
                self._hosts = {
                    name: place for name, place in self._hosts.items() if place.visitors or place.free_at > now
                }
            place = self._hosts.setdefault(host, _Host(free_at=self._monotonic()))
            place.visitors += 1
            return place
