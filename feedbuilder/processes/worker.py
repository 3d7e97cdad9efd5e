"""The side of the process that serves calls: it has one object, whose methods are called one after the other.

Owns what goes over the connection. A worker ends when its pool closes the connection or is gone, when it has grown, and
when a call uses up its budget.
"""

from __future__ import annotations

import gc
import pickle
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from feedbuilder.processes.budget import OUT_OF_TIME, Budget, counted, hold_memory, resident
from feedbuilder.processes.channel import Connection

MOST_CALLS = 2_000
"""After so many calls a worker ends, and a fresh one takes its place: what libraries leak stays little."""
MOST_KEPT = 150_000_000
"""Bytes that it may keep after a call, over what it had at the start; then too it makes room for a fresh one."""
LOOK_EVERY = 10
"""After so many calls it looks how much it keeps."""
_PARENTS_BUSINESS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")
"""Signals that terminals and service managers send to all processes of a program; the pool knows what to do."""
_FIRST_TO_GO = "500"
"""On the scale of the kernel, up to 1,000, on which it chooses whom to end where memory runs out."""


class Ending(StrEnum):
    """Why a call got no answer."""

    TIME = "time"
    """It used up its processor time."""
    PATIENCE = "patience"
    """It did not come back within many times its processor time, by the clock."""
    MEMORY = "memory"
    """It used up its memory."""
    CRASH = "crash"
    """Its process ended by itself, or somebody else ended it."""


class CallEndedError(Exception):
    """A call got no answer. `code` is how its process ended: negative for a signal, None where nobody knows."""

    def __init__(self, ending: Ending, code: int | None = None) -> None:
        super().__init__(ending, code)
        self.ending = ending
        self.code = code


class RemoteTraceback(Exception):  # noqa: N818 - shown as the cause of the error, it is the traceback
    """Where an error arose in the other process."""

    def __str__(self) -> str:
        return f"\n{self.args[0]}"


@dataclass(frozen=True, slots=True)
class CallAnswer:
    """What a call came to: a value, or an error and where it arose."""

    value: Any = None
    error: Exception | None = None
    trace: str = ""
    out_of_memory: bool = False
    last: bool = False
    """Whether the worker ends after it."""

    def result(self) -> Any:
        """Return the value, or raise the error, with the other process's traceback as its cause."""
        if self.out_of_memory:
            raise CallEndedError(Ending.MEMORY)
        if self.error is not None:
            raise self.error from RemoteTraceback(self.trace)
        return self.value


_OUT_OF_MEMORY = pickle.dumps(CallAnswer(out_of_memory=True, last=True))
"""Made while there is memory."""


def request(name: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> bytes:
    """Return the message that asks for a call."""
    return pickle.dumps((name, arguments, named), pickle.HIGHEST_PROTOCOL)


def serve(connection: Connection, made: Callable[[], object], budget: Budget) -> None:
    """Answer calls of the methods of what `made` returns until the connection is closed or the process has grown."""
    leave_to_parent()
    served = made()
    gc.freeze()  # what is there stays; collections need not look at it, and pages shared with others stay shared
    hold_memory(budget.memory)
    with suppress(EOFError, OSError):  # the pool is gone
        try:
            _serve(connection, served, budget.seconds)
        except MemoryError:  # the message alone was too much
            connection.send_bytes(_OUT_OF_MEMORY)


def _serve(connection: Connection, served: object, seconds: float) -> None:
    """Answer calls until the process has grown. Raises EOFError, OSError if there is nobody to be answered."""
    start, calls, last = resident(), 0, False
    while not last:
        message = connection.recv_bytes()
        calls += 1
        last = calls >= MOST_CALLS or (calls % LOOK_EVERY == 0 and resident() - start > MOST_KEPT)
        with counted(seconds):
            answer = _answer(served, message, last=last)
        connection.send_bytes(answer)
        last = last or answer is _OUT_OF_MEMORY


def leave_to_parent() -> None:
    """Ignore the signals that are meant for the whole program; be the first to go where the system runs out of memory.

    A worker that ended on its own at Ctrl-C or a service's stop would look like a page that ends processes.
    """
    for name in _PARENTS_BUSINESS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    if OUT_OF_TIME is not None:
        signal.signal(OUT_OF_TIME, signal.SIG_DFL)
    for path, text in (("/proc/self/oom_score_adj", _FIRST_TO_GO), ("/proc/self/comm", "page-reader")):
        with suppress(OSError):
            Path(path).write_text(text, "ascii")


def _answer(served: object, message: bytes, *, last: bool) -> bytes:
    """Return the answer to a message, ready to be sent."""
    try:
        name, arguments, named = pickle.loads(message)  # noqa: S301 - of our own parent
        value = getattr(served, name)(*arguments, **named)
        return pickle.dumps(CallAnswer(value, last=last), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return _OUT_OF_MEMORY
    except Exception as error:  # noqa: BLE001 - it is raised again where it was asked for
        trace = traceback.format_exc()
        return pickle.dumps(CallAnswer(error=_portable(error), trace=trace, last=last), pickle.HIGHEST_PROTOCOL)


def _portable(error: Exception) -> Exception:
    """Return `error` if it can cross to another process, else one that says the same."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - made in this line
    except Exception:  # noqa: BLE001 - whatever its pickling raises
        return RuntimeError(repr(error))
    return error
