"""What a process and all that it started have taken: processor time, and memory without counting shared pages twice.

Reads /proc, so Linux alone. A child that ended counts with whoever waited for it.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

from feedbuilder.processes.family import members

_TICKS = os.sysconf("SC_CLK_TCK")
EVERY = 3.0
"""Seconds between two looks at the memory."""


def seconds_of(root: int, without: Collection[int] = ()) -> float:
    """Return the processor time in seconds that `root` and its descendants have taken up to now."""
    ticks = 0
    for process in members(root, without):
        with suppress(OSError):
            fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(") ")[2].split()
            ticks += sum(map(int, fields[11:15]))  # its own, and those of children that it has waited for
    return ticks / _TICKS


def megabytes_of(root: int, without: Collection[int] = ()) -> float:
    """Return the memory in MB of `root` and its descendants; what several share counts once."""
    kilobytes = 0
    for process in members(root, without):
        with suppress(OSError):
            for line in Path(f"/proc/{process}/smaps_rollup").read_text("utf-8").splitlines():
                if line.startswith("Pss:"):
                    kilobytes += int(line.split()[1])
    return kilobytes / 1024


class MemoryWatch:
    """Looks again and again at how much memory a process and its descendants have, until the block ends."""

    def __init__(self, root: int, without: Collection[int] = ()) -> None:
        self.most = 0.0
        """In MB."""
        self._root, self._without = root, without
        self._ended = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while True:
            self.most = max(self.most, megabytes_of(self._root, self._without))
            if self._ended.wait(EVERY):
                return

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()
