"""Two schedulers and some workers on one installation, in processes of their own, to be killed one after the other."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests.object_storage import ObjectStorage
from tests.patience import PATIENCE
from tests.postgres import PostgresServer
from tests.process_table import MARK, marked

SCHEDULERS = ("run-1", "run-2")


class ManyProcesses:
    """`configuration` is that of the sources and feeds; the store is on `server`, the output in `storage`."""

    def __init__(self, folder: Path, server: PostgresServer, storage: ObjectStorage, configuration: str) -> None:
        self._folder = folder
        self._server = server
        self._storage = storage
        self._mark = f"{folder}-{os.getpid()}"
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        (folder / "config").mkdir()
        options = ", ".join(f"{key} = {json.dumps(value)}" for key, value in storage.options.items())
        head = f"""
            engine = "procrastinate"
            store.url = "{server.url}"
            site.bucket = {{ url = "{storage.settings.url}", options = {{ {options} }} }}
        """
        (folder / "config" / "feedbuilder.toml").write_text(head + configuration, "utf-8")

    def start(self, names: Sequence[str]) -> None:
        """Start processes: "run-1" or "worker-1" and so on."""
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), MARK: self._mark}
        for name in names:
            command = [sys.executable, "-m", "feedbuilder", name.partition("-")[0]]
            with self._log(name).open("ab") as log:
                self._processes[name] = subprocess.Popen(
                    command, cwd=self._folder, stdout=log, stderr=log, env=environment, start_new_session=True
                )

    def kill(self, name: str) -> None:
        """Kill a process and start it anew."""
        self._processes[name].kill()
        self._processes[name].wait(PATIENCE)
        self.start([name])

    def scheduling(self) -> str:
        """Return the name of the process that schedules, of any one while it is not clear."""
        last = {name: self._log(name).read_text("utf-8").rstrip().rpartition("\n")[2] for name in SCHEDULERS}
        return next((name for name, line in last.items() if "standing by" not in line), SCHEDULERS[0])

    def published(self, slug: str) -> list[dict[str, str]]:
        """Return the entries of a feed, as they stand in the bucket, by the words of JSON Feed."""
        items: list[dict[str, str]] = json.loads(self._storage.read(f"{slug}/feed.json") or b'{"items": []}')["items"]
        return items

    def asked(self, query: str) -> list[Any]:
        """Return what the server answers."""
        engine = sa.create_engine(self._server.url)
        try:
            with engine.connect() as connection:
                return list(connection.exec_driver_sql(query))
        finally:
            engine.dispose()

    def until(self, true: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Wait for something."""
        limit = time.monotonic() + patience
        while not true():
            ended = [name for name, process in self._processes.items() if process.poll()]
            assert not ended, f"{ended} ended\n{self.logs()}"
            assert time.monotonic() < limit, f"waited too long\n{self.logs()}"
            time.sleep(0.3)

    def stop(self) -> None:
        """Stop all in order; none may outlive its program."""
        self.until(lambda: all(heeds_signals(process.pid) for process in self._processes.values()))
        for process in self._processes.values():
            process.send_signal(signal.SIGTERM)
        codes = {name: process.wait(PATIENCE) for name, process in self._processes.items()}
        assert set(codes.values()) == {0}, (codes, self.logs())
        self.until(lambda: not marked(self._mark))

    def end(self) -> None:
        for process in self._processes.values():
            process.kill()
            process.wait(PATIENCE)

    def logs(self, most: int = 3000) -> str:
        """Return the ends of all logs."""
        paths = sorted(self._folder.glob("*.log"))
        return "\n".join(f"{path.name}:\n{path.read_text('utf-8')[-most:]}" for path in paths)

    def _log(self, name: str) -> Path:
        return self._folder / f"{name}.log"


def heeds_signals(pid: int) -> bool:
    """Return whether a process has come so far that SIGTERM ends it in order: one of them was started anew just now."""
    caught = Path(f"/proc/{pid}/status").read_text("utf-8").partition("SigCgt:")[2].split()[0]
    return bool(int(caught, 16) >> (signal.SIGTERM - 1) & 1)
