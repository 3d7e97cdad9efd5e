"""URL -> Page: the order in which a page is asked for.

Owns the steps: robots.txt, one's turn at the host, the request, redirects, the answer. What each of them means stands
in the other modules of this folder. The one place where exceptions of the libraries become FetchErrors.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Self

from requests import Timeout

from feedbuilder.fetch.access import Access
from feedbuilder.fetch.deadline import Deadline, DeadlineError
from feedbuilder.fetch.errand import Answer, Errand, as_page, read_answer
from feedbuilder.fetch.failures import EXPECTED, explain
from feedbuilder.fetch.guard import Guard
from feedbuilder.fetch.headers import common_headers, conditions, default_user_agent, own_headers, validators_of
from feedbuilder.fetch.host_waits import HostWaits
from feedbuilder.fetch.politeness import Politeness, SharedTurns
from feedbuilder.fetch.robots import MAX_BYTES
from feedbuilder.fetch.session import Content
from feedbuilder.fetch.statuses import NOT_MODIFIED, bad_status, has_page
from feedbuilder.fetch.urls import Target, parse
from feedbuilder.fetch.visiting import Hop, visit
from feedbuilder.fetch.watchdog import Watchdog
from feedbuilder.fetch.ways import Ways
from feedbuilder.model import (
    FetchError,
    FetchSettings,
    NotModified,
    Page,
    Source,
    SourceKind,
    Validators,
)
from feedbuilder.model.enclosures import MediaFile, told_kind, told_size
from feedbuilder.model.source_kind import LARGEST_SITEMAP, names_sitemap

if TYPE_CHECKING:
    from feedbuilder.fetch.logged_in import Logins
    from feedbuilder.fetch.renderer import RenderedPage, Renderer
    from feedbuilder.fetch.rendering import Rendering


class HttpFetcher:
    """Gets pages politely and within limits. Safe to use from several threads; `close()` it, or use `with`.

    `contact` goes into the User-Agent; `logins` are those that sources name; `waits` remembers the hosts that want to
    be left alone, for this fetcher alone unless it is given. `renderer` makes what opens pages in a browser, once a
    source wants that. `clock` gives aware datetimes in UTC, `monotonic` seconds for pauses and the age of robots.txt,
    `sleep` waits for a number of seconds; they are there for tests and simulations, and no limit of time depends on
    them. Raises ConfigError for settings that no request could work with.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        contact: str | None = None,
        waits: HostWaits | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
        heard: Callable[[str, Mapping[str, str]], object] | None = None,
        renderer: Callable[[], Renderer] | None = None,
        logins: Logins | None = None,
        shared: SharedTurns | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._heard = heard
        self._gap = settings.host_gap.total_seconds()
        self._our_name = default_user_agent(contact)
        self._user_agent = settings.user_agent or self._our_name
        self._guard = Guard(settings.allow_hosts)
        self._watchdog = Watchdog()
        self._politeness = Politeness(monotonic, sleep, shared)
        self._waits = waits or HostWaits(clock)
        self._ways = Ways(settings, self._guard, logins, self._load_robots, monotonic, self._waits)
        self._renderer = renderer
        self._rendering: Rendering | None = None
        self._lock = Lock()

    def fetch(self, source: Source, validators: Validators) -> Page | NotModified:
        """Return the page of `source`, or that it is still the one `validators` describe. Raises FetchError only."""
        if source.needs_browser:
            return self.rendered(source).page
        content = Content(*source.request.body()) if source.request else None
        # What a POST answers has no validators that a server would look at (RFC 9110 §13.1).
        known = validators if content is None else Validators()
        largest = _largest(source, source.url)
        return self._get(
            source.url, self._ways.of(source), source.headers, known, source.language, content, largest=largest
        )

    def rendered(self, source: Source, *, watches: bool = False) -> RenderedPage:
        """Return the page of `source` as a browser shows it, and the data it loads if asked for. Raises FetchError."""
        return self._in_browser().page(source, watches=watches)

    def further(self, source: Source, url: str) -> Page:
        """Return the page at `url`: an article of `source`, or where its list goes on. Raises FetchError.

        The headers and the login of `source`, and user and password in its address, go along only to the site that they
        are for.
        """
        if source.opens_articles:
            return self._in_browser().article(source, url)
        home, there = parse(source.url), parse(url)
        is_trusted = home.trusts(there)
        private = own_headers(source.headers, home.authorization) if is_trusted else {}
        access = self._ways.of(source)
        largest = _largest(source, url)
        page = self._get(
            there.url, access, private, Validators(), source.language, is_trusted=is_trusted, largest=largest
        )
        assert not isinstance(page, NotModified), "nothing was asked for conditionally"
        return page

    def knock(self, url: str) -> None:
        """Ask the host of `url` for a small file, so that `heard` is told of its answer, whatever that is."""
        with contextlib.suppress(FetchError):
            self._load_robots(parse(f"{parse(url).origin}/robots.txt"), self._ways.usual)

    def sitemaps(self, url: str) -> list[str]:
        """Return the sitemaps that the robots.txt of `url`'s site names, as far as it was read; as they stand there."""
        return self._ways.robots(self._settings.proxy).sitemaps(parse(url))

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        validators: Validators | None = None,
        language: str | None = None,
        largest: int = 0,
    ) -> Page | NotModified:
        """Return the page at `url`, or that it is still the one `validators` describe; without them always a page.

        `headers`, and user and password in `url`, go to the host of `url` and to no other. `language` (BCP 47) is the
        one asked for. Each hop waits for its turn at its host, which the deadline does not count: at most
        `politeness.LONGEST_QUEUE` seconds behind other requests and a pause. So many bytes as `largest` it may have in
        any case. Raises FetchError.
        """
        return self._get(url, self._ways.usual, headers or {}, validators or Validators(), language, largest=largest)

    def _get(
        self,
        url: str,
        access: Access,
        headers: Mapping[str, str],
        known: Validators,
        language: str | None,
        content: Content | None = None,
        *,
        is_trusted: bool = True,
        largest: int = 0,
    ) -> Page | NotModified:
        target = parse(url)
        private = own_headers(headers, target.authorization)
        asked = conditions(known)
        errand = Errand(
            target,
            {**common_headers(self._user_agent, language), **asked},
            private,
            max(int(self._settings.max_bytes), largest),
            heeds_robots=self._settings.robots,
            is_page=True,
            may_be_packed=largest > 0,
            access=access,
            content=content,
            is_trusted=is_trusted,
        )
        answer = access.known.run(errand, self._run) if access.known else self._run(errand)
        if answer.status == NOT_MODIFIED and asked:
            fresh = validators_of(answer.headers)
            return NotModified(Validators(fresh.etag or known.etag, fresh.last_modified or known.last_modified))
        return as_page(answer, errand, self._clock())

    def picture(self, url: str, longest: int) -> bytes:
        """Return what is at `url`, if it has at most `longest` bytes; nothing private goes along. Raises FetchError."""
        common = {**common_headers(self._user_agent, None), "Accept": "image/*,*/*;q=0.1"}
        robots = self._settings.robots
        answer = self._run(
            Errand(parse(url), common, {}, longest, heeds_robots=robots, is_picture=True, access=self._ways.usual)
        )
        if not has_page(answer.status):
            raise bad_status(answer.target.url, answer.status, answer.headers, self._clock())
        return answer.body

    def login_told(self, source: Source) -> str | None:
        """Return what the login of `source` did, for people; None where it did nothing, and has none."""
        return self._ways.login_told(source)

    def measure(self, source: Source, url: str) -> MediaFile:
        """Return what the server says of the file of `source` at `url`, which is not fetched. Raises FetchError.

        It is asked in the way of `source`; its login goes along only to the site that it is for.
        """
        common = {**common_headers(self._user_agent, None), "Accept": "audio/*,video/*,*/*;q=0.1"}
        robots = self._settings.robots
        there = parse(url)
        errand = Errand(
            there,
            common,
            {},
            0,
            heeds_robots=robots,
            only_head=True,
            access=self._ways.of(source),
            is_trusted=parse(source.url).trusts(there),
        )
        # As it is known now: that a file is refused says nothing of the login.
        answer = self._run(errand.access.known.shown_to(errand) if errand.access.known else errand)
        if not has_page(answer.status):
            raise bad_status(answer.target.url, answer.status, answer.headers, self._clock())
        encoded = answer.headers.get("Content-Encoding", "identity").lower() != "identity"
        content_type = answer.headers.get("Content-Type")
        size = None if encoded else told_size(answer.headers.get("Content-Length"), content_type)
        return MediaFile(url, told_kind(content_type), size)

    def pause(self, place: str) -> float:
        """Return for how many seconds the pause at a place (see `places_of`) still lasts, 0 if it is over."""
        return self._politeness.pause(place)

    def close(self) -> None:
        """Close all connections and turn away whoever waits for a turn; requests under way end by themselves."""
        self._politeness.close()
        with self._lock:
            if self._rendering is not None:
                self._rendering.close()
        self._ways.close()
        self._watchdog.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _in_browser(self) -> Rendering:
        with self._lock:
            if self._rendering is None:
                from feedbuilder.fetch.rendering import Rendering  # noqa: PLC0415 - most sources want no browser

                robots = self._ways.robots(self._settings.proxy)
                self._rendering = Rendering(
                    self._settings, self._our_name, self._guard, robots, self._waits, self._politeness, self._clock,
                    self._renderer,
                )  # fmt: skip
            return self._rendering

    def _load_robots(self, target: Target, access: Access) -> bytes:
        common = common_headers(self._user_agent, None)
        answer = self._run(Errand(target, common, {}, MAX_BYTES, cut=True, access=access))
        if not 200 <= answer.status < 300:
            raise bad_status(answer.target.url, answer.status, answer.headers, self._clock())
        return answer.body

    def _run(self, errand: Errand) -> Answer:
        """Return the answer at the end of `errand`'s redirects, within the deadline. Raises FetchError."""
        deadline = Deadline(self._settings.deadline.total_seconds(), self._watchdog)
        return visit(errand, lambda hop: self._ask(hop, errand, deadline), self._settings.max_redirects)

    def _ask(self, hop: Hop, errand: Errand, deadline: Deadline) -> Answer:
        target, access = hop.target, errand.access
        certificate = access.certificate if hop.is_trusted else None
        delay = self._ways.robots(access.proxy, certificate).crawl_delay(target) if errand.heeds_robots else 0.0
        if access.proxy:
            self._guard.check_name(target.host, target.port)
        self._waits.check(target.site)
        session = self._ways.session(certificate)
        with self._politeness.turn(target.host, max(self._gap, delay)):
            self._waits.check(target.site)  # it may have refused while we stood in line
            has_answered = False
            try:
                with (
                    deadline.running(),
                    session.ask(
                        target.url, hop.headers, deadline, access.proxy, hop.content, only_head=errand.only_head
                    ) as response,
                ):
                    if self._heard:
                        self._heard(target.host, response.headers)
                    deadline.check()  # headers that the watchdog cut off look complete to http.client
                    has_answered = True
                    answer = read_answer(target, response, errand, deadline)
            except EXPECTED as error:
                spent = DeadlineError() if deadline.spent else error
                explained = explain(spent, target, self._settings, access.proxy)
                if not has_answered and (deadline.spent or isinstance(error, Timeout)):
                    self._waits.silent(target.site, FetchError(f"{target.origin} did not answer in time."))
                raise explained from error
            self._waits.heed(target, answer.status, answer.headers)
        return answer


def _largest(source: Source, url: str) -> int:
    """Return how many bytes what `source` wants at `url` may have in any case: sitemaps are larger than pages."""
    if source.kind is not SourceKind.SITEMAP:
        return 0
    return LARGEST_SITEMAP if url == source.url or names_sitemap(url) else 0
