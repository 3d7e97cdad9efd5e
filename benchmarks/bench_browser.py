"""What a reading through the browser takes, against the same page in a bare Playwright script of the same run (Linux).

    python benchmarks/bench_browser.py                 processor time of a reading, all processes counted
    python benchmarks/bench_browser.py --soak 500      memory over so many readings in a row

The page is built by a script from 60 stories in JSON, with a stylesheet and 24 pictures. The bare script starts one
Chromium, and opens it as the manual of Playwright says: a context, goto until the network is idle, the content. A
reading is a whole one: robots.txt, the proxy and its guard, the steps on the page, extraction, the store.
"""
# ruff: noqa: INP001, T201 - a script, not a package; it prints

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from statistics import median
from typing import IO

sys.path.insert(0, str(Path(__file__).parent))

from process_tree import megabytes_of, seconds_of

from feedbuilder.browser.chromium import find_chromium, keeps_sandbox
from feedbuilder.config import load
from feedbuilder.engine import Installation
from feedbuilder.model import BrowserSettings

ROUNDS, PAGES = 7, 6
"""How often both are measured in turn, and how many pages each opens then."""
STORIES, PICTURES = 60, 24
EVERY = 50
"""Readings between two looks at the memory."""
SHELL = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>News</title>
<link rel="stylesheet" href="/style.css"></head>
<body><main id="list"></main><script src="/app.js"></script></body></html>"""
STYLE = "article { border: 1px solid #ccc; margin: 1em; } h2 { font: 700 1.2rem serif; } img { width: 120px; }\n" * 200
SCRIPT = """
const list = document.getElementById("list");
const card = story => {
  const picture = story.picture ? `<img src="/picture-${story.picture}.svg" alt="">` : "";
  return `<article>${picture}<h2><a href="${story.url}">${story.title}</a></h2>`
    + `<time datetime="${story.at}">${story.at}</time><p>${story.text}</p>`
    + `<small>${story.views} views</small></article>`;
};
fetch("/stories.json").then(answer => answer.json()).then(stories => { list.innerHTML = stories.map(card).join(""); });
"""
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80"><rect width="120" height="80" fill="#8ac"/></svg>'
)
CONFIG = """
[site]
output = "output"
[store]
path = "feeds.db"
[fetch]
allow_hosts = ["127.0.0.1"]
host_gap = "0s"
icons = false
[[source]]
id = "bench"
url = "{url}"
kind = "browser"
articles = "off"
[source.selectors]
item = "article"
title = "h2 a"
date = "time@datetime"
summary = "p"
"""


def serve() -> None:
    """Serve the page until the input ends; say at which port."""
    views = count()

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            kind, body = answer_to(self.path, next(views))
            content = body.encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the overridden method
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        print(server.server_port, flush=True)
        server.serve_forever()


def answer_to(path: str, views: int) -> tuple[str, str]:
    """Return the type and the text of what stands at `path`."""
    if path.startswith("/picture-"):
        return "image/svg+xml", PICTURE
    stories = [
        {
            "url": f"/news/story-{number}",
            "title": f"Story {number} of the Town, Told in a Line of Usual Length",
            "at": f"2026-02-{number % 28 + 1:02}T10:30:00Z",
            "text": "Talks go on, and nobody knows for how long. " * 4,
            "views": views + number,
            "picture": number if number < PICTURES else None,
        }
        for number in range(STORIES)
    ]
    pages = {
        "/": ("text/html", SHELL),
        "/style.css": ("text/css", STYLE),
        "/app.js": ("text/javascript", SCRIPT),
        "/stories.json": ("application/json", json.dumps(stories)),
    }
    return pages.get(path, ("text/plain", ""))


def bare(url: str) -> None:
    """Open the page as often as each line of the input says, as anybody would; say when that is done."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - in this process alone

    program = find_chromium(BrowserSettings())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, chromium_sandbox=keeps_sandbox())
        print("ready", flush=True)
        for line in sys.stdin:
            for _ in range(int(line)):
                context = browser.new_context()
                page = context.new_page()
                page.goto(url, wait_until="networkidle")
                assert f"story-{STORIES - 1}" in page.content()
                context.close()
            print("done", flush=True)


@contextmanager
def started(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], IO[str], IO[str]]]:
    """Start this script in a process of its own, and end it after the block."""
    process = subprocess.Popen(  # noqa: S603 - ourselves
        [sys.executable, __file__, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield process, process.stdin, process.stdout
    finally:
        process.stdin.close()
        process.kill()
        process.wait()


@contextmanager
def installed(url: str) -> Iterator[Installation]:
    """Open an installation with the page as its one source."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "feedbuilder.toml"
        place.write_text(CONFIG.format(url=url), "utf-8")
        with Installation.open(load(place, os.environ)) as installation:
            installation.prepare()
            yield installation


def read(installation: Installation, times: int) -> None:
    """Read the source so often."""
    [source] = installation.sources.values()
    for _ in range(times):
        run = installation.poll(source)
        assert run.error is None, run.error


def compare(url: str, server: int) -> None:
    """Print what both take, and their ratio."""
    with started("--bare", url) as (script, asking, answering), installed(url) as installation:
        answering.readline()
        times: dict[str, list[float]] = {"bare": [], "ours": []}
        for number in range(ROUNDS + 1):  # the first one, in which both warm up, does not count
            before = seconds_of(script.pid)
            asking.write(f"{PAGES}\n")
            asking.flush()
            answering.readline()
            theirs = (seconds_of(script.pid) - before) / PAGES * 1000
            others = (script.pid, server)
            before = seconds_of(os.getpid(), others)
            read(installation, PAGES)
            ours = (seconds_of(os.getpid(), others) - before) / PAGES * 1000
            if number:
                times["bare"].append(theirs)
                times["ours"].append(ours)
        floor, mine = median(times["bare"]), median(times["ours"])
        print(f"the page in a bare Playwright script    {floor:8.1f} ms  {1.0:6.2f} x")
        print(f"a reading through the browser           {mine:8.1f} ms  {mine / floor:6.2f} x")


def soak(url: str, server: int, polls: int) -> None:
    """Print the memory of the program and of its browser while the source is read again and again."""
    with installed(url) as installation:
        for done in range(0, polls, EVERY):
            read(installation, EVERY)
            whole, own = megabytes_of(os.getpid(), (server,)), own_megabytes()
            print(
                f"after {done + EVERY:5} readings: program {own:6.1f} MB, with its browser {whole:7.1f} MB", flush=True
            )


def own_megabytes() -> float:
    """Return the memory of this process alone."""
    lines = Path("/proc/self/smaps_rollup").read_text("utf-8").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def main() -> None:
    """Do what the arguments say."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--soak", type=int, metavar="READINGS", help="look at the memory over so many readings")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--bare", metavar="URL", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve()
    elif options.bare:
        bare(options.bare)
    else:
        with started("--serve") as (server, _, answering):
            url = f"http://127.0.0.1:{answering.readline().strip()}/"
            if options.soak:
                soak(url, server.pid, options.soak)
            else:
                compare(url, server.pid)


if __name__ == "__main__":
    main()
