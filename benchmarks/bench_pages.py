"""How long foreign pages take: the detection of their lists, and article pages with their text beside trafilatura.

    python benchmarks/bench_pages.py [CORPUS_DIR [ARTICLES_DIR]]

Both collections of real pages are no part of this project; what is not there is left out, with a word. How well pages
are read, `bench_detect` and `bench_articles` tell. Told are processor times of one core: of detection the median and
the worst page, each the better of two; of articles the medians of all pages, each page read by both in turn.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bench_articles import NEARBY as ARTICLES
from bench_articles import ours as read_by_us
from bench_articles import trafilaturas as read_by_trafilatura
from bench_detect import NEARBY as CORPUS

from feedbuilder.detect import detect
from feedbuilder.model import ExtractError, Page

MEDIAN, WORST, TEXT = "   at most 60 ms", "   at most 1,000 ms", "   at most 2.5"


def pages(folder: Path, address: str) -> list[Page]:
    """Return the pages of a collection; their truth names their addresses by the key `address`."""
    found = []
    for truth in sorted(folder.glob("*/truth.json")):
        url = json.loads(truth.read_text("utf-8"))[address]
        found.append(Page(url, (truth.parent / "page.html").read_bytes(), datetime.now(UTC)))
    return found


def taken(work: Callable[[], object]) -> float:
    """Return the processor time that `work` takes, in milliseconds."""
    before = time.process_time()
    work()
    return (time.process_time() - before) * 1000


def detected(page: Page) -> None:
    """Detect the lists of a page; one that has none takes its time too."""
    with suppress(ExtractError):
        detect(page, zone=ZoneInfo("UTC"))


def detection(folder: Path) -> None:
    """Print how long detection takes."""
    found = pages(folder, "base_url")
    if not found:
        tell(f"skipped: no pages to detect lists in at {folder}")
        return
    detected(found[0])  # what is loaded once
    times = [min(taken(lambda page=page: detected(page)) for _ in range(2)) for page in found]
    tell(f"{f'detection, median of {len(found)} pages':52} {statistics.median(times):8.1f} ms{MEDIAN}")
    tell(f"{'detection, the worst page':52} {max(times):8.1f} ms{WORST}")


def articles(folder: Path) -> None:
    """Print how long article pages take, here and by trafilatura alone."""
    found = pages(folder, "url")
    if not found or not importlib.util.find_spec("trafilatura"):
        tell(f"skipped: no article pages at {folder}, or trafilatura is not installed")
        return
    for read in (read_by_trafilatura, read_by_us):
        read(found[0])
    theirs, ours = [], []
    for page in found:
        theirs.append(taken(lambda page=page: read_by_trafilatura(page)))
        ours.append(taken(lambda page=page: read_by_us(page)))
    floor, median = statistics.median(theirs), statistics.median(ours)
    tell(f"{f'floor: trafilatura, median of {len(found)} article pages':52} {floor:8.1f} ms {1:7.2f} x")
    tell(f"{'an article page with its text':52} {median:8.1f} ms {median / floor:7.2f} x{TEXT}")


def tell(line: str) -> None:
    """Print at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="?", type=Path, default=CORPUS, help="pages with lists")
    parser.add_argument("articles", nargs="?", type=Path, default=ARTICLES, help="article pages")
    given = parser.parse_args()
    tell("foreign pages, processor time")
    detection(given.corpus)
    articles(given.articles)


if __name__ == "__main__":
    main()
