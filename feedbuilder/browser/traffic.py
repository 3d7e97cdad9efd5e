"""What a page loads while it is opened: when it is quiet, what its last whole page answered, which data came.

Listens to the events of a tab; asks it for nothing but the bodies of data.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field

from playwright.async_api import Error, Page, Request, Response

from feedbuilder.browser.page_scripts import IDLE
from feedbuilder.fetch.renderer import LoadedData

QUIET = 0.5
"""Seconds without any request after which a page is taken for quiet, as everybody does who drives a browser."""
MOST_DATA = 40
"""How many answers in JSON are looked at."""
_ENDLESS = frozenset(("websocket", "eventsource", "ping", "media"))
"""What may stay open as long as a page does."""
_JSON = re.compile(r"(application|text)/([\w.+-]{1,60}\+)?json\b", re.IGNORECASE)


@dataclass
class Traffic:
    """The requests of one tab."""

    page: Page
    longest: int
    """How many bytes of one answer are taken."""
    watches: bool
    """Whether somebody wants the data."""
    last_page: Response | None = None
    """The last answer that was the page itself."""
    last_asked: str = ""
    """The address that the page itself was asked for at last."""
    _under_way: set[Request] = field(default_factory=set)
    _busy: float = 0.0
    """When something was last heard of a request, by the loop's clock."""
    _answers: list[Response] = field(default_factory=list)

    def listen(self) -> None:
        """Begin to listen."""
        self.page.on("request", self._began)
        self.page.on("requestfinished", self._ended)
        self.page.on("requestfailed", self._ended)
        self.page.on("response", self._answered)

    async def settle(self, patience: float) -> None:
        """Wait until nothing was loaded for a while and scripts are idle, for `patience` seconds at most."""
        try:
            async with asyncio.timeout(patience):
                while True:
                    await self._quiet()
                    before = self._busy
                    await self.page.evaluate(IDLE)
                    if self._busy == before:
                        return
        except (TimeoutError, Error):  # one that never ends loading, or goes on to another page just now
            return

    async def data(self) -> tuple[LoadedData, ...]:
        """Return the answers in JSON that came, in their order."""
        found = []
        for answer in self._answers[:MOST_DATA]:
            try:
                body = await answer.body()
            except Error:
                continue
            if 0 < len(body) <= self.longest:
                found.append(LoadedData(answer.url, body, answer.headers.get("content-type")))
        return tuple(found)

    async def _quiet(self) -> None:
        now = asyncio.get_running_loop().time
        self._busy = now()
        while True:
            left = QUIET if self._under_way else self._busy + QUIET - now()
            if left <= 0:
                return
            await asyncio.sleep(min(left, 0.1))

    def _heard(self) -> None:
        self._busy = asyncio.get_running_loop().time()

    def _began(self, request: Request) -> None:
        if self._is_page(request):
            self.last_asked = request.url
        if request.resource_type not in _ENDLESS:
            self._under_way.add(request)
            self._heard()

    def _ended(self, request: Request) -> None:
        self._under_way.discard(request)
        self._heard()

    def _answered(self, response: Response) -> None:
        if self._is_page(response.request):
            self.last_page = response
        elif self.watches and len(self._answers) < MOST_DATA and _is_data(response):
            self._answers.append(response)

    def _is_page(self, request: Request) -> bool:
        return request.is_navigation_request() and request.frame == self.page.main_frame


def _is_data(response: Response) -> bool:
    """Return whether it is an answer in JSON that can be asked for again."""
    media = response.headers.get("content-type", "")
    return response.request.method == "GET" and response.ok and _JSON.match(media) is not None
