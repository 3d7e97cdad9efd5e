"""Source -> Page, through a browser: the steps before and after a page is opened there.

As for any other page, in the same order: robots.txt, one's turn at the host, the answer's status. Redirects are the
browser's; where they lead is held against robots.txt before anything is read of it. What a page loads besides is a
visitor's matter, as in any browser, and behind the address guard.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from urllib.parse import urlsplit

from requests.structures import CaseInsensitiveDict

from feedbuilder.fetch.errand import no_page, refusal
from feedbuilder.fetch.guard import Guard
from feedbuilder.fetch.headers import own_headers
from feedbuilder.fetch.host_waits import HostWaits
from feedbuilder.fetch.politeness import Politeness
from feedbuilder.fetch.renderer import Opened, Opening, RenderedPage, Renderer
from feedbuilder.fetch.robots import Robots
from feedbuilder.fetch.statuses import has_page, media_problem
from feedbuilder.fetch.urls import Target, parse
from feedbuilder.logger import log
from feedbuilder.model import BrowserView, FetchSettings, Page, Source

HTML = "text/html; charset=utf-8"


@dataclass
class Rendering:
    """Opens pages as `HttpFetcher` gets others, with its parts. Safe to use from several threads."""

    settings: FetchSettings
    our_name: str
    guard: Guard
    robots: Robots
    waits: HostWaits
    politeness: Politeness
    clock: Callable[[], datetime]
    start: Callable[[], Renderer] | None
    """Makes what opens pages; called when the first one is wanted."""
    _renderer: Renderer | None = None
    _lock: Lock = field(default_factory=Lock)

    def page(self, source: Source, *, watches: bool) -> RenderedPage:
        """Return the page of `source`, and its data if somebody `watches` them. Raises FetchError, StoreError."""
        target = parse(source.url)
        delay = self.robots.crawl_delay(target) if self.settings.robots else 0.0
        if self.settings.proxy:
            self.guard.check_name(target.host, target.port)
        self.waits.check(target.site)
        renderer = self._started()
        gap = max(self.settings.host_gap.total_seconds(), delay)
        with renderer.turn(), self.politeness.turn(target.host, gap):
            self.waits.check(target.site)  # it may have refused while we stood in line
            opened = renderer.open(self._opening(source, target, watches=watches))
        landed, headers = parse(opened.url), CaseInsensitiveDict(opened.headers)
        self.waits.heed(landed, opened.status, headers)
        if self.settings.robots and landed.url != target.url:
            self.robots.crawl_delay(landed)
        self._tell(source, opened)
        page = self._checked(target, landed, opened, headers, source)
        return RenderedPage(
            page,
            tuple(Page(data.url, data.body, page.fetched_at, data.content_type) for data in opened.data),
        )

    def article(self, source: Source, url: str) -> Page:
        """Return the page at `url`, an article of `source`; what is private goes along only to the site it is for."""
        home, there = parse(source.url), parse(url)
        view = (source.browser or BrowserView()).for_articles
        private = own_headers(source.headers, home.authorization) if home.trusts(there) else {}
        copy = source.model_copy(update={"url": url, "headers": private, "browser": view})
        return self.page(copy, watches=False).page

    def close(self) -> None:
        """End the browser, if there is one."""
        with self._lock:
            if self._renderer is not None:
                self._renderer.close()

    def _started(self) -> Renderer:
        with self._lock:
            if self._renderer is None:
                assert self.start is not None, "who reads sources gives what opens pages"
                self._renderer = self.start()
            return self._renderer

    def _opening(self, source: Source, target: Target, *, watches: bool) -> Opening:
        private = own_headers(source.headers, target.authorization)
        fragment = urlsplit(source.url).fragment
        return Opening(
            f"{target.url}#{fragment}" if fragment else target.url,
            target.origin,
            source.browser or BrowserView(),
            private,
            self.settings.user_agent,
            self.our_name,
            source.language,
            source.timezone.key if source.timezone else "UTC",
            watches,
        )

    def _checked(
        self, target: Target, landed: Target, opened: Opened, headers: Mapping[str, str], source: Source
    ) -> Page:
        """Return the page that was opened. Raises FetchError if it is none."""
        url, status, content_type = landed.url, opened.status, headers.get("Content-Type")
        if not has_page(status):
            raise refusal(target, landed, status, headers, self.clock(), has_private=bool(source.headers))
        if media := media_problem(content_type):
            raise no_page(url, media, status)
        return Page(url, opened.html, self.clock(), HTML, status=status, links=headers.get("Link"))

    def _tell(self, source: Source, opened: Opened) -> None:
        if opened.refused:
            log.warning("scripts of the page asked for private addresses; nothing was sent", source=source.id,
                        hosts=list(opened.refused))  # fmt: skip
        if opened.missed:
            log.warning("the page shows nothing of what the browser was to find", source=source.id,
                        keys=list(opened.missed))  # fmt: skip
