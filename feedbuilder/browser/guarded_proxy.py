"""A forwarding proxy on the loopback interface, for one page in the browser: all that it loads goes through the guard.

Owns the one place where a request of a page becomes a connection. The browser resolves no name and connects to nothing
else, so that every address is judged here before a byte is sent to it: a name that resolves differently the second time
(DNS rebinding) gains nothing. Knows nothing of pages; what is encrypted passes as it is.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from base64 import b64encode
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self, TypeAlias
from urllib.parse import unquote, urlsplit

from feedbuilder.fetch.guard import Guard, normal_host
from feedbuilder.fetch.socks import SocksError, SocksProxy
from feedbuilder.model import FetchError, PrivateAddressError

_CHUNK = 65_536
_LONGEST_HEAD = 262_144
_HOP_BY_HOP = frozenset(("connection", "proxy-connection", "keep-alive", "proxy-authorization", "te", "upgrade"))
"""What a header says about one connection only (RFC 9110 §7.6.1); each of ours serves one request."""
_END = b"\r\n\r\n"

_AddressInfo: TypeAlias = tuple[int, int, int, str, Any]
Resolve = Callable[[str, int], Awaitable[Sequence[_AddressInfo]]]


async def system_resolver(host: str, port: int) -> Sequence[_AddressInfo]:
    """Return the addresses of `host`, as the system knows them. Raises OSError, UnicodeError."""
    return await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)


class _RefusedError(Exception):
    """What a page asked for cannot be had; why stands in `failures`."""


@dataclass
class GuardedProxy:
    """Forwards what one page asks for, while its block lasts; `port` says where. Belongs to one event loop."""

    guard: Guard
    connect_timeout: float
    """Seconds for all addresses of a host together."""
    most_bytes: int
    """How much may come and go in all."""
    upstream: str | None = None
    """The address of a proxy through which everything goes; it then has to judge addresses itself."""
    resolve: Resolve = system_resolver
    failures: dict[str, Exception] = field(default_factory=dict)
    """Why the hosts that were asked for last could not be connected to, by host."""
    refused: set[str] = field(default_factory=set)
    """The hosts that nobody was connected to, because their addresses are private."""
    is_spent: bool = False
    """Whether the page loaded more than `most_bytes`."""
    _passed: int = 0
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def port(self) -> int:
        """Return the port on 127.0.0.1 at which it listens."""
        assert self._server is not None, "it listens while its block lasts"
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._begin, "127.0.0.1", 0, limit=_LONGEST_HEAD)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _begin(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self._serve(reader, writer)
        except (_RefusedError, OSError, EOFError, ValueError, asyncio.LimitOverrunError):
            pass  # a page meets many hosts that are down; what the page itself meets is looked up in `failures`
        except asyncio.CancelledError:
            pass  # the page is over
        finally:
            self._tasks.discard(task)
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(_END)
        method, target, _ = head[: head.index(b"\r\n")].decode("latin-1").split(" ")
        if method == "CONNECT":
            parts = urlsplit(f"//{target}")
            there = await self._reach(parts.hostname or "", parts.port or 443, tunnels=True)
            try:
                writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
                await _both(self._copy(reader, there[1]), self._deliver(there[0], writer))
            finally:
                there[1].transport.abort()
            return
        parts = urlsplit(target)
        if parts.scheme != "http":
            return
        there = await self._reach(parts.hostname or "", parts.port or 80, tunnels=False)
        try:
            asks_proxy = self.upstream is not None and self._socks is None
            path = target if asks_proxy else (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            own = self._upstream_login() if asks_proxy else ()
            there[1].write(_rewritten(head, f"{method} {path} HTTP/1.1", own))
            await _both(self._copy_request(head, reader, there[1]), self._copy_answer(there[0], writer))
        finally:
            there[1].transport.abort()

    async def _copy_request(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Send the body of one request on, and nothing of a further one, which may be for another host."""
        left = _length_of(head)
        while left > 0 and (data := await reader.read(min(_CHUNK, left))):
            self._count(data)
            left -= len(data)
            writer.write(data)
            await writer.drain()
        while await reader.read(_CHUNK):  # until the browser hangs up
            pass

    async def _copy_answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = await reader.readuntil(_END)
            if not head.startswith((b"HTTP/1.1 1", b"HTTP/1.0 1")):
                break
        writer.write(_rewritten(head, head[: head.index(b"\r\n")].decode("latin-1"), ()))
        await self._deliver(reader, writer)

    async def _deliver(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Send to the browser what a site answers, to its end."""
        await self._copy(reader, writer)
        writer.close()
        await writer.wait_closed()

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(_CHUNK):
            self._count(data)
            writer.write(data)
            await writer.drain()

    def _count(self, data: bytes) -> None:
        self._passed += len(data)
        if self._passed > self.most_bytes:
            self.is_spent = True
            raise _RefusedError

    async def _reach(self, host: str, port: int, *, tunnels: bool) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Return a connection over which `host` can be asked. Raises _RefusedError where there is none."""
        if self.is_spent:
            raise _RefusedError
        try:
            async with asyncio.timeout(self.connect_timeout):
                if self.upstream:
                    self.guard.check_name(host, port)
                    if self._socks is not None:
                        return await self._through_socks(self._socks, host, port)
                    return await self._through_upstream(host, port, tunnels=tunnels)
                return await self._connect(host, port)
        except (OSError, UnicodeError, FetchError, ValueError, EOFError) as error:
            self.failures[normal_host(host)] = error if isinstance(error, FetchError) else self._explained(error, host)
            if isinstance(error, PrivateAddressError):
                self.refused.add(normal_host(host))
            raise _RefusedError from error

    def _explained(self, error: Exception, host: str) -> Exception:
        """Return what happened: behind a proxy it is that one which is down, and no site."""
        if self.upstream is None:
            return error
        said = f" ({error})" if isinstance(error, SocksError) else ""
        return FetchError(
            f"The proxy {urlsplit(self.upstream).hostname} did not help to reach {host}{said}. Check proxy under "
            "[fetch], and that the proxy is up."
        )

    async def _connect(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Return a connection to the first address that answers and is not refused; the peer is judged once more.

        Each address gets an equal share of the time, so that a dead IPv6 route leaves some for IPv4.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + self.connect_timeout
        failure: Exception = OSError("the name has no address")
        candidates = await self.resolve(host, port)
        for index, (family, kind, protocol, _, address) in enumerate(candidates):
            line = socket.socket(family, kind, protocol)
            try:
                self.guard.check_address(host, port, address[0])
                line.setblocking(False)
                async with asyncio.timeout((end - loop.time()) / (len(candidates) - index)):
                    await loop.sock_connect(line, address)
                self.guard.check_address(host, port, line.getpeername()[0])
                return await asyncio.open_connection(sock=line, limit=_LONGEST_HEAD)
            except (OSError, FetchError) as error:
                line.close()
                failure = error
            except BaseException:
                line.close()
                raise
        raise failure

    async def _through_socks(
        self, socks: SocksProxy, host: str, port: int
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Return a connection to `host` that a SOCKS proxy makes, greeted beside the loop."""
        line = await asyncio.to_thread(socket.create_connection, (socks.host, socks.port), self.connect_timeout)
        try:
            await asyncio.to_thread(socks.greet, line, host, port)
            line.setblocking(False)
            return await asyncio.open_connection(sock=line, limit=_LONGEST_HEAD)
        except BaseException:
            line.close()
            raise

    @property
    def _socks(self) -> SocksProxy | None:
        return SocksProxy.of(self.upstream)

    async def _through_upstream(
        self, host: str, port: int, *, tunnels: bool
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        parts = urlsplit(self.upstream or "")
        reader, writer = await asyncio.open_connection(
            parts.hostname,
            parts.port or (443 if parts.scheme == "https" else 80),
            ssl=parts.scheme == "https" or None,
            limit=_LONGEST_HEAD,
        )
        if tunnels:
            name = f"[{host}]" if ":" in host else host
            lines = (f"CONNECT {name}:{port} HTTP/1.1", f"Host: {name}:{port}", *self._upstream_login())
            writer.write("\r\n".join((*lines, "", "")).encode("latin-1"))
            answer = await reader.readuntil(_END)
            if answer.split(b" ", 2)[1:2] != [b"200"]:
                writer.transport.abort()
                raise OSError("the proxy did not help")
        return reader, writer

    def _upstream_login(self) -> tuple[str, ...]:
        parts = urlsplit(self.upstream or "")
        if parts.username is None:
            return ()
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        return (f"Proxy-Authorization: Basic {b64encode(pair.encode()).decode('ascii')}",)


def _rewritten(head: bytes, first: str, more: Sequence[str]) -> bytes:
    """Return the head of a message with another first line, and without what holds for its own connection only."""
    lines = head.decode("latin-1").split("\r\n")[1:-2]
    kept = (line for line in lines if line.partition(":")[0].strip().lower() not in _HOP_BY_HOP)
    return "\r\n".join((first, *kept, *more, "Connection: close", "", "")).encode("latin-1")


def _length_of(head: bytes) -> int:
    """Return how many bytes of body follow. Raises ValueError for a body whose length is not said."""
    length = 0
    for line in head.decode("latin-1").split("\r\n")[1:]:
        name, _, value = line.partition(":")
        if name.strip().lower() == "transfer-encoding":
            raise ValueError("a request without a length")
        if name.strip().lower() == "content-length":
            length = int(value)
    return length


async def _both(sending: Awaitable[None], receiving: Awaitable[None]) -> None:
    """Run both directions until one of them ends."""
    tasks = [asyncio.ensure_future(sending), asyncio.ensure_future(receiving)]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)
