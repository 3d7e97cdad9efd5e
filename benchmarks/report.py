"""Run the benchmarks and write their figures into docs/performance.md, with a drawing: python benchmarks/report.py.

Named benchmarks are run alone, with options if these stand beside the name ("bench_growth.py --items 10000 3000000"),
and the figures of the others stay as they are; so do those of one that says "skipped". Owns what stands between the
marks of that page and `docs/performance.svg`; the words around are people's. Each benchmark prints lines of `work,
time, ratio to the floor`; those are taken over as they are, and the table of what is asked (`asked_figures`) is made
of them. All of them take an hour or more on an idle machine, most of it the search for how many sources it carries.
"""
# ruff: noqa: INP001, T201 - a script, not a package; it prints what the benchmarks print

from __future__ import annotations

import math
import os
import platform
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from asked_figures import table

_HERE = Path(__file__).resolve().parent
_DOCS = _HERE.parent / "docs"
_BEGIN, _END = "<!-- figures: python benchmarks/report.py -->", "<!-- end of figures -->"
_LINE = re.compile(r"(?P<work>\S.*?)\s{2,}(?P<time>[\d.]+) (?P<unit>ms|s)\s+(?P<ratio>[\d.]+) x")
_BLOCK = re.compile(
    r"`(?P<name>bench_\w+\.py(?: --search)?)`(?P<when>[^\n]*)\n\n```\n(?P<output>.*?)\n```\n", re.DOTALL
)
_LONGEST = 4 * 3600
"""Seconds that a benchmark may take by the clock."""
_SCRIPTS = (
    "bench_start.py",
    "bench_extract.py",
    "bench_processes.py",
    "bench_publish.py",
    "bench_poll.py",
    "bench_thousand.py",
    "bench_growth.py",
    "bench_run.py",
    "bench_run.py --search",
    "bench_pages.py",
    "bench_rss_bridge.py",
)


@dataclass(frozen=True)
class Figure:
    """One line of a benchmark."""

    work: str
    time: str
    ratio: float


@dataclass(frozen=True)
class Block:
    """What one benchmark printed, and when, on a machine with how much else to do."""

    when: str
    output: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is there, print it, and write the page; return the exit code of what failed last, else 0."""
    page = _DOCS / "performance.md"
    blocks = {
        found["name"]: Block(found["when"], found["output"]) for found in _BLOCK.finditer(page.read_text("utf-8"))
    }
    failed = 0
    for asked in arguments or _SCRIPTS:
        name = max((one for one in _SCRIPTS if asked == one or asked.startswith(f"{one} ")), key=len, default=asked)
        begun, before = datetime.now(UTC), os.getloadavg()[0]
        output = _run(asked)
        if output is None:
            failed = 1
        elif not output.startswith("skipped"):
            given = asked.removeprefix(name).strip()
            load = f"load average {before:.1f} at the beginning, {os.getloadavg()[0]:.1f} at the end"
            machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {load}"
            when = f"{f', with {given}' if given else ''}, {begun:%Y-%m-%d}, {machine}"
            blocks[name] = Block(when, output)
            _write(page, blocks)  # after each: the next one may take an hour
    _write(page, blocks)
    return failed


def _run(asked: str) -> str | None:
    """Run a benchmark with its options and print what it prints; return that, None where it failed."""
    name, *options = shlex.split(asked)
    command = [sys.executable, str(_HERE / name), *options]
    try:
        ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_LONGEST)  # noqa: S603 - our own
    except subprocess.TimeoutExpired:
        print(f"{asked}\nended after {_LONGEST} s", flush=True)
        return None
    print(f"{asked}\n{ended.stdout}{ended.stderr}", flush=True)
    return None if ended.returncode else ended.stdout.rstrip()


def _write(page: Path, blocks: dict[str, Block]) -> None:
    text = page.read_text("utf-8")
    before, after = text.partition(_BEGIN)[0], text.partition(_END)[2]
    known = [name for name in _SCRIPTS if name in blocks]
    asked = table({name: block.output for name, block in blocks.items()})
    parts = ["\n".join(asked) + "\n", "![Ratios to the floor](performance.svg)\n"]
    parts += [f"`{name}`{blocks[name].when}\n\n```\n{blocks[name].output}\n```\n" for name in known]
    page.write_text(f"{before}{_BEGIN}\n\n" + "\n".join(parts) + f"\n{_END}{after}", "utf-8")
    figures = {name: list(_figures(blocks[name].output)) for name in known}
    (_DOCS / "performance.svg").write_text(_drawing(figures), "utf-8")


def _figures(output: str) -> Iterator[Figure]:
    """Yield the last figure of each work: benchmarks repeat themselves."""
    found = {}
    for line in output.splitlines():
        if match := _LINE.match(line):
            found[match["work"]] = Figure(match["work"], f"{match['time']} {match['unit']}", float(match["ratio"]))
    yield from found.values()


def _drawing(figures: dict[str, list[Figure]]) -> str:
    """Return bars of all ratios on a logarithmic scale, a group for each benchmark; legible in light and dark."""
    rows, y = [], 24
    most = max((one.ratio for some in figures.values() for one in some), default=1.0)
    width = 420 / math.log10(max(most, 10) / 0.05)
    for name, some in figures.items():
        if not some:
            continue
        rows.append(f'<text x="8" y="{y}" font-weight="bold">{escape(name)}</text>')
        y += 20
        for one in some:
            length = max(2.0, width * math.log10(max(one.ratio, 0.051) / 0.05))
            rows.append(f'<text x="8" y="{y}">{escape(one.work[:52])}</text>')
            rows.append(f'<rect x="370" y="{y - 10}" width="{length:.0f}" height="12" rx="2"/>')
            rows.append(f'<text x="{378 + length:.0f}" y="{y}">{one.ratio:g} × · {escape(one.time)}</text>')
            y += 18
        y += 12
    style = "text{font:12px system-ui,sans-serif;fill:#334}rect{fill:#3a7bd5}"
    dark = "@media(prefers-color-scheme:dark){text{fill:#dde}rect{fill:#6aa5f0}}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 {y}" role="img">'
        f"<title>Processor time as a ratio to the floor of the same run</title><style>{style}{dark}</style>"
        + "".join(rows)
        + "</svg>\n"
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
