"""What one call may use, held by the operating system: it counts while a call keeps the interpreter's lock, too.

Owns the three ways in which that is asked for; each does nothing where the system has no such thing (Windows).
"""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":
    import resource

OUT_OF_TIME = getattr(signal, "SIGPROF", None)
"""The signal that ends a process whose call used up its time; None where there is no such timer."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What a call may use."""

    seconds: float
    """Of processor time; how long the machine lets it wait does not count."""
    memory: int
    """Bytes by which its process may grow over what it had when it started."""


@contextmanager
def counted(seconds: float) -> Iterator[None]:
    """End this process by `OUT_OF_TIME` if the block takes more than `seconds` of processor time.

    The signal keeps its default action: a handler in Python would wait for the call that never ends.
    """
    if sys.platform == "win32":
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def hold_memory(growth: int) -> None:
    """Let this process have `growth` bytes more than it has; beyond that, MemoryError.

    Its data are counted, not its address space, in which libraries take more than they use. Without effect where the
    system does not tell how large a process is.
    """
    if sys.platform == "win32":
        return
    now = _status("VmData")
    if now is None:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = now + growth if hard == resource.RLIM_INFINITY else min(now + growth, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def resident() -> int:
    """Return how many bytes of memory this process has for itself; 0 where the system does not say."""
    return _status("RssAnon") or 0


def _status(name: str) -> int | None:
    """Return one of the sizes that Linux tells of this process, in bytes."""
    try:
        lines = Path("/proc/self/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:")), None)
