"""The greeting of a SOCKS proxy, version 5: pure bytes over a line that somebody else has opened (RFC 1928, RFC 1929).

The proxy resolves the name of the host, always: who asks by Tor does not want the name to be known here, and addresses
that only the proxy can resolve are often why there is one.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote, urlsplit

from feedbuilder.fetch.guard import literal

DEFAULT_PORT = 1080
_VERSION, _CONNECT = 5, 1
_OPEN, _BY_PASSWORD = 0, 2
_BY_ADDRESS4, _BY_NAME, _BY_ADDRESS6 = 1, 3, 4
_LONGEST = 255
"""Bytes of a name, of a user, of a password."""
_REFUSALS = {
    1: "it failed",
    2: "its rules forbid it",
    3: "the network cannot be reached from there",
    4: "the host cannot be reached from there",
    5: "the connection was refused there",
    6: "it took too long",
}


class SocksError(OSError):
    """The proxy did not make the connection; the message says why, and nothing that is a secret."""


@dataclass(frozen=True, slots=True)
class SocksProxy:
    """A proxy that is spoken to by SOCKS."""

    host: str
    port: int
    user: bytes = b""
    password: bytes = b""

    @classmethod
    def of(cls, proxy: str | None) -> Self | None:
        """Return the SOCKS proxy that an address means; None for another proxy, and for none."""
        if proxy is None or not proxy.lower().startswith("socks"):
            return None
        parts = urlsplit(proxy)
        user, password = (unquote(one or "").encode()[:_LONGEST] for one in (parts.username, parts.password))
        return cls(parts.hostname or "", parts.port or DEFAULT_PORT, user, password)

    def greet(self, line: socket.socket, host: str, port: int) -> None:
        """Have the proxy at the other end of `line` connect to `host`. Raises SocksError, OSError."""
        methods = bytes([_OPEN, _BY_PASSWORD] if self.user else [_OPEN])
        line.sendall(bytes([_VERSION, len(methods)]) + methods)
        version, method = _read(line, 2)
        if version != _VERSION:
            raise SocksError("it does not speak SOCKS 5")
        if method == _BY_PASSWORD and self.user:
            line.sendall(b"\1" + bytes([len(self.user)]) + self.user + bytes([len(self.password)]) + self.password)
            if _read(line, 2)[1] != 0:
                raise SocksError("it does not take the user and password")
        elif method != _OPEN:
            raise SocksError("it wants a login")
        line.sendall(bytes([_VERSION, _CONNECT, 0]) + _address(host) + port.to_bytes(2, "big"))
        _, reply, _, kind = _read(line, 4)
        if reply != 0:
            raise SocksError(_REFUSALS.get(reply, f"it answered {reply}"))
        length = {_BY_ADDRESS4: 4, _BY_ADDRESS6: 16}.get(kind)
        _read(line, (length if length is not None else _read(line, 1)[0]) + 2)


def _address(host: str) -> bytes:
    number = literal(host)
    if number is not None:
        return bytes([_BY_ADDRESS4 if number.version == 4 else _BY_ADDRESS6]) + number.packed
    name = host.encode("ascii", "replace")
    if len(name) > _LONGEST:
        raise SocksError("the name of the host is too long")
    return bytes([_BY_NAME, len(name)]) + name


def _read(line: socket.socket, length: int) -> bytes:
    data = b""
    while len(data) < length:
        piece = line.recv(length - len(data))
        if not piece:
            raise SocksError("it closed the connection")
        data += piece
    return data
