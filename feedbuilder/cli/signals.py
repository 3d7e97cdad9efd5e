"""Stopping on request: SIGTERM and Ctrl-C end a command in order; a second one ends it at once."""

from __future__ import annotations

import os
import signal
from threading import Event
from types import FrameType


def stop_event() -> Event:
    """Return an event that is set at the first SIGTERM or SIGINT. The second one kills the process, as usual.

    Only the main thread may call this.
    """
    event = Event()

    def stop(number: int, _frame: FrameType | None) -> None:
        if event.is_set():
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        event.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return event
