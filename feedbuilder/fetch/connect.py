"""Opening a connection: which addresses a host has, which of them may be reached, and the first that answers.

Asks the guard about each before and after it connects; behind a proxy, which is the user's choice, nobody is judged
here. Knows nothing of what the connection is for.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from time import monotonic
from typing import Any, TypeAlias

from urllib3.connection import HTTPConnection

from feedbuilder.fetch.deadline import Deadline
from feedbuilder.fetch.guard import Guard, literal
from feedbuilder.fetch.socks import SocksProxy
from feedbuilder.model import FetchError

_AddressInfo: TypeAlias = tuple[socket.AddressFamily, socket.SocketKind, int, str, Any]


@dataclass(slots=True)
class Passage:
    """What a connection has to know of the request it serves, and the one thing it reports back."""

    guard: Guard
    deadline: Deadline
    connect_timeout: float
    """Seconds for all addresses of a host together."""
    socks: SocksProxy | None = None
    """What connects for us, if it is to be asked."""
    kept: bool = False
    """Whether the request went over a connection that had served another one before."""


def connect(connection: HTTPConnection, passage: Passage, seconds: float) -> socket.socket:
    """Return a socket connected to the first address of the host that answers and is not refused.

    Each address gets an equal share of what is left of `seconds`, so that a dead IPv6 route leaves time for IPv4. An
    address is judged before anything is sent to it, and the peer once more afterwards. A proxy is the user's choice
    and is not judged.
    """
    end = monotonic() + seconds
    socks = passage.socks
    # `host` lacks the final dot.
    host, port = (socks.host, socks.port) if socks else (connection._dns_host, connection.port)  # noqa: SLF001
    candidates = _resolve(host, port, seconds)
    guard = passage.guard if connection.proxy is None and socks is None else None
    failure: OSError | FetchError = OSError("the name has no address")
    for index, (family, kind, protocol, _, address) in enumerate(candidates):
        share = max((end - monotonic()) / (len(candidates) - index), 0.001)
        try:
            if guard:
                guard.check_address(connection.host, connection.port, address[0])
            return _open(connection, passage, guard, share, (family, kind, protocol, "", address))
        except (OSError, FetchError) as error:
            failure = error
    raise failure


def _open(
    connection: HTTPConnection, passage: Passage, guard: Guard | None, seconds: float, info: _AddressInfo
) -> socket.socket:
    family, kind, protocol, _, address = info
    line = socket.socket(family, kind, protocol)
    try:
        for option in connection.socket_options or ():
            line.setsockopt(*option)
        line.settimeout(seconds)
        line.connect(address)
        if guard:
            guard.check_address(connection.host, connection.port, line.getpeername()[0])
        passage.deadline.watch(line.fileno())
        if passage.socks:
            passage.socks.greet(line, connection.host, connection.port)
        line.settimeout(connection.timeout)  # for the TLS handshake; the request sets its own
    except BaseException:
        line.close()
        raise
    return line


def _resolve(host: str, port: int, seconds: float) -> Sequence[_AddressInfo]:
    """Return the addresses of `host`. Raises gaierror, UnicodeError for an impossible name, TimeoutError.

    The system's resolver knows no timeout, so it works in a thread that is left behind when it takes too long.
    """
    bare = host.strip("[]")
    if literal(bare) is not None:
        return socket.getaddrinfo(bare, port, type=socket.SOCK_STREAM)
    answer: Future[Sequence[_AddressInfo]] = Future()

    def ask() -> None:
        try:
            answer.set_result(socket.getaddrinfo(bare, port, type=socket.SOCK_STREAM))
        except Exception as error:  # noqa: BLE001 - carried over to the thread that waits
            answer.set_exception(error)

    threading.Thread(target=ask, name=f"resolve {bare}", daemon=True).start()
    return answer.result(timeout=seconds)
