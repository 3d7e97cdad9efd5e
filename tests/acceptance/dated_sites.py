"""Sites that say in every answer what time they think it is, behind a proxy on this machine.

A proxy, because what runs on this machine itself is no witness of its clock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from feedbuilder.config import Config, load
from feedbuilder.engine import BuildReport, Installation, build


@dataclass(frozen=True)
class Told:
    """A story as its site tells of it; `date` is the text of a date on the page, empty for none."""

    name: str
    date: str = ""


@dataclass
class DatedSites:
    """What the sites list, by host, what time it really is, and how wrong each site's clock is."""

    now: Callable[[], datetime]
    stories: dict[str, list[Told]] = field(default_factory=dict)
    skew: dict[str, timedelta | None] = field(default_factory=dict)
    """None: the site does not say the time."""
    age: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    proxy: str = ""

    def page(self, host: str) -> bytes:
        cards = (
            f'<article><h2><a href="/{one.name}">The story of {one.name} and its harbour</a></h2>'
            f"<p>What happened to {one.name}.</p>{f'<time>{one.date}</time>' if one.date else ''}</article>"
            for one in self.stories[host]
        )
        return f"<!doctype html><html lang=en><title>{host}</title><main>{''.join(cards)}</main>".encode()


@contextmanager
def dated_sites(now: Callable[[], datetime], *hosts: str) -> Iterator[DatedSites]:
    """Serve these hosts through a proxy on a free port."""
    sites = DatedSites(now, {host: [] for host in hosts})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host, path = urlsplit(self.path).hostname or "", urlsplit(self.path).path
            sites.asked.append(f"{host}{path}")
            found = host in sites.stories and path == "/"
            body = sites.page(host) if found else b"not here"
            self.send_response_only(200 if found else 404)
            skew = sites.skew.get(host, timedelta())
            if skew is not None:
                said = sites.now() + skew - timedelta(seconds=sites.age.get(host, 0))
                self.send_header("Date", format_datetime(said.astimezone(UTC), usegmt=True))
            if host in sites.age:
                self.send_header("Age", str(sites.age[host]))
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        sites.proxy = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield sites
        server.shutdown()


@dataclass
class Watcher:
    """An installation that watches the sites, with a clock that may be wrong."""

    folder: Path
    sites: DatedSites
    clock: Callable[[], datetime]

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def config_path(self) -> Path:
        return self.folder / "feedbuilder.toml"

    def write_config(self, feed: str = "") -> None:
        sources = "".join(
            f'[[source]]\nid = "{host.partition(".")[0]}"\nurl = "http://{host}/"\ntimezone = "UTC"\narticles = "off"\n'
            f'selectors = {{ item = "article", title = "h2", date = "time" }}\n'
            for host in self.sites.stories
        )
        self.config_path.write_text(
            f'[fetch]\nproxy = "{self.sites.proxy}"\nhost_gap = "0s"\n[store]\npath = "feedbuilder.db"\n'
            f'[site]\noutput = "output"\n{sources}'
            f'[[feed]]\nslug = "all"\ntitle = "All"\n{feed}\n',
            "utf-8",
        )

    def config(self) -> Config:
        return load(self.config_path, {})

    def open(self) -> Installation:
        return Installation.open(self.config(), self.clock)

    def build(self, *, force: bool = False) -> BuildReport:
        with self.open() as installation:
            return build(installation, installation.config.sources, force=force)
