"""Where workers come from: a zygote on Linux, fresh interpreters elsewhere and where the zygote is gone.

Owns the choice between the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

from feedbuilder.processes.budget import Budget
from feedbuilder.processes.launch import Launcher, Spawner, Worker
from feedbuilder.processes.zygote import Zygote, can_fork


class Nursery:
    """Starts workers. Safe to use from several threads; to be closed, by the pool that it is given to as well."""

    def __init__(self) -> None:
        """Prepare what is needed: little, if the program has one thread and has not read much yet."""
        self._launchers: tuple[Launcher, ...] = (*_zygote(), Spawner())

    def launch(self, made: Callable[[], object], budget: Budget) -> Worker:
        """Start a worker that serves what `made` returns. Raises OSError if the system has no process left for it."""
        problem: OSError | None = None
        for launcher in self._launchers:
            try:
                return launcher.launch(made, budget)
            except OSError as error:
                problem = error
        assert problem is not None
        raise problem

    def close(self) -> None:
        """Release what it has; no worker is started any more, and none goes on."""
        for launcher in self._launchers:
            launcher.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _zygote() -> Iterator[Zygote]:
    """Yield a zygote where there can be one."""
    if not can_fork():
        return
    try:
        yield Zygote()
    except OSError:  # no process is left: nobody knows yet whether one is wanted, and who wants one is told so
        return
