"""Looking at a page that somebody named: fetched, its feeds asked for, its lists found, while they watch.

Owns the threads in which that happens and what is said meanwhile. What is looked for is for `tend` to say.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock, Thread

from feedbuilder.config import Config
from feedbuilder.config.typed_headers import NO_HEADERS, TypedHeaders
from feedbuilder.detect import Candidate
from feedbuilder.detect.feed_summary import FeedSeen
from feedbuilder.extract import extract
from feedbuilder.logger import log
from feedbuilder.masking import mask_text
from feedbuilder.model import (
    ConfigError,
    ExtractError,
    FeedbuilderError,
    PrivateAddressError,
    Selectors,
    Source,
    SourceKind,
)
from feedbuilder.studio.page_view import ShownPage, view_of
from feedbuilder.studio.teaching import numbers_of_cards, taught_page
from feedbuilder.studio.workbench import Workbench, begin_bench
from feedbuilder.teach import TaughtPage
from feedbuilder.tend.add_plan import Plan
from feedbuilder.tend.page_findings import Detect, IsFeedError, find, page_from_web
from feedbuilder.tend.polite_fetcher import page_of, polite_fetcher
from feedbuilder.tend.site_feeds import feeds_there
from feedbuilder.tend.write_plan import begin_plan

_ANY = Selectors(item="a")
_MOST_OUTLINED = 50


@dataclass(frozen=True, slots=True)
class LookFailure:
    """Why there is nothing to work on."""

    texts: tuple[str, ...]
    private_host: str | None = None
    """What would have to be admitted, where that is all that is wrong."""
    is_of_lists: bool = False
    """Whether the page was had, and no list of articles found on it."""
    feed: FeedSeen | None = None
    """What is at the address, where that is a feed and can be subscribed to as it is."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody says of a page that is to be looked at."""

    example: str | None = None
    """A title that the list is to hold."""
    kind: SourceKind | None = None
    """What is at the address; None: that is seen from it."""
    headers: TypedHeaders = NO_HEADERS
    """With which it is asked for."""


@dataclass
class Look:
    """One look at a page: its steps as they come, and what came of it."""

    address: str
    hosts: tuple[str, ...] = ()
    wish: Wish = Wish()
    steps: list[str] = field(default_factory=list)
    failure: LookFailure | None = None
    bench: Workbench | None = None
    is_over: bool = False
    """Whether nothing more will come of it by itself."""
    _lock: Lock = field(default_factory=Lock)
    _outlined: dict[str, str] = field(default_factory=dict)
    _view: ShownPage | None = None
    _taught: tuple[Source, TaughtPage] | None = None

    def begin(self, work: Callable[[Look], None]) -> None:
        """Do `work` in a thread of its own."""
        Thread(target=self._run, args=(work,), name=f"look-{self.address[:40]}", daemon=True).start()

    def say(self, step: str) -> None:
        """Tell whoever watches what is done just now."""
        self.steps.append(step)

    def change(self, step: Callable[[Workbench], Workbench]) -> Workbench:
        """Take a step on the bench, one at a time; return it afterwards."""
        with self._lock:
            assert self.bench is not None, "nothing is worked on before it was found"
            self.bench = step(self.bench)
            return self.bench

    def prepare(self, bench: Workbench) -> None:
        """Read the page of `bench` as it is taught on, so that the first click is answered as quickly as others."""
        if bench.source().kind is SourceKind.PAGE:
            self.numbers_of_cards(bench, bench.plan.chosen)
            _ = self.taught_page(bench).outline

    def taught_page(self, bench: Workbench) -> TaughtPage:
        """Return the page of `bench` to be taught on; kept while the source says the same beside its selectors."""
        source = bench.source()
        bare = source.model_copy(update={"selectors": _ANY, "title": None, "tags": ()})
        kept = self._taught
        if kept is None or kept[0] != bare:
            kept = self._taught = (bare, taught_page(bench))
        return kept[1]

    def numbers_of_cards(self, bench: Workbench, number: int) -> str:
        """Return the elements of each card of a list of the page, as JSON: what is outlined. Read once."""
        page, candidate = self.taught_page(bench), bench.plan.found.detection.candidates[number]
        mark = f"{id(page)} {candidate.selectors.model_dump_json()} {dict(candidate.settings)}"
        if mark not in self._outlined:
            if len(self._outlined) >= _MOST_OUTLINED:
                del self._outlined[next(iter(self._outlined))]
            self._outlined[mark] = numbers_of_cards(page, candidate)
        return self._outlined[mark]

    def view(self, *, loads: bool) -> ShownPage:
        """Return the page for its frame; with the site's styles and pictures where it `loads` them."""
        assert self.bench is not None, "nothing is shown before it was found"
        kept = self._view
        if kept is None or kept.loads != loads:
            kept = self._view = view_of(self.bench.text, self.bench.plan.found.page.url, loads=loads)
        return kept

    def _run(self, work: Callable[[Look], None]) -> None:
        try:
            work(self)
        except ConfigError as error:
            self.failure = LookFailure(tuple(map(mask_text, error.problems)))
        except FeedbuilderError as error:
            feed = error.feed if isinstance(error, IsFeedError) and error.feed.is_of_use else None
            lacks_list = isinstance(error, ExtractError)
            self.failure = LookFailure((mask_text(str(error)),), _private_host(error), lacks_list, feed)
        except Exception as error:
            log.exception("a bug, please report it: page not looked at", page=self.address)
            self.failure = LookFailure((f"feedbuilder itself failed on this page: {error!r}. Please report it.",))
        finally:
            self.is_over = True


def _private_host(error: BaseException | None) -> str | None:
    """Return the host that is refused for being private; what is told may be that robots.txt was not asked for."""
    while error is not None and not isinstance(error, PrivateAddressError):
        error = error.__cause__
    return error.host if error is not None else None


def look_at_page(look: Look, config: Config | None, detector: Detect) -> None:
    """Put the page that `look` names on its bench, and then the feeds that its site has already.

    Raises FetchError, ExtractError, ConfigError.
    """
    look.say("Asking the site for the page, if its robots.txt allows it")
    with polite_fetcher(config, look.hosts) as fetcher:
        wish = look.wish
        page = page_from_web(look.address, fetcher, config, wish.kind, wish.headers.filled)
        look.say("Looking for lists of articles on it")
        found = find(page, timezone=None, example=wish.example, config=config, kind=wish.kind, detector=detector)
        feeds: tuple[FeedSeen, ...] = ()
        if found.detection.candidates:
            bench = begin_bench(begin_plan(found, look.address, config, headers=wish.headers), look.hosts)
            look.prepare(bench)
            look.bench = bench
        if look.bench is None or look.bench.source().kind is SourceKind.PAGE:
            look.say("Asking whether the site has a feed already")
            feeds = tuple(feeds_there(page, fetcher))
    if look.bench is None:
        reasons = ["No list of articles was found on this page.", found.detection.reason or ""]
        if found.detection.needs_browser:
            command = f"feedbuilder add {shlex.quote(look.address)} --browser"
            reasons.append(f"A browser may show a list there; on the command line, this lets one open it: {command}.")
        reasons += [f"The site has a feed already: {feed.url} ({feed.kind}, {feed.entries} entries)." for feed in feeds]
        raise ExtractError(" ".join(filter(None, reasons)))
    look.change(lambda bench: replace(bench, feeds=feeds))


def look_at_source(look: Look, config: Config, source: Source, detector: Detect) -> None:
    """Put the page of `source` on the bench, its list read as it is configured. Raises FetchError, ExtractError."""
    look.say("Asking the site for the page")
    with polite_fetcher(config, look.hosts) as fetcher:
        page = page_of(fetcher, source)
    look.say("Looking for lists of articles on it")
    zone = source.timezone.key if source.timezone else None
    found = find(page, timezone=zone, example=None, config=config, kind=source.kind, detector=detector)
    listed = extract(page, source)
    others = found.detection.candidates
    if listed:
        shown = {item.canonical for item in listed}
        own = Candidate(source.selectors, listed, 0.0, ())
        others = (own, *(one for one in others if {item.canonical for item in one.items} != shown))
    if not others:
        raise ExtractError("Neither the selectors of the source nor a look at the page find a list of articles there.")
    found = replace(found, detection=replace(found.detection, candidates=others))
    kept = source.model_fields_set - {"id", "url", "selectors", "title", "tags", "timezone"}
    plan = Plan(
        found,
        source.url,
        0,
        source.id,
        source.name,
        source.tags,
        None,
        is_named=True,
        more={key: getattr(source, key) for key in kept},
    )
    bench = begin_bench(plan, look.hosts, source)
    look.prepare(bench)
    look.bench = bench
