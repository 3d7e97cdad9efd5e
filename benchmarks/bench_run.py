"""How much of a core `run` takes with thousands of sources, and how late readings begin.

    python benchmarks/bench_run.py --sources 10000 --hosts 1000 --every 15 --minutes 5

A server of its own plays the hosts, on as many addresses of loopback (Linux). The store is filled as after an earlier
run: sources are due evenly over the interval. A page is one list that changes its counters at each reading, gains a
story now and then, or is answered with 304. Told are the processor time of this process (the server is another), the
memory, how late readings began after they were due, and whether a host ever had two visitors.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import argparse
import asyncio
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from feedbuilder import log
from feedbuilder.config import load
from feedbuilder.engine import Installation, Runner
from feedbuilder.extract import fingerprint
from feedbuilder.model import Outcome, Run, SourceState
from feedbuilder.pipeline.turns import Turn, Turns

CARDS = 20
PORT = 18_999


def tell(line: str) -> None:
    """Print at once: the server is read by the run."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def address_of(host: int) -> str:
    """Return the loopback address that plays the host with this number."""
    return f"127.1.{host // 250}.{host % 250 + 1}"


# The server


async def serve(hosts: int, unchanged: float, latency: float) -> None:
    """Answer every request after `latency` seconds; say at the end how many came, and at most at once for one host."""
    now, most, asked = Counter[str](), 0, 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal most, asked
        host = writer.get_extra_info("sockname")[0]
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                asked += 1
                now[host] += 1
                most = max(most, now[host])
                await asyncio.sleep(latency)
                now[host] -= 1
                writer.write(_answer(head, asked, unchanged))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, [address_of(host) for host in range(hosts)], PORT, backlog=512)
    async with server:
        tell("ready")
        await asyncio.to_thread(sys.stdin.read)
    tell(f"{asked} {most}")


def _answer(head: bytes, number: int, unchanged: float) -> bytes:
    path = head.split()[1].decode()
    if b"If-None-Match" in head and random.random() < unchanged:  # noqa: S311
        return b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'
    edition = number // 500  # a new story for each list now and then
    cards = "".join(
        f'<article><h2><a href="{path}/{edition + place}">Story {edition + place} of the list {path}</a></h2>'
        f'<time datetime="2026-02-06T12:00:00Z">today</time><p>{number} comments</p></article>'
        for place in range(CARDS)
    )
    body = f"<!doctype html><html><body>{cards}</body></html>".encode()
    return b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: "1"\r\nContent-Length: %d\r\n\r\n' % len(body) + body


# The run


def configuration(folder: Path, sources: int, hosts: int, every: float, workers: int | None) -> Path:
    """Write the configuration; return its path."""
    allowed = ", ".join(f'"{address_of(host)}"' for host in range(hosts))
    parts = [
        f'[site]\noutput = "output"\n[store]\npath = "store.db"\n[fetch]\nrobots = false\nallow_hosts = [{allowed}]\n'
        + (f"workers = {workers}\n" if workers else "")
    ]
    parts += [
        f'[[source]]\nid = "s{one}"\nurl = "http://{address_of(one % hosts)}:{PORT}/{one}"\ntimezone = "UTC"\n'
        f'interval = "{every:g}m"\nmin_interval = "{every:g}m"\nmax_interval = "{every:g}m"\narticles = "off"\n'
        f'selectors = {{ item = "article" }}\n'
        for one in range(sources)
    ]
    parts.append('[[feed]]\nslug = "all"\n')
    path = folder / "feedbuilder.toml"
    path.write_text("\n".join(parts), "utf-8")
    return path


def as_after_an_earlier_run(installation: Installation, every: timedelta) -> None:
    """Fill the store: every source was read within the last interval."""
    now = installation.clock()
    installation.store.sync_sources(installation.config.sources, now)
    with installation.store.transaction() as memory:
        for source in installation.config.sources:
            last = now - every * random.random()  # noqa: S311
            state = SourceState(source.id, fingerprint(source), interval=every, last_run=last, last_success=last)
            memory.record(Run(source.id, last, last, Outcome.UNCHANGED), replace(state, next_due=last + every))


class Lags:
    """Listens to who may go, and notes how long after being due."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        start = Turns.start

        def heard(turns: Turns, now: float, pause: Callable[[str], float]) -> list[Turn]:
            begun = start(turns, now, pause)
            self.seconds += [now - turn.due for turn in begun if turn.key[0] == "source"]
            return begun

        Turns.start = heard  # type: ignore[method-assign]

    def at(self, share: float) -> float:
        """Return the lag that this share of the readings did not exceed."""
        return sorted(self.seconds)[min(int(len(self.seconds) * share), len(self.seconds) - 1)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=10_000)
    parser.add_argument("--hosts", type=int, default=1_000)
    parser.add_argument("--every", type=float, default=15.0, help="minutes between two readings of a source")
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--warm", type=float, default=0.0, help="minutes before the measuring begins")
    parser.add_argument("--unchanged", type=float, default=0.5, help="share of answers that are 304")
    parser.add_argument("--latency", type=float, default=0.05, help="seconds until a host answers")
    parser.add_argument("--workers", type=int)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        asyncio.run(serve(given.hosts, given.unchanged, given.latency))
        return
    options = [f"--hosts={given.hosts}", f"--unchanged={given.unchanged}", f"--latency={given.latency}"]
    command = [sys.executable, __file__, "--serve", *options]
    log.configure(verbose=False, quiet=True, stream=sys.stderr)
    with (
        tempfile.TemporaryDirectory(prefix="bench-run-") as folder,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server,  # noqa: S603 - this file
    ):
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        path = configuration(Path(folder), given.sources, given.hosts, given.every, given.workers)
        run(path, given)
        asked, most = server.communicate("")[0].split()
        tell(f"requests that arrived: {asked}; most at one host at once: {most}")


def run(path: Path, given: argparse.Namespace) -> None:
    """Run as long as is `given` and print what that took."""
    begun = time.process_time()
    config = load(path, {})
    tell(f"configuration loaded in {time.process_time() - begun:.1f} s")
    with Installation.open(config, processes=True) as installation:
        as_after_an_earlier_run(installation, timedelta(minutes=given.every))
        lags, runner = Lags(), Runner(installation, lambda: load(path, {}))
        begun = time.process_time()
        runner.start()
        tell(f"started in {time.process_time() - begun:.1f} s of processor time")
        time.sleep(1 + given.warm * 60)
        lags.seconds.clear()
        busy, wall = time.process_time(), time.monotonic()
        time.sleep(given.minutes * 60)
        busy, wall = time.process_time() - busy, time.monotonic() - wall
        read = len(lags.seconds)
        runner.stop()
    of_children = resource.getrusage(resource.RUSAGE_CHILDREN)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    tell(
        f"{read} readings in {wall:.0f} s ({given.sources / given.every / 60:.1f} a second are due); "
        f"{busy / wall:.1%} of a core, {busy / read * 1000:.1f} ms a reading; {memory:.0f} MB of memory"
    )
    tell(f"processes that read pages, in all: {of_children.ru_utime + of_children.ru_stime:.1f} s of processor time")
    tell(f"began late by: median {lags.at(0.5):.2f} s, p99 {lags.at(0.99):.2f} s, most {lags.at(1):.2f} s")


if __name__ == "__main__":
    main()
