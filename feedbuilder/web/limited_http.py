"""HTTP connections with limits: how many there may be, and how long each may keep us waiting.

uvicorn waits for the head of a request as long as a client likes; a thousand idle connections would take every file
descriptor of the process, and then no page can be read any more. Knows nothing of what is served.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

MOST_CONNECTIONS = 128
"""Connections at a time; for one more, the one that is idle longest goes. A browser opens six, a reader one or two."""
BACKLOG = 64
"""Connections that are taken up at a time, before any of them is looked at; each needs a file descriptor."""
PATIENCE = 15.0
"""Seconds between two looks at a connection: within them, a new request has to come whole, or an answer be taken."""

_LOG = logging.getLogger("uvicorn.error.clients")
_LOG.setLevel(logging.ERROR)  # what clients send wrongly is no event of ours, and would fill the log


class LimitedServer(uvicorn.Server):
    """A server that says once a minute, in one line, that the system lets it take up no more connections."""

    _said = -60.0

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until it is stopped."""
        asyncio.get_running_loop().set_exception_handler(self._tell)
        await super().serve(sockets)

    def _tell(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        if not str(context.get("message")).startswith("socket.accept()"):
            loop.default_exception_handler(context)
        elif time.monotonic() - self._said >= 60:
            self._said = time.monotonic()
            logging.getLogger("uvicorn.error").warning("no more connections are taken up: %s", context.get("exception"))


class LimitedProtocol(H11Protocol):
    """One connection. It is closed when nothing was asked, or nothing taken of an answer, between two looks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.logger = _LOG
        self._look: asyncio.TimerHandle | None = None
        self.busy_at = 0.0
        """When something last came from the client, by the clock of the loop."""
        self._seen: tuple[object, int] = (None, 0)
        """At the last look: the request, and how many bytes of its answer were still to be sent."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Take up a connection, or refuse it where there are too many."""
        super().connection_made(transport)
        self.busy_at = self.loop.time()
        if len(self.connections) > MOST_CONNECTIONS:
            self._make_room()
        self._look = self.loop.call_later(PATIENCE, self._look_again)

    def data_received(self, data: bytes) -> None:
        """Take what the client sends."""
        self.busy_at = self.loop.time()
        super().data_received(data)

    def _make_room(self) -> None:
        """Close the connection that is idle longest; where none is, this one."""
        others = [one for one in self.connections if isinstance(one, LimitedProtocol) and one is not self]
        idle = [one for one in others if one.is_idle and not one.transport.is_closing()]
        min(idle, key=lambda one: one.busy_at, default=self).transport.abort()

    @property
    def is_idle(self) -> bool:
        """Return whether no request is being answered."""
        cycle: Any = self.cycle  # None before the first request
        return cycle is None or bool(cycle.response_complete)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        if self._look is not None:
            self._look.cancel()
        super().connection_lost(exc)

    def _look_again(self) -> None:
        waiting = self.transport.get_write_buffer_size()
        seen = (self.cycle, waiting)
        is_answering = not self.is_idle and not waiting
        if seen == self._seen and not is_answering:
            self.transport.abort()
            return
        self._seen = seen
        self._look = self.loop.call_later(PATIENCE, self._look_again)
