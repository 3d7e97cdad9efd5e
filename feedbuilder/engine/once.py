"""Reading sources once: what `feedbuilder build` does, alone or beside a running `feedbuilder run`."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import count
from threading import Lock

from feedbuilder.config import Config
from feedbuilder.engine.article_round import ArticleRound
from feedbuilder.engine.dispatch import Dispatch
from feedbuilder.engine.icon_turn import plan_icon
from feedbuilder.engine.installation import Installation, Publication
from feedbuilder.engine.media_turn import plan_media
from feedbuilder.engine.readings import reading_of
from feedbuilder.engine.run_log import COULD_NOT, log_run
from feedbuilder.logger import log
from feedbuilder.model import (
    AlreadyRunningError,
    FeedbuilderError,
    NotAskedError,
    Outcome,
    PublishError,
    Run,
    Source,
    SourceState,
)
from feedbuilder.pipeline.turns import Turn
from feedbuilder.store import hold, holder, shown

LONGEST_WAIT = 600.0
"""Seconds that `build` waits for a running `run` to serve its request; a queue of slow hosts may take minutes."""
WORKERS_WAIT = 5.0
"""Seconds that whoever schedules for workers may be without any: they are replaced, say."""
PUBLISH_WAIT = 15.0
"""Seconds that the running process may take to publish what it has read."""
LOOK_AGAIN = 0.3
"""Seconds between two looks at whether the running process is done."""

Progress = Callable[[Run], None]


@dataclass(frozen=True, slots=True)
class Steps:
    """Who is told what a build does just now, from several threads; nobody where nothing is said."""

    fetching: Callable[[Source], None] = lambda _: None
    """The page of a source."""
    articles: Callable[[Source, int, int], None] = lambda _source, _done, _all: None
    """Article pages of a source: how many were tried, of how many."""


_NOBODY = Steps()


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    runs: tuple[Run, ...]
    """One per source, in the order of the configuration."""
    publication: Publication | None
    """None where a running `run` did the publishing."""
    forgotten: int = 0
    waiting: int = 0
    """Articles that are published once their own pages were read, for which this build had no time."""

    @property
    def failed(self) -> tuple[Run, ...]:
        """Return the runs that failed, in the order of the configuration."""
        return tuple(run for run in self.runs if run.outcome is Outcome.FAILED)


def build(
    installation: Installation,
    sources: Sequence[Source],
    *,
    force: bool = False,
    progress: Progress = log_run,
    steps: Steps = _NOBODY,
) -> BuildReport:
    """Read `sources` now, whether they are due or not, publish everything, and return what happened.

    Sources that a site asked us to leave alone (Retry-After) or that back off after failures are not read, unless
    `force`; they are reported as failed. `progress` is told of each run that has ended, `steps` of what begins. Where
    another process holds the store, it is asked to do the work, and waited for. Raises AlreadyRunningError if it does
    not or works by another configuration, PublishError if the output cannot be written, StoreError.
    """
    asked: float | None = None
    read: float | None = None
    while True:
        try:
            with hold(installation.config.store.place):
                return _build_here(installation, sources, force=force, progress=progress, steps=steps)
        except AlreadyRunningError as error:
            now = time.monotonic()
            refuse_stranger(installation.config)
            if asked is None:
                installation.request(sources, force=force)
                log.info("another process holds the store; asked it to read", sources=len(sources))
                asked = now
            if now > asked + WORKERS_WAIT and _nobody_works(installation):
                raise AlreadyRunningError(
                    f"The feedbuilder that holds {shown(installation.config.store.place)} only schedules, and there is "
                    "no worker that reads what it was asked for now. Start one: feedbuilder worker."
                ) from error
            if now > asked + LONGEST_WAIT:
                raise AlreadyRunningError(
                    f"Asked the feedbuilder that holds {shown(installation.config.store.place)} to read "
                    f"{', '.join(source.id for source in sources)}, but it did not within {LONGEST_WAIT / 60:.0f} "
                    "minutes. Its log says why; perhaps they are not in its configuration."
                ) from error
        runs = _served(installation, sources)
        if runs is not None:
            read = read or time.monotonic()
            if _is_published(installation, runs):
                for run in runs:
                    progress(run)
                return BuildReport(runs, None)
            if time.monotonic() > read + PUBLISH_WAIT:
                raise PublishError(
                    "The sources were read, but the feedbuilder that holds the store does not publish; its log says so."
                )
        time.sleep(LOOK_AGAIN)


def refuse_stranger(config: Config) -> None:
    """Raise AlreadyRunningError if a process that works by another configuration holds the store of `config`.

    It would never do what it is asked: it does not know our sources.
    """
    by = holder(config.store.place)
    if by is not None and not by.samefile(config.path):
        raise AlreadyRunningError(
            f"A feedbuilder that works by another configuration, {by}, holds the store "
            f"{shown(config.store.place)}. Name that configuration with -c, stop that feedbuilder, or give this one a "
            "store of its own ([store])."
        )


def _nobody_works(installation: Installation) -> bool:
    """Return whether the holder puts readings into a queue, and nobody takes them from there."""
    if (url := installation.config.cluster) is None:
        return False
    from feedbuilder.store.server_lock import is_held_for_good  # noqa: PLC0415 - most stores are files

    queue = installation.store.queue_state()
    return (queue is None or not queue.workers) and is_held_for_good(url)


def _build_here(
    installation: Installation, sources: Sequence[Source], *, force: bool, progress: Progress, steps: Steps
) -> BuildReport:
    installation.prepare()
    installation.look_at_clock()
    if force:
        installation.let_ask(sources)
    runs = _OneRound(installation, progress, steps).read(sources, force=force)
    publication = installation.publish()
    forgotten = installation.forget()
    installation.alerts.deliver()
    if installation.hub_pings is not None:
        installation.hub_pings.deliver()
    if waiting := installation.store.waiting():
        log.info("articles wait for their pages to be read by the next build", articles=waiting)
    return BuildReport(tuple(runs[source.id] for source in sources), publication, forgotten, waiting)


class _OneRound:
    """Reads each of some sources once, and then the article pages that they ask for, within the budget of a run."""

    def __init__(self, installation: Installation, progress: Progress, steps: Steps) -> None:
        self._installation = installation
        self._progress = progress
        self._steps = steps
        self._runs: dict[str, Run] = {}
        self._broken: FeedbuilderError | None = None
        self._lock = Lock()
        # A host that wants to be left alone is not waited for: its sources end at once, and are told.
        pause = installation.fetcher.pause
        self._dispatch = Dispatch(installation.config.fetch.workers, pause, self._failed)

    def read(self, sources: Sequence[Source], *, force: bool) -> Mapping[str, Run]:
        """Return the run of each source by id. Raises ClockError, StoreError."""
        installation, states, now = self._installation, self._installation.states(), self._installation.clock()
        try:
            for source in sources:
                state = states[source.id]
                if not force and state.blocked_until is not None and state.blocked_until > now:
                    self._ended(_left_alone(state, now))
                else:
                    self._dispatch.plan(
                        reading_of(source.id),
                        partial(self._read, source),
                        places=installation.places(source, state),
                        is_doubtful=state.failures > 0,
                    )
            self._dispatch.run_out()
        finally:
            self._dispatch.close(0)
        if self._broken:
            raise self._broken
        return self._runs

    def _read(self, source: Source) -> None:
        installation = self._installation
        run = _host_refuses(installation, source)
        if run is None:
            self._steps.fetching(source)
            run = installation.poll(source)
        self._ended(run)
        plan_icon(run, installation, source, self._dispatch)
        if run.outcome is Outcome.NEW:
            plan_media(installation, source, self._dispatch)
        visits = list(installation.due_articles(source))
        tried = count(1)
        told = partial(self._steps.articles, source)
        if visits:
            told(0, len(visits))
        ArticleRound(installation, source, self._dispatch, visits, saved=lambda: told(next(tried), len(visits))).go_on()

    def _ended(self, run: Run) -> None:
        with self._lock:
            self._runs[run.source] = run
            self._progress(run)

    def _failed(self, turn: Turn, error: Exception) -> None:
        """Note the failed run of a source where a bug of ours came in between, which must not stop the others."""
        if isinstance(error, FeedbuilderError):  # the store's or the clock's: it is everybody's
            self._broken = error
            self._dispatch.stop()
            return
        kind, source_id = turn.key
        log.error(COULD_NOT[kind], source=source_id, exc_info=error)
        if kind != "source":
            return
        now = self._installation.clock()
        reason = f"unexpected error, please report it: {error!r}"
        self._ended(Run(source_id, now, now, Outcome.FAILED, error=reason))


def _left_alone(state: SourceState, now: datetime) -> Run:
    """Return the failed run of a source that is left alone for now."""
    assert state.blocked_until is not None
    reason = (
        f"not asked again before {state.blocked_until:%Y-%m-%d %H:%M:%S} UTC, because the last reading failed: "
        f"{state.error or 'unknown reason'} (--force asks at once)"
    )
    return Run(state.source, now, now, Outcome.FAILED, error=reason)


def _served(installation: Installation, sources: Sequence[Source]) -> tuple[Run, ...] | None:
    """Return the runs that another process made at our request; None while it is not done.

    Done means that all sources were read, or are left alone after a failure.
    """
    installation.waits.reload()
    waiting = installation.store.requested()
    refused: dict[str, Run] = {}
    for source in sources:
        if source.id in waiting:
            run = _refused(installation, source)
            if run is None:
                return None
            refused[source.id] = run
    return tuple(
        run
        for source in sources
        for run in ([refused[source.id]] if source.id in refused else installation.store.runs(source.id, 1))
    )


def _refused(installation: Installation, source: Source) -> Run | None:
    """Return the failed run of a source that is to be left alone, or whose host is; None if it may be read."""
    state, now = installation.state(source), installation.clock()
    if state.blocked_until is not None and state.blocked_until > now:
        return _left_alone(state, now)
    return _host_refuses(installation, source)


def _host_refuses(installation: Installation, source: Source) -> Run | None:
    """Return the failed run of a source whose host wants to be left alone, None if it may be read."""
    wait, now = installation.wait_of(source.url), installation.clock()
    if wait is None:
        return None
    reason = f"{NotAskedError.until(wait, now)} (--force asks at once)"
    return Run(source.id, now, now, Outcome.FAILED, error=reason)


def _is_published(installation: Installation, runs: Sequence[Run]) -> bool:
    """Return whether the output was published after `runs`.

    Only moments that the other process wrote are compared, for its clock need not be ours.
    """
    try:
        status = json.loads(installation.output.read("status.json") or b"")
        published = datetime.fromisoformat(status["now"])
    except (PublishError, ValueError, KeyError):
        return False
    # What failed brought nothing to publish.
    return all(run.finished < published for run in runs if run.outcome is not Outcome.FAILED)
