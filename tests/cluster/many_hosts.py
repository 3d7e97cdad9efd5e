"""Sites on many loopback hosts, with their own record of what they published and how they were asked."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

_WORDS = (
    "harbour bridge council tram storm coast school meals museum paintings bakery award hospital wing river levels "
    "theatre premiere library telescopes market garden station platform orchestra season bicycle lanes forest fire "
    "winter shelter ferry timetable mayor budget stadium roof swimming pool festival lights airport runway"
)
SHOWN = 12
"""How many stories a page shows, the newest first."""


STORIES = "/stories/"


def told_by(path: str) -> str:
    """Return what the page of a story says besides its title."""
    return f"All that is known of {path.removeprefix(STORIES).replace('-', ' ')} has been said at the town hall. " * 8


def story_page(path: str) -> bytes:
    """Return the page of the story at `path`."""
    words = path.removeprefix(STORIES).replace("-", " ").capitalize()
    return f"<!doctype html><title>{words}</title><main><h1>{words}</h1><p>{told_by(path)}</p></main>".encode()


@dataclass
class ManyHosts:
    """`hosts` addresses, each with pages of its own; `gap` is the pause that it wants between two requests."""

    hosts: int
    gap: float
    port: int = 0
    stories: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """What each page has published, oldest first: address and title."""
    offences: list[str] = field(default_factory=list)
    """Requests that came at once with another one to the host, or sooner than its gap."""
    requests: int = 0
    readings: Counter[str] = field(default_factory=Counter)
    """How often each page was asked for."""
    _busy: set[str] = field(default_factory=set)
    _ended: dict[str, float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _chance: random.Random = field(default_factory=lambda: random.Random(20261127))

    @property
    def names(self) -> list[str]:
        return [f"127.0.{1 + number // 200}.{1 + number % 200}" for number in range(self.hosts)]

    def page(self, number: int) -> str:
        """Return the address of a page."""
        return f"http://{self.names[number % self.hosts]}:{self.port}/page-{number}"

    def publish(self, number: int) -> None:
        """Add a story to a page."""
        told = self.stories.setdefault(f"/page-{number}", [])
        words = " ".join(self._chance.sample(_WORDS.split(), 6))
        told.append((f"{STORIES}{words.replace(' ', '-')}", words.capitalize()))

    def links(self, number: int) -> list[str]:
        """Return the addresses of all stories that a page has ever published."""
        told = self.stories[f"/page-{number}"]
        return [f"http://{self.names[number % self.hosts]}:{self.port}{path}" for path, _ in told]

    def answer(self, host: str, path: str) -> bytes | None:
        """Return what stands at `path`; None for nothing."""
        self._begin(host, path)
        try:
            time.sleep(0.02)  # what goes on at once is seen
            if path.startswith(STORIES):
                return story_page(path)
            told = self.stories.get(path)
            if told is None:
                return None
            cards = "".join(
                f'<article><h2><a href="{link}">{title}</a></h2></article>' for link, title in reversed(told[-SHOWN:])
            )
            return f"<!doctype html><title>News {path}</title><main>{cards}</main>".encode()
        finally:
            with self._lock:
                self._busy.discard(host)
                self._ended[host] = time.monotonic()

    def _begin(self, host: str, path: str) -> None:
        with self._lock:
            now = time.monotonic()
            self.requests += 1
            self.readings[path] += 1
            if host in self._busy:
                self.offences.append(f"{host}{path} while another request went on")
            elif now - self._ended.get(host, -1e9) < self.gap:
                self.offences.append(f"{host}{path} {now - self._ended[host]:.3f} s after the last one")
            self._busy.add(host)


@contextmanager
def serving(sites: ManyHosts) -> Iterator[ManyHosts]:
    """Serve `sites` during the block."""

    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            body = sites.answer(self.headers["Host"].partition(":")[0], self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

    with Server(("0.0.0.0", 0), Handler) as server:
        sites.port = server.server_port
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield sites
        server.shutdown()
