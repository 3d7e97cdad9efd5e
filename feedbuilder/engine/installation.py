"""One installation, opened: the configuration and everything that was made from it.

Owns the object graph (store, fetcher, output folder) and hands it to whoever needs it: the pipeline, `lost_store`.
Decides nothing about when; see `once` and `runner`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property, partial
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Self

from feedbuilder import __version__
from feedbuilder.article import installed as finds_texts
from feedbuilder.browser import why_missing
from feedbuilder.config import Config
from feedbuilder.engine.alerts import Alerts
from feedbuilder.engine.clock import Clock, system_clock
from feedbuilder.engine.fetchers import fetcher_of
from feedbuilder.engine.health_files import HealthFiles
from feedbuilder.engine.lost_store import refill
from feedbuilder.engine.metrics_file import RESPONSES_OF, write_metrics
from feedbuilder.engine.metrics_file import installed as writes_metrics
from feedbuilder.engine.overview import catalogue_of, contradiction_of, hub_of, in_force, states_of
from feedbuilder.engine.pooled_reader import PooledReader, pooled_reader
from feedbuilder.engine.shared_turns import shared_turns
from feedbuilder.engine.status_facts import StatusFacts
from feedbuilder.engine.timekeeper import Timekeeper, WatchedFetcher
from feedbuilder.feeds import FeedSummary, render_status
from feedbuilder.fetch import THE_BROWSER, HostWaits, HttpFetcher, SharedTurns, places_of, refusing
from feedbuilder.logger import log
from feedbuilder.model import Articles, ArticleVisit, FileStamp, HostWait, Run, Source, SourceState
from feedbuilder.pipeline.catalogue import Catalogue
from feedbuilder.pipeline.documents import gather
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.media_files import measure_files
from feedbuilder.pipeline.poll import poll
from feedbuilder.pipeline.ports import Tools
from feedbuilder.pipeline.press import Press
from feedbuilder.pipeline.publish import publish
from feedbuilder.pipeline.site_icon import take_icon
from feedbuilder.pipeline.visit import visit as read_visit
from feedbuilder.processes import Nursery
from feedbuilder.publish import Bucket, Folder, Output
from feedbuilder.store import SqlStore, open_store

if TYPE_CHECKING:
    from feedbuilder.engine.hub_pings import HubPings
    from feedbuilder.store.host_turns import HostTurns

STATUS_EVERY = timedelta(seconds=2)
"""How often status.json is written at most: with each reading something in it is another, and it holds all sources."""
STATUS_EVERY_OF_EACH = timedelta(milliseconds=1)
"""The same for each source: that of many takes long to make, and is not to take more than a twentieth of a core."""
STATUS_LATEST = timedelta(seconds=10)
"""How long it waits at most, also for news that is not published yet: who asked for a reading takes it for its end."""


def status_every(sources: int) -> timedelta:
    """Return how often status.json is written at most where there are so many sources."""
    return max(STATUS_EVERY, min(sources * STATUS_EVERY_OF_EACH, STATUS_LATEST))


@dataclass(frozen=True, slots=True)
class Publication:
    """What one publishing did."""

    feeds: tuple[FeedSummary, ...]
    written: tuple[str, ...]
    """The paths whose bytes changed, status.json not counted."""
    stale: tuple[str, ...]
    """Folders of feeds that are in the configuration no longer."""
    status_due: datetime | None = None
    """When status.json may be written next; None where it says what is so."""
    has_more: bool = False
    """Whether something was left for the next publishing."""
    has_news: bool = False
    """Whether news is among it."""


@dataclass
class Installation:
    """A configuration with its store, fetcher and output folder. Close it, or use it as a context manager."""

    config: Config
    store: SqlStore
    fetcher: HttpFetcher
    output: Output
    clock: Clock
    waits: HostWaits
    """The hosts that want to be left alone, whatever fetcher asks them."""
    timekeeper: Timekeeper
    accept_loss: bool = False
    """Whether a lost store is filled again even where published feeds that it is filled from are damaged."""
    reader: LocalReader | PooledReader = field(default_factory=LocalReader)
    shared: HostTurns | None = None
    """The turns of all processes that read for this installation; None where there is this one only."""
    _publishing: Lock = field(default_factory=Lock)
    _press: Press | None = None
    """None until something is published under this configuration."""
    _stale: tuple[str, ...] = ()
    _health: HealthFiles | None = None
    """None until something is published under this configuration."""
    _facts: StatusFacts | None = None
    """Likewise."""
    _told: datetime | None = None
    """When status.json was last written."""

    @classmethod
    def open(
        cls,
        config: Config,
        clock: Clock = system_clock,
        *,
        processes: Nursery | None = None,
        accept_loss: bool = False,
    ) -> Self:
        """Open everything that `config` names. Raises StoreError; touches no network and no output.

        Pages are read in processes of their own if there is a nursery for `processes`, unless `config` says otherwise;
        it is closed with the installation. That is for programs that read sources.
        """
        store = open_store(config.store.place)
        try:
            shared = shared_turns(config)
        except BaseException:
            store.close()
            raise
        reader = (pooled_reader(config.reading, processes) if processes else None) or LocalReader(config.reading)
        waits, timekeeper = HostWaits(clock, store), Timekeeper(clock, store)
        fetcher = _fetcher(config, clock, waits, timekeeper, shared)
        output = _output(config, store)
        return cls(config, store, fetcher, output, clock, waits, timekeeper, accept_loss, reader, shared)

    def reconfigured(self, config: Config) -> Installation:
        """Return this installation with another configuration, on the same store and memory.

        The store's place cannot change while it is open; a new one is taken up at the next start, as are other
        processes for reading. The fetcher stays where its settings did, for it remembers when each host was last asked.
        One that is replaced is not closed: readings under way still use it.
        """
        now, before = ((one.fetch, one.browser, one.site.contact, one.logins) for one in (config, self.config))
        return replace(
            self,
            config=config,
            fetcher=self.fetcher
            if now == before
            else _fetcher(config, self.clock, self.waits, self.timekeeper, self.shared),
            output=_output(config, self.store),
            _press=None,
            _health=None,
            _facts=None,
            _told=None,
        )

    @cached_property
    def alerts(self) -> Alerts:
        """Return what tells people of events."""
        return Alerts(self.config, self.store)

    @cached_property
    def hub_pings(self) -> HubPings | None:
        """Return what tells the hub of news; None without one."""
        if self.config.site.hub_in_use is None:
            return None
        from feedbuilder.engine.hub_pings import HubPings  # noqa: PLC0415 - few have a hub

        return HubPings(self.config, self.store, self.clock)

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Return the configured sources by id, in the order of the configuration."""
        return {source.id: source for source in self.config.sources}

    def states(self) -> Mapping[str, SourceState]:
        """Return what is known of each configured source, by id; waiting under other settings is void."""
        return states_of(self.config.sources, self.store)

    def state(self, source: Source) -> SourceState:
        """Return what is known of `source`; waiting under other settings is void."""
        return in_force(self.store.state(source.id), source, self.store)

    def wait_of(self, url: str) -> HostWait | None:
        """Return why the host of `url` may not be asked now, None if it may."""
        waits = [wait for place in places_of(url) if (wait := self.waits.holding(place))]
        return max(waits, key=lambda wait: wait.until, default=None)

    def pause(self, place: str) -> float:
        """Return for how many seconds nobody may ask `place`, 0 if somebody may. Places come from `places`."""
        wait = self.waits.holding(place)
        asked = (wait.until - self.clock()).total_seconds() if wait else 0.0
        return max(self.fetcher.pause(place), asked)

    def places(self, source: Source, state: SourceState) -> frozenset[str]:
        """Return whom a reading of `source` asks: the host of its address, and where that led last time.

        The browser is one too: whoever waited for it would hold a thread that others need.
        """
        hosts = places_of(source.url)
        if state.landed and not hosts >= (landed := places_of(state.landed)):
            hosts |= landed
        return hosts | {THE_BROWSER} if source.needs_browser else hosts

    def request(self, sources: Sequence[Source], *, force: bool) -> None:
        """Ask the process that holds the store to read `sources`; with `force`, even where they wait."""
        if force:
            self.let_ask(sources)
        self.store.request([source.id for source in sources], self.clock(), force=force)

    def let_ask(self, sources: Sequence[Source]) -> None:
        """Let the hosts of `sources` be asked, whatever they said."""
        self.waits.forget({place for source in sources for place in refusing(source.url)})

    def prepare(self) -> None:
        """Tell the store which sources there are; fill a lost store again from the feeds that were published.

        Raises LostStoreError where such a feed is damaged, and StoreError.
        """
        now = self.clock()
        if seeded := refill(self.store, self.output, now, accept_loss=self.accept_loss):
            log.warning("store was empty, seeded from the published feeds", items=seeded)
        self.store.sync_sources(self.config.sources, now)
        self.alerts.meet()
        if self.config.site.metrics is not None and not writes_metrics():
            log.warning("no metrics without the extra: pip install 'feedbuilder[metrics]'")
        rendered = [source.id for source in self.config.sources if source.needs_browser]
        if rendered and (missing := why_missing(self.config.browser)):
            log.warning("pages that need a browser cannot be read", reason=missing, sources=rendered)
        if not finds_texts() and (names := [source.id for source in self.config.sources if _needs_texts(source)]):
            log.warning("no texts without the extra: pip install 'feedbuilder[full-text]'", sources=names)

    def look_at_clock(self) -> None:
        """Raise ClockError while the clock is wrong, as far as is known before a page is read.

        What a wrong clock has left in the store is put right once it is known to be right again.
        """
        if self.timekeeper.look(self._urls, self.fetcher):
            self.waits.reload()

    def poll(self, source: Source) -> Run:
        """Read one source and remember what it says. Raises ClockError, StoreError."""
        return poll(source, self._tools())

    def take_icon(self, source: Source, addresses: Sequence[str]) -> None:
        """Ask for the icon of the site of `source` at these addresses. Raises StoreError."""
        if self.wait_of(addresses[0]) is None:
            take_icon(source, addresses, self.fetcher, self.store, self.clock())

    def due_file(self, source: Source) -> str | None:
        """Return the address of the first file of `source` whose server is to be asked, None if none is."""
        if not self.config.fetch.media:
            return None
        return next((url for url, _ in self.store.due_files(source.id, self.clock(), 1)), None)

    def measure_files(self, source: Source) -> int:
        """Ask for files of sound and video of `source`; return how many answered. Raises StoreError."""
        return measure_files(source, self.fetcher, self.store, self.clock())

    def due_articles(self, source: Source) -> Sequence[ArticleVisit]:
        """Return the article pages of `source` that are due, as many as a run may read; the newest items' first."""
        return self.store.visits(source.id, self.clock(), self.config.fetch.articles_per_run)

    def read_article(self, visit: ArticleVisit, source: Source) -> None:
        """Read an article's own page, as its list `source` says how.

        What goes wrong with it is logged; its item is then published as its list shows it. Raises StoreError.
        """
        if problem := read_visit(visit, source, self._tools()):
            log.warning("article not read", source=source.id, article=visit.link, reason=problem)
        else:
            log.debug("article read", source=source.id, article=visit.link)

    def contradiction(self, source: str) -> str | None:
        """Return why the articles' own pages show that the list of `source` is read wrongly, None if they do not."""
        return contradiction_of(source, self.store)

    def _tools(self) -> Tools:
        fetcher, icons = WatchedFetcher(self.fetcher, self.timekeeper, self._urls), self.config.fetch.icons
        patience = self.config.alerts.after_failures
        return Tools(fetcher, self.store, self.reader, self.clock, random.random, icons, self._needs_tags, patience)

    @cached_property
    def _urls(self) -> tuple[str, ...]:
        # The time is asked for without a proxy: of no site that is asked by one of its own.
        return tuple(source.url for source in self.config.sources if source.proxy is None)

    @cached_property
    def _needs_tags(self) -> bool:
        return any(feed.auto or feed.tags.any or feed.tags.all for feed in self.config.feeds)

    def publish(
        self, *, patient: bool = False, put_off: bool = False, goes_on: Callable[[], bool] = lambda: True
    ) -> Publication:
        """Bring the output up to the store, status.json included; items wait for their own page only if `patient`.

        With `put_off`, status.json and the lists of feeds wait if it was written just before; as soon as `goes_on` says
        no, feeds that no news touch are left for the next time. Raises PublishError.

        One thread at a time: feedgen sets the process's locale while it writes dates.
        """
        with self._publishing:
            now = self.clock()
            press = self._press = self._press or Press(self._catalogue)
            is_first = press.is_fresh
            every = status_every(len(self.config.sources)) if put_off else timedelta()
            lists = self._told_until(every, now) is None
            feeds, written = publish(press, self.store, self.output, now, patient=patient, goes_on=goes_on, lists=lists)
            has_more, has_news = press.has_more, press.has_news
            status_due = self._tell(feeds, now, STATUS_LATEST if has_news else every)
            if is_first or (written and lists):
                self._stale = tuple(self.output.stale({folder for feed in feeds for folder in feed.folders}))
        if written and self.hub_pings is not None:
            self.hub_pings.note_news()
        for path in written:
            log.info("file written", path=path)
        return Publication(tuple(feeds), tuple(written), self._stale, status_due, has_more, has_news)

    def _told_until(self, wait: timedelta, now: datetime) -> datetime | None:
        """Return when it will be `wait` ago that what tells of sources was written; None where it is."""
        if self._told is not None and self._told <= now < (end := self._told + wait):
            return end
        return None

    def _tell(self, feeds: Sequence[FeedSummary], now: datetime, wait: timedelta) -> datetime | None:
        """Write what tells of sources, status.json last, if it was not done within `wait`; return when that is over."""
        if (end := self._told_until(wait, now)) is not None:
            return end
        self._health = self._health or HealthFiles(self.config, self.store, self.output, self.clock)
        self._health.publish()
        self._facts = self._facts or StatusFacts(self.config, self.store)
        printed = self._press.printed if self._press else {}
        states = self.store.states()
        hub, queue = hub_of(self.config, self.store), self.store.queue_state()
        status = render_status(now, self.config.sources, states, feeds, __version__, hub, queue)
        self.output.publish([*self._facts.page(states, feeds, printed, now, queue), status])
        if self.config.site.metrics is not None:
            entries = {feed.slug: feed.count for feed in feeds}
            responses = self.store.response_times(now - RESPONSES_OF)
            write_metrics(self.config.site.metrics, self.config.sources, states, entries, responses, now, queue)
        self._told = now
        return None

    def forget_printed(self) -> None:
        """Have the next publishing look up what stands in the output: another process may have published."""
        with self._publishing:
            self.output.forget()
            if self._press is not None:
                self._press.forget()

    def feeds(self) -> list[FeedSummary]:
        """Return the feeds as they would be published now. Changes nothing."""
        return gather(Press(self._catalogue), self.store, self.clock())

    @property
    def _catalogue(self) -> Catalogue:
        return catalogue_of(self.config)

    def forget(self) -> int:
        """Drop what the configuration no longer keeps; return how many items went. What feeds show always stays."""
        settings, shown = self.config.store, self.store.shown()
        return self.store.prune(self.clock(), keep_age=settings.keep_age, keep_items=settings.keep_items, shown=shown)

    def close(self) -> None:
        """Close connections and the store, and end the processes that read."""
        self.reader.close()
        self.fetcher.close()
        if self.shared is not None:
            self.shared.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _fetcher(
    config: Config, clock: Clock, waits: HostWaits, timekeeper: Timekeeper, shared: SharedTurns | None
) -> HttpFetcher:
    return fetcher_of(config, clock=clock, waits=waits, heard=timekeeper.hear, shared=shared)


def _needs_texts(source: Source) -> bool:
    """Return whether the texts of its articles have to be found without a selector."""
    return source.articles is Articles.FULL and source.article.content is None


def _output(config: Config, store: SqlStore) -> Output:
    """Return where feeds are written to."""
    if config.site.bucket is None:
        return Folder(config.site.output)
    return Bucket(config.site.bucket, partial(_put_before, store))


def _put_before(store: SqlStore) -> Mapping[str, FileStamp]:
    return {path: stamp for feed in store.printed().values() for path, stamp in feed.files.items()}
