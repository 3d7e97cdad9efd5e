"""Reading sources for ever: APScheduler on one machine.

Owns which job runs when. What is due when is decided by `pipeline.schedule` and stands in the store, so that a restart
goes on where it stopped; the scheduler's own memory holds nothing that matters.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event, Lock

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from feedbuilder.config import Config, stamp
from feedbuilder.engine.installation import Installation, Publication
from feedbuilder.engine.run_log import log_run
from feedbuilder.model import ConfigError, FeedbuilderError, Site
from feedbuilder.pipeline.gathering import Gathering
from feedbuilder.pipeline.schedule import due_at

log = structlog.get_logger("feedbuilder")

WATCH_EVERY = timedelta(seconds=1)
"""How often requests of `build` and changes of the configuration are looked for."""
VISIT_PAUSE = timedelta(minutes=1)
"""Between two rounds of article pages of one source: a first sight of forty new items is no reason to hammer."""
FORGET_EVERY = timedelta(hours=24)
SPREAD = timedelta(minutes=2)
"""Over what time the sources that fell due while nothing ran are spread at a start."""
GRACE = timedelta(seconds=8)
"""How long a stop waits for readings under way; service managers kill after ten seconds or more."""

# Late jobs run late, once, and never beside themselves. The default grace time of one second drops them silently.
JOB_DEFAULTS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
HOUSE = "house"


class Runner:
    """Keeps the feeds of an installation fresh until it is stopped.

    `load` reads the configuration anew; it raises ConfigError while the files are not valid, and then the configuration
    in force stays.
    """

    def __init__(self, installation: Installation, load: Callable[[], Config]) -> None:
        self._installation = installation
        self._load = load
        self._stamp = installation.config.stamp
        self._busy: set[str] = set()
        self._requests: dict[str, datetime | None] = {}
        self._reported: set[str] = set()
        self._gathering = Gathering()
        self._lock = Lock()
        self._stopping = Event()
        self._scheduler = BackgroundScheduler(
            executors={
                "default": ThreadPoolExecutor(installation.config.fetch.workers),
                HOUSE: ThreadPoolExecutor(1),
            },
            job_defaults=JOB_DEFAULTS,
            timezone=UTC,
        )

    @property
    def site(self) -> Site:
        """Return the site that the feeds make up, by the configuration in force."""
        return self._installation.config.site

    def start(self) -> None:
        """Publish what the store holds (a crash may have come between saving and publishing), then start reading."""
        self._installation.prepare()
        self._publish()
        now = self._installation.clock()
        for source_id, state in self._installation.states().items():
            chance = random.random()  # noqa: S311 - spreads load, guards nothing
            fresh = state.last_run is None  # a new source is read at once: somebody is waiting for it
            self._read_at(source_id, due_at(state, now, chance, timedelta() if fresh else SPREAD))
            self._visit_later(source_id, VISIT_PAUSE)
        self._scheduler.add_job(self._watch, "interval", seconds=WATCH_EVERY.total_seconds(), executor=HOUSE)
        self._scheduler.add_job(
            self._forget,
            "interval",
            seconds=FORGET_EVERY.total_seconds(),
            next_run_time=datetime.now(UTC) + SPREAD,  # soon: a service that restarts daily must forget too
            executor=HOUSE,
        )
        self._scheduler.start()
        log.info("running", sources=len(self._installation.sources))

    def stop(self) -> bool:
        """Start nothing more and finish the writes; return whether all readings under way ended within `GRACE`.

        A reading that did not end has written nothing, and nothing of it is lost: its source stays due.
        """
        self._stopping.set()
        self._scheduler.remove_all_jobs()
        deadline = datetime.now(UTC) + GRACE
        while self._busy and datetime.now(UTC) < deadline:
            Event().wait(0.05)
        finished = not self._busy
        self._publish()
        self._scheduler.shutdown(wait=finished)
        log.info("stopped")
        return finished

    def _read_at(self, source_id: str, due: datetime) -> None:
        """Plan the next reading of a source, in place of the one planned before."""
        if self._stopping.is_set():
            return
        wait = max(due - self._installation.clock(), timedelta())  # the installation's clock need not be the machine's
        self._scheduler.add_job(
            self._read,
            "date",
            run_date=datetime.now(UTC) + wait,
            args=[source_id],
            id=f"source:{source_id}",
            replace_existing=True,
        )

    def _read(self, source_id: str) -> None:
        """Read one source, plan its next reading, and have the feeds published."""
        installation = self._installation
        source = installation.sources.get(source_id)
        if source is None:
            return
        with self._lock:
            if source_id in self._busy or self._stopping.is_set():
                return
            self._busy.add(source_id)
        due = installation.clock() + source.interval
        try:
            log_run(installation.poll(source))
            # From the installation of now: where the configuration changed meanwhile, the source is due again.
            state = self._installation.states().get(source_id)
            if state is not None:
                due = due_at(state, self._installation.clock(), 0.0, timedelta())
        except FeedbuilderError as error:
            log.error("source could not be read", source=source_id, reason=str(error))  # noqa: TRY400 - expected
        except Exception:
            # A bug: keep its traceback, and keep all sources going.
            log.exception("source could not be read", source=source_id)
        finally:
            with self._lock:
                self._busy.discard(source_id)
            self._read_at(source_id, due)
        self._publish_soon()
        self._visit_later(source_id, timedelta())

    def _visit_later(self, source_id: str, pause: timedelta) -> None:
        """Plan the next reading of article pages of a source, after `pause` at the earliest, if any are to be read."""
        if self._stopping.is_set():
            return
        due = self._installation.store.next_visit(source_id)
        if due is not None:
            wait = max(due - self._installation.clock(), pause)
            self._scheduler.add_job(
                self._visit,
                "date",
                run_date=datetime.now(UTC) + wait,
                args=[source_id],
                id=f"articles:{source_id}",
                replace_existing=True,
            )

    def _visit(self, source_id: str) -> None:
        """Read article pages of a source, as many as a run may, have the feeds published, and plan the others."""
        installation, name = self._installation, f"articles:{source_id}"
        source = installation.sources.get(source_id)
        with self._lock:
            if source is None or name in self._busy or self._stopping.is_set():
                return
            self._busy.add(name)
        try:
            installation.read_articles(source)
        except FeedbuilderError as error:
            log.error("articles could not be read", source=source_id, reason=str(error))  # noqa: TRY400 - expected
        except Exception:
            log.exception("articles could not be read", source=source_id)
        finally:
            with self._lock:
                self._busy.discard(name)
        self._publish_soon()
        self._visit_later(source_id, VISIT_PAUSE)

    def _publish_soon(self) -> None:
        """Plan to publish, once for all readings that end at about the same time."""
        with self._lock:
            due = self._gathering.saved(datetime.now(UTC))
        self._publish_at(due)

    def _publish_at(self, due: datetime | None) -> None:
        if due is None or self._stopping.is_set():
            return
        self._scheduler.add_job(
            self._publish,
            "date",
            run_date=due,
            id="publish",
            executor=HOUSE,
            replace_existing=True,
            # Planned from within itself for what came too late: the one that ends must not keep that from starting.
            max_instances=2,
        )

    def _publish(self) -> Publication | None:
        """Publish; return what that did, None where it failed, which the log tells. The next reading tries again."""
        with self._lock:
            self._gathering.begin()
        try:
            publication = self._installation.publish(patient=True)
        except FeedbuilderError as error:
            log.error("could not publish", reason=str(error))  # noqa: TRY400 - expected, the message says it all
            return None
        finally:
            with self._lock:
                due = self._gathering.end(datetime.now(UTC))
            self._publish_at(due)
        for slug in set(publication.stale) - self._reported:
            log.warning("feed is not in the configuration; its files stay until `feedbuilder prune`", feed=slug)
        self._reported = set(publication.stale)
        return publication

    def _forget(self) -> None:
        publication = self._publish()
        if publication is None:
            return
        try:
            forgotten = self._installation.forget(publication)
        except FeedbuilderError as error:
            log.error("could not forget old items", reason=str(error))  # noqa: TRY400 - expected
        else:
            log.debug("forgot old items", items=forgotten)

    def _watch(self) -> None:
        """Serve the requests of a `build` beside us, and take up a changed configuration."""
        try:
            self._serve_requests()
            self._reload()
        except FeedbuilderError as error:
            log.error("could not look for requests and changes", reason=str(error))  # noqa: TRY400 - expected

    def _serve_requests(self) -> None:
        """Plan what was asked for, each request once: its reading may have to queue."""
        now = self._installation.clock()
        asked = {one: state for one, state in self._installation.states().items() if state.requested is not None}
        for source_id, state in asked.items():
            if self._requests.get(source_id) != state.requested:
                self._read_at(source_id, due_at(state, now, 0.0, timedelta()))
        self._requests = {source_id: state.requested for source_id, state in asked.items()}

    def _reload(self) -> None:
        """Take up the configuration if its files changed and are valid; else say why not, once."""
        old = self._installation
        seen = stamp(old.config)
        if seen == self._stamp:
            return
        try:
            config = self._load()
            new = old.reconfigured(config)
        except ConfigError as error:
            self._stamp = seen
            for problem in error.problems:
                log.error("configuration not taken up", problem=problem)  # noqa: TRY400 - expected, says it all
            return
        new.prepare()
        self._installation, self._stamp = new, config.stamp
        if (config.store.path, config.fetch.workers) != (old.config.store.path, old.config.fetch.workers):
            log.warning("store.path and fetch.workers are taken up at the next start only")
        for source_id in old.sources.keys() - new.sources.keys():
            if self._scheduler.get_job(f"source:{source_id}"):
                self._scheduler.remove_job(f"source:{source_id}")
        now, states = new.clock(), new.states()
        for source_id, source in new.sources.items():
            if old.sources.get(source_id) != source:
                self._read_at(source_id, due_at(replace(states[source_id], requested=now), now, 0.0, timedelta()))
        self._publish()
        log.info("configuration taken up", sources=len(new.sources))
