"""What it costs to start the program, against the floor of importing what any program of its kind imports.

Run it as `python benchmarks/bench_start.py`. Each command is a process of its own, seven times, in turn with the
others, so that what else the machine does falls on all of them. It prints medians of processor time, of the process and
its children, and ratios to the floor. `build` reads one page from loopback, 40 cards with moving counters, of which two
are new each time; its feeds are written.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread

from bench_extract import CARD, FILLER

REPEATS = 7
FLOOR = "floor: import requests, sqlalchemy, bs4"
AT_MOST = {"--version": 0.8, "--help": 0.8, "schema": 0.8, "items": 1.2, "status": 1.2, "build": 1.6}
"""Each command with the ratio that it is to keep."""
CONFIG = """
[site]
output = "output"
[store]
path = "feedbuilder.db"
[fetch]
allow_hosts = ["127.0.0.1"]
host_gap = "0s"
[[source]]
id = "bench"
url = "{url}"
timezone = "Asia/Dubai"
tags = ["News"]
articles = "off"
[source.selectors]
item = "article.card"
title = ["h3 a@title", "h3 a"]
link = "h3 a"
summary = "p.summary"
date = {{ join = ["small:nth-of-type(1)", "small:nth-of-type(2)"] }}
author = ".by"
"""


@contextmanager
def served(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Serve what `handler` answers on loopback; give where."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def site() -> Iterator[str]:
    """Serve the page; give its address."""
    visits = count()
    menu = "".join(FILLER.format(n=n) for n in range(1_900))

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path != "/news/":
                self.send_error(404)
                return
            newest = 40 + 2 * next(visits)
            cards = "".join(
                CARD.format(n=n, views=7 * newest + n, summary="Talks go on in the capital. " * 20)
                for n in range(newest, newest - 40, -1)
            )
            body = f"<!doctype html><title>News</title><ul>{menu}</ul><main>{cards}</main>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with served(Answer) as url:
        yield f"{url}/news/"


def seconds(command: Sequence[str], folder: Path, environ: Mapping[str, str]) -> float:
    """Run `command` to its end; return the processor time that it took, in seconds, its children's included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run(command, cwd=folder, env=environ, capture_output=True, check=False)  # noqa: S603 - our own
    if ended.returncode:
        raise SystemExit(f"{' '.join(command)}: {ended.stderr.decode()}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    commands = {
        FLOOR: ["-c", "import requests, sqlalchemy, bs4"],
        "pass": ["-c", "pass"],
        # Not through the console script: an installation is not asked for.
        **{name: ["-m", "feedbuilder", name] for name in ("build", "status", "items", "schema", "--help", "--version")},
    }
    with tempfile.TemporaryDirectory() as place, site() as url:
        folder = Path(place)
        (folder / "feedbuilder.toml").write_text(CONFIG.format(url=url), "utf-8")
        # As installed: compiled, wherever compiled files may be written.
        environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environ |= {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONPATH": str(Path(__file__).parents[1])}
        for command in commands.values():
            seconds([sys.executable, *command], folder, environ)
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(REPEATS):
            for name, command in commands.items():
                times[name].append(seconds([sys.executable, *command], folder, environ))
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    lines = [f"processor time of a process, median of {REPEATS}"]
    for name, median in medians.items():
        wanted = f"   at most {AT_MOST[name]:.1f}" if name in AT_MOST else ""
        lines.append(f"{name:42} {median * 1000:8.0f} ms {median / medians[FLOOR]:7.2f} x{wanted}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
