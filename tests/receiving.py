"""A server on loopback that takes what is posted to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl


class Receiver(ThreadingHTTPServer):
    """Takes what is posted to it, and answers as it is told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.taken: list[dict[str, Any]] = []
        self.logins: list[str | None] = []
        self.status = 204
        self.is_dumb = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?channel=one"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver
    timeout = 5

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        is_form = self.headers["Content-Type"] == "application/x-www-form-urlencoded"
        body = dict(parse_qsl(sent.decode())) if is_form else json.loads(sent)
        self.server.taken.append({"path": self.path, **body})
        self.server.logins.append(self.headers["Authorization"])
        if self.server.is_dumb:
            self.rfile.read(1)  # until the other side hangs up
            return
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run a receiver during the block."""
    with Receiver() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()
