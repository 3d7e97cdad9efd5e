"""A few workers that share the calls of many threads.

Owns which worker gets which call, when another one is started, and that a worker that did not answer is replaced.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Condition
from typing import Any

from feedbuilder.processes.budget import OUT_OF_TIME, Budget
from feedbuilder.processes.launch import Worker
from feedbuilder.processes.nursery import Nursery
from feedbuilder.processes.worker import CallAnswer, CallEndedError, Ending, request

PATIENCE = 15
"""So many times its processor time a call may take by the clock: a machine may have much else to do."""
SOON = 0.1
"""Seconds that a call waits for a busy worker before another one is started: most come back in less."""
LET_GO = 60.0
"""Seconds after which one of several workers is let go, if no call had to wait so long."""


@dataclass(eq=False, slots=True)
class _Place:
    """A worker in its pool, with what made its object, and the keys of the calls that it has answered."""

    worker: Worker
    made: Callable[[], object]
    keys: set[Hashable] = field(default_factory=set)


class PoolClosedError(Exception):
    """The pool was closed while a call was under way or was waiting for its turn."""


class Pool:
    """At most `size` workers, each with an object that `made` returned. Safe to use from several threads.

    A worker is started when a call comes and all others are busy for long, and let go when that was long ago: each has
    memory for itself. They come from `nursery`, which ends with the pool. `made` is called in the worker, and has to be
    a function that can be imported.
    """

    def __init__(self, nursery: Nursery, made: Callable[[], object], budget: Budget, size: int) -> None:
        self._nursery = nursery
        self._made, self._budget, self._size = made, budget, size
        self._patience = PATIENCE * budget.seconds
        self._idle: list[_Place] = []
        self._all: set[_Place] = set()
        self._starting = 0
        self._pressed = 0.0
        """When last a call found no worker in time; by a clock that nobody sets."""
        self._closed = False
        self._changed = Condition()

    def call(self, key: Hashable, name: str, *arguments: Any, **named: Any) -> Any:
        """Return what the method `name` of a worker's object returns for the arguments, or raise what it raises.

        Calls with one `key` go to one worker, if it has nothing else to do. Raises CallEndedError if the call used up
        its budget or ended its process, OSError if no worker can be started, PoolClosedError.
        """
        message = request(name, arguments, named)
        place = self._taken(key)
        answer = None
        try:
            answer = self._answered(place.worker, message)
        finally:
            self._give_back(place, key, keep=answer is not None and not answer.last)
        return answer.result()

    def renew(self, made: Callable[[], object]) -> None:
        """Have all calls that begin from now on answered by workers whose object `made` returned."""
        with self._changed:
            self._made = made

    def close(self) -> None:
        """End all workers, whatever they do."""
        with self._changed:
            self._closed = True
            idle, self._idle = self._idle, []
            self._changed.notify_all()
        self._nursery.close()
        for place in idle:  # the others are in the hands of threads, which see that they are gone
            place.worker.end()

    def _answered(self, worker: Worker, message: bytes) -> CallAnswer:
        """Return what the worker says to a message. Raises CallEndedError, PoolClosedError."""
        try:
            with suppress(OSError):  # one that stops listening, for want of memory, may say so
                worker.connection.send_bytes(message)
            if worker.connection.poll(self._patience):
                answer: CallAnswer = pickle.loads(worker.connection.recv_bytes())  # noqa: S301 - of a child of ours
                return answer
            ending = Ending.PATIENCE
        except (EOFError, OSError):  # the process is gone, or the pool was closed
            ending = Ending.CRASH
        code = worker.end()
        if self._closed:
            raise PoolClosedError
        if OUT_OF_TIME is not None and code == -OUT_OF_TIME:
            ending = Ending.TIME
        raise CallEndedError(ending, code)

    def _taken(self, key: Hashable) -> _Place:
        """Return a worker that is idle, or a new one; wait where there can be no more. Raises OSError if none."""
        may_start = True
        while True:
            with self._changed:
                place = self._free(key, may_start=may_start)
            if place is not None:
                return place
            try:
                return self._started()
            except OSError:
                with self._changed:
                    if not self._all:
                        raise
                may_start = False  # no more than there are: one of them has to do

    def _free(self, key: Hashable, *, may_start: bool) -> _Place | None:
        """Return a worker that is idle once there is one; None if another one may be started, which is counted."""
        soon = time.monotonic() + SOON
        while True:
            if self._closed:
                raise PoolClosedError
            left = soon - time.monotonic()
            if left <= 0:
                self._pressed = time.monotonic()
            while self._idle:
                place = next((one for one in self._idle if key in one.keys), self._idle[-1])
                self._idle.remove(place)
                if place.made is self._made and not place.worker.connection.poll():
                    return place
                self._remove(place)  # an idle one has nothing to say: it was ended by somebody else
            has_room = len(self._all) + self._starting < self._size and (may_start or not self._all)
            if has_room and (left <= 0 or not (self._all or self._starting)):
                self._starting += 1
                return None
            self._changed.wait(left if left > 0 else None)

    def _started(self) -> _Place:
        """Return a new worker, which `_free` has counted. Raises OSError if none can be started."""
        place = None
        try:
            made = self._made
            place = _Place(self._nursery.launch(made, self._budget), made)
        finally:
            with self._changed:
                self._starting -= 1
                if place is not None:
                    self._all.add(place)
                self._changed.notify()
        return place

    def _give_back(self, place: _Place, key: Hashable, *, keep: bool) -> None:
        with self._changed:
            is_spare = len(self._all) > 1 and time.monotonic() - self._pressed > LET_GO
            if keep and not is_spare and not self._closed:
                place.keys.add(key)
                self._idle.append(place)
            else:
                self._remove(place)
            self._changed.notify()

    def _remove(self, place: _Place) -> None:
        self._all.discard(place)
        place.worker.end()
