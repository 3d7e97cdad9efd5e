"""The one session behind all requests: what is asked for, by which pool, and what is trusted.

Owns what hooks into requests. Knows the guard and the deadline; knows nothing of robots.txt, politeness, redirects or
what an answer means.
"""

from __future__ import annotations

import re
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias, cast
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3 import PoolManager
from urllib3.exceptions import ProtocolError
from urllib3.util.ssl_ import create_urllib3_context

from feedbuilder.fetch.access import Certificate
from feedbuilder.fetch.connect import Passage
from feedbuilder.fetch.deadline import Deadline
from feedbuilder.fetch.guard import Guard
from feedbuilder.fetch.guarded_connections import PASSAGE, POOL_CLASSES
from feedbuilder.fetch.socks import SocksProxy
from feedbuilder.model import FetchSettings

POOLS = 256
CONNECTIONS_PER_POOL = 32
_AS_IT_IS = re.compile(
    r"https?://(?=[a-z0-9])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,20}(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}))?"
    r"(?=/)(?:/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*/?(?:\?[A-Za-z0-9_.~=&-]+)?"
)
"""An address in which nothing is to be quoted, folded, left out or refused before it is asked for."""


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
    """Makes requests use our connections and one TLS context, to a site and to a proxy alike.

    What it does itself, requests would do with five readings of the address and two jars for cookies.
    """

    def __init__(self, tls: _Tls, *, serves_tls: bool) -> None:
        self._tls = tls
        self._serves_tls = serves_tls
        super().__init__(pool_connections=POOLS, pool_maxsize=CONNECTIONS_PER_POOL)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        if self._serves_tls:
            kwargs |= {"ssl_context": self._tls(), "cert_reqs": "CERT_REQUIRED"}
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = POOL_CLASSES

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> Any:
        tls = self._tls()
        if SocksProxy.of(proxy) is not None:  # our connections speak to it themselves; its pools are its own
            if proxy not in self.proxy_manager:
                self.proxy_manager[proxy] = PoolManager(POOLS, maxsize=CONNECTIONS_PER_POOL, ssl_context=tls)
                self.proxy_manager[proxy].pool_classes_by_scheme = POOL_CLASSES
            return self.proxy_manager[proxy]
        manager = super().proxy_manager_for(proxy, **proxy_kwargs, ssl_context=tls, proxy_ssl_context=tls)
        manager.pool_classes_by_scheme = POOL_CLASSES
        return manager

    def get_connection_with_tls_context(
        self, request: requests.PreparedRequest, verify: Any, proxies: Any = None, cert: Any = None
    ) -> Any:
        """Return the pool of the host that is asked, or of the proxy that is to ask it."""
        if proxies:
            return super().get_connection_with_tls_context(request, verify, proxies, cert)
        parts = urlsplit(str(request.url))
        return self.poolmanager.connection_from_host(parts.hostname, parts.port, parts.scheme)

    def request_url(self, request: requests.PreparedRequest, proxies: Any) -> str:
        """Return what is asked for, as the host or the proxy wants to hear it."""
        return super().request_url(request, proxies) if proxies else request.path_url

    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:
        """Return an answer without cookies, which are taken from its headers, and without a guess at its charset."""
        response = requests.Response()
        response.status_code, response.reason, response.raw = resp.status, resp.reason, resp
        response.headers = CaseInsensitiveDict(resp.headers)
        response.url, response.request = str(req.url), req
        return response

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

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        """Return the answer as it is: redirects are followed by hand, and cookies are another's matter.

        Session.send would read a redirect's body without any limit.
        """
        return cast("requests.Response", self.get_adapter(str(request.url)).send(request, **options))

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
        token = PASSAGE.set(passage)
        try:
            return self.send(
                request,
                stream=True,
                timeout=(min(self._connect_timeout, left), left),
                verify=True,
                proxies=proxies,
            )
        finally:
            PASSAGE.reset(token)


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
