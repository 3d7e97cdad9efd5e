"""`run --serve` beside a page that is never read to its end: all else goes on, and the page is told.

The page is no bug of ours that somebody mends one day: an expression in the configuration tries all ways to part the
words of its titles, and keeps the interpreter's lock meanwhile.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from feedbuilder.web import Background
from tests.acceptance.place import feedbuilder
from tests.patience import PATIENCE
from tests.process_table import MARK, marked

CONFIG = r"""
[site]
output = "../output"
[store]
path = "../var/feedbuilder.db"
[fetch]
allow_hosts = ["127.0.0.1", "localhost"]
host_gap = "0s"
[reading]
deadline = "{deadline}"
processes = 2
[defaults]
timezone = "UTC"
interval = "1s"
min_interval = "1s"
max_interval = "1s"
articles = "off"
[[source]]
id = "good"
url = "http://127.0.0.1:{port}/good"
selectors = {{ item = "article" }}
[[source]]
id = "evil"
url = "http://localhost:{port}/evil"
[source.selectors]
item = "article"
title = {{ select = "h2", match = '^(\w+\s?)+$' }}
"""

pytestmark = [
    pytest.mark.slow(15),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc"),
]


@dataclass
class Site:
    """Two pages, one with a new story at each request."""

    port: int = 0
    asked: Counter[str] = field(default_factory=Counter)

    def page(self, request: Request) -> Response:
        name = request.path_params["name"]
        self.asked[name] += 1
        title = "word " * 40 + "!" if name == "evil" else f"Story {self.asked[name]} of the day"
        return Response(
            f'<article><h2><a href="/story/{self.asked[name]}">{title}</a></h2></article>', media_type="text/html"
        )


@dataclass
class Watch:
    """A folder with a configuration of both pages."""

    folder: Path
    site: Site
    mark: str

    def configure(self, deadline: str) -> None:
        (self.folder / "config").mkdir(exist_ok=True)
        text = CONFIG.format(deadline=deadline, port=self.site.port)
        (self.folder / "config" / "feedbuilder.toml").write_text(text, "utf-8")

    @property
    def log(self) -> str:
        return (self.folder / "run.log").read_text("utf-8")

    def status(self, source: str) -> dict[str, object]:
        content = json.loads((self.folder / "output" / "status.json").read_bytes())
        return next(one for one in content["sources"] if one["id"] == source)

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[str]]:
        """Run `run --serve` until it is stopped by the block, or killed after it."""
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), MARK: self.mark}
        command = [sys.executable, "-m", "feedbuilder", "run", "--serve", "--port", "0"]
        with (self.folder / "run.log").open("w") as stream:
            process = subprocess.Popen(
                command, cwd=self.folder, stdout=stream, stderr=stream, text=True, env=environment
            )
            try:
                until(lambda: "Serving" in self.log)
                yield process
            finally:
                process.kill()
                process.wait(PATIENCE)

    def ask_server(self) -> int:
        """Return what the local server answers."""
        address = re.search(r"http://127\.0\.0\.1:\d+", self.log.partition("Serving")[2])
        assert address is not None
        with requests.Session() as client:
            client.trust_env = False
            return client.get(f"{address[0]}/status.json", timeout=PATIENCE).status_code

    def read_again(self, times: int = 3) -> None:
        """Wait until the good page was read and published some more."""
        wanted = self.site.asked["good"] + times
        until(lambda: self.site.asked["good"] > wanted)
        feed = self.folder / "output" / "all" / "rss.xml"
        until(lambda: f"Story {wanted} of the day" in feed.read_text("utf-8"))


def until(true: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < limit, "waited too long"
        time.sleep(0.1)


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    site = Site()
    with Background(Starlette(routes=[Route("/{name}", site.page)]), "127.0.0.1", 0) as server:
        site.port = int(server.url.rpartition(":")[2])
        yield Watch(tmp_path, site, f"{tmp_path}-{os.getpid()}")


def test_a_page_that_is_never_read_to_its_end_stops_nothing(watch: Watch) -> None:
    watch.configure("1h")
    with watch.running() as process:
        until(lambda: watch.site.asked["evil"] == 1)
        watch.read_again()
        assert watch.ask_server() == 200
        assert len(marked(watch.mark)) >= 3
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    assert "stopped" in watch.log
    assert "Traceback" not in watch.log
    until(lambda: not marked(watch.mark))
    with watch.running():  # which meets the page again, and does not freeze either
        until(lambda: watch.site.asked["evil"] == 2)
        watch.read_again(1)
    until(lambda: not marked(watch.mark))


def test_it_is_told_and_left_alone_for_a_while(watch: Watch) -> None:
    watch.configure("1s")
    with watch.running():
        until(lambda: "of processor time" in watch.log)
        watch.read_again()
        until(lambda: watch.status("evil")["state"] == "failing")
        told = watch.status("evil")
        assert told["failures"] == 1
        assert "took more than 1s of processor time" in str(told["error"])
        assert str(told["next_due"]) > str(watch.status("good")["next_due"])
        assert watch.status("good")["state"] == "ok"
        assert watch.site.asked["evil"] == 1
    shown = feedbuilder(watch.folder, "status")
    assert shown.exit_code == 1
    assert "processor time" in " ".join(shown.stdout.split())
    until(lambda: not marked(watch.mark))
