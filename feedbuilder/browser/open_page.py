"""One page, from its address to what its scripts have built: the order of the steps.

Runs in the process that drives the browser. Each page has a context of its own (no cookie, no cache, no storage of
another one), a proxy of its own, and one tab; what else a page opens is closed.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from playwright.async_api import Browser, BrowserContext, Error, Page

from feedbuilder.browser.consent_banners import MOST_FRAMES, REFUSE, SETTINGS
from feedbuilder.browser.guarded_proxy import GuardedProxy
from feedbuilder.browser.load_errors import LoadFailure, explained
from feedbuilder.browser.own_requests import hold_requests
from feedbuilder.browser.page_scripts import CLICK_FIRST, SCROLL_TO_END, WHOLE_PAGE
from feedbuilder.browser.traffic import Traffic
from feedbuilder.fetch.guard import Guard
from feedbuilder.fetch.renderer import Opened, Opening
from feedbuilder.fetch.statuses import has_page, media_problem
from feedbuilder.model import FetchSettings

LOADED_AT_MOST = 20
"""How many times `max_bytes` a page may load in all, with its scripts and styles."""
LONGEST_SETTLING = 15.0
"""Seconds that a page may go on loading before it is taken as it is; some do for ever."""
LONGEST_STEP = 8.0
"""The same after a click."""
FIRST_WAIT = 3.0
"""Seconds after which a banner may be what holds up that for which `wait_for` waits."""
LONGEST_WAIT = 30.0
"""Seconds that are waited for what `wait_for` names."""
LONGEST_CLOSING = 10.0
"""Seconds that closing a page may take."""
LONGEST_CLICK = 5.0
"""Seconds that looking for a button in one frame may take: those of others may hang, which is their matter."""
MOST_WINDOWS = 20
"""How many windows a page may try to open."""
_TRIES = 3

Result = TypeVar("Result")


class CrashedError(Exception):
    """The tab has crashed, or the page did what nobody can bear."""


@dataclass
class PageOpening:
    """One page that is being opened. `settings` are those of [fetch]."""

    browser: Browser
    opening: Opening
    settings: FetchSettings
    agent: str
    """What the browser calls itself."""
    is_closed: bool = False
    """Whether the page is over and nothing of it is left in the browser."""
    _windows: int = 0
    _missed: list[str] = field(default_factory=list)

    async def run(self) -> Opened:
        """Return the page. Raises LoadFailure, CrashedError, and Playwright's errors."""
        proxy = GuardedProxy(
            Guard(self.settings.allow_hosts),
            self.settings.connect_timeout.total_seconds(),
            int(self.settings.max_bytes) * LOADED_AT_MOST,
            self.settings.proxy,
        )
        async with proxy:
            context = await self._context(proxy.port)
            try:
                return await self._opened(context, proxy)
            finally:
                self.is_closed = await _closed(context)

    async def _context(self, port: int) -> BrowserContext:
        opening, view = self.opening, self.opening.view
        return await self.browser.new_context(
            proxy={"server": f"http://127.0.0.1:{port}", "bypass": "<-loopback>"},
            user_agent=self.agent,
            locale=opening.language or "en-US",
            timezone_id=opening.zone,
            viewport={"width": view.width, "height": view.height},
            service_workers="block",
            accept_downloads=False,
        )

    async def _opened(self, context: BrowserContext, proxy: GuardedProxy) -> Opened:
        page = await context.new_page()
        crashed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        context.on("page", lambda window: self._close(window, crashed))
        page.on("crash", lambda _: None if crashed.done() else crashed.set_exception(CrashedError("crashed the tab")))
        page.on("close", lambda _: None if crashed.done() else crashed.set_exception(CrashedError("closed its tab")))
        await hold_requests(context, page, self.opening)
        traffic = Traffic(page, int(self.settings.max_bytes), self.opening.watches)
        traffic.listen()
        return await _unless(crashed, self._steps(page, traffic, proxy))

    def _close(self, window: Page, crashed: asyncio.Future[None]) -> None:
        """Close a window that the page has opened."""
        self._windows += 1
        if self._windows > MOST_WINDOWS and not crashed.done():
            crashed.set_exception(CrashedError(f"opened more than {MOST_WINDOWS} windows"))
        _in_background(window.close())

    async def _steps(self, page: Page, traffic: Traffic, proxy: GuardedProxy) -> Opened:
        view = self.opening.view
        try:
            await page.goto(self.opening.url, wait_until="domcontentloaded", timeout=0)
        except Error as error:
            self._refuse_excess(proxy)
            raise explained(error, self.opening.url, traffic.last_asked, proxy, self.settings) from error
        if (answer := self._answer(traffic)) is not None:
            return answer
        await self._wait(page, traffic)
        for _ in range(view.scroll):
            await page.evaluate(SCROLL_TO_END)
            await traffic.settle(LONGEST_STEP)
        for number in range(view.clicks if view.click else 0):
            if not await page.evaluate(CLICK_FIRST, [view.click]):
                if number == 0:
                    self._missed.append("click")
                break
            await traffic.settle(LONGEST_STEP)
        html, url = await self._whole(page, traffic)
        if (answer := self._answer(traffic)) is not None:  # it went on to another page, which is none
            return answer
        self._refuse_excess(proxy)
        if html is None:
            raise LoadFailure(
                f"{self.opening.url} is too large once its scripts have built it: more than "
                f"{int(self.settings.max_bytes):,} bytes. Raise max_bytes under [fetch] if it is the right page."
            )
        last = traffic.last_page
        return Opened(
            url,
            last.status if last else 200,
            last.headers if last else {},
            html.encode("utf-8", "replace"),
            await traffic.data(),
            tuple(sorted(proxy.refused)),
            tuple(self._missed),
        )

    def _refuse_excess(self, proxy: GuardedProxy) -> None:
        """Raise LoadFailure if the page has loaded more than it may."""
        if proxy.is_spent:
            raise LoadFailure(f"{self.opening.url} loads too much in a browser: more than {proxy.most_bytes:,} bytes.")

    def _answer(self, traffic: Traffic) -> Opened | None:
        """Return what was answered where that is no page to wait for, None where it is one."""
        last = traffic.last_page
        if last is None or (has_page(last.status) and not media_problem(last.headers.get("content-type"))):
            return None
        return Opened(last.url, last.status, last.headers)

    async def _wait(self, page: Page, traffic: Traffic) -> None:
        """Wait until the list is there: what the source waits for, else quiet. A banner may stand before it."""
        waits_for = self.opening.view.wait_for
        if waits_for is None:
            await traffic.settle(LONGEST_SETTLING)
        is_there = waits_for is None or await self._comes(page, waits_for, FIRST_WAIT)
        refused, dismissed = await self._refuse(page), await self._dismiss(page)
        if waits_for is not None and not is_there and not await self._comes(page, waits_for, LONGEST_WAIT):
            self._missed.append("wait_for")
        elif refused or dismissed:
            await traffic.settle(LONGEST_STEP)

    async def _comes(self, page: Page, css: str, seconds: float) -> bool:
        """Return whether an element that `css` selects is there within so many seconds."""
        try:
            await page.wait_for_selector(f"css={css}", state="attached", timeout=seconds * 1000)
        except Error:
            return False
        return True

    async def _refuse(self, page: Page) -> bool:
        """Refuse what a known banner asks for; return whether there was one."""
        if await self._clicked(page, REFUSE):
            return True
        if not await self._clicked(page, SETTINGS):
            return False
        for _ in range(5):
            await asyncio.sleep(0.2)
            if await self._clicked(page, REFUSE):
                break
        return True

    async def _dismiss(self, page: Page) -> bool:
        found = [await self._clicked(page, (selector,)) for selector in self.opening.view.dismiss]
        if found and not any(found):
            self._missed.append("dismiss")
        return any(found)

    async def _clicked(self, page: Page, selectors: tuple[str, ...]) -> bool:
        for frame in page.frames[: 1 + MOST_FRAMES]:
            with contextlib.suppress(Error, TimeoutError):  # a frame that is gone, goes on just now, or hangs
                async with asyncio.timeout(LONGEST_CLICK):
                    if await frame.evaluate(CLICK_FIRST, list(selectors)):
                        return True
        return False

    async def _whole(self, page: Page, traffic: Traffic) -> tuple[str | None, str]:
        """Return the page as it is, and where. A page may go on to another one at any moment; then that is it."""
        for _ in range(_TRIES):
            try:
                return await page.evaluate(WHOLE_PAGE, int(self.settings.max_bytes)), page.url
            except Error:
                await page.wait_for_load_state("domcontentloaded", timeout=0)
                await traffic.settle(LONGEST_STEP)
        raise LoadFailure(f"{self.opening.url} goes on to other pages again and again.")


async def _closed(context: BrowserContext) -> bool:
    """Close all that belongs to a page; return whether that was possible: a page that hangs may hang then too."""
    try:
        async with asyncio.timeout(LONGEST_CLOSING):
            await context.close()
    except (TimeoutError, Error):
        return False
    return True


async def _unless(failing: asyncio.Future[None], work: Coroutine[Any, Any, Result]) -> Result:
    """Return what `work` returns, unless `failing` fails before."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait((task, failing), return_when=asyncio.FIRST_COMPLETED)
        if failing.done():
            failing.result()
        return task.result()
    finally:
        task.cancel()
        if not failing.done():
            failing.cancel()
        await asyncio.gather(task, return_exceptions=True)


_background: set[asyncio.Future[Any]] = set()


def _in_background(work: Awaitable[Any]) -> None:
    task = asyncio.ensure_future(work)
    _background.add(task)

    def ended(_: asyncio.Future[Any]) -> None:
        _background.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, so that nobody is told that it was not

    task.add_done_callback(ended)
