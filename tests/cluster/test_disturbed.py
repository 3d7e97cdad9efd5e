"""Schedulers and workers that are killed, a server that is restarted: every story once, and no host asked too often.

`make soak` does it for minutes with as many processes and sources as a newsroom has.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.cluster.many_hosts import ManyHosts, serving
from tests.patience import PATIENCE
from tests.postgres import PostgresServer, postgres_server
from tests.process_table import MARK, marked

SOAK = int(os.environ.get("FEEDBUILDER_SOAK", "0"))
HOSTS, SOURCES, WORKERS, DISTURBANCES = (60, 500, 4, 3 * SOAK) if SOAK else (4, 8, 2, 3)
GAP = 0.2
EVERY = "20s" if SOAK else "1s"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks many addresses of 127.0.0.0/8"),
]
pytest.importorskip("procrastinate", reason="the extra cluster is not installed")


class Cluster:
    """Two schedulers and some workers on one installation."""

    def __init__(self, folder: Path, server: PostgresServer, sites: ManyHosts) -> None:
        self.folder = folder
        self.server = server
        self.mark = f"{folder}-{os.getpid()}"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        (folder / "config").mkdir()
        (folder / "config" / "feedbuilder.toml").write_text(self._configuration(sites), "utf-8")

    def _configuration(self, sites: ManyHosts) -> str:
        head = f"""
            engine = "procrastinate"
            site.output = "../output"
            store.url = "{self.server.url}"
            fetch = {{ host_gap = "{GAP}s", deadline = "10s", icons = false, allow_hosts = {json.dumps(sites.names)} }}
            reading.processes = 1
            [defaults]
            interval = "{EVERY}"
            min_interval = "{EVERY}"
            max_interval = "{EVERY}"
            articles = "off"
            timezone = "UTC"
            [[feed]]
            slug = "everything"
            entries = {20 * SOURCES if SOAK else 500}
        """
        sources = "".join(
            f'[[source]]\nid = "s{number}"\nurl = "{sites.page(number)}"\nselectors.item = "article"\n'
            for number in range(SOURCES)
        )
        return head + sources

    def start(self, name: str) -> None:
        """Start a process: "run-1" or "worker-1" and so on."""
        command = [sys.executable, "-m", "feedbuilder", name.partition("-")[0]]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), MARK: self.mark}
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=self.folder, stdout=log, stderr=log, env=environment, start_new_session=True
            )

    def kill(self, name: str) -> None:
        """Kill a process and start it anew."""
        self.processes[name].kill()
        self.processes[name].wait(PATIENCE)
        self.start(name)

    def scheduling(self) -> str | None:
        """Return the name of the process that schedules, None while it is not clear."""
        engine = sa.create_engine(self.server.url)
        try:
            with engine.connect() as connection:
                pids = connection.exec_driver_sql("SELECT configuration FROM holders").all()
        finally:
            engine.dispose()
        if not pids:
            return None
        logs = {name: (self.folder / f"{name}.log").read_text("utf-8") for name in self.processes if "run" in name}
        last = {name: log.rstrip().rpartition("\n")[2] for name, log in logs.items()}
        return next((name for name, line in last.items() if "standing by" not in line), None)

    def entries(self) -> dict[str, str]:
        """Return the ids of all entries that are published, by their links."""
        try:
            feed = json.loads((self.folder / "output" / "everything" / "feed.json").read_bytes())
        except FileNotFoundError:
            return {}
        links = [item["url"] for item in feed["items"]]
        assert len(links) == len(set(links)), "a story stands there twice"
        return {item["url"]: item["id"] for item in feed["items"]}

    def stop(self) -> None:
        """Stop all in order."""
        until(lambda: all(heeds_signals(process.pid) for process in self.processes.values()), self.logs)
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        codes = {name: process.wait(PATIENCE) for name, process in self.processes.items()}
        assert set(codes.values()) == {0}, (codes, self.logs())

    def logs(self) -> str:
        return "\n".join(f"{path.name}:\n{path.read_text('utf-8')[-3000:]}" for path in self.folder.glob("*.log"))

    def end(self) -> None:
        for process in self.processes.values():
            process.kill()
            process.wait(PATIENCE)


def until(true: Callable[[], bool], told: Callable[[], str]) -> None:
    limit = time.monotonic() + PATIENCE * (4 if SOAK else 1)
    while not true():
        assert time.monotonic() < limit, f"waited too long\n{told()}"
        time.sleep(0.2)


def heeds_signals(pid: int) -> bool:
    """Return whether a process has come so far that SIGTERM ends it in order: one of them was started anew just now."""
    caught = Path(f"/proc/{pid}/status").read_text("utf-8").partition("SigCgt:")[2].split()[0]
    return bool(int(caught, 16) >> (signal.SIGTERM - 1) & 1)


@pytest.fixture
def sites() -> Iterator[ManyHosts]:
    with serving(ManyHosts(HOSTS, GAP)) as started:
        for number in range(SOURCES):
            started.publish(number)
        yield started


def test_whatever_is_killed_every_story_is_published_once(tmp_path: Path, sites: ManyHosts) -> None:
    chance = random.Random(7)
    with postgres_server() as server:
        cluster = Cluster(tmp_path, server, sites)
        try:
            workers = [f"worker-{number}" for number in range(WORKERS)]
            for name in ("run-1", "run-2", *workers):
                cluster.start(name)
            known: dict[str, str] = {}
            for number in range(DISTURBANCES):
                until(lambda: cluster.entries().keys() == sites.all_links(), cluster.logs)
                now = cluster.entries()
                assert known.items() <= now.items(), "an id changed"
                known = now
                for page in range(SOURCES):
                    if chance.random() < 0.5:
                        sites.publish(page)
                time.sleep(chance.uniform(0, 2))
                _disturb(cluster, number, workers, chance)
            until(lambda: cluster.entries().keys() == sites.all_links(), cluster.logs)
            assert known.items() <= cluster.entries().items(), "an id changed"
            assert _stuck(server) == 0
            cluster.stop()
        finally:
            cluster.end()
    assert sites.offences == []
    limit = time.monotonic() + PATIENCE
    while marked(cluster.mark):
        assert time.monotonic() < limit, "a process outlives its program"
        time.sleep(0.1)


def _disturb(cluster: Cluster, number: int, workers: list[str], chance: random.Random) -> None:
    match number % 3:
        case 0:
            cluster.kill(chance.choice(workers))
        case 1:
            cluster.kill(cluster.scheduling() or "run-1")
        case 2:
            cluster.server.stop()
            cluster.server.start()


def _stuck(server: PostgresServer) -> int:
    """Return how many jobs are under way whose worker is gone."""
    engine = sa.create_engine(server.url)
    try:
        with engine.connect() as connection:
            count: int = connection.exec_driver_sql(
                "SELECT count(*) FROM procrastinate_jobs AS job LEFT JOIN procrastinate_workers AS worker"
                " ON worker.id = job.worker_id WHERE job.status = 'doing' AND worker.id IS NULL"
            ).scalar_one()
            return count
    finally:
        engine.dispose()
