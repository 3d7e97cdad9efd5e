"""The cookies of one visit: what a site sets on the way to a page is sent back on the rest of the way, and forgotten.

Sites send visitors through a gate that sets a cookie and leads back; without it they lead in a circle. Owns nothing
that outlives the visit: no reading is recognised by the next. Which host gets which cookie the standard library says.
"""

from __future__ import annotations

from collections.abc import Iterable
from email.message import Message
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, cast
from urllib.request import Request

_MOST = 50
"""Cookies that one visit keeps; gates set a handful."""


class VisitCookies:
    """The cookies of one visit, whatever the number of requests."""

    def __init__(self) -> None:
        self._jar = CookieJar(DefaultCookiePolicy(strict_ns_domain=DefaultCookiePolicy.DomainStrict))

    def take(self, url: str, set_cookies: Iterable[str]) -> None:
        """Keep what the answer from `url` wants kept; what is not in order is passed over."""
        headers = Message()
        for value in list(set_cookies)[:_MOST]:
            headers["Set-Cookie"] = value.replace("\r", " ").replace("\n", " ")
        if headers:
            self._jar.extract_cookies(cast("Any", _Headers(headers)), Request(url))  # noqa: S310 - http or https

    def header(self, url: str, own: str | None = None) -> str | None:
        """Return the Cookie header of a request for `url`, behind the source's `own`; None if there is none."""
        request = Request(url)  # noqa: S310 - http or https
        self._jar.add_cookie_header(request)
        parts = [part for part in (own, request.get_header("Cookie")) if part]
        return "; ".join(parts) or None


class _Headers:
    """As much of an answer as a cookie jar wants to see."""

    def __init__(self, headers: Message) -> None:
        self._headers = headers

    def info(self) -> Message:
        return self._headers
