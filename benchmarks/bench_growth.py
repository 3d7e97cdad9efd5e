"""What a store of a million items costs beside one of ten thousand: polls, publishing, questions, start, forgetting.

    python benchmarks/bench_growth.py --items 10000 1000000

Everything is asked of all stores in turn, so that what else the machine does falls on all of them; told are medians of
processor time, and ratios to the smallest store. The stores hold the same number of sources, and news came as often:
what differs is for how long. With `--keep`, stores are made in that folder, or found there from the last time; a
million items take minutes and 2.7 GB.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import argparse
import logging
import os
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from bench_start import seconds
from big_store import LISTED, fill

from feedbuilder.config import load
from feedbuilder.engine.overview import catalogue_of
from feedbuilder.extract import fingerprint
from feedbuilder.model import NotModified, Outcome, Page, Run, Source, SourceState, Validators
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.poll import poll
from feedbuilder.pipeline.ports import Tools
from feedbuilder.pipeline.press import Press
from feedbuilder.pipeline.publish import publish
from feedbuilder.publish import Folder
from feedbuilder.store import SqlStore, open_store

SOURCES = 100
REPEATS = 7
MOST, MOST_START = 1.5, 3.0
"""What each work is to keep: times what it takes with few items; seconds by the clock until `run` reads."""
IN_ALL = 5
"""As many of what is rare are asked for as a small store has too: to show more of them is more work anywhere."""
A_DAY = timedelta(days=1)
PROGRAM = [sys.executable, "-m", "feedbuilder"]
CONFIG = """
[site]
output = "output"
[store]
path = "store.db"
keep_items = 1000000000
keep_age = "36500d"
[[feed]]
slug = "all"
[[feed]]
slug = "of-a-source"
sources = ["source-7"]
[[feed]]
slug = "of-a-tag"
tags = ["Tag 3"]
[[feed]]
slug = "of-a-topic"
tags = ["Topic 3"]
"""
A_SOURCE = """
[[source]]
id = "source-{n}"
url = "https://source-{n}.example/news/"
timezone = "Asia/Dubai"
tags = ["Topic {n}"]
articles = "off"
first_fill_pages = 1
selectors = {{ item = "article" }}
"""


class Installed:
    """A folder with a configuration and a store of `count` items, and what the works need of it."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder, self.count = folder, count
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "feedbuilder.toml"
        path.write_text(CONFIG + "".join(A_SOURCE.format(n=n) for n in range(SOURCES)), "utf-8")
        self.config = load(path, {})
        self.sources = list(self.config.sources)
        if not (folder / "made").exists():
            self._fill()
        self.now = self.made_at
        self.stories, self._edition = 0, time.time_ns()
        self.store = open_store(self.config.store.path)
        self.press = Press(catalogue_of(self.config))
        self.output = Folder(self.config.site.output)
        self.publish()

    @property
    def made_at(self) -> datetime:
        """Return when its newest item came."""
        return datetime.fromisoformat((self.folder / "made").read_text("utf-8"))

    def _fill(self) -> None:
        """Make the store: every source was read just before, and is due tomorrow."""
        self.config.store.path.unlink(missing_ok=True)
        now = datetime.now(UTC) - A_DAY
        with fill(self.config.store.path, self.count, self.sources, now) as store, store.transaction() as memory:
            for source in self.sources:
                state = SourceState(source.id, fingerprint(source), last_run=now, last_success=now)
                memory.record(Run(source.id, now, now, Outcome.UNCHANGED), replace(state, next_due=now + 100 * A_DAY))
        (self.folder / "made").write_text(now.isoformat(), "utf-8")

    def poll(self, new: int) -> None:
        """Read a source whose page has so many new stories."""
        self.stories += new
        self.now += timedelta(seconds=20)
        tools = Tools(_Site(self), self.store, LocalReader(), lambda: self.now, lambda: 0.5)
        run = poll(self.sources[0], tools)
        if run.error or run.new != new:
            raise SystemExit(f"{run.outcome.value}: {run.error or run.note}, {run.new} new")

    def html(self) -> str:
        """Return the page of the first source: its newest stories, those that came since the store was made on top."""
        last = range(self.count - SOURCES, self.count - SOURCES * (LISTED + 1), -SOURCES)
        names = [f"new-{self._edition}-{number}" for number in range(self.stories, 0, -1)]
        names += [f"story-{number}" for number in last]
        return "".join(
            f'<article><h2><a href="https://source-0.example/{name}">Story {name}: talks resume</a></h2>'
            f"<p>{'Talks go on in the capital. ' * 6}</p></article>"
            for name in names[:LISTED]
        )

    def publish(self, press: Press | None = None) -> None:
        """Bring the output up to the store."""
        publish(press or self.press, self.store, self.output, self.now)

    def published_after_news(self) -> float:
        """Return the seconds that publishing one new story takes."""
        self.poll(1)
        return taken(self.publish)

    def command(self, *argv: str) -> float:
        """Return the seconds that the command takes in a process of its own."""
        return seconds([*PROGRAM, *argv], self.folder, _environ())

    def started(self) -> tuple[float, float, float]:
        """Start `run` and stop it when it reads: return its processor time, the time by the clock, its memory in MB."""
        before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        with subprocess.Popen(  # noqa: S603 - our own
            [*PROGRAM, "run"], cwd=self.folder, env=_environ(), stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stderr is not None
            said = []
            for line in process.stderr:
                said.append(line)
                if "running" in line:
                    break
            else:
                raise SystemExit("".join(said))
            wall = time.monotonic() - wall
            memory = _peak_memory(process.pid)
            process.send_signal(signal.SIGTERM)
            process.stderr.read()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall, memory


class _Site:
    """Gives the page of the first source. Answers `pipeline.ports.Fetcher`."""

    def __init__(self, installed: Installed) -> None:
        self._installed = installed

    def fetch(self, source: Source, _validators: Validators) -> Page | NotModified:
        """See `Fetcher.fetch`."""
        return Page(source.url, self._installed.html().encode(), self._installed.now)

    def further(self, source: Source, url: str) -> Page:
        """See `Fetcher.further`."""
        raise NotImplementedError(url, source)


def _environ() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}


def _peak_memory(process: int) -> float:
    """Return the most memory that a process had, in MB; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{process}/status").read_text("utf-8")
    except OSError:
        return 0.0
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def taken(work: Callable[[], object]) -> float:
    """Return the processor time in seconds that `work` takes."""
    before = time.process_time()
    work()
    return time.process_time() - before


Works = dict[str, Callable[[Installed], float]]


def _asking(ask: Callable[[SqlStore], object]) -> Callable[[Installed], float]:
    return lambda one: taken(lambda: ask(one.store))


WORKS: Works = {
    "a poll, nothing new": lambda one: taken(lambda: one.poll(0)),
    "a poll, two new stories": lambda one: taken(lambda: one.poll(2)),
    "publishing one new story": Installed.published_after_news,
    "publishing, nothing new": lambda one: taken(one.publish),
    "publishing, nothing new, in a new process": lambda one: taken(
        lambda: one.publish(Press(catalogue_of(one.config)))
    ),
    "items": _asking(lambda store: store.items()),
    "items of a source": _asking(lambda store: store.items(source="source-7")),
    "items of a tag": _asking(lambda store: store.items(tag="tag 3")),
    "items of a rare tag": _asking(lambda store: store.items(tag="tag 1234", limit=IN_ALL)),
    "items of a configured tag": _asking(lambda store: store.items(tag="topic 3")),
    "items with a word that all have": _asking(lambda store: store.items(search="capital")),
    "items with words that one has": _asking(lambda store: store.items(search="story 5003: talks")),
    "items with words that old ones have": _asking(
        lambda store: store.items(search="https://source-3.example/story-1", limit=IN_ALL)
    ),
    "items with words that none has": _asking(lambda store: store.items(search="zeppelin")),
    "items with two letters that none has": _asking(lambda store: store.items(search="zq")),
    "states, counts, uses of tags, what was touched": _asking(
        lambda store: (store.states(), store.counts(), store.tag_uses(), store.touched())
    ),
    "forgetting, nothing to forget": _asking(
        lambda store: store.prune(datetime.now(UTC), keep_age=36_500 * A_DAY, keep_items=10**9, shown=store.shown())
    ),
    "feedbuilder status": lambda one: one.command("status"),
    "feedbuilder items": lambda one: one.command("items"),
    "feedbuilder items --tag": lambda one: one.command("items", "--tag", "tag 3"),
    "feedbuilder items --search": lambda one: one.command("items", "--search", "story 5003: talks"),
}


def forgetting(one: Installed, count: int) -> float:
    """Return what it takes to forget the `count` items that were seen longest ago, because there are too many."""
    kept = sum(of_source.items for of_source in one.store.counts().values()) - count
    gone = 0

    def forget() -> None:
        nonlocal gone
        gone = one.store.prune(one.now, keep_age=36_500 * A_DAY, keep_items=kept, shown=one.store.shown())

    seconds_taken = taken(forget)
    if gone != count:
        raise SystemExit(f"{gone} items were forgotten, not {count}")
    return seconds_taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--keep", type=Path, help="folder in which the stores are, or are made and kept")
    parser.add_argument("--only", help="the works whose names contain this")
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with ExitStack() as stack:
        home = given.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-growth-")))
        stores = [Installed(home / str(count), count) for count in given.items]
        for one in stores:
            stack.callback(one.store.close)
            size = one.config.store.path.stat().st_size / 1e6
            tell(f"{one.count:,} items of {SOURCES} sources: a store of {size:,.0f} MB")
            for _ in range(3):
                one.poll(1)
        tell(f"processor time, medians of {REPEATS}, and how often what it takes with {given.items[0]:,}")
        for name, work in WORKS.items():
            if given.only and given.only not in name:
                continue
            taken_by = [[] for _ in stores]
            for _ in range(REPEATS):
                for times, one in zip(taken_by, stores, strict=True):
                    times.append(work(one))
            compare(name, stores, [statistics.median(times) for times in taken_by])
        if not given.only:
            starts = [one.started() for one in stores]
            compare("start of `run`", stores, [start[0] for start in starts])
            for one, (_, wall, memory) in zip(stores, starts, strict=True):
                tell(f"  with {one.count:,} it reads after {wall:.1f} s, at most {MOST_START:g}; {memory:.0f} MB")
            compare("forgetting 1,440 items by count", stores, [forgetting(one, 1_440) for one in stores])


def compare(name: str, stores: list[Installed], figures: list[float]) -> None:
    """Print a line for each store but the smallest."""
    for one, figure in zip(stores[1:], figures[1:], strict=True):
        line = f"{name}, {one.count:,}"
        ratio = figure / figures[0]
        tell(f"{line:62} {figure * 1000:9.2f} ms {ratio:7.2f} x   at most {MOST}   ({figures[0] * 1000:.2f} ms)")


def tell(line: str) -> None:
    """Print at once: it takes a while."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
