"""Reading sources once: what `feedbuilder build` does, alone or beside a running `feedbuilder run`."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime

import structlog

from feedbuilder.config import Config
from feedbuilder.engine.installation import Installation, Publication
from feedbuilder.engine.run_log import log_run
from feedbuilder.model import AlreadyRunningError, FeedbuilderError, Outcome, PublishError, Run, Source, SourceState
from feedbuilder.store import hold, holder

log = structlog.get_logger("feedbuilder")

LONGEST_WAIT = 600.0
"""Seconds that `build` waits for a running `run` to serve its request; a queue of slow hosts may take minutes."""
PUBLISH_WAIT = 15.0
"""Seconds that the running process may take to publish what it has read."""
LOOK_AGAIN = 0.3
"""Seconds between two looks at whether the running process is done."""

Progress = Callable[[Run], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    runs: tuple[Run, ...]
    """One per source, in the order of the configuration."""
    publication: Publication | None
    """None where a running `run` did the publishing."""
    forgotten: int = 0

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
) -> BuildReport:
    """Read `sources` now, whether they are due or not, publish everything, and return what happened.

    Sources that a site asked us to leave alone (Retry-After) or that back off after failures are not read, unless
    `force`; they are reported as failed. `progress` is told of each run that has ended. Where another process holds the
    store, it is asked to do the work, and waited for. Raises AlreadyRunningError if it does not or works by another
    configuration, PublishError if the output cannot be written, StoreError.
    """
    asked: float | None = None
    read: float | None = None
    while True:
        try:
            with hold(installation.config.store.path):
                return _build_here(installation, sources, force=force, progress=progress)
        except AlreadyRunningError as error:
            now = time.monotonic()
            refuse_stranger(installation.config)
            if asked is None:
                installation.store.request([source.id for source in sources], installation.clock(), force=force)
                log.info("another process holds the store; asked it to read", sources=len(sources))
                asked = now
            if now > asked + LONGEST_WAIT:
                raise AlreadyRunningError(
                    f"Asked the feedbuilder that holds {installation.config.store.path} to read "
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
    by = holder(config.store.path)
    if by is not None and not by.samefile(config.path):
        raise AlreadyRunningError(
            f"A feedbuilder that works by another configuration, {by}, holds the store {config.store.path}. Name that "
            "configuration with -c, stop that feedbuilder, or give this one a store of its own (path under [store])."
        )


def _build_here(
    installation: Installation, sources: Sequence[Source], *, force: bool, progress: Progress
) -> BuildReport:
    installation.prepare()
    states, now = installation.states(), installation.clock()
    runs = {}
    pool = ThreadPoolExecutor(installation.config.fetch.workers, "source")
    try:
        futures = {}
        for source in sources:
            state = states[source.id]
            if not force and state.blocked_until is not None and state.blocked_until > now:
                runs[source.id] = _waiting(state, now)
                progress(runs[source.id])
            else:
                futures[pool.submit(_read, installation, source)] = source
        for future in as_completed(futures):
            run = _result(future, futures[future], installation.clock())
            runs[run.source] = run
            progress(run)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    publication = installation.publish()
    forgotten = installation.forget(publication)
    return BuildReport(tuple(runs[source.id] for source in sources), publication, forgotten)


def _read(installation: Installation, source: Source) -> Run:
    """Read a source and then the article pages that it asks for, within the budget of a run."""
    run = installation.poll(source)
    installation.read_articles(source)
    return run


def _result(future: Future[Run], source: Source, now: datetime) -> Run:
    """Return the run of a source; a failed one where a bug of ours came in between, which must not stop the others."""
    try:
        return future.result()
    except FeedbuilderError:
        raise  # the store's: it is everybody's
    except Exception as error:
        log.exception("source could not be read", source=source.id)
        return Run(source.id, now, now, Outcome.FAILED, error=f"unexpected error, please report it: {error!r}")


def _waiting(state: SourceState, now: datetime) -> Run:
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
    states, now = installation.states(), installation.clock()
    runs: list[Run] = []
    for source in sources:
        state = states[source.id]
        if state.requested is None:
            runs.extend(installation.store.runs(source.id, 1))
        elif state.blocked_until is not None and state.blocked_until > now:
            runs.append(_waiting(state, now))
        else:
            return None
    return tuple(runs)


def _is_published(installation: Installation, runs: Sequence[Run]) -> bool:
    """Return whether the output was published after `runs`.

    Only moments that the other process wrote are compared, for its clock need not be ours.
    """
    try:
        status = json.loads((installation.config.site.output / "status.json").read_bytes())
        published = datetime.fromisoformat(status["now"])
    except (OSError, ValueError, KeyError):
        return False
    # What failed brought nothing to publish.
    return all(run.finished < published for run in runs if run.outcome is not Outcome.FAILED)
