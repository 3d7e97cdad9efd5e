"""The cookies of one visit: what a site sets on the way to a page is sent back on the rest of the way, and forgotten.

Sites send visitors through a gate that sets a cookie and leads back; without it they lead in a circle. Nothing of it
outlives the visit, so that no reading is recognised by the next; only a login keeps its own. Which host gets which
cookie the standard library says.
"""

from __future__ import annotations

from collections.abc import Iterable
from email.message import Message
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, cast
from urllib.request import Request

_MOST = 50
"""Cookies of one answer that are kept; gates set a handful."""
_MOST_IN_ALL = 400
"""Cookies after which all are forgotten: a site that gives each answer another name would fill the memory."""


class VisitCookies:
    """The cookies of one visit, whatever the number of requests."""

    def __init__(self) -> None:
        self._jar = CookieJar(DefaultCookiePolicy(strict_ns_domain=DefaultCookiePolicy.DomainStrict))
        self._was_given_any = False

    def take(self, url: str, set_cookies: Iterable[str]) -> None:
        """Keep what the answer from `url` wants kept; what is not in order is passed over."""
        headers = Message()
        for value in list(set_cookies)[:_MOST]:
            headers["Set-Cookie"] = value.replace("\r", " ").replace("\n", " ")
        if headers:
            self._was_given_any = True
            if len(self._jar) > _MOST_IN_ALL:
                self._jar.clear()
            self._jar.extract_cookies(cast("Any", _Headers(headers)), Request(url))  # noqa: S310 - http or https

    def header(self, url: str, own: str | None = None) -> str | None:
        """Return the Cookie header of a request for `url`, behind the source's `own`; None if there is none.

        What the site has set since takes the place of an own one of that name.
        """
        if not self._was_given_any:
            return own or None
        request = Request(url)  # noqa: S310 - http or https
        self._jar.add_cookie_header(request)
        given = request.get_header("Cookie")
        if own and given:
            fresh = {_name(part) for part in given.split(";")}
            own = "; ".join(part.strip() for part in own.split(";") if _name(part) not in fresh)
        return "; ".join(part for part in (own, given) if part) or None

    def forget(self) -> None:
        """Keep none any more."""
        self._jar.clear()

    def __len__(self) -> int:
        return len(self._jar)


def _name(part: str) -> str:
    return part.partition("=")[0].strip()


class _Headers:
    """As much of an answer as a cookie jar wants to see."""

    def __init__(self, headers: Message) -> None:
        self._headers = headers

    def info(self) -> Message:
        return self._headers
