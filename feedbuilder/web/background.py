"""A web server that runs in a thread of its own for as long as a block lasts.

Owns the one place where uvicorn is set up. Knows nothing of what the application serves.
"""

from __future__ import annotations

import socket
import threading
import time
from types import TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp

from feedbuilder.model import FeedbuilderError
from feedbuilder.web.limited_http import BACKLOG, LimitedProtocol, LimitedServer

SHUTDOWN_SECONDS = 3
"""How long requests in progress may take to finish when the server stops."""
START_SECONDS = 30
"""How long the server may take to come up, on a machine with much else to do."""


class Background:
    """A running server: `with Background(app, host, port) as server: ...` serves `app` at `server.url`.

    The socket is bound when the object is made, so `port` 0 picks a free one and `url` is right at once. Raises
    FeedbuilderError if the address cannot be had.
    """

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        self._socket = _bind(host, port)
        self.host = host
        self.port: int = self._socket.getsockname()[1]
        config = uvicorn.Config(
            app,
            http=LimitedProtocol,
            backlog=BACKLOG,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        )
        self._server = LimitedServer(config)
        # A daemon: should the block be left in a way that skips our stop, the process can still end.
        self._thread = threading.Thread(target=self._serve, name=f"web-{self.port}", daemon=True)

    @property
    def url(self) -> str:
        """Return the address of the server, without a trailing slash: "http://127.0.0.1:8766"."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        limit = time.monotonic() + START_SECONDS
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > limit:
                self.stop()
                raise FeedbuilderError(f"the server at {self.url} did not start")
            time.sleep(0.005)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Let requests in progress finish, close everything and wait for that. Stopping twice does no harm."""
        self._server.should_exit = True
        if self._thread.ident is not None:
            self._thread.join(SHUTDOWN_SECONDS + START_SECONDS)
        self._socket.close()

    def _serve(self) -> None:
        self._server.run(sockets=[self._socket])


def _bind(host: str, port: int) -> socket.socket:
    if not 0 <= port <= 65_535:
        raise FeedbuilderError(f"cannot listen on port {port}: ports are numbers from 0 to 65535")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        raise FeedbuilderError(
            f"cannot listen on {host} port {port}: {error.strerror or error}. Another program may be using it; "
            "stop that one, or choose another port"
        ) from error
