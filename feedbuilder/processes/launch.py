"""How a worker is started where there is no zygote: by a fresh interpreter (macOS, Windows, programs with threads).

Also the words between a pool and whatever starts its workers.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from feedbuilder.processes.budget import Budget
from feedbuilder.processes.channel import Connection
from feedbuilder.processes.worker import serve

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess


class Worker(Protocol):
    """A process that serves calls, as its pool sees it."""

    @property
    def connection(self) -> Connection:
        """Return the way to it."""
        ...

    def end(self) -> int | None:
        """End it whatever it does; return how it ended: its exit code, negative for a signal, None if unknown.

        Once it was ended, that does nothing, and what is returned means nothing.
        """
        ...


class Launcher(Protocol):
    """Starts workers. Safe to call from several threads."""

    def launch(self, made: Callable[[], object], budget: Budget) -> Worker:
        """Start a worker that serves what `made` returns. Raises OSError if the system has no process left for it."""
        ...

    def close(self) -> None:
        """Release what the launcher has; no worker is launched any more, and none goes on."""
        ...


@dataclass(frozen=True, slots=True)
class SpawnedWorker:
    """A worker with an interpreter of its own."""

    connection: Connection
    process: BaseProcess

    def end(self) -> int | None:
        """End it; return how it ended."""
        self.connection.close()
        self.process.kill()
        self.process.join()
        return self.process.exitcode


class Spawner:
    """Starts each worker by an interpreter of its own: it takes as long as starting the program, and shares nothing."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._started: list[BaseProcess] = []

    def launch(self, made: Callable[[], object], budget: Budget) -> SpawnedWorker:
        """Start a worker. Raises OSError."""
        import multiprocessing  # noqa: PLC0415 - mostly there is a zygote

        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, made, budget), daemon=True)
        try:
            with self._lock:
                if not self._started:
                    # Before multiprocessing's own: it would wait for processes that ignore its SIGTERM.
                    atexit.register(self.close)
                process.start()
                self._started = [one for one in (*self._started, process) if one.is_alive()]
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        return SpawnedWorker(ours, process)

    def close(self) -> None:
        """End all workers."""
        atexit.unregister(self.close)
        with self._lock:
            for process in self._started:
                process.kill()
