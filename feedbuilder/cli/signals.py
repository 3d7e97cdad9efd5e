"""Signals: SIGTERM and Ctrl-C end a command in order, and a second one at once; SIGHUP has the configuration read anew.

SIGHUP also says that the terminal is gone from which a command was started. Then it ends in order, unless it was to
outlive the terminal (nohup).
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
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


def on_hangup(reload: Callable[[], None], stop: Event) -> None:
    """Call `reload` at each SIGHUP, or set `stop` if the terminal is gone. Windows knows no such signal.

    Only the main thread may call this; `reload` must be quick and take no locks.
    """
    if not hasattr(signal, "SIGHUP"):
        return
    leaves_with_terminal = signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN and _has_terminal()

    def hang_up(_number: int, _frame: FrameType | None) -> None:
        if leaves_with_terminal and not _has_terminal():
            stop.set()
        else:
            reload()

    signal.signal(signal.SIGHUP, hang_up)


def _has_terminal() -> bool:
    """Return whether this process belongs to a terminal that is there."""
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True
