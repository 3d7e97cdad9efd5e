"""What reading pages in processes of their own costs, and what a second one brings.

Run it as `python benchmarks/bench_processes.py`. It prints the processor time of a reading, of all processes together,
within the program and in a process: of a page of about 215 KB with 40 cards and of one of 5 KB, known and new. Then how
many new pages a second one and two processes read; that is by the clock, and wants a machine with nothing else to do.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from bench_extract import CARD, NOW, SELECTORS, URL, section_page

from feedbuilder.engine.pooled_reader import PooledReader
from feedbuilder.model import Page, ReadingSettings, Source
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.processes import Nursery

SMALL_CARDS = 6
PAGES = 200


def source(number: int = 0) -> Source:
    """Return a source; of another number, with another id."""
    return Source.model_validate(
        {
            "id": f"bench-{number}",
            "url": URL,
            "timezone": "Asia/Dubai",
            "selectors": SELECTORS,
        }
    )


def small_page(views: int) -> str:
    """Return a page of 5 KB."""
    cards = "".join(CARD.format(n=n, views=views + n, summary="Talks go on. ") for n in range(SMALL_CARDS))
    return f"<!doctype html><html><head><title>News</title></head><body><main>{cards}</main></body></html>"


def renamed(html: str, number: int) -> Page:
    """Return the page with other stories on it."""
    return Page(URL, html.replace("/news/story-", f"/news/{number}-").replace("Story", f"Tale {number}").encode(), NOW)


def used() -> float:
    """Return the processor time of this process and of those of its children that have ended."""
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def cost(read: Callable[[Page], object], pages: list[Page], close: Callable[[], None]) -> float:
    """Return the seconds of processor time that reading `pages` takes, all processes counted."""
    start = used()
    for page in pages:
        read(page)
    close()
    return used() - start


def compared(name: str, pages: list[Page]) -> str:
    """Return a line: what a reading costs here and in a process. What starting takes is taken off."""
    watched = source()
    results = []
    for make in (LocalReader, lambda: PooledReader(ReadingSettings(processes=1), Nursery())):
        few, many = make(), make()
        base = cost(lambda page, reader=few: reader.read_list(page, watched), pages[:1], few.close)
        whole = cost(lambda page, reader=many: reader.read_list(page, watched), pages, many.close)
        results.append((whole - base) / (len(pages) - 1) * 1000)
    here, there = results
    return f"{name:34} {here:8.2f} ms here {there:8.2f} ms in a process {there - here:+7.2f} ms {there / here:6.2f} x"


def together(processes: int, pages: list[Page]) -> tuple[float, float]:
    """Return pages per second by the clock, and all processor time, of reading `pages` in so many processes."""
    reader = PooledReader(ReadingSettings(processes=processes), Nursery())
    sources = [source(number) for number in range(len(pages))]
    start, clock = used(), time.perf_counter()
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(reader.read_list, pages, sources))
    seconds = time.perf_counter() - clock
    reader.close()
    return len(pages) / seconds, used() - start


def main() -> None:
    """Measure and print."""
    large = [Page(URL, section_page(views=1000 + 97 * n).encode(), NOW) for n in range(100)]
    small = [Page(URL, small_page(views=1000 + 97 * n).encode(), NOW) for n in range(400)]
    base_large, base_small = section_page(1000), small_page(1000)
    rows = [
        compared(f"{len(large[0].body) / 1000:.0f} KB, counters moved", large),
        compared(f"{len(large[0].body) / 1000:.0f} KB, all new", [renamed(base_large, n) for n in range(40)]),
        compared(f"{len(small[0].body) / 1000:.0f} KB, counters moved", small),
        compared(f"{len(small[0].body) / 1000:.0f} KB, all new", [renamed(base_small, n) for n in range(200)]),
    ]
    many = [renamed(base_large, n) for n in range(PAGES)]
    for processes in (1, 2, 1, 2):
        speed, seconds = together(processes, many)
        name = f"{PAGES} new pages, {processes} process{'es' if processes > 1 else ''}"
        rows.append(f"{name}: {speed:.1f} pages/s, {seconds:.2f} s of processor time")
    sys.stdout.write("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
