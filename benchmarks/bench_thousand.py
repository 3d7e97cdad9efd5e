"""What a thousand sources cost that are read once, all new, and again by a new process.

    python benchmarks/bench_thousand.py --sources 1000

`feedbuilder build` reads pages of 220 KB with 40 cards from 40 hosts on loopback, which another process plays (see
`loopback_hosts`), and writes 20 feeds. The counter of each card moves from one answer to the next, and two stories are
new. Told is the processor time of the program with all its processes, against as many times what one such reading
takes: cold by BeautifulSoup, as the first build has to, and plainly by `requests.get` and lexbor, both measured in the
same run.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import requests
from bench_growth import PROGRAM
from loopback_hosts import Hosts, address_of, hosts, tell
from process_tree import MemoryWatch
from selectolax.lexbor import LexborHTMLParser

from feedbuilder.extract import extract
from feedbuilder.model import Page, Source

HOSTS, FEEDS = 40, 20
CARDS, MENU, SENTENCES = 40, 1_900, 10
REPEATS = 15
FIELDS = ("h2 a", "p.summary", "time", "span.by", "i")
AT_MOST = {"first": 1.3, "second": 2.5}
SELECTORS = {
    "item": "article",
    "title": "h2 a",
    "link": "h2 a",
    "summary": "p.summary",
    "date": "time@datetime",
    "author": ".by",
}


def configuration(folder: Path, sources: int, played: Hosts) -> None:
    """Write the configuration."""
    allowed = ", ".join(f'"{address_of(host)}"' for host in range(HOSTS))
    selectors = ", ".join(f'{name} = "{css}"' for name, css in SELECTORS.items())
    fetch = f'robots = false\nicons = false\nhost_gap = "0s"\nallow_hosts = [{allowed}]\n'
    parts = [f'[site]\noutput = "output"\n[store]\npath = "store.db"\n[fetch]\n{fetch}']
    parts += [
        f'[[source]]\nid = "s{one}"\nurl = "{played.url(one)}"\ntimezone = "UTC"\narticles = "off"\n'
        f"first_fill_pages = 1\nselectors = {{ {selectors} }}\n"
        for one in range(sources)
    ]
    for feed in range(FEEDS):
        names = ", ".join(f'"s{one}"' for one in range(feed, sources, FEEDS))
        parts.append(f'[[feed]]\nslug = "feed-{feed}"\nsources = [{names}]\n')
    (folder / "feedbuilder.toml").write_text("\n".join(parts), "utf-8")


def medians(played: Hosts) -> tuple[float, float]:
    """Return the seconds of processor time that one reading takes: cold, and plainly."""
    source = Source.model_validate({"id": "one", "url": played.url(0), "timezone": "UTC", "selectors": SELECTORS})
    cold, plain = [], []
    with requests.Session() as session:
        for _ in range(REPEATS):
            body = session.get(played.url(0), timeout=10).content
            page = Page(source.url, body, datetime.now(UTC))
            cold.append(taken(lambda page=page: extract(page, source)))
            plain.append(taken(lambda: pick(session.get(played.url(0), timeout=10).content)))
    return statistics.median(cold), statistics.median(plain)


def pick(html: bytes) -> None:
    """Read five fields of each card, the shortest way."""
    for card in LexborHTMLParser(html).css("article"):
        for css in FIELDS:
            found = card.css_first(css)
            if found is not None:
                found.text(strip=True)


def taken(work: Callable[[], object]) -> float:
    """Return the processor time of this thread in seconds that `work` takes."""
    before = time.thread_time()
    work()
    return time.thread_time() - before


def built(folder: Path) -> tuple[float, float, float]:
    """Run `build`; return its processor time and its time by the clock in seconds, and its memory in MB."""
    before, wall = os.times(), time.monotonic()
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    command = [*PROGRAM, "-q", "build"]
    with (
        subprocess.Popen(command, cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process,  # noqa: S603 - our own
        MemoryWatch(process.pid) as memory,
    ):
        said = process.communicate()[0].decode()
    if process.returncode:
        raise SystemExit(said[-2_000:])
    after = os.times()
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    return busy, time.monotonic() - wall, memory.most


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=1_000)
    given = parser.parse_args()
    shown = [f"--cards={CARDS}", f"--menu={MENU}", f"--sentences={SENTENCES}", "--unchanged=0", "--latency=0"]
    with tempfile.TemporaryDirectory() as place, hosts(HOSTS, *shown, "--news=2", "--new-every=1") as played:
        configuration(Path(place), given.sources, played)
        cold, plain = medians(played)
        first, second = built(Path(place)), built(Path(place))
    tell(f"{given.sources:,} sources of {HOSTS} hosts, {CARDS} cards each, {FEEDS} feeds; processor time")
    tell(f"{'floor: one page read by BeautifulSoup, all cards new':58} {cold * 1000:8.2f} ms {1:7.2f} x")
    tell(f"{'floor: requests.get, lexbor parses and picks five fields':58} {plain * 1000:8.2f} ms {1:7.2f} x")
    for name, (busy, wall, memory), floor in (("first", first, cold), ("second", second, plain)):
        ratio = busy / given.sources / floor
        line = (
            f"{name} build, all that is new"
            if name == "first"
            else f"{name} build, a new process, two new stories each"
        )
        tell(f"{line:58} {busy:8.1f} s  {ratio:7.2f} x   at most {AT_MOST[name]}")
        tell(f"  {wall:.0f} s by the clock, {memory:.0f} MB of memory")
    tell(f"  the machine: {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
