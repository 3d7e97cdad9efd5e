"""When modules are loaded: as the program starts, as a command is called, as a part of a room is asked for.

Owns what disturbs loading, and how a room puts it off; knows no command and no room. Nothing of ours is imported here:
it is loaded itself without protection.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import FrameType
from typing import Any

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
    try:
        with without_collecting():
            yield
            gc.freeze()
    finally:
        if replaces:
            signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Keep the garbage collector from looking, again and again, through much that is made in this block and stays."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _end(_number: int, _frame: FrameType | None) -> None:
    os._exit(_STOPPED)


def on_demand(room: str, names: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the `__getattr__` (PEP 562) of a package whose `names` are loaded from these modules of it when asked for.

    For rooms of which most commands need one small part. No name may be that of a module: once it is loaded, Python
    itself puts the module there.
    """

    def get(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        found = getattr(import_module(f"{room}.{names[name]}"), name)
        setattr(sys.modules[room], name, found)
        return found

    return get
