"""What one page costs here and in RSS-Bridge, where a checkout of that and PHP are there: RSS_BRIDGE=DIR.

Run it as `python benchmarks/bench_rss_bridge.py`. Both read the same page from loopback, 40 cards with moving counters
and two new stories each time: once by a process that ends, and again and again by one that goes on (there `php -S`,
which keeps compiled code). RSS-Bridge keeps nothing of pages (`cache = null`) and answers with one format; here is
counted what belongs to a poll: the store and four formats on the disk. Told is the processor time of all processes.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import logging
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import requests
import structlog
from bench_poll import Section, source
from bench_poll import site as sections_served
from bench_start import CONFIG, seconds, site

from feedbuilder.fetch import HttpFetcher
from feedbuilder.model import Feed, FetchSettings, Outcome, Site, TagRules
from feedbuilder.pipeline.catalogue import Catalogue
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.poll import poll
from feedbuilder.pipeline.ports import Tools
from feedbuilder.pipeline.press import Press
from feedbuilder.pipeline.publish import publish
from feedbuilder.publish import Folder
from feedbuilder.store import open_store

REPEATS = 5
WARM_REPEATS = 40
WARMING = 5
PATIENCE = 20.0
"""Seconds that PHP may take to listen."""
XPATH, CSS = "RSS-Bridge, XPath", "RSS-Bridge, CSS"


def bridges(url: str) -> dict[str, dict[str, str]]:
    """Return what asks RSS-Bridge for the page at `url`, by the bridge that reads it."""
    asked = {"action": "display", "format": "Mrss"}
    return {
        XPATH: asked
        | {
            "bridge": "XPathBridge",
            "url": url,
            "item": '//article[contains(@class,"card")]',
            "title": ".//h3/a/@title",
            "content": './/p[@class="summary"]',
            "uri": ".//h3/a/@href",
            "author": './/span[@class="by"]',
            "timestamp": ".//small[1]",
        },
        CSS: asked
        | {"bridge": "CssSelectorBridge", "home_page": url, "url_selector": "article.card h3", "limit": "40"},
    }


def once(php: str, checkout: Path) -> dict[str, float]:
    """Return the seconds that a process takes that reads the page once, by who reads it."""
    with tempfile.TemporaryDirectory() as place, site() as url:
        folder = Path(place)
        (folder / "feedbuilder.toml").write_text(CONFIG.format(url=url), "utf-8")
        environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environ |= {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONPATH": str(Path(__file__).parents[1])}
        works = {"feedbuilder build": ([sys.executable, "-m", "feedbuilder", "build"], folder)}
        for name, asked in bridges(url).items():
            given = [urlencode({key: value}) for key, value in asked.items()]
            works[name] = ([php, "index.php", *given], checkout)
        times: dict[str, list[float]] = {name: [] for name in works}
        for repeat in range(REPEATS + 1):
            for name, (command, where) in works.items():
                taken = seconds(command, where, environ | {"RSSBRIDGE_cache_type": "null"})
                if repeat:
                    times[name].append(taken)
    return {name: statistics.median(taken) for name, taken in times.items()}


def again(php: str, checkout: Path) -> dict[str, float]:
    """Return the seconds that a reading takes in a process that goes on, by who reads."""
    made = {name: Section(name, 2) for name in ("ours", "xpath", "css")}
    settings = FetchSettings.model_validate({"allow_hosts": ["127.0.0.1"], "host_gap": "0s", "icons": False})
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(sections_served(made))
        store = stack.enter_context(open_store(place / "bench.db"))
        asked = {XPATH: bridges(f"{url}/xpath/")[XPATH], CSS: bridges(f"{url}/css/")[CSS]}
        port = _free_port()
        served = stack.enter_context(
            subprocess.Popen(  # noqa: S603 - our own
                [php, "-S", f"127.0.0.1:{port}", "index.php"],
                cwd=checkout,
                env=os.environ | {"RSSBRIDGE_cache_type": "null"},
                stderr=subprocess.DEVNULL,
            )
        )
        stack.callback(served.terminate)
        _await(port)
        moment = [datetime.now(UTC)]
        ours = source("ours", f"{url}/ours/")
        store.sync_sources([ours], moment[0])
        tools = Tools(HttpFetcher(settings), store, LocalReader(), lambda: moment[0], lambda: 0.5)
        press = Press(Catalogue((Feed(slug="all"),), (ours,), Site(), TagRules()))
        folder = Folder(place / "output")

        def read() -> None:
            run = poll(ours, tools)
            if run.outcome is not Outcome.NEW:
                raise SystemExit(run.error or run.note)
            publish(press, store, folder, moment[0])

        times: dict[str, list[float]] = {"feedbuilder, poll and publishing": [], XPATH: [], CSS: []}
        for repeat in range(WARMING + WARM_REPEATS):
            for section in made.values():
                section.visits += 1
            moment[0] += timedelta(minutes=15)
            taken = {}
            before = time.thread_time()
            read()
            taken["feedbuilder, poll and publishing"] = time.thread_time() - before
            for name, query in asked.items():
                before = _spent(served.pid)
                answer = requests.get(f"http://127.0.0.1:{port}/", params=query, timeout=60)
                if answer.status_code != 200 or answer.text.count("<item>") != 40:
                    raise SystemExit(f"{name}: {answer.status_code}, {answer.text[:300]}")
                taken[name] = _spent(served.pid) - before
            if repeat >= WARMING:
                for name, one in taken.items():
                    times[name].append(one)
    return {
        name: statistics.mean(taken) for name, taken in times.items()
    }  # the system counts in hundredths of a second


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _await(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("PHP does not listen.")


def _spent(process: int) -> float:
    """Return the processor time that a process has taken up to now, in seconds (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure and print, or say why not."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    given, php = os.environ.get("RSS_BRIDGE"), shutil.which("php")
    if not given or not php or not (Path(given) / "index.php").exists():
        sys.stdout.write("skipped: RSS_BRIDGE names no checkout of RSS-Bridge, or there is no PHP\n")
        return
    lines = ["one page of 220 KB with two new stories, processor time"]
    for title, figures in (
        (f"read once by a process that ends, median of {REPEATS}", once(php, Path(given))),
        (f"read again and again, mean of {WARM_REPEATS}", again(php, Path(given))),
    ):
        lines.append(title)
        base = figures[XPATH]
        lines += [f"{name:52} {taken * 1000:8.1f} ms {taken / base:7.2f} x" for name, taken in figures.items()]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
