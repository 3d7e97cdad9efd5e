"""Who schedules: one process, and others that stand by and take over within seconds.

Owns what is due when, as the store knows it, and the watch over jobs whose workers died. Reads no page itself.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from feedbuilder.cluster.job_queue import JobQueue, Priority
from feedbuilder.config import Config, reloading
from feedbuilder.engine import Installation
from feedbuilder.engine.config_watch import ConfigWatch
from feedbuilder.logger import log
from feedbuilder.model import AlreadyRunningError, FeedbuilderError, OutdatedError, SourceState, StoreRefusedError
from feedbuilder.pipeline.schedule import due_after_start, due_at
from feedbuilder.store import Hold, hold

LOOK_EVERY = 1.0
"""Seconds between two looks at what is due."""
FREE_EVERY = 5.0
"""Seconds between two looks at whether a worker died."""
TAKE_OVER_EVERY = 2.0
"""Seconds between two tries of who stands by."""
ARTICLES_EVERY = 30.0
"""Seconds between two looks at which article pages are due."""
PUBLISH_EVERY = 60.0
"""Seconds after which feeds are published although nobody asked for it: what failed, is tried again."""
OVERLAP = timedelta(seconds=10)
"""How far back readings are looked for again: what ended first need not be saved first."""
AFTER_FAILURE = timedelta(minutes=1)
"""After what time a reading that could not be remembered is tried again, if its source is not due sooner."""
FORGET_EVERY = timedelta(days=1)
_JOBS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}


class Scheduler:
    """Keeps the schedule of one installation while it holds the store."""

    def __init__(self, installation: Installation, queue: JobQueue, held: Hold) -> None:
        self._installation = installation
        self._queue = queue
        self._held = held
        self._watched = ConfigWatch(installation.config, reloading(installation.config, os.environ))
        self._due: dict[str, datetime] = {}
        """When each source is due that is not in the queue."""
        self._queued: set[str] = set()
        """The sources that are in the queue."""
        self._heeded: dict[str, datetime | None] = {}
        """The reading of each source that was taken notice of last; None where it has none."""
        self._seen: datetime | None = None
        """The newest reading that was taken notice of."""
        self._lost = Event()
        self._outdated: OutdatedError | None = None
        self._failing: set[Callable[[], None]] = set()
        """What has failed the last time, and was told."""

    def run_until(self, stop: Event) -> None:
        """Schedule until `stop` is set.

        Raises AlreadyRunningError if another process schedules now, OutdatedError once a newer program has changed the
        store.
        """
        self._installation.prepare()
        self._plan_all()
        scheduler = BackgroundScheduler(executors={"default": ThreadPoolExecutor(1)}, job_defaults=_JOBS)
        for chore, seconds in (
            (self._look, LOOK_EVERY),
            (self._free, FREE_EVERY),
            (self._articles, ARTICLES_EVERY),
            (self._publish, PUBLISH_EVERY),
            (self._forget, FORGET_EVERY.total_seconds()),
            (self._alert, 10.0),
        ):
            scheduler.add_job(self._told(chore), "interval", seconds=seconds)
        self._told(self._publish)()
        scheduler.start()
        log.info("scheduling", sources=len(self._installation.sources))
        while not (stop.wait(0.2) or self._lost.is_set()):
            pass
        self._installation.alerts.stop()
        scheduler.shutdown()
        if self._outdated is not None:
            raise self._outdated
        if self._lost.is_set():
            raise AlreadyRunningError("Another process schedules for this store now; this one stands by.")

    def _told(self, chore: Callable[[], None]) -> Callable[[], None]:
        """Return `chore` so that its failures are logged, and it is called again the next time."""

        def call() -> None:
            try:
                chore()
                self._failing.discard(chore)
            except AlreadyRunningError:
                self._lost.set()
            except OutdatedError as error:
                self._outdated = error
                self._lost.set()
            except FeedbuilderError as error:
                if chore not in self._failing:
                    log.error("could not schedule; trying again", reason=str(error))  # noqa: TRY400 - expected
                self._failing.add(chore)
            except Exception:
                log.exception("a bug, please report it: could not schedule")

        return call

    def _plan_all(self) -> None:
        """Plan all readings from what the store knows; what is in the queue already is waited for."""
        now, states = self._installation.clock(), self._installation.states()
        outstanding = self._queue.outstanding()
        self._due, self._queued = {}, set()
        self._heeded = {source_id: state.last_run for source_id, state in states.items()}
        for source_id, due in due_after_start(states, now, random.random).items():
            if self._installation.sources[source_id].paused:
                continue
            if source_id in outstanding:
                self._queued.add(source_id)
            else:
                self._due[source_id] = due
        self._seen = max((state.last_run for state in states.values() if state.last_run), default=None)

    def _look(self) -> None:
        """Take notice of what was read, and put into the queue what is due."""
        self._held.check()
        self._reload()
        store, now = self._installation.store, self._installation.clock()
        for state in store.read_since(self._seen and self._seen - OVERLAP):
            self._heed(state, now)
        asked, sources = store.requested().keys(), self._installation.sources
        for source_id in asked & self._due.keys() & sources.keys():
            # Who insists has let it be asked; else it is left alone for as long as its failures want.
            self._due[source_id] = due_at(self._installation.state(sources[source_id]), now, 0.0, timedelta())
        due = [source_id for source_id, moment in self._due.items() if moment <= now]
        if not due:
            return
        for wanted, priority in ((True, Priority.ASKED), (False, Priority.SCHEDULED)):
            ours = [sources[one] for one in due if (one in asked) is wanted and one in sources]
            self._queue.read(ours, priority)
        for source_id in due:
            del self._due[source_id]
            self._queued.add(source_id)

    def _heed(self, state: SourceState, now: datetime) -> None:
        """Take notice of the reading that `state` is the outcome of."""
        assert state.last_run is not None
        if self._heeded.get(state.source) == state.last_run:
            return  # looked for again because of `OVERLAP`: what is in the queue since waits for its own
        self._heeded[state.source] = state.last_run
        self._seen = max(self._seen or state.last_run, state.last_run)
        source = self._installation.sources.get(state.source)
        if source is None or source.paused:
            self._queued.discard(state.source)
            self._due.pop(state.source, None)
        elif state.source in self._queued or state.source in self._due:
            self._queued.discard(state.source)
            self._due[state.source] = due_at(state, now, 0.0, timedelta())

    def _free(self) -> None:
        """Give the jobs of dead workers to others, and plan again what is in no queue any more."""
        self._installation.store.check_version()
        if freed := self._queue.free():
            log.warning("jobs of workers that are gone were given to others", jobs=freed)
        outstanding = self._queue.outstanding()
        now = self._installation.clock()
        for source_id in self._queued - outstanding:
            source = self._installation.sources.get(source_id)
            self._queued.discard(source_id)
            if source is None:
                continue
            state = self._installation.state(source)
            self._due[source_id] = due_at(state, now, 0.0, timedelta())
            if state.last_run == self._heeded.get(source_id):
                # Read, and not remembered: whatever the store suffers, no site is asked again and again for it.
                self._due[source_id] = max(self._due[source_id], now + min(source.interval, AFTER_FAILURE))
            self._heeded[source_id] = state.last_run

    def _articles(self) -> None:
        """Put article pages into the queue that are due, and that their lists did not."""
        now, sources = self._installation.clock(), self._installation.sources
        for source_id, due in self._installation.store.next_visits().items():
            if due <= now and source_id in sources:
                self._queue.read_articles(sources[source_id])

    def _publish(self) -> None:
        self._queue.publish()

    def _forget(self) -> None:
        log.debug("forgot old items", items=self._installation.forget())

    def _alert(self) -> None:
        self._installation.alerts.deliver()
        if self._installation.hub_pings is not None:
            self._installation.hub_pings.deliver()

    def _reload(self) -> None:
        """Take up the configuration if its files changed and they are valid; else say why not."""
        new = self._watched.changed(self._installation)
        if new is None:
            return
        self._installation = new
        self._installation.prepare()
        self._plan_all()
        self._watched.taken_up(new.config)  # not before: what the store did not take is tried again
        log.info("configuration taken up", sources=len(new.sources))


def schedule_by_turns(config: Config, url: str, stop: Event) -> None:
    """Schedule whenever no other process does, and stand by otherwise, until `stop` is set.

    Raises OutdatedError once a newer program has changed the store, StoreRefusedError where its server does not let
    us in.
    """
    told: str | None = None  # what was said last; nothing for standing by
    while not stop.is_set():
        try:
            with hold(url, by=config.path) as held, Installation.open(config) as installation, _opened(url) as queue:
                told = None
                Scheduler(installation, queue, held).run_until(stop)
        except AlreadyRunningError:
            if told != "":
                log.info("another process schedules; standing by")
            told = ""
            stop.wait(TAKE_OVER_EVERY)
        except (OutdatedError, StoreRefusedError):
            raise
        except FeedbuilderError as error:
            if told != str(error):
                log.error("could not schedule; trying again", reason=str(error))  # noqa: TRY400 - expected
            told = str(error)
            stop.wait(TAKE_OVER_EVERY)
    log.info("stopped")


@contextmanager
def _opened(url: str) -> Iterator[JobQueue]:
    queue = JobQueue(url)
    try:
        queue.open()
        yield queue
    finally:
        queue.close()
