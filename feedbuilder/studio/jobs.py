"""Commands that the studio lets run, `build` above all, with their log as it comes.

They run as processes of their own, exactly as a person would call them: what a page takes ends with them, and nothing
of a reading depends on whether the studio lives.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread
from typing import Any

MOST_LINES = 500
"""Lines of a log that are kept."""
WIDTH = 66
"""Columns of what commands print."""
_HIDDEN = frozenset({"timestamp", "level", "event", "exception"})
_PATIENCE = 10.0
"""Seconds that a command may take to end when it is asked to."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One event of a command."""

    level: str
    text: str
    details: str


@dataclass
class Job:
    """A command that runs, or ran."""

    process: subprocess.Popen[str]
    lines: deque[LogLine] = field(default_factory=lambda: deque(maxlen=MOST_LINES))
    code: int | None = None
    """None while it runs."""

    @property
    def is_running(self) -> bool:
        """Return whether it is still at work."""
        return self.code is None

    @property
    def problems(self) -> list[LogLine]:
        """Return what went wrong."""
        return [line for line in self.lines if line.level == "error"]

    def listen(self) -> None:
        """Take down what it says, until it has ended."""
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self.lines.append(log_line(line.rstrip("\n")))
        self.code = self.process.wait()

    def stop(self) -> None:
        """End it, in order if it is quick about it."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def log_line(text: str) -> LogLine:
    """Return a line of a log as people read it: an event as JSON, or whatever else a command prints."""
    try:
        event = json.loads(text)
    except ValueError:
        event = None
    if not isinstance(event, dict):
        is_error = text.lower().startswith(("error", "traceback"))
        return LogLine("error" if is_error else "info", text, "")
    told: Mapping[str, Any] = event
    details = ", ".join(f"{key} {value}" for key, value in told.items() if key not in _HIDDEN)
    return LogLine(str(told.get("level", "info")), str(told.get("event", "")), details)


class Jobs:
    """The commands of one studio, by what they are for; of each, the last. Safe to use from several threads."""

    def __init__(self, place: Path, environ: Mapping[str, str]) -> None:
        self._place = place
        self._environ = environ
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()

    def begin(self, name: str, arguments: Sequence[str]) -> Job:
        """Call feedbuilder with `arguments` under this `name`; where that still runs, return it as it is."""
        with self._lock:
            if (known := self._jobs.get(name)) is not None and known.is_running:
                return known
            command = [sys.executable, "-m", "feedbuilder", "-c", str(self._place), *arguments]
            process = subprocess.Popen(  # noqa: S603 - our own program
                command,
                env={**self._environ, "FEEDBUILDER_LOG": "json", "COLUMNS": str(WIDTH)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
            )
            job = self._jobs[name] = Job(process)
        Thread(target=job.listen, name=f"job-{name}", daemon=True).start()
        return job

    def get(self, name: str) -> Job | None:
        """Return the last command of this name, None if there was none."""
        with self._lock:
            return self._jobs.get(name)

    def close(self) -> None:
        """End all commands."""
        with self._lock:
            jobs = list(self._jobs.values())
        for job in jobs:
            job.stop()
