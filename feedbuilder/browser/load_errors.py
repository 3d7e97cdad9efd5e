"""Why a page could not be opened, said for the person who must act: Chromium's net errors as sentences.

Owns the table. What the proxy of a page met comes first: the browser is only told that there is no connection.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.async_api import Error

from feedbuilder.browser.guarded_proxy import GuardedProxy
from feedbuilder.fetch.failures import explain
from feedbuilder.fetch.guard import normal_host
from feedbuilder.fetch.urls import parse
from feedbuilder.model import FetchError, FetchSettings, PrivateAddressError

_NET_ERROR = re.compile(r"net::(ERR_[A-Z0-9_]{1,60})")
_SENTENCES = {
    "ERR_CERT": (
        "The certificate of {host} is not valid ({error}). The site has to renew it; the browser knows the authorities "
        "of the system, not those of ca_bundle."
    ),
    "ERR_SSL": "No encrypted connection to {host} came about ({error}).",
    "ERR_TOO_MANY_REDIRECTS": "{url} redirects in a circle. Often the site wants a cookie: open it in a browser.",
    "ERR_ABORTED": "{url} is no page but a download. Choose the page that lists the articles.",
    "ERR_INVALID_AUTH": "{url} asks for a login. Give the source the headers that it needs.",
    "ERR_EMPTY_RESPONSE": "{host} closed the connection without an answer. That usually passes by itself.",
    "ERR_CONNECTION": "{host} broke the connection off. That usually passes by itself.",
}
"""By how the name of the error begins."""


class LoadFailure(Exception):  # noqa: N818 - a failure of a page, told as a FetchError where there are such
    """A page could not be opened; the message is for people. `host` is one that would have to be admitted."""

    def __init__(self, message: str, host: str | None = None) -> None:
        super().__init__(message)
        self.host = host


def explained(error: Error, asked: str, last: str, proxy: GuardedProxy, settings: FetchSettings) -> LoadFailure:
    """Return why the page at `asked` could not be opened; `last` is what was asked for last, after redirects."""
    found = _NET_ERROR.search(error.message)
    name = found[1] if found else "ERR_ABORTED" if "Download is starting" in error.message else "no reason given"
    for url in (last, asked):
        try:
            target = parse(url)
        except FetchError:
            continue
        cause = proxy.failures.get(normal_host(target.host))
        if isinstance(cause, PrivateAddressError):
            return LoadFailure(str(cause), cause.host)
        if isinstance(cause, FetchError):
            return LoadFailure(str(cause))
        if cause is not None:
            return LoadFailure(str(explain(cause, target, settings)))
        sentence = next((text for start, text in _SENTENCES.items() if name.startswith(start)), None)
        if sentence is not None:
            return LoadFailure(sentence.format(host=urlsplit(url).hostname, url=target.url, error=name))
    return LoadFailure(f"{parse(asked).url} could not be opened in the browser ({name}). Open it in yours.")
