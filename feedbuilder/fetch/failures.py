"""What broke on the way to an answer, said in one sentence for the person who must act.

Owns the table from exceptions to sentences. Knows the exceptions of requests, urllib3, http.client, ssl and socket,
so that `fetcher` need not. Texts of exceptions are shown only where they are the operating system's or TLS's own:
some others quote header values.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import requests
import urllib3.exceptions as u

from feedbuilder.fetch.deadline import DeadlineError
from feedbuilder.fetch.socks import SocksError
from feedbuilder.fetch.urls import Target
from feedbuilder.model import FetchError, FetchSettings
from feedbuilder.model.units import format_duration

EXPECTED = (
    DeadlineError,
    requests.RequestException,
    u.HTTPError,
    http.client.HTTPException,
    OSError,
    ValueError,  # Unicode errors among them: a URL or header that cannot be encoded
)
"""Everything that a site, a network or a crooked URL can make the libraries raise."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the sentences may mention."""

    target: Target
    settings: FetchSettings
    error: BaseException
    proxy: str | None

    @property
    def detail(self) -> str:
        if isinstance(self.error, ssl.SSLCertVerificationError):
            return self.error.verify_message
        if isinstance(self.error, ssl.SSLError):
            return (self.error.reason or "TLS error").replace("_", " ").lower()
        return (self.error.strerror if isinstance(self.error, OSError) else None) or type(self.error).__name__

    @property
    def reason(self) -> str:
        """Return what a SOCKS proxy said, for the end of a sentence; others say nothing that may be told."""
        said = next((cause for cause in _causes(self.error) if isinstance(cause, SocksError)), None)
        return f": {said}" if said else ""


_Sentence = Callable[[_Scene], str]


def _too_slow(scene: _Scene) -> str:
    limit = _spell(scene.settings.deadline)
    return f"{scene.target.url} was not complete within {limit}. Raise deadline under [fetch] if the site is that slow."


def _no_connection(scene: _Scene) -> str:
    limit = _spell(scene.settings.connect_timeout)
    return (
        f"{scene.target.host} could not be connected to within {limit}. Check that the site is up; "
        "raise connect_timeout under [fetch] if the way to it is that slow."
    )


_SENTENCES: tuple[tuple[tuple[type[BaseException], ...], _Sentence], ...] = (
    ((DeadlineError,), _too_slow),
    (
        (u.ProxyError,),
        lambda scene: (
            f"The proxy {urlsplit(scene.proxy or '').hostname} did not help to reach {scene.target.host}"
            f"{scene.reason}. Check proxy, of the source or under [fetch], and that the proxy is up."
        ),
    ),
    (
        (socket.gaierror,),
        lambda scene: (
            f"The name {scene.target.host} could not be resolved ({scene.detail}). Check the spelling of the source's "
            "url, and this machine's DNS."
        ),
    ),
    (
        (UnicodeError, u.LocationParseError),
        lambda scene: f"{scene.target.host} cannot be the name of a host. Check the spelling of the source's url.",
    ),
    ((u.ConnectTimeoutError,), _no_connection),
    (
        (ssl.SSLCertVerificationError,),
        lambda scene: (
            f"The certificate of {scene.target.host} is not valid ({scene.detail}). If a private authority signed it, "
            "set ca_bundle under [fetch]; otherwise the site has to renew it."
        ),
    ),
    (
        (ssl.SSLError, u.SSLError),
        lambda scene: (
            f"No encrypted connection to {scene.target.host} came about ({scene.detail}). Check whether the site "
            "offers https on this port."
        ),
    ),
    (
        (ConnectionRefusedError,),
        lambda scene: (
            f"{scene.target.host} refuses connections on port {scene.target.port}. Check the source's url, and that "
            "the site is up."
        ),
    ),
    (
        (http.client.RemoteDisconnected,),
        lambda scene: f"{scene.target.host} closed the connection without an answer. That usually passes by itself.",
    ),
    (
        (http.client.IncompleteRead, u.IncompleteRead, u.InvalidChunkLength),
        lambda scene: f"{scene.target.url} broke off before its end. That usually passes by itself.",
    ),
    (
        (ConnectionResetError, ConnectionAbortedError, BrokenPipeError),
        lambda scene: f"{scene.target.host} broke the connection off. That usually passes by itself.",
    ),
    (
        (u.DecodeError,),
        lambda scene: (
            f'{scene.target.url} could not be decompressed. Try headers = {{ Accept-Encoding = "identity" }} in the '
            "source."
        ),
    ),
    ((TimeoutError, u.TimeoutError), _too_slow),
    (
        (http.client.HTTPException, u.InvalidHeader),
        lambda scene: (
            f"{scene.target.host} does not answer in proper HTTP ({scene.detail}). Check the port and the scheme of "
            "the source's url."
        ),
    ),
    (
        (OSError,),
        lambda scene: f"{scene.target.host} could not be reached ({scene.detail}). Check this machine's network.",
    ),
)
_WRAPPERS = (requests.RequestException, u.HTTPError)


def explain(error: Exception, target: Target, settings: FetchSettings, proxy: str | None = None) -> FetchError:
    """Return the FetchError that says what `error` means for the request to `target`.

    The first sentence of the table that fits the error or anything it was caused by.
    """
    causes = list(_causes(error))
    for kinds, sentence in _SENTENCES:
        for cause in causes:
            # requests' exceptions are OSErrors by inheritance; what they wrap is what happened.
            if isinstance(cause, kinds) and not (kinds == (OSError,) and isinstance(cause, _WRAPPERS)):
                return FetchError(sentence(_Scene(target, settings, cause, proxy)))
    return FetchError(
        f"{target.url} could not be fetched ({type(causes[-1]).__name__}). Check the source's url in a browser."
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield `error` and what lies beneath it, outermost first.

    The libraries pass causes on in three ways: `raise … from`, an argument, a `reason`. `__context__` is left out:
    it may belong to our caller.
    """
    waiting, seen = [error], set[int]()
    while waiting:
        current = waiting.pop(0)
        if id(current) not in seen:
            seen.add(id(current))
            yield current
            beneath = (current.__cause__, getattr(current, "reason", None), *current.args)
            waiting += [cause for cause in beneath if isinstance(cause, BaseException)]


def _spell(limit: timedelta) -> str:
    return format_duration(limit) if limit >= timedelta(seconds=1) else f"{limit.total_seconds():g}s"
