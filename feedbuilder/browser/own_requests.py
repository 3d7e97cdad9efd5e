"""What becomes of the requests of a page one by one: what is not loaded, and where private headers go along.

Owns the one use of Chromium's Fetch domain. Only requests that one of the two concerns are held; all others pass by.
Playwright's own way of doing this holds each of them, and sends what it adds along with redirects to other hosts.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Error, Page

from feedbuilder.fetch.renderer import Opening
from feedbuilder.fetch.urls import Target, parse
from feedbuilder.model import Blocked, FetchError

_TYPES = {
    Blocked.IMAGES: ("Image",),
    Blocked.MEDIA: ("Media",),
    Blocked.FONTS: ("Font",),
    Blocked.STYLES: ("Stylesheet",),
}
"""What Chromium calls them."""


async def hold_requests(context: BrowserContext, page: Page, opening: Opening) -> None:
    """Let `page` load nothing that is blocked, and give what is private to its own host. To be called before it opens.

    A cookie is set as one, for the host alone: a header of that name Chromium would not take.
    """
    private = {name: value for name, value in opening.private.items() if name.lower() != "cookie"}
    cookie = next((value for name, value in opening.private.items() if name.lower() == "cookie"), None)
    if cookie:
        pairs = (pair.strip().partition("=") for pair in cookie.split(";"))
        url = opening.origin + "/"
        await context.add_cookies([{"name": name, "value": value, "url": url} for name, _, value in pairs if name])
    patterns: list[dict[str, str]] = [
        {"urlPattern": "*", "resourceType": kind} for one in opening.view.block for kind in _TYPES[one]
    ]
    home = parse(opening.origin)
    if private:
        patterns += [
            {"urlPattern": f"{origin}/*"} for origin in dict.fromkeys((opening.origin, f"https://{home.host}"))
        ]
    if not patterns:
        return
    blocked = {kind for one in opening.view.block for kind in _TYPES[one]}
    session = await context.new_cdp_session(page)
    under_way: set[asyncio.Task[None]] = set()

    def paused(event: dict[str, Any]) -> None:
        task = asyncio.ensure_future(_decided(session, event, blocked, home, private))
        under_way.add(task)  # the loop itself holds tasks only weakly
        task.add_done_callback(under_way.discard)

    session.on("Fetch.requestPaused", paused)
    await session.send("Fetch.enable", {"patterns": patterns})


async def _decided(
    session: CDPSession, event: Mapping[str, Any], blocked: set[str], home: Target, private: Mapping[str, str]
) -> None:
    number, request = event["requestId"], event["request"]
    with contextlib.suppress(Error):  # the page has gone on, or is over
        if event["resourceType"] in blocked:
            await session.send("Fetch.failRequest", {"requestId": number, "errorReason": "BlockedByClient"})
        elif private and _is_for(home, request["url"]):
            own = {name.lower() for name in private}
            headers = {name: value for name, value in request["headers"].items() if name.lower() not in own}
            listed = [{"name": name, "value": value} for name, value in {**headers, **private}.items()]
            await session.send("Fetch.continueRequest", {"requestId": number, "headers": listed})
        else:
            await session.send("Fetch.continueRequest", {"requestId": number})


def _is_for(home: Target, url: str) -> bool:
    try:
        return home.trusts(parse(url))
    except FetchError:
        return False
