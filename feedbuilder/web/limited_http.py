"""HTTP connections with limits: how many there may be, and how long each may keep us waiting.

uvicorn waits for the head of a request as long as a client likes; a thousand idle connections would take every file
descriptor of the process, and then no page can be read any more. Knows nothing of what is served.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST_CONNECTIONS = 128
"""Connections at a time; one more is closed at once. A browser opens six, a reader one or two."""
PATIENCE = 15.0
"""Seconds between two looks at a connection: within them, a new request has to come whole, or an answer be taken."""

_LOG = logging.getLogger("uvicorn.error.clients")
_LOG.setLevel(logging.ERROR)  # what clients send wrongly is no event of ours, and would fill the log


class LimitedProtocol(H11Protocol):
    """One connection. It is closed when nothing was asked, or nothing taken of an answer, between two looks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.logger = _LOG
        self._look: asyncio.TimerHandle | None = None
        self._seen: tuple[object, int] = (None, 0)
        """At the last look: the request, and how many bytes of its answer were still to be sent."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Take up a connection, or refuse it where there are too many."""
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.abort()
            return
        self._look = self.loop.call_later(PATIENCE, self._look_again)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        if self._look is not None:
            self._look.cancel()
        super().connection_lost(exc)

    def _look_again(self) -> None:
        waiting = self.transport.get_write_buffer_size()
        cycle: Any = self.cycle  # None before the first request
        seen = (cycle, waiting)
        is_answering = cycle is not None and not cycle.response_complete and not waiting
        if seen == self._seen and not is_answering:
            self.transport.abort()
            return
        self._seen = seen
        self._look = self.loop.call_later(PATIENCE, self._look_again)
