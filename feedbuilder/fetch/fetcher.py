"""URL -> Page: the order in which a page is asked for.

Owns the steps: robots.txt, one's turn at the host, the request, redirects, the answer. What each of them means stands
in the other modules of this folder. The one place where exceptions of the libraries become FetchErrors.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from requests import Timeout

from feedbuilder.fetch.deadline import Deadline, DeadlineError
from feedbuilder.fetch.errand import Answer, Errand, following, read_answer
from feedbuilder.fetch.failures import EXPECTED, explain
from feedbuilder.fetch.guard import Guard
from feedbuilder.fetch.headers import common_headers, conditions, default_user_agent, own_headers, validators_of
from feedbuilder.fetch.host_waits import HostWaits, is_refusal
from feedbuilder.fetch.politeness import Politeness
from feedbuilder.fetch.renderer import RenderedPage, Renderer
from feedbuilder.fetch.rendering import Rendering
from feedbuilder.fetch.robots import MAX_BYTES, Robots
from feedbuilder.fetch.session import GuardedSession
from feedbuilder.fetch.statuses import NOT_MODIFIED, bad_status, has_page, media_problem
from feedbuilder.fetch.urls import Target, parse
from feedbuilder.fetch.visit_cookies import VisitCookies
from feedbuilder.model import ConfigError, FetchError, FetchSettings, NotModified, Page, Source, Validators

MOST_REFRESHES = 3
"""How often one visit follows pages that send their visitors on; a live page may do so for ever."""


class HttpFetcher:
    """Gets pages politely and within limits. Safe to use from several threads; `close()` it, or use `with`.

    `contact` goes into the User-Agent; `waits` remembers the hosts that want to be left alone, for this fetcher alone
    unless it is given. `renderer` makes what opens pages in a browser, once a source wants that. `clock` gives aware
    datetimes in UTC, `monotonic` seconds for pauses and the age of robots.txt, `sleep` waits for a number of seconds;
    they are there for tests and simulations, and no limit of time depends on them. Raises ConfigError for settings that
    no request could work with.
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
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._heard = heard
        self._gap = settings.host_gap.total_seconds()
        self._user_agent = settings.user_agent or default_user_agent(contact)
        self._guard = Guard(settings.allow_hosts)
        self._session = _session(settings, self._guard)
        self._politeness = Politeness(monotonic, sleep)
        self._waits = waits or HostWaits(clock)
        self._robots = Robots(self._load_robots, monotonic, self._waits)
        self._rendering = Rendering(
            settings,
            default_user_agent(contact),
            self._guard,
            self._robots,
            self._waits,
            self._politeness,
            clock,
            renderer,
            heard,
        )

    def fetch(self, source: Source, validators: Validators) -> Page | NotModified:
        """Return the page of `source`, or that it is still the one `validators` describe. Raises FetchError only."""
        if source.needs_browser:
            return self.rendered(source).page
        return self.get(source.url, headers=source.headers, validators=validators, language=source.language)

    def rendered(self, source: Source, *, watches: bool = False) -> RenderedPage:
        """Return the page of `source` as a browser shows it, and the data it loads if asked for. Raises FetchError."""
        return self._rendering.page(source, self._heed_status, watches=watches)

    def further(self, source: Source, url: str) -> Page:
        """Return the page at `url`, on which the list of `source` goes on. Raises FetchError.

        The headers of `source`, and user and password in its address, go along only to the site that they are for.
        """
        home, there = parse(source.url), parse(url)
        private = dict(source.headers) if home.trusts(there) else {}
        if home.authorization and home.trusts(there) and "authorization" not in {name.lower() for name in private}:
            private["Authorization"] = home.authorization
        page = self.get(there.url, headers=private, language=source.language)
        assert not isinstance(page, NotModified), "nothing was asked for conditionally"
        return page

    def knock(self, url: str) -> None:
        """Ask the host of `url` for a small file, so that `heard` is told of its answer, whatever that is."""
        with contextlib.suppress(FetchError):
            self._load_robots(parse(f"{parse(url).origin}/robots.txt"))

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        validators: Validators | None = None,
        language: str | None = None,
    ) -> Page | NotModified:
        """Return the page at `url`, or that it is still the one `validators` describe; without them always a page.

        `headers`, and user and password in `url`, go to the host of `url` and to no other. `language` (BCP 47) is the
        one asked for. Each hop waits for its turn at its host, which the deadline does not count: at most
        `politeness.LONGEST_QUEUE` seconds behind other requests and a pause. Raises FetchError.
        """
        known = validators or Validators()
        target = parse(url)
        private = own_headers(headers or {})
        if target.authorization and "authorization" not in {name.lower() for name in private}:
            private["Authorization"] = target.authorization
        asked = conditions(known)
        errand = Errand(
            target,
            {**common_headers(self._user_agent, language), **asked},
            private,
            int(self._settings.max_bytes),
            heeds_robots=self._settings.robots,
            is_page=True,
        )
        answer = self._run(errand)
        if answer.status == NOT_MODIFIED and asked:
            fresh = validators_of(answer.headers)
            return NotModified(Validators(fresh.etag or known.etag, fresh.last_modified or known.last_modified))
        return self._page(answer, errand)

    def picture(self, url: str, longest: int) -> bytes:
        """Return what is at `url`, if it has at most `longest` bytes; nothing private goes along. Raises FetchError."""
        common = {**common_headers(self._user_agent, None), "Accept": "image/*,*/*;q=0.1"}
        robots = self._settings.robots
        answer = self._run(Errand(parse(url), common, {}, longest, heeds_robots=robots, is_picture=True))
        if not has_page(answer.status):
            raise bad_status(answer.target.url, answer.status, answer.headers, self._clock())
        return answer.body

    def pause(self, place: str) -> float:
        """Return for how many seconds the pause at a place (see `places_of`) still lasts, 0 if it is over."""
        return self._politeness.pause(place)

    def close(self) -> None:
        """Close all connections and turn away whoever waits for a turn; requests under way end by themselves."""
        self._politeness.close()
        self._rendering.close()
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _page(self, answer: Answer, errand: Errand) -> Page:
        url, status, content_type = answer.target.url, answer.status, answer.headers.get("Content-Type")
        if not has_page(status):
            error = bad_status(url, status, answer.headers, self._clock())
            if status in {401, 403} and errand.private and not errand.target.trusts(answer.target):
                note = f"{error} The source's headers were not sent there, because a redirect led away from its url."
                raise FetchError(note, status=status, retry_after=error.retry_after)
            raise error
        if media := media_problem(content_type):
            raise FetchError(f"{url} is no page but {media}. Choose the page that lists the articles.", status=status)
        if not answer.body.strip():
            raise FetchError(f"{url} came without content. That usually passes by itself.", status=status)
        links = answer.headers.get("Link")
        return Page(url, answer.body, self._clock(), content_type, validators_of(answer.headers), status, links)

    def _load_robots(self, target: Target) -> bytes:
        common = common_headers(self._user_agent, None)
        answer = self._run(Errand(target, common, {}, MAX_BYTES, cut=True))
        if not 200 <= answer.status < 300:
            raise bad_status(answer.target.url, answer.status, answer.headers, self._clock())
        return answer.body

    def _run(self, errand: Errand) -> Answer:
        """Follow the redirects by hand: each hop is asked for like a first request, with guard, turn and robots.txt.

        What a site sets as a cookie goes back to it at the next hops. A page that sends its visitors on is followed
        like a redirect; where that leads nowhere new, it is the page.
        """
        deadline = Deadline(self._settings.deadline.total_seconds())
        target, private, cookies = errand.target, dict(errand.private), VisitCookies()
        seen, refreshed = set[tuple[str, str | None]](), 0
        own_cookie = next((value for name, value in private.items() if name.lower() == "cookie"), None)
        private = {name: value for name, value in private.items() if name.lower() != "cookie"}
        while True:
            cookie = cookies.header(target.url, own_cookie)
            seen.add((target.url, cookie))
            headers = {**errand.common, **private, **({"Cookie": cookie} if cookie else {})}
            answer = self._ask(target, headers, errand, deadline)
            cookies.take(target.url, answer.set_cookies)
            onward = following(answer) if answer.location is not None or errand.is_page else None
            if onward is None:
                return answer
            is_circle = (onward.url, cookies.header(onward.url, own_cookie)) in seen
            if answer.location is None:
                if is_circle or refreshed >= MOST_REFRESHES or len(seen) > self._settings.max_redirects:
                    return answer
                refreshed += 1
            elif is_circle:
                raise FetchError(
                    f"{errand.target.url} redirects in a circle, back to {onward.url}. Often the site wants a "
                    "cookie: open it in a browser and give the source that header, or another url.",
                    status=answer.status,
                )
            elif len(seen) > self._settings.max_redirects:
                raise FetchError(
                    f"{errand.target.url} redirects more than {self._settings.max_redirects} times. Put the address "
                    "that a browser ends at into the source's url, or raise max_redirects under [fetch].",
                    status=answer.status,
                )
            if not target.trusts(onward):
                private, own_cookie = {}, None  # and they stay away if the chain comes back: it is not our request now
            target = onward

    def _ask(self, target: Target, headers: Mapping[str, str], errand: Errand, deadline: Deadline) -> Answer:
        delay = self._robots.crawl_delay(target) if errand.heeds_robots else 0.0
        if self._settings.proxy:
            self._guard.check_name(target.host, target.port)
        self._waits.check(target.site)
        with self._politeness.turn(target.host, max(self._gap, delay)):
            self._waits.check(target.site)  # it may have refused while we stood in line
            has_answered = False
            try:
                with deadline.running(), self._session.ask(target.url, headers, deadline) as response:
                    if self._heard:
                        self._heard(target.host, response.headers)
                    deadline.check()  # headers that the watchdog cut off look complete to http.client
                    has_answered = True
                    answer = read_answer(target, response, errand, deadline)
            except EXPECTED as error:
                explained = explain(DeadlineError() if deadline.spent else error, target, self._settings)
                if not has_answered and (deadline.spent or isinstance(error, Timeout)):
                    self._waits.silent(target.site, FetchError(f"{target.origin} did not answer in time."))
                raise explained from error
            self._heed(answer)
        return answer

    def _heed(self, answer: Answer) -> None:
        """Note whether the host of `answer` wants to be left alone. Raises StoreError."""
        self._heed_status(answer.target, answer.status, answer.headers)

    def _heed_status(self, target: Target, status: int, headers: Mapping[str, str]) -> None:
        if status < 400:
            self._waits.answered(target.site)
            return
        # What is remembered of a host, and shown, says nothing of a page, whose address may hold a secret.
        error = bad_status(target.origin, status, headers, self._clock())
        if is_refusal(error):
            self._waits.refused(target.site, error)
        elif status < 500:
            self._waits.answered(target.site)


def _session(settings: FetchSettings, guard: Guard) -> GuardedSession:
    problems = []
    try:
        own_headers({"User-Agent": settings.user_agent or ""})
    except FetchError:
        problems.append("[fetch] user_agent: it holds a line break or a character that headers cannot carry.")
    try:
        session = GuardedSession(settings, guard)
    except OSError as error:
        reason = error.strerror or "it holds no certificate"
        problems.append(f"[fetch] ca_bundle: {settings.ca_bundle} cannot be used ({reason}).")
    if problems:
        raise ConfigError(*problems)
    return session
