"""What the workers of these tests serve: calls that behave, and calls that do not."""

from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path
from typing import Any, NoReturn

from tests.patience import PATIENCE

MOST_MEMORY = 100_000_000


class StubbornError(Exception):
    """Cannot be pickled: it wants more arguments than it passes on."""

    def __init__(self, one: str, _other: str) -> None:
        super().__init__(one)


class Service:
    """Has a memory, as a reader of pages has."""

    def __init__(self) -> None:
        self.calls = 0
        self.kept = b""

    def echo(self, value: Any, *, twice: bool = False) -> Any:
        self.calls += 1
        return (value, value) if twice else value

    def count(self) -> int:
        return self.calls

    def pid(self) -> int:
        return os.getpid()

    def spin(self) -> NoReturn:
        while True:
            pass

    def hold_the_interpreter(self) -> bool:
        """Never come back, and let no other thread of the process run either."""
        return re.match(r"(a+)+$", "a" * 60 + "b") is not None

    def work(self, seconds: float) -> float:
        """Use up so much processor time."""
        end = time.process_time() + seconds
        while time.process_time() < end:
            pass
        return seconds

    def sleep(self, seconds: float) -> float:
        time.sleep(seconds)
        return seconds

    def eat(self) -> int:
        kept = [bytes(10_000_000) for _ in range(2 * MOST_MEMORY // 10_000_000)]
        return len(kept)

    def leave(self, code: int) -> NoReturn:
        os._exit(code)

    def die(self) -> None:
        os.kill(os.getpid(), signal.SIGSEGV)

    def divide(self, by: int) -> float:
        return 1 / by

    def be_stubborn(self) -> NoReturn:
        raise StubbornError("cannot", "cross")

    def lock(self) -> Any:
        """Return what cannot cross."""
        return lambda: None

    def grow(self, size: int) -> int:
        self.kept = bytes(range(256)) * (size // 256)
        return os.getpid()

    def files(self) -> dict[str, str]:
        """Return what the open files of the process are."""
        open_now = list(Path("/proc/self/fd").iterdir())
        return {path.name: str(path.readlink()) for path in open_now if path.is_symlink()}

    def meet(self, folder: str, own: str, other: str) -> int:
        """Return once another call is under way at the same time."""
        (Path(folder) / own).touch()
        limit = time.monotonic() + PATIENCE
        while not (Path(folder) / other).exists():
            assert time.monotonic() < limit, "nobody came"
            time.sleep(0.01)
        return os.getpid()
