"""The moments in which modules are loaded: the program's first, and a command's when it is called.

Owns what disturbs loading; knows no command. Nothing of ours is imported here: it is loaded itself without protection.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_STOPPED = 130
"""What shells expect of a program that Ctrl-C ended."""


@contextmanager
def loading() -> Iterator[None]:
    """Load modules in this block. Ctrl-C ends the process at once, quietly; the garbage collector looks away.

    What is loaded lives as long as the process: the collector would go through it again and again, in vain, which
    takes a third of the time of loading. It leaves it alone afterwards too.
    """
    # Not an exception: one that is raised within an import may be swallowed there, or told as another one.
    replaces = (
        signal.getsignal(signal.SIGINT) is signal.default_int_handler  # not under nohup, where it is ignored
        and threading.current_thread() is threading.main_thread()
    )
    if replaces:
        signal.signal(signal.SIGINT, _end)
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collects:
            gc.enable()
        if replaces:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def _end(_number: int, _frame: FrameType | None) -> None:
    os._exit(_STOPPED)
