"""Who comes in: asked of every request before anything else looks at it.

In this order: does it name an address of ours (DNS rebinding), does it come from a page of ours (other sites, and other
servers on this machine, which browsers take for the same site), and was the browser let in. Owns the headers that every
answer carries. Knows no screen.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

from markupsafe import Markup
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from feedbuilder.studio.own_addresses import OwnAddresses
from feedbuilder.studio.passwords import Attempts, PasswordHash
from feedbuilder.studio.sessions import LONGEST, Sessions

LOGIN = "/login"
STATIC = "/static/"
"""What anybody may have: it holds nothing of anybody."""
MOST_BODY = 1_000_000
"""Bytes of a form."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": then browsers say "Origin: null" of our own forms (Fetch §3.2).
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}
_SAFE = frozenset({"GET", "HEAD"})
_OURS = frozenset({"same-origin", "none"})
"""What `Sec-Fetch-Site` says of a request from our own page, and of an address that a person typed."""


@dataclass(frozen=True, slots=True)
class Access:
    """What has to be shown to be let in, and who was."""

    addresses: OwnAddresses
    sessions: Sessions
    attempts: Attempts
    token: str | None
    """What lets in whoever has it in the address; None where a password is asked for instead."""
    password: PasswordHash | None = None

    @property
    def cookie(self) -> str:
        """Return the name of our cookie: cookies know no ports, and there may be another studio beside this one."""
        return f"feedbuilder-studio-{self.addresses.port}"

    def let_in(self, answer: Response) -> Response:
        """Give the browser that gets `answer` a session."""
        answer.set_cookie(
            self.cookie,
            self.sessions.begin(),
            max_age=int(LONGEST),
            path=self.addresses.path or "/",
            secure=self.addresses.is_encrypted,
            httponly=True,
            samesite="strict",
        )
        return answer

    def session(self, headers: Headers) -> str | None:
        """Return the session that a request shows, None if there is none that we know."""
        # Other servers of this machine have cookies too, and not all that those hold can be read strictly.
        shown = cookie_parser(headers.get("cookie", "")).get(self.cookie, "")
        return shown if shown and self.sessions.knows(shown) else None


class Doorkeeper:
    """ASGI middleware that refuses, or asks, whoever may not come in."""

    def __init__(self, app: ASGIApp, access: Access, refused: Callable[[Access], str]) -> None:
        """`refused` makes the page for people who come without what lets them in."""
        self._app = app
        self._access = access
        self._refused = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or let the application answer it."""
        if scope["type"] != "http":
            return
        path = self._access.addresses.path
        if path:  # proxies hand on the path with our part of it or without; the application wants it with it
            own = scope["path"] == path or scope["path"].startswith(f"{path}/")
            scope = {**scope, "root_path": path, "path": scope["path"] if own else path + scope["path"]}

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._answer(scope)
        await (answer or self._app)(scope, receive, with_headers)

    def _answer(self, scope: Scope) -> Response | None:
        """Return what is said to a request that is not let through; None if it is."""
        headers, addresses = Headers(scope=scope), self._access.addresses
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not addresses.is_host(hosts[0]):
            return _refusal(421, "this is not the address of the studio; open the one that the command printed")
        if not self._comes_from_us(scope["method"], headers, hosts[0]):
            return _refusal(403, "this request comes from another page than the studio's own, and is not answered")
        if not _is_short(headers):
            return _refusal(413, "this is more than any form of the studio sends")
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if path.startswith(STATIC) or (path == LOGIN and self._access.password is not None):
            return None
        if token := self._token(scope):
            return self._with_cookie(scope, token)
        if self._access.session(headers) is not None:
            return None
        if self._access.password is not None and scope["method"] in _SAFE:
            return RedirectResponse(f"{addresses.path}{LOGIN}", 303)
        return HTMLResponse(self._refused(self._access), 401)

    def _comes_from_us(self, method: str, headers: Headers, host: str) -> bool:
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is not None and not self._access.addresses.is_origin(origin, host):
            return False
        if method not in _SAFE:
            return origin is not None or site == "same-origin"
        # A link on another page may lead here: it changes nothing, and only a person sees the answer.
        is_visit = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        return site is None or site in _OURS or is_visit

    def _token(self, scope: Scope) -> str | None:
        """Return the token in the address, None where there is none; any, for a wrong one is told."""
        if self._access.token is None or scope["method"] not in _SAFE:
            return None
        return dict(parse_qsl(scope["query_string"].decode("latin-1"))).get("token")

    def _with_cookie(self, scope: Scope, token: str) -> Response:
        """Let in whoever has the right token, and lead to the same address without it."""
        if not hmac.compare_digest(token.encode(), (self._access.token or "").encode()):
            return HTMLResponse(self._refused(self._access), 401)
        rest = [pair for pair in parse_qsl(scope["query_string"].decode("latin-1")) if pair[0] != "token"]
        # Neither "//elsewhere" nor "/\\elsewhere" may become another host: browsers take both for one.
        path = quote("/" + scope["path"].lstrip("/"))
        there = Markup("{}").format(f"{path}?{urlencode(rest)}" if rest else path)
        # No redirect: after a click on a link elsewhere, browsers count it to that page, and leave the cookie out.
        page = (
            f'<!doctype html><html lang="en"><meta http-equiv="refresh" content="0;url={there}"><title>Studio</title>'
        )
        return self._access.let_in(HTMLResponse(page))


def _is_short(headers: Headers) -> bool:
    length = headers.get("content-length", "0")
    return "transfer-encoding" not in headers and length.isdecimal() and int(length) <= MOST_BODY


def _refusal(status: int, why: str) -> Response:
    return PlainTextResponse(f"{status}: {why}\n", status)
