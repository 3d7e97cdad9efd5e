"""What the queue of several processes costs, and how much a second worker helps: python benchmarks/bench_cluster.py.

Needs the extra `cluster` and the wheel of PostgreSQL that the tests use; a server of its own runs meanwhile. Sites
answer after half a second, so that workers wait as they do in life, and two cores are enough to see whether a second
worker is in the first one's way.
"""
# ruff: noqa: INP001, T201 - a script, not a package; it prints

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import DEVNULL, Popen
from threading import Event, Thread

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import sqlalchemy as sa

from feedbuilder.cluster.job_queue import JobQueue
from feedbuilder.cluster.work import Worker
from feedbuilder.model import Source
from feedbuilder.store import open_store
from feedbuilder.store.host_turns import host_turns_of
from tests.postgres import postgres_server

DEFERRED, DONE, TURNS = 10_000, 1_000, 1_000
HOSTS, ANSWERS_AFTER, SECONDS = 120, 0.5, 20.0


def source(number: int, url: str = "https://host-{}.example/") -> Source:
    """Return a source of a host of its own."""
    return Source.model_validate({"id": f"s{number}", "url": url.format(number), "selectors": {"item": "a"}})


class Idle:
    """Chores that take no time."""

    def __init__(self, wanted: int, stop: Event) -> None:
        self._left = wanted
        self._stop = stop

    def __call__(self, source: str) -> None:
        """Read nothing."""
        del source
        self._left -= 1
        if self._left <= 0:
            self._stop.set()


def bench_queue(url: str) -> None:
    """Print what it takes to put jobs into the queue, to take them, and to have the turn of a host."""
    with open_store(url):
        queue = JobQueue(url)
        queue.open()
    sources = [source(number) for number in range(DEFERRED)]
    began = time.perf_counter()
    queue.read(sources)
    took = time.perf_counter() - began
    print(f"jobs put into the queue in batches: {DEFERRED / took:,.0f} a second")
    execute(url, "DELETE FROM procrastinate_jobs")
    queue.read(sources[:DONE])
    queue.close()
    stop = Event()
    before = time.process_time()
    Worker(JobQueue(url), {"read": Idle(DONE, stop)}, 8).run_until(stop)
    each = (time.process_time() - before) / DONE
    print(f"taking a job and ending it        {each * 1000:8.2f} ms of processor time")
    with host_turns_of(url) as turns:
        before = time.process_time()
        for number in range(TURNS):
            token = turns.take(f"host-{number}.example", lambda: True)
            turns.give_back(f"host-{number}.example", str(token), 0.0)
        each = (time.process_time() - before) / TURNS
    print(f"the turn of a host, and its end   {each * 1000:8.2f} ms of processor time")


def execute(url: str, statement: str) -> int:
    """Run a statement; return the number that it answers with."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            result = connection.exec_driver_sql(statement)
            return int(result.scalar_one()) if result.returns_rows else 0
    finally:
        engine.dispose()


@contextmanager
def slow_sites() -> Iterator[int]:
    """Run sites that answer after half a second; yield their port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            time.sleep(ANSWERS_AFTER)
            body = (
                b"" if "robots" in self.path else b"<article><h2><a href=/a>A story of the town hall</a></h2></article>"
            )
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 256

    with Server(("0.0.0.0", 0), Handler) as server:  # noqa: S104 - all of 127.0.0.0/8
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def bench_workers(url: str, workers: int, port: int) -> float:
    """Return how many sources so many workers read in a second."""
    names = [f"127.0.2.{1 + number}" for number in range(HOSTS)]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "config").mkdir()
        sources = "".join(
            f'[[source]]\nid = "s{number}"\nurl = "http://{name}:{port}/"\nselectors.item = "article"\n'
            for number, name in enumerate(names)
        )
        (home / "config" / "feedbuilder.toml").write_text(
            f'engine = "procrastinate"\nstore.url = "{url}"\nreading.processes = 1\n'
            f'fetch = {{ host_gap = "0s", robots = false, icons = false, allow_hosts = {names!r} }}\n'
            'defaults = { interval = "1s", min_interval = "1s", max_interval = "1s", timezone = "UTC" }\n' + sources,
            "utf-8",
        )
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
        commands = [["run"], *([["worker", "--threads", "8"]] * workers)]
        processes = [_started(one, home, environment) for one in commands]
        try:
            while not execute(url, "SELECT CASE WHEN to_regclass('runs') IS NULL THEN 0 ELSE 1 END"):
                time.sleep(0.5)
            while execute(url, "SELECT count(*) FROM runs") < HOSTS:
                time.sleep(0.5)
            before = execute(url, "SELECT max(id) FROM runs")
            time.sleep(SECONDS)
            return (execute(url, "SELECT max(id) FROM runs") - before) / SECONDS
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(60)


def _started(command: Sequence[str], home: Path, environment: Mapping[str, str]) -> Popen[bytes]:
    call = [sys.executable, "-m", "feedbuilder", *command]
    return Popen(call, cwd=home, env=environment, stdout=DEVNULL, stderr=DEVNULL)  # noqa: S603 - our own program


if __name__ == "__main__":
    with postgres_server() as server:
        bench_queue(server.url)
        with slow_sites() as port:
            rates = []
            for workers in (1, 2):
                execute(server.url, f"CREATE DATABASE with_{workers}")
                at = server.url.replace("/postgres?", f"/with_{workers}?")
                rates.append(bench_workers(at, workers, port))
                name = f"{workers} worker{'s' * (workers > 1)}, 8 threads each"
                print(f"{name}, sites that take 0.5 s: {rates[-1]:6.1f} readings/s")
            print(f"two workers read {rates[1] / rates[0]:.2f} times as much as one")
