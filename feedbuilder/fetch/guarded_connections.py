"""The connections behind all requests, and their pools: what is checked when one is made, and when it is given back.

Owns what hooks into urllib3. Knows nothing of requests. A connection learns which request it serves from a context
variable; without one it refuses to connect.
"""

from __future__ import annotations

import socket
from contextvars import ContextVar
from time import monotonic
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, ProxyError

from feedbuilder.fetch.connect import Passage, connect
from feedbuilder.fetch.deadline import Deadline
from feedbuilder.fetch.socks import SocksError

LONGEST_IDLE = 30.0
"""Seconds after which a kept connection is not used again: routers forget idle ones without telling either side, and
the next request would wait for its whole deadline."""
PASSAGE: ContextVar[Passage] = ContextVar("PASSAGE")
"""The request that connections serve in this thread: urllib3 offers no way to hand them anything."""


class _GuardedConnection(HTTPConnection):
    """A connection that asks the guard about its peer and shows its socket to the watchdog."""

    _asked = 0.0
    _deadline: Deadline | None = None
    """That of the request it serves."""

    def _new_conn(self) -> socket.socket:
        passage = PASSAGE.get()
        connect_timeout = min(passage.connect_timeout, passage.deadline.remaining())
        try:
            return connect(self, passage, connect_timeout)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except SocksError as error:
            raise ProxyError("the proxy made no connection", error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"connecting took longer than {connect_timeout} s") from error

    def request(self, *args: Any, **kwargs: Any) -> None:
        passage = PASSAGE.get()
        self._deadline = passage.deadline
        if self.sock is not None:
            passage.deadline.watch(self.sock.fileno())
            passage.kept = self._asked > 0
        self._asked = monotonic()
        super().request(*args, **kwargs)

    def leave(self) -> None:
        """Have served the request: its deadline concerns the next one no more."""
        if self._deadline is not None:
            self._deadline.leave()
            self._deadline = None

    @property
    def is_connected(self) -> bool:
        return monotonic() - self._asked < LONGEST_IDLE and super().is_connected


class _GuardedTLSConnection(_GuardedConnection, HTTPSConnection):
    """The same under TLS."""


class _LeavingPool(HTTPConnectionPool):
    """Takes a connection back only when its deadline has left it: the next request finds it there at once."""

    def _put_conn(self, conn: Any) -> None:
        if isinstance(conn, _GuardedConnection):
            conn.leave()
        super()._put_conn(conn)


class _GuardedPool(_LeavingPool):
    ConnectionCls = _GuardedConnection


class _GuardedTLSPool(_LeavingPool, HTTPSConnectionPool):
    ConnectionCls = _GuardedTLSConnection


POOL_CLASSES = {"http": _GuardedPool, "https": _GuardedTLSPool}
