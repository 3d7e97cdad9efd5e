"""A web site on loopback that says exactly the bytes it is told to, as slowly as it is told to; and a clock."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.patience import PATIENCE

NOW = datetime(2026, 2, 6, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    """One request as it arrived; header names in small letters."""

    path: str
    headers: dict[str, str]
    method: str = "GET"
    body: bytes = b""


@dataclass
class Line:
    """The server's end of a connection."""

    socket: socket.socket
    site: Site

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def drip(self, data: bytes, every: float = 0.05) -> None:
        """Send one byte at a time for as long as anyone listens."""
        for byte in data:
            if self.site.stopped.wait(every):
                return
            self.send(bytes([byte]))

    def reset(self) -> None:
        """Break the connection off with a TCP reset."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.socket.close()


Reply = bytes | Callable[[Line], None]


@dataclass
class Site:
    """A server whose pages are bytes (said as they are, the connection stays open) or functions (then it closes)."""

    pages: dict[str, Reply] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    tls: ssl.SSLContext | None = None
    raw: Callable[[Line], None] | None = None
    """Instead of HTTP."""

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._lines: list[socket.socket] = []
        self.connections = 0
        self._threads[0].start()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def last(self, path: str) -> Asked:
        return next(asked for asked in reversed(self.asked) if asked.path == path)

    def stop(self) -> None:
        self.stopped.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in self._lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(PATIENCE)
            assert not thread.is_alive()

    def _accept(self) -> None:
        while not self.stopped.is_set():
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._lines.append(line)
            thread = threading.Thread(target=self._serve, args=(line,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, plain: socket.socket) -> None:
        line = plain
        try:
            line.settimeout(20)
            if self.raw:
                self.raw(Line(line, self))
                return
            if self.tls:
                line = self.tls.wrap_socket(plain, server_side=True)
                self._lines.append(line)
            while (asked := _read_request(line)) is not None:
                self.asked.append(asked)
                reply = self.pages.get(asked.path, answer("not here", status="404 Not Found"))
                if callable(reply):
                    reply(Line(line, self))
                    return
                line.sendall(reply)
        except OSError:
            pass  # the client went away, as the tests want it to
        finally:
            line.close()


def _read_request(line: socket.socket) -> Asked | None:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = line.recv(65536)
        if not piece:
            return None
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, value in (header.split(": ", 1) for header in rest)}
    while len(body) < int(headers.get("content-length", "0")):
        piece = line.recv(65536)
        if not piece:
            return None
        body += piece
    return Asked(first.split()[1], headers, first.split()[0], body)


def answer(body: str | bytes = "<p>news</p>", *headers: str, status: str = "200 OK") -> bytes:
    """Return a whole, proper answer."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(data)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + data


def redirect(location: str, status: str = "302 Found") -> bytes:
    return answer("moved", f"Location: {location}", status=status)


class FakeTime:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def clock(self) -> datetime:
        return NOW + timedelta(seconds=self.now)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def soon(condition: Callable[[], bool]) -> bool:
    """Return whether `condition` comes true within a generous while."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return False
