"""A process and all that it started, as Linux tells of them: which they are, what memory they have, their end.

For programs of others, which start processes of their own; elsewhere only the first one is known.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Collection, Iterator
from pathlib import Path


def members(root: int, without: Collection[int] = ()) -> Iterator[int]:
    """Yield the ids of `root` and its descendants, but not those of `without` and what they started."""
    yield root
    with contextlib.suppress(OSError):  # it may end meanwhile
        for thread in Path(f"/proc/{root}/task").iterdir():
            for child in (thread / "children").read_text("utf-8").split():
                if int(child) not in without:
                    yield from members(int(child), without)


def memory_of(root: int) -> int:
    """Return how many bytes of memory `root` and its descendants have, without the files that they map; 0 if unknown.

    What several of them share by mapping no file counts for each.
    """
    total = 0
    for process in members(root):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{process}/status").read_text("utf-8", "replace").splitlines():
                if line.startswith(("RssAnon:", "RssShmem:")):
                    total += int(line.split()[1]) * 1024
    return total


def end_descendants(root: int) -> None:
    """End all that `root` has started, whatever they do, but not itself."""
    for process in [one for one in members(root) if one != root]:
        with contextlib.suppress(OSError):
            os.kill(process, getattr(signal, "SIGKILL", signal.SIGTERM))
