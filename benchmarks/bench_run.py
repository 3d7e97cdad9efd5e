"""How much of a core `run` takes with thousands of sources, how late readings begin, and how many are too many.

    python benchmarks/bench_run.py --sources 10000 --hosts 60 --every 15 --minutes 5
    python benchmarks/bench_run.py --search

Hosts on loopback are played by another process (`loopback_hosts`). The store is filled as after an earlier run: sources
are due evenly over the interval. Told are the processor time and the memory of the program with all its processes, how
late readings began after they were due, whether a host ever had two visitors, and what else the machine did.

With `--search`, the number of sources is doubled until readings fall behind, and then halved in between: what the
machine carries. That wants a machine with nothing else to do, for the hosts take their part of it too.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Self

import requests
from loopback_hosts import Hosts, address_of, hosts, tell
from process_tree import MemoryWatch, seconds_of
from sqlalchemy import insert

from feedbuilder import log
from feedbuilder.config import load
from feedbuilder.engine import Installation, Runner
from feedbuilder.engine.settled_memory import settle, share_arenas
from feedbuilder.extract import fingerprint, settings_mark
from feedbuilder.model import (
    Item,
    KnownNames,
    ListMemory,
    ListProfile,
    Outcome,
    Page,
    Run,
    SourceState,
    Validators,
)
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.turns import Turn, Turns
from feedbuilder.processes import Nursery
from feedbuilder.store import merge
from feedbuilder.store.rows import chunks
from feedbuilder.store.tables import icons

MOST = {"core": 0.25, "memory": 300, "lag": 2.0}
"""What 10,000 sources every 15 minutes are to keep: share of a core, MB, seconds of the late ones (p99)."""
BEHIND = 10.0
"""Seconds by which the median reading is late where there are too many sources."""
PRECISION = 1.15
"""The search ends when so many times as many sources are too many."""


@dataclass(frozen=True)
class Load:
    """What one run came to."""

    readings: int
    seconds: float
    """By the clock."""
    busy: float
    """Seconds of processor time, of all processes."""
    alone: float
    """The same of the program's own process, which decides, fetches and writes: it uses one core at most."""
    memory: float
    """At most, in MB, of all processes."""
    lags: tuple[float, ...]
    """By how many seconds each reading began late, in the order of beginning."""
    asked: int
    most_at_once: int

    def lag(self, share: float) -> float:
        """Return the lag that this share of the readings did not exceed."""
        ordered = sorted(self.lags)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else float("inf")

    @property
    def is_behind(self) -> bool:
        """Return whether readings begin later and later."""
        last = sorted(self.lags[-len(self.lags) // 4 :])
        return not last or last[len(last) // 2] > BEHIND


def configuration(folder: Path, played: Hosts, given: argparse.Namespace) -> Path:
    """Write the configuration; return its path."""
    allowed = ", ".join(f'"{address_of(host)}"' for host in range(given.hosts))
    every = f'interval = "{given.every:g}m"\nmin_interval = "{given.every:g}m"\nmax_interval = "{given.every:g}m"'
    parts = [
        f'[site]\noutput = "output"\n[store]\npath = "store.db"\n[fetch]\nrobots = false\nallow_hosts = [{allowed}]\n'
        + (f"workers = {given.workers}\n" if given.workers else "")
    ]
    parts += [
        f'[[source]]\nid = "s{one}"\nurl = "{played.url(one)}"\ntimezone = "UTC"\n{every}\n'
        f'articles = "off"\nselectors = {{ item = "article" }}\n'
        for one in range(given.sources)
    ]
    some = max(given.sources // given.feeds, 1)
    for feed in range(given.feeds):
        names = ", ".join(f'"s{one}"' for one in range(feed * some, min((feed + 1) * some, given.sources)))
        parts.append(f'[[feed]]\nslug = "feed-{feed}"\nsources = [{names}]\n')
    path = folder / "feedbuilder.toml"
    path.write_text("\n".join(parts), "utf-8")
    return path


def fill(path: Path, every: timedelta, played: Hosts) -> None:
    """Fill the store in a process of its own: what that takes is not the program's."""
    child = os.fork()
    if child == 0:
        try:
            with Installation.open(load(path, {})) as installation:
                as_after_an_earlier_run(installation, every, played)
        except Exception:  # noqa: BLE001 - told, and the process ends
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        raise SystemExit("the store was not filled")


def as_after_an_earlier_run(installation: Installation, every: timedelta, played: Hosts) -> None:
    """Fill the store: every source was read within the last interval, and listed what it lists now.

    What is asked once a day or a month was asked: how the page calls itself, and the icon of its site.
    """
    now, (first, *_) = installation.clock(), installation.config.sources
    installation.store.sync_sources(installation.config.sources, now)
    body = requests.get(first.url, timeout=30).content
    page, reader = Page(first.url, body, now), LocalReader()
    shown, names = reader.read_list(page, first), reader.facts(page, first, ()).names
    for some in chunks(enumerate(installation.config.sources), 200):
        with installation.store.transaction() as memory:
            for number, source in some:
                last = now - every * random.random()  # noqa: S311
                items = [_as_shown_by(item, played, number) for item in shown]
                memory.apply(merge(items, {}, source, last, None))
                state = SourceState(source.id, fingerprint(source), validators=Validators('"1"', None), interval=every)
                state = replace(state, last_run=last, last_success=last, next_due=last + every, landed=source.url)
                memory.record(Run(source.id, last, last, Outcome.UNCHANGED), state)
                asked = KnownNames(names, now - timedelta(days=1) * random.random())  # noqa: S311
                known = ListMemory(settings_mark(source), ListProfile.of(items), names=asked)
                memory.remember_list(source.id, known)
        with installation.store._database.writing() as connection:  # noqa: SLF001 - one by one, that takes minutes
            connection.execute(insert(icons), [{"source": source.id, "tried": now} for _, source in some])


def _as_shown_by(item: Item, played: Hosts, source: int) -> Item:
    """Return the `item` of the list with the number 0 as the list with this number shows it."""
    there, here = (played.url(number).removeprefix("http://") + "/" for number in (0, source))
    title = (item.title or "").replace("list /0", f"list /{source}")
    return replace(
        item,
        canonical=item.canonical.replace(there, here),
        link=item.link.replace(there, here),
        title=title,
    )


class Lags:
    """Listens to who may go, and notes how long after being due."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._start = Turns.start

    def __enter__(self) -> Self:
        def heard(turns: Turns, now: float, pause: Callable[[str], float]) -> list[Turn]:
            begun = self._start(turns, now, pause)
            self.seconds += [now - turn.due for turn in begun if turn.key[0] == "source"]
            return begun

        Turns.start = heard  # type: ignore[method-assign]
        return self

    def __exit__(self, *_: object) -> None:
        Turns.start = self._start  # type: ignore[method-assign]


def run(given: argparse.Namespace) -> Load:
    """Run as long as is `given`; tell of the start."""
    options = [f"--{name}={getattr(given, name)}" for name in ("unchanged", "latency", "cards", "menu")]
    with (
        tempfile.TemporaryDirectory(prefix="bench-run-") as folder,
        hosts(given.hosts, *options) as played,
        Lags() as lags,
    ):
        path = configuration(Path(folder), played, given)
        fill(path, timedelta(minutes=given.every), played)
        nursery = Nursery()  # before the configuration is there, as `feedbuilder run` does
        share_arenas()
        begun = time.process_time()
        config = load(path, {})
        tell(f"configuration loaded in {time.process_time() - begun:.1f} s")
        with (
            Installation.open(config, processes=nursery) as installation,
            MemoryWatch(os.getpid(), without={played.process}) as memory,
        ):
            runner = Runner(installation, lambda: load(path, {}), settle=settle)
            begun = time.process_time()
            runner.start()
            tell(f"started in {time.process_time() - begun:.1f} s of processor time")
            time.sleep(1 + given.warm * 60)
            lags.seconds.clear()
            busy, alone, wall = _spent(played), time.process_time(), time.monotonic()
            time.sleep(given.minutes * 60)
            busy, alone = _spent(played) - busy, time.process_time() - alone
            wall, begun_late = time.monotonic() - wall, tuple(lags.seconds)
            runner.stop()
    return Load(len(begun_late), wall, busy, alone, memory.most, begun_late, played.asked, played.most_at_once)


def _spent(played: Hosts) -> float:
    """Return the processor time that the program and its processes have taken, but not the hosts."""
    return seconds_of(os.getpid(), without={played.process})


def report(load_of: Load, given: argparse.Namespace) -> None:
    """Print what a run came to."""
    rate, count = given.sources / given.every / 60, max(load_of.readings, 1)
    core = load_of.busy / load_of.seconds
    tell(
        f"{given.sources:,} sources of {given.hosts} hosts: {load_of.readings} readings in {load_of.seconds:.0f} s "
        f"({rate:.1f} a second are due)"
    )
    tell(f"  of a core {core:.1%}, at most {MOST['core']:.0%}; {load_of.busy / count * 1000:.1f} ms a reading")
    fill = count / load_of.alone * given.every * 60
    tell(
        f"  its own process alone {load_of.alone / load_of.seconds:.1%}; {fill:,.0f} sources would fill a core with it"
    )
    tell(f"  memory of all processes {load_of.memory:.0f} MB, at most {MOST['memory']}")
    tell(
        f"  began late by: median {load_of.lag(0.5):.2f} s, p99 {load_of.lag(0.99):.2f} s, at most {MOST['lag']:g}; "
        f"the latest {load_of.lag(1):.2f} s"
    )
    tell(f"  requests that arrived: {load_of.asked}; at one host at once: {load_of.most_at_once}, at most 1")
    tell(f"  the machine: {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}")


def search(given: argparse.Namespace) -> None:
    """Find the most sources with which readings do not fall behind."""
    carried, too_many = 0, 0
    while not too_many or too_many > carried * PRECISION:
        if too_many:
            given.sources = (carried + too_many) // 2
        load_of = run(given)
        report(load_of, given)
        if load_of.is_behind:
            too_many = given.sources
        else:
            carried = given.sources
        given.sources = carried * 2 if not too_many else given.sources
        if not carried:
            given.sources = too_many // 2
    tell(f"carried: {carried:,} sources every {given.every:g} minutes, {carried / given.every / 60:.0f} a second")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=10_000)
    parser.add_argument("--hosts", type=int, default=60)
    parser.add_argument("--feeds", type=int, default=20)
    parser.add_argument("--every", type=float, default=15.0, help="minutes between two readings of a source")
    parser.add_argument("--minutes", type=float, help="how long is measured: 5, and 2 each time in a search")
    parser.add_argument("--warm", type=float, default=0.5, help="minutes before the measuring begins")
    parser.add_argument("--cards", type=int, default=10, help="stories that a list shows")
    parser.add_argument("--menu", type=int, default=0, help="links of the menu of each page, 95 bytes each")
    parser.add_argument("--unchanged", type=float, default=0.5, help="share of answers that are 304")
    parser.add_argument("--latency", type=float, default=0.05, help="seconds until a host answers")
    parser.add_argument("--workers", type=int)
    parser.add_argument("--search", action="store_true", help="find the most sources that this machine carries")
    given = parser.parse_args()
    given.minutes = given.minutes or (2.0 if given.search else 5.0)
    log.configure(verbose=False, quiet=True, stream=sys.stderr)
    if given.search:
        search(given)
    else:
        report(run(given), given)


if __name__ == "__main__":
    main()
