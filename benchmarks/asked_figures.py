"""What is asked of each work, and where its figure stands: the rows of the table at the top of docs/performance.md.

Owns the aims. A figure is looked for in what a benchmark printed; of several, the worst counts.
"""
# ruff: noqa: INP001 - a part of scripts, not a package

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_POLL = "`requests.get`, lexbor parses and picks five fields of 40 cards"
_START = "`python -c 'import requests, sqlalchemy, bs4'`"


@dataclass(frozen=True)
class Asked:
    """One row: a work, what it is compared with, and how much of that it may take."""

    work: str
    floor: str
    most: float | None
    """None for what is only told."""
    unit: str
    script: str
    """Which benchmark tells, as it is named in the report."""
    pattern: str
    """Finds the figure in what that has printed."""

    def measured(self, output: str) -> float | None:
        """Return the worst figure in `output`, None where there is none."""
        found = [float(one.replace(",", "")) for one in re.findall(self.pattern, output, re.MULTILINE)]
        return max(found, default=None)


def _ratio(work: str) -> str:
    """Return the pattern of the ratio in the line of `work`."""
    return rf"^{re.escape(work)}\s{{2,}}[\d.]+ m?s\s+([\d.]+) x"


ASKED = (
    Asked("steady poll, two new stories, store included", _POLL, 1.7, "×", "bench_poll.py", _ratio("2 new stories")),
    Asked("the same, nothing new", _POLL, 1.3, "×", "bench_poll.py", _ratio("nothing new")),
    Asked("poll answered 304, store included", "bare `requests` 304", 2, "×", "bench_poll.py", _ratio("answered 304")),
    Asked(
        "cold reading of all 40 cards by BeautifulSoup",
        _POLL,
        9,
        "×",
        "bench_poll.py",
        _ratio("all cards new, reading alone"),
    ),
    Asked(
        "publishing one changed feed of 50 entries, four formats, fsync",
        "feedgen's RSS and Atom, in memory",
        2,
        "×",
        "bench_publish.py",
        _ratio("one new story, the only feed: found, made, flushed"),
    ),
    Asked(
        "publishing with nothing new, 1,000 feeds, 100,000 items",
        "–",
        5,
        "ms",
        "bench_publish.py",
        r"^nothing new\s{2,}([\d.]+) ms",
    ),
    Asked("one-shot `build` of one source, two new stories", _START, 1.6, "×", "bench_start.py", _ratio("build")),
    Asked("`status`", _START, 1.2, "×", "bench_start.py", _ratio("status")),
    Asked("`items`", _START, 1.2, "×", "bench_start.py", _ratio("items")),
    Asked("`schema`", _START, 0.8, "×", "bench_start.py", _ratio("schema")),
    Asked("`--help`", _START, 0.8, "×", "bench_start.py", _ratio("--help")),
    Asked("`--version`", _START, 0.8, "×", "bench_start.py", _ratio("--version")),
    Asked(
        "1,000 sources of 40 loopback hosts, all new, 20 feeds",
        "as many cold readings",
        1.3,
        "×",
        "bench_thousand.py",
        r"^first build.*?([\d.]+) x",
    ),
    Asked(
        "the same, second `build` in a new process",
        "as many steady floors",
        2.5,
        "×",
        "bench_thousand.py",
        r"^second build.*?([\d.]+) x",
    ),
    Asked("10,000 sources every 15 minutes, `run`: of a core", "–", 25, "%", "bench_run.py", r"of a core ([\d.]+)%"),
    Asked("… memory of all processes", "–", 300, "MB", "bench_run.py", r"memory of all processes ([\d.]+) MB"),
    Asked("… start lag, p99", "–", 2, "s", "bench_run.py", r"p99 ([\d.]+) s"),
    Asked("… visitors of a host at once", "–", 1, "", "bench_run.py", r"at one host at once: (\d+)"),
    Asked(
        "the most sources that two cores carry before lag grows",
        "–",
        None,
        "",
        "bench_run.py --search",
        r"^carried: ([\d,]+) sources",
    ),
    Asked(
        "poll, publish, `status`, `items`, start with 1 M items, the worst of them",
        "the same with 10 k",
        1.5,
        "×",
        "bench_growth.py",
        r"([\d.]+) x   at most 1\.5",
    ),
    Asked(
        "… `run` reads after, with 1 M items",
        "–",
        3,
        "s",
        "bench_growth.py",
        r"with 1,000,000 it reads after ([\d.]+) s",
    ),
    Asked("detection, corpus, median", "–", 60, "ms", "bench_pages.py", r"^detection, median.*?([\d.]+) ms"),
    Asked("… the worst page", "–", 1000, "ms", "bench_pages.py", r"^detection, the worst page\s+([\d.]+) ms"),
    Asked(
        "article page with its text",
        "trafilatura alone",
        2.5,
        "×",
        "bench_pages.py",
        _ratio("an article page with its text"),
    ),
)


def table(outputs: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of the table, by what each benchmark printed."""
    yield "| work | floor | at most | measured | kept |"
    yield "|---|---|---|---|---|"
    for row in ASKED:
        found = row.measured(outputs.get(row.script, ""))
        most = "told" if row.most is None else f"{row.most:g} {row.unit}".strip()
        measured = "not measured" if found is None else f"{found:,g} {row.unit}".strip()
        kept = "" if found is None or row.most is None else "yes" if found <= row.most else "no"
        yield f"| {row.work} | {row.floor} | {most} | {measured} | {kept} |"
