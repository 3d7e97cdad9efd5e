"""The one session behind all requests: pools, connections, and what is checked at the moment of connecting.

Owns everything that hooks into requests and urllib3. Knows the guard and the deadline; knows nothing of robots.txt,
politeness, redirects or what an answer means. A connection learns which request it serves from a context variable,
because urllib3 offers no way to hand it anything; without one it refuses to connect.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from time import monotonic
from typing import Any, TypeAlias

import requests
from requests.adapters import HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, ProtocolError
from urllib3.util.ssl_ import create_urllib3_context

from feedbuilder.fetch.deadline import Deadline
from feedbuilder.fetch.guard import Guard, literal
from feedbuilder.model import FetchError, FetchSettings

POOLS = 256
CONNECTIONS_PER_POOL = 32
LONGEST_IDLE = 30.0
"""Seconds after which a kept connection is not used again: routers forget idle ones without telling either side, and
the next request would wait for its whole deadline."""

_AddressInfo: TypeAlias = tuple[socket.AddressFamily, socket.SocketKind, int, str, Any]


@dataclass(slots=True)
class _Passage:
    """What a connection has to know of the request it serves, and the one thing it reports back."""

    guard: Guard
    deadline: Deadline
    connect_timeout: float
    """Seconds for all addresses of a host together."""
    kept: bool = False
    """Whether the request went over a connection that had served another one before."""


_passage: ContextVar[_Passage] = ContextVar("_passage")


class _GuardedConnection(HTTPConnection):
    """A connection that asks the guard about its peer and shows its socket to the watchdog."""

    _asked = 0.0

    def _new_conn(self) -> socket.socket:
        passage = _passage.get()
        connect_timeout = min(passage.connect_timeout, passage.deadline.remaining())
        try:
            return _connect(self, passage, connect_timeout)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"connecting took longer than {connect_timeout} s") from error

    def request(self, *args: Any, **kwargs: Any) -> None:
        if self.sock is not None:
            passage = _passage.get()
            passage.deadline.watch(self.sock.fileno())
            passage.kept = self._asked > 0
        self._asked = monotonic()
        super().request(*args, **kwargs)

    @property
    def is_connected(self) -> bool:
        return monotonic() - self._asked < LONGEST_IDLE and super().is_connected


class _GuardedTLSConnection(_GuardedConnection, HTTPSConnection):
    """The same under TLS."""


class _GuardedPool(HTTPConnectionPool):
    ConnectionCls = _GuardedConnection


class _GuardedTLSPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedTLSConnection


_POOL_CLASSES = {"http": _GuardedPool, "https": _GuardedTLSPool}


_Tls: TypeAlias = Callable[[], ssl.SSLContext]


class _GuardedAdapter(HTTPAdapter):
    """Makes requests use our connections and one TLS context, to a site and to a proxy alike."""

    def __init__(self, tls: _Tls, *, serves_tls: bool) -> None:
        self._tls = tls
        self._serves_tls = serves_tls
        super().__init__(pool_connections=POOLS, pool_maxsize=CONNECTIONS_PER_POOL)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        if self._serves_tls:
            kwargs["ssl_context"] = self._tls()
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOL_CLASSES

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> Any:
        tls = self._tls()
        manager = super().proxy_manager_for(proxy, **proxy_kwargs, ssl_context=tls, proxy_ssl_context=tls)
        manager.pool_classes_by_scheme = _POOL_CLASSES
        return manager

    def cert_verify(self, *args: Any, **kwargs: Any) -> None:
        """Do nothing: the context demands certificates already.

        requests would load all authorities anew for every connection, which costs more than the rest of a fetch.
        """


def tls_context(bundle: Path | None = None) -> ssl.SSLContext:
    """Return a context that trusts the public authorities, and those in `bundle` (a file or a folder) besides.

    Besides, not instead: who watches a page on the intranet watches pages outside as well. Raises OSError.
    """
    context = create_urllib3_context()
    context.load_verify_locations(cafile=DEFAULT_CA_BUNDLE_PATH)
    if bundle:
        context.load_verify_locations(**{"capath" if bundle.is_dir() else "cafile": str(bundle)})
    return context


public_tls_context = cache(tls_context)
"""Loading the public authorities takes longer than fetching a page; all sessions without a bundle share them."""


class GuardedSession(requests.Session):
    """A session without an environment, without cookies and without redirects of its own. Safe in several threads.

    Raises OSError (ssl.SSLError is one) if the settings' ca_bundle cannot be read.
    """

    def __init__(self, settings: FetchSettings, guard: Guard) -> None:
        super().__init__()
        self._guard = guard
        self._connect_timeout = settings.connect_timeout.total_seconds()
        self._proxies = {"http": settings.proxy, "https": settings.proxy} if settings.proxy else {}
        self.trust_env = False
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        own = tls_context(settings.ca_bundle) if settings.ca_bundle else None
        self._tls: _Tls = (lambda: own) if own else public_tls_context
        self._mounting = threading.Lock()
        self.adapters.clear()
        self.mount("http://", _GuardedAdapter(self._tls, serves_tls=False))

    def get_adapter(self, url: str) -> Any:
        """Return what sends a request to `url`; the authorities are loaded for the first one that needs them."""
        if url[:8].lower() == "https://":
            with self._mounting:
                if "https://" not in self.adapters:
                    self.mount("https://", _GuardedAdapter(self._tls, serves_tls=True))
        return super().get_adapter(url)

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Return None: redirects are followed by hand. Session.send would read a redirect's body without any limit."""

    def ask(self, url: str, headers: Mapping[str, str], deadline: Deadline) -> requests.Response:
        """Send a GET and return the answer as soon as its headers are there; the body is unread.

        To be called while `deadline` is running. Raises FetchError for a refused address, DeadlineError when the time
        is spent, and whatever requests and urllib3 raise.
        """
        request = requests.Request("GET", url, headers=headers).prepare()
        while True:
            passage = _Passage(self._guard, deadline, self._connect_timeout)
            try:
                return self._send_over(passage, request)
            except requests.ConnectionError as error:
                if not (passage.kept and _hung_up(error)):
                    raise  # every kept connection that fails is dropped, so that the pool runs out of them

    def _send_over(self, passage: _Passage, request: requests.PreparedRequest) -> requests.Response:
        left = passage.deadline.remaining()
        token = _passage.set(passage)
        try:
            return self.send(
                request,
                stream=True,
                allow_redirects=False,
                timeout=(min(self._connect_timeout, left), left),
                verify=True,
                proxies=self._proxies,
            )
        finally:
            _passage.reset(token)


def _hung_up(error: requests.ConnectionError) -> bool:
    """Return whether the other side closed the connection before it answered.

    It may close a kept one at any moment, also while a request is on its way; a GET is then sent again over a new one
    (RFC 9112, 9.3.1).
    """
    beneath = error.args[0] if error.args else None
    return isinstance(beneath, ProtocolError) and any(isinstance(cause, ConnectionError) for cause in beneath.args)


def _connect(connection: HTTPConnection, passage: _Passage, seconds: float) -> socket.socket:
    """Return a socket connected to the first address of the host that answers and is not refused.

    Each address gets an equal share of what is left of `seconds`, so that a dead IPv6 route leaves time for IPv4. An
    address is judged before anything is sent to it, and the peer once more afterwards. A proxy is the user's choice
    and is not judged.
    """
    end = monotonic() + seconds
    candidates = _resolve(connection._dns_host, connection.port, seconds)  # noqa: SLF001 - `host` lacks the final dot
    guard = passage.guard if connection.proxy is None else None
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
    connection: HTTPConnection, passage: _Passage, guard: Guard | None, seconds: float, info: _AddressInfo
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
        line.settimeout(connection.timeout)  # for the TLS handshake; the request sets its own
        passage.deadline.watch(line.fileno())
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
