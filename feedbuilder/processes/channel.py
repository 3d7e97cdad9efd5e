"""The way between a pool and a worker: whole messages, in both directions.

`multiprocessing` has such a thing, which spawned workers use. Loading it takes 15 ms, which every `build` would pay, so
forked ones have their own.
"""

from __future__ import annotations

import select
import socket
import struct
from typing import Protocol

_LENGTH = struct.Struct("=Q")
_SMALL = 16_384
"""Bytes of a message that is sent together with its length."""


class Connection(Protocol):
    """One end of a way; `multiprocessing.connection.Connection` is one too."""

    def send_bytes(self, buf: bytes, /) -> None:
        """Send a message. Raises OSError if nobody is there."""
        ...

    def recv_bytes(self) -> bytes:
        """Return the next message; wait for it. Raises EOFError or OSError if nobody is there."""
        ...

    def poll(self, timeout: float = 0.0, /) -> bool:
        """Return whether there is a message, or nobody to send one, within so many seconds."""
        ...

    def close(self) -> None:
        """Close this end."""
        ...


class Channel:
    """A connection over a stream socket, which it owns."""

    def __init__(self, way: socket.socket) -> None:
        self._way = way

    def send_bytes(self, message: bytes, /) -> None:
        """Send a message. Raises OSError."""
        length = _LENGTH.pack(len(message))
        if len(message) <= _SMALL:
            self._way.sendall(length + message)
        else:
            self._way.sendall(length)
            self._way.sendall(message)

    def recv_bytes(self) -> bytes:
        """Return the next message. Raises EOFError, OSError."""
        return self._exactly(_LENGTH.unpack(self._exactly(_LENGTH.size))[0])

    def poll(self, timeout: float = 0.0, /) -> bool:
        """Return whether there is something to receive, the end included."""
        looking = select.poll()
        looking.register(self._way, select.POLLIN)
        return bool(looking.poll(timeout * 1000))

    def close(self) -> None:
        """Close this end."""
        self._way.close()

    def _exactly(self, size: int) -> bytes:
        data = self._way.recv(size, socket.MSG_WAITALL)
        while len(data) < size:  # a signal came in between, or the end
            more = self._way.recv(size - len(data), socket.MSG_WAITALL)
            if not more:
                raise EOFError
            data += more
        return data
