"""Reading sources for ever: APScheduler on one machine.

Owns which job of the house runs when: looking which readings may begin, publishing, forgetting, watching. The readings
themselves are in `readings`; the scheduler's own memory holds nothing that matters.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Event, Lock

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler

from feedbuilder.config import Config
from feedbuilder.engine.clock_watch import ClockWatch
from feedbuilder.engine.config_watch import ConfigWatch
from feedbuilder.engine.dispatch import elapsed
from feedbuilder.engine.installation import Installation, Publication
from feedbuilder.engine.readings import Readings
from feedbuilder.engine.run_log import told_if_long
from feedbuilder.engine.timekeeper import LOOK_AGAIN
from feedbuilder.logger import log
from feedbuilder.model import AlreadyRunningError, ClockError, FeedbuilderError, Site
from feedbuilder.pipeline.gathering import Gathering
from feedbuilder.pipeline.schedule import SPREAD

WATCH_EVERY = timedelta(seconds=1)
"""How often requests of `build` and changes of the configuration are looked for."""
FORGET_EVERY = timedelta(hours=24)
FIRST_ROUND = SPREAD + timedelta(minutes=3)
"""How long after the start it is told how the first readings went, even if some are not done."""
HEED_CLOCK_EVERY = 5.0
"""Seconds between two looks at whether the clock was set."""
PORTION = 1.0
"""Seconds after which publishing makes room for what was saved meanwhile, if much has to be made anew at once."""
GRACE = timedelta(seconds=8)
"""How long a stop waits for readings under way; service managers kill after ten seconds or more."""

# Late jobs run late, once, and never beside themselves. The default grace time of one second drops them silently.
JOB_DEFAULTS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
HOUSE = "house"
ALERTS = "alerts"
"""A thread of its own: addresses may be slow."""
HUB = "hub"
"""Another one, for the same reason."""
PUBLISH_AGAIN = timedelta(seconds=30)
"""After what time publishing is tried again that failed: a disk was full, a server away."""
ALERT_EVERY = timedelta(seconds=10)


class Runner:
    """Keeps the feeds of an installation fresh until it is stopped.

    `load` reads the configuration anew; it raises ConfigError while the files are not valid, and then the configuration
    in force stays. `check_hold` raises AlreadyRunningError when the store is another process's, which a server that
    failed may have let in: then everything is stopped, and `run_until` raises it too. It returns whether another one
    may have had it in between. `settle` is called when what was read will stay for long: after the start, and when
    another configuration was taken up.
    """

    def __init__(
        self,
        installation: Installation,
        load: Callable[[], Config],
        check_hold: Callable[[], bool] = lambda: False,
        settle: Callable[[], None] = lambda: None,
    ) -> None:
        self._installation = installation
        self._watched = ConfigWatch(installation.config, load)
        self._check_hold = check_hold
        self._settle = settle
        self._intruder: AlreadyRunningError | None = None
        self._reload_asked = False
        self._clock_watch = ClockWatch(datetime.now(UTC), elapsed())
        self._requests: dict[str, datetime] = {}
        self._reported: set[str] = set()
        self._gathering = Gathering()
        self._lock = Lock()
        self._stopping = Event()
        self._clock_is_wrong = False
        self._scheduler = BackgroundScheduler(
            executors={
                "default": ThreadPoolExecutor(1),
                HOUSE: ThreadPoolExecutor(1),
                ALERTS: ThreadPoolExecutor(1),
                HUB: ThreadPoolExecutor(1),
            },
            job_defaults=JOB_DEFAULTS,
            timezone=UTC,
        )
        self._readings = Readings(installation, self._look_in, self._publish_soon, self._await_clock)

    @property
    def config(self) -> Config:
        """Return the configuration in force."""
        return self._installation.config

    @property
    def site(self) -> Site:
        """Return the site that the feeds make up, by the configuration in force."""
        return self._installation.config.site

    def start(self) -> None:
        """Publish what the store holds (a crash may have come between saving and publishing), then start reading."""
        self._installation.prepare()
        self._read_all()
        self._settle()
        self._scheduler.add_job(self._watch, "interval", seconds=WATCH_EVERY.total_seconds(), executor=HOUSE)
        self._scheduler.add_job(self._alert, "interval", seconds=ALERT_EVERY.total_seconds(), executor=ALERTS)
        self._scheduler.add_job(self._tell_hub, "interval", seconds=ALERT_EVERY.total_seconds(), executor=HUB)
        self._scheduler.add_job(
            self._forget,
            "interval",
            seconds=FORGET_EVERY.total_seconds(),
            next_run_time=datetime.now(UTC) + SPREAD,  # soon: a service that restarts daily must forget too
            executor=HOUSE,
        )
        self._scheduler.add_job(
            self._readings.tell_first_round, "date", run_date=datetime.now(UTC) + FIRST_ROUND, executor=HOUSE
        )
        self._scheduler.start()
        log.info("running", sources=len(self._installation.sources))

    def reload(self) -> None:
        """Have the configuration read anew within a second, changed or not. May be called by a signal's handler."""
        self._reload_asked = True

    def heed_clock(self, wall: datetime, seconds: float) -> None:
        """Make all appointments anew if the clock was set: they stand for moments of the clock as it was.

        Readings do not depend on it. `seconds` are those of a clock that nobody sets (`dispatch.elapsed`).
        """
        moved = self._clock_watch.was_set(wall, seconds)
        if moved and not self._stopping.is_set():
            log.warning("the clock was set; all appointments are made anew", seconds=round(moved))
            self._look_at_clock_in(timedelta())
            for job in self._scheduler.get_jobs():
                with suppress(JobLookupError):  # it has run meanwhile
                    job.modify(next_run_time=datetime.now(UTC))

    def run_until(self, stop: Event) -> bool:
        """Start, and stop when `stop` is set; return as `stop` does. Raises AlreadyRunningError, see `check_hold`."""
        self.start()
        while not (stop.wait(HEED_CLOCK_EVERY) or self._intruder):
            self.heed_clock(datetime.now(UTC), elapsed())
        finished = self.stop()
        if self._intruder is not None:
            raise self._intruder
        return finished

    def stop(self) -> bool:
        """Start nothing more and finish the writes; return whether all readings under way ended within `GRACE`.

        A reading that did not end has written nothing, and nothing of it is lost: its source stays due.
        """
        self._stopping.set()
        in_time = _for(GRACE.total_seconds())
        self._installation.alerts.stop()
        if self._installation.hub_pings is not None:
            self._installation.hub_pings.stop()
        self._scheduler.remove_all_jobs()
        finished = self._readings.stop(GRACE)
        # What only a setting or a release asks for may be left for the next start.
        while (publication := self._publish(put_off=False)) is not None and (
            publication.has_news or (publication.has_more and in_time())
        ):
            pass
        self._scheduler.shutdown(wait=finished)
        log.info("stopped")
        return finished

    def _read_all(self) -> None:
        """Publish what the store holds and plan all readings; while the clock is wrong, only to look at it again."""
        try:
            self._installation.look_at_clock()
        except ClockError as error:
            self._await_clock(error)
            return
        if self._clock_is_wrong:
            log.warning("the clock is right again; reading on")
        self._clock_is_wrong = False
        self._publish()
        self._readings.start()
        if not self._installation.timekeeper.is_settled:
            self._look_at_clock_in(LOOK_AGAIN)

    def _await_clock(self, error: ClockError) -> None:
        """Read and publish nothing until the clock is right; look again soon. Told once."""
        with self._lock:
            told, self._clock_is_wrong = self._clock_is_wrong, True
        if not told:
            log.error("nothing is read", reason=str(error))
        self._look_at_clock_in(LOOK_AGAIN)

    def _look_at_clock_in(self, wait: timedelta) -> None:
        if not self._stopping.is_set():
            self._scheduler.add_job(
                self._look_at_clock,
                "date",
                run_date=datetime.now(UTC) + wait,
                id="clock",
                executor=HOUSE,
                replace_existing=True,
                max_instances=2,  # it arranges the next one itself
            )

    def _look_at_clock(self) -> None:
        try:
            self._read_all()
        except FeedbuilderError as error:
            log.error("could not look at the clock", reason=str(error))  # noqa: TRY400 - expected
            self._look_at_clock_in(LOOK_AGAIN)

    def _look_in(self, seconds: float) -> None:
        """Have somebody look, in so many seconds, which readings may begin."""
        if not self._stopping.is_set():
            self._scheduler.add_job(
                self._readings.look,
                "date",
                run_date=datetime.now(UTC) + timedelta(seconds=seconds),
                id="look",
                replace_existing=True,
                # The next look is arranged by the one before, which must not keep it from starting.
                max_instances=2,
            )

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

    def _publish(self, *, put_off: bool = True) -> Publication | None:
        """Publish a portion; return what that did, None where it failed, which the log tells, and the next tries again.

        Nothing is published while the clock is wrong, which the log has told.
        """
        publication, failed = None, False
        with self._lock:
            self._gathering.begin()
        try:
            if self._clock_is_wrong:
                return None
            with told_if_long("publishing"):
                publication = self._installation.publish(patient=True, put_off=put_off, goes_on=_for(PORTION))
        except FeedbuilderError as error:
            log.error("could not publish", reason=str(error))  # noqa: TRY400 - expected, the message says it all
            failed = True
            return None
        finally:
            with self._lock:
                due = self._gathering.end(datetime.now(UTC))
                if failed and due is None:
                    due = self._gathering.wish(datetime.now(UTC) + PUBLISH_AGAIN)
                if publication is not None and publication.status_due is not None and due is None:
                    wait = max(publication.status_due - self._installation.clock(), timedelta())
                    due = self._gathering.wish(datetime.now(UTC) + wait)
                if publication is not None and publication.has_more:
                    due = self._gathering.wish(datetime.now(UTC)) or due
            self._publish_at(due)
        for slug in set(publication.stale) - self._reported:
            log.warning("feed is not in the configuration; its files stay until `feedbuilder prune`", feed=slug)
        self._reported = set(publication.stale)
        return publication

    def _forget(self) -> None:
        while (publication := self._publish()) is not None and publication.has_more:
            if self._stopping.is_set():
                return
        if publication is None:
            return
        try:
            with told_if_long("forgetting old items"):
                forgotten = self._installation.forget()
        except FeedbuilderError as error:
            log.error("could not forget old items", reason=str(error))  # noqa: TRY400 - expected
        else:
            log.debug("forgot old items", items=forgotten)

    def _alert(self) -> None:
        """Tell people of what happened."""
        try:
            self._installation.alerts.deliver()
        except FeedbuilderError as error:
            log.error("could not send alerts", reason=str(error))  # noqa: TRY400 - expected

    def _tell_hub(self) -> None:
        """Tell the WebSub hub of news."""
        try:
            if self._installation.hub_pings is not None:
                self._installation.hub_pings.deliver()
        except FeedbuilderError as error:
            log.error("could not tell the hub", reason=str(error))  # noqa: TRY400 - expected

    def _watch(self) -> None:
        """Serve the requests of a `build` beside us, and take up a changed configuration."""
        try:
            if self._check_hold():
                self._installation.forget_printed()
            self._readings.look()
            self._serve_requests()
            self._reload()
        except AlreadyRunningError as error:
            self._intruder = error
        except FeedbuilderError as error:
            log.error("could not look for requests and changes", reason=str(error))  # noqa: TRY400 - expected

    def _serve_requests(self) -> None:
        """Plan what was asked for, each request once: its reading may have to queue."""
        asked = self._installation.store.requested()
        if news := asked.items() - self._requests.items():
            self._installation.waits.reload()  # who insists has let their hosts be asked
            for source_id, _ in news:
                if source := self._installation.sources.get(source_id):
                    self._readings.read(self._installation.state(source))
        self._requests = asked

    def _reload(self) -> None:
        """Take up the configuration if its files changed, or somebody asked, and they are valid; else say why not."""
        old = self._installation
        asked, self._reload_asked = self._reload_asked, False
        new = self._watched.changed(old, asked=asked)
        if new is None:
            return
        new.prepare()
        self._installation = self._readings.installation = new
        self._watched.taken_up(new.config)
        if _at_start_only(new.config) != _at_start_only(old.config):
            log.warning("the place of the store, fetch.workers and [reading] are taken up at the next start only")
        for source_id in old.sources.keys() - new.sources.keys():
            self._readings.forget(source_id)
        states = new.states()
        for source_id, source in new.sources.items():
            if old.sources.get(source_id) != source:
                self._readings.read(states[source_id], at_once=True)
        self._publish()
        self._settle()
        log.info("configuration taken up", sources=len(new.sources))


def _for(seconds: float) -> Callable[[], bool]:
    """Return what tells whether `seconds` from now have not passed yet."""
    until = elapsed() + seconds
    return lambda: elapsed() < until


def _at_start_only(config: Config) -> tuple[object, ...]:
    """Return the settings that hold from one start to the next."""
    return config.store.place, config.fetch.workers, config.reading
