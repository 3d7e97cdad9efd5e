"""The one session behind all requests: pools, connections, and what is checked at the moment of connecting.

Owns everything that hooks into requests and urllib3. Knows the guard and the deadline; knows nothing of robots.txt,
politeness, redirects or what an answer means. A connection learns which request it serves from a context variable,
because urllib3 offers no way to hand it anything; without one it refuses to connect.
"""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
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
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, ProtocolError, ProxyError
from urllib3.util.ssl_ import create_urllib3_context

from feedbuilder.fetch.access import Certificate
from feedbuilder.fetch.connect import Passage, connect
from feedbuilder.fetch.deadline import Deadline
from feedbuilder.fetch.guard import Guard
from feedbuilder.fetch.socks import SocksError, SocksProxy
from feedbuilder.model import FetchSettings

POOLS = 256
CONNECTIONS_PER_POOL = 32
_AS_IT_IS = re.compile(
    r"https?://(?=[a-z0-9])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,20}(?::[1-9][0-9]{0,4})?"
    r"(?=/)(?:/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*/?(?:\?[A-Za-z0-9_.~=&-]+)?"
)
"""An address in which nothing is to be quoted, folded or left out before it is asked for."""
LONGEST_IDLE = 30.0
"""Seconds after which a kept connection is not used again: routers forget idle ones without telling either side, and
the next request would wait for its whole deadline."""


_passage: ContextVar[Passage] = ContextVar("_passage")


class _GuardedConnection(HTTPConnection):
    """A connection that asks the guard about its peer and shows its socket to the watchdog."""

    _asked = 0.0
    _deadline: Deadline | None = None
    """That of the request it serves."""

    def _new_conn(self) -> socket.socket:
        passage = _passage.get()
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
        passage = _passage.get()
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


_POOL_CLASSES = {"http": _GuardedPool, "https": _GuardedTLSPool}


@dataclass(frozen=True, slots=True)
class Content:
    """What is posted."""

    body: bytes
    kind: str
    """Its media type."""
    is_repeatable: bool = True
    """Whether it may be sent again where the connection broke: what only asks may, what changes something may not."""


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
        if SocksProxy.of(proxy) is not None:  # our connections speak to it themselves; its pools are its own
            if proxy not in self.proxy_manager:
                self.proxy_manager[proxy] = PoolManager(POOLS, maxsize=CONNECTIONS_PER_POOL, ssl_context=tls)
                self.proxy_manager[proxy].pool_classes_by_scheme = _POOL_CLASSES
            return self.proxy_manager[proxy]
        manager = super().proxy_manager_for(proxy, **proxy_kwargs, ssl_context=tls, proxy_ssl_context=tls)
        manager.pool_classes_by_scheme = _POOL_CLASSES
        return manager

    def cert_verify(self, *args: Any, **kwargs: Any) -> None:
        """Do nothing: the context demands certificates already.

        requests would load all authorities anew for every connection, which costs more than the rest of a fetch.
        """


def tls_context(bundle: Path | None = None, certificate: Certificate | None = None) -> ssl.SSLContext:
    """Return a context that trusts the public authorities, and those in `bundle` (a file or a folder) besides.

    Besides, not instead: who watches a page on the intranet watches pages outside as well. It shows `certificate` to
    whoever asks. Raises OSError.
    """
    context = create_urllib3_context()
    context.load_verify_locations(cafile=DEFAULT_CA_BUNDLE_PATH)
    if bundle:
        context.load_verify_locations(**{"capath" if bundle.is_dir() else "cafile": str(bundle)})
    if certificate:
        # A key that wants a passphrase would be asked for on the terminal, which a service has not.
        context.load_cert_chain(*certificate, password=lambda: "")
    return context


public_tls_context = cache(tls_context)
"""Loading the public authorities takes longer than fetching a page; all sessions without a bundle share them."""


class GuardedSession(requests.Session):
    """A session without an environment, without cookies and without redirects of its own. Safe in several threads.

    It shows `certificate` to the sites that ask for one. Raises OSError (ssl.SSLError is one) if that, or the settings'
    ca_bundle, cannot be read.
    """

    def __init__(self, settings: FetchSettings, guard: Guard, certificate: Certificate | None = None) -> None:
        super().__init__()
        self._guard = guard
        self._connect_timeout = settings.connect_timeout.total_seconds()
        self.trust_env = False
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        own = tls_context(settings.ca_bundle, certificate) if settings.ca_bundle or certificate else None
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

    def ask(
        self,
        url: str,
        headers: Mapping[str, str],
        deadline: Deadline,
        proxy: str | None,
        content: Content | None,
        *,
        only_head: bool = False,
    ) -> requests.Response:
        """Send a GET, a HEAD, or a POST of `content`; return the answer once its headers are there, its body unread.

        To be called while `deadline` is running. Raises FetchError for a refused address, DeadlineError when the time
        is spent, and whatever requests and urllib3 raise.
        """
        if content is None:
            request = prepared("HEAD" if only_head else "GET", url, headers)
        else:
            posted = {**headers, "Content-Type": content.kind}
            request = requests.Request("POST", url, headers=posted, data=content.body).prepare()
        while True:
            passage = Passage(self._guard, deadline, self._connect_timeout, SocksProxy.of(proxy))
            try:
                return self._send_over(passage, request, {"http": proxy, "https": proxy} if proxy else {})
            except requests.ConnectionError as error:
                is_repeatable = content is None or content.is_repeatable
                if not (is_repeatable and passage.kept and _hung_up(error)):
                    raise  # every kept connection that fails is dropped, so that the pool runs out of them

    def _send_over(
        self, passage: Passage, request: requests.PreparedRequest, proxies: dict[str, str]
    ) -> requests.Response:
        left = passage.deadline.remaining()
        token = _passage.set(passage)
        try:
            return self.send(
                request,
                stream=True,
                allow_redirects=False,
                timeout=(min(self._connect_timeout, left), left),
                verify=True,
                proxies=proxies,
            )
        finally:
            _passage.reset(token)


def prepared(method: str, url: str, headers: Mapping[str, str]) -> requests.PreparedRequest:
    """Return what `requests.Request(method, url, headers=headers).prepare()` does.

    Reading an address, to write it as it stands there already, is a twentieth of a poll that is answered 304.
    """
    if not _AS_IT_IS.fullmatch(url):
        return requests.Request(method, url, headers=headers).prepare()
    request = requests.PreparedRequest()
    request.method, request.url = method, url
    request.prepare_headers(headers)
    return request


def _hung_up(error: requests.ConnectionError) -> bool:
    """Return whether the other side closed the connection before it answered.

    It may close a kept one at any moment, also while a request is on its way; what may be sent twice is then sent again
    over a new one (RFC 9112, 9.3.1).
    """
    beneath = error.args[0] if error.args else None
    return isinstance(beneath, ProtocolError) and any(isinstance(cause, ConnectionError) for cause in beneath.args)
