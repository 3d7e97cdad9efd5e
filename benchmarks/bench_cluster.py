"""What the queue of several processes costs, and how much a second worker helps: python benchmarks/bench_cluster.py.

Needs the extra `cluster` and the wheel of PostgreSQL that the tests use; a server of its own runs meanwhile.

How a second worker is measured on two cores: sites answer after half a second, and a worker has few threads, so that it
is bound by waiting, as workers are in life, and two of them together do not fill a core. What could keep the second one
from helping is then what they share: the queue, the turns of hosts, the lock of those who write. One scheduler goes on
all the time, and more is due than two workers can read; the second worker comes and goes, and what is read in each such
span is counted in the store. How busy the processors were is told besides: where they had no room, it proves nothing.
"""
# ruff: noqa: INP001, T201 - a script, not a package; it prints

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from subprocess import DEVNULL, Popen
from threading import Event, Thread

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import sqlalchemy as sa

from feedbuilder.cluster.job_queue import JobQueue
from feedbuilder.cluster.work import Worker
from feedbuilder.model import Source
from feedbuilder.store import open_store
from feedbuilder.store.host_turns import open_host_turns
from tests.postgres import PostgresServer, postgres_server

DEFERRED, DONE, TURNS = 10_000, 1_000, 1_000
HOSTS, ANSWERS_AFTER, THREADS = 120, 0.5, 4
ROUNDS, SECONDS, SETTLED = 3, 20.0, 4.0
WANTED = {"jobs a second": 2000, "ms of a poll": 5.0, "times as much": 1.8}
"""What several processes are to reach."""


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


def processor_time(server: PostgresServer) -> float:
    """Return the seconds of processor time that this process and the database server have taken."""
    pid = (server.data / "postmaster.pid").read_text("utf-8").split()[0]
    ticks = 0
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended
            fields = place.read_text("utf-8").rpartition(")")[2].split()
            if place.parent.name == pid:
                ticks += sum(map(int, fields[11:15]))  # with its children that have ended
            elif fields[1] == pid:
                ticks += sum(map(int, fields[11:13]))
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def bench_queue(server: PostgresServer) -> None:
    """Print what it takes to put jobs into the queue, to take them, and to have the turn of a host."""
    url = server.url
    with open_store(url):
        queue = JobQueue(url)
        queue.open()
    sources = [source(number) for number in range(DEFERRED)]
    began = time.perf_counter()
    queue.read(sources)
    rate = DEFERRED / (time.perf_counter() - began)
    print(f"jobs put into the queue in batches: {rate:,.0f} a second (at least {WANTED['jobs a second']:,})")
    execute(url, "TRUNCATE procrastinate_jobs CASCADE")
    queue.read(sources[:DONE])
    queue.close()
    stop = Event()
    before = processor_time(server)
    Worker(JobQueue(url), {"read": Idle(DONE, stop)}, 8).run_until(stop)
    job = (processor_time(server) - before) / DONE * 1000
    print(f"taking a job and ending it        {job:8.2f} ms of processor time, the server's too")
    with closing(open_host_turns(url)) as turns:
        before = processor_time(server)
        for number in range(TURNS):
            token = turns.take(f"host-{number}.example", lambda: True)
            turns.give_back(f"host-{number}.example", str(token), 0.0)
        turn = (processor_time(server) - before) / TURNS * 1000
    print(f"the turn of a host, and its end   {turn:8.2f} ms of processor time, the server's too")
    print(f"so the queue adds to a poll       {job + turn:8.2f} ms (at most {WANTED['ms of a poll']})")


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


@dataclass(frozen=True)
class Span:
    """What was read in some seconds, and how busy the processors were, by whomever."""

    rate: float
    """Readings a second."""
    busy: float
    """The share of all cores that was in use."""


class Newsroom:
    """A scheduler, and one worker or two, on sources that are always due."""

    def __init__(self, url: str, home: Path, port: int) -> None:
        self._url = url
        self._home = home
        self._processes: dict[str, Popen[bytes]] = {}
        names = [f"127.0.2.{1 + number}" for number in range(HOSTS)]
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

    def start(self, name: str, *command: str) -> None:
        """Start a process."""
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
        call = [sys.executable, "-m", "feedbuilder", *command]
        self._processes[name] = Popen(call, cwd=self._home, env=environment, stdout=DEVNULL, stderr=DEVNULL)  # noqa: S603 - our own program

    def stop(self, name: str) -> None:
        """Stop a process in order."""
        process = self._processes.pop(name)
        process.terminate()
        process.wait(60)

    def stop_all(self) -> None:
        """Stop all of them."""
        for name in list(self._processes):
            self.stop(name)

    def until_read(self, readings: int) -> None:
        """Wait until so many readings stand in the store."""
        while not execute(self._url, "SELECT CASE WHEN to_regclass('runs') IS NULL THEN 0 ELSE 1 END"):
            time.sleep(0.5)
        while execute(self._url, "SELECT count(*) FROM runs") < readings:
            time.sleep(0.5)

    def until_working(self, workers: int) -> None:
        """Wait until so many workers are at work, and have been for a moment."""
        while execute(self._url, "SELECT count(*) FROM procrastinate_workers") != workers:
            time.sleep(0.2)
        time.sleep(SETTLED)

    def span(self) -> Span:
        """Return what is read in `SECONDS`."""
        read, cores, began = execute(self._url, "SELECT max(id) FROM runs"), processor_times(), time.monotonic()
        time.sleep(SECONDS)
        read = execute(self._url, "SELECT max(id) FROM runs") - read
        took = time.monotonic() - began
        idle, all_ = (after - before for after, before in zip(processor_times(), cores, strict=True))
        return Span(read / took, 1 - idle / all_)


def processor_times() -> tuple[int, int]:
    """Return for how long the cores of this machine have been idle, and for how long they have been there."""
    times = [int(number) for number in Path("/proc/stat").read_text("utf-8").split("\n", 1)[0].split()[1:9]]
    return times[3] + times[4], sum(times)


def bench_workers(url: str, port: int) -> None:
    """Print how many sources one worker reads in a second, and two."""
    spans: dict[int, list[Span]] = {1: [], 2: []}
    worker = ("worker", "--threads", str(THREADS))
    with tempfile.TemporaryDirectory() as folder:
        room = Newsroom(url, Path(folder), port)
        room.start("run", "run")
        room.start("first", *worker)
        try:
            room.until_read(HOSTS)
            for _ in range(ROUNDS):
                room.until_working(1)
                spans[1].append(room.span())
                room.start("second", *worker)
                room.until_working(2)
                spans[2].append(room.span())
                room.stop("second")
        finally:
            room.stop_all()
    for workers, seen in spans.items():
        rates = ", ".join(f"{span.rate:.1f}" for span in seen)
        name = f"{workers} worker{'s' * (workers > 1)}, {THREADS} threads each"
        most = workers * THREADS / ANSWERS_AFTER
        busy = median(span.busy for span in seen)
        print(f"{name}: {rates} readings/s (waiting alone allows {most:.0f}); cores in use: {busy:.0%}")
    times = median(span.rate for span in spans[2]) / median(span.rate for span in spans[1])
    print(f"two workers read {times:.2f} times as much as one (at least {WANTED['times as much']})")


if __name__ == "__main__":
    with postgres_server() as server:
        bench_queue(server)
        execute(server.url, "CREATE DATABASE newsroom")
        with slow_sites() as port:
            bench_workers(server.url.replace("/postgres?", "/newsroom?"), port)
