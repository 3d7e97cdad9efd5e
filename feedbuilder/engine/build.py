"""Reading sources once: what `feedbuilder build` does, alone or beside a running `feedbuilder run`."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from feedbuilder.engine.installation import Installation, Publication, log_run
from feedbuilder.model import AlreadyRunningError, Outcome, Run, Source, SourceState
from feedbuilder.store import hold

log = structlog.get_logger("feedbuilder")

LONGEST_WAIT = timedelta(minutes=10)
"""How long `build` waits for a running `run` to serve its request; a queue of slow hosts may take minutes."""
LOOK_AGAIN = 0.3
"""Seconds between two looks at whether the running process is done."""

Progress = Callable[[Run], None]


@dataclass(frozen=True, slots=True)
class Report:
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
) -> Report:
    """Read `sources` now, whether they are due or not, publish everything, and return what happened.

    Sources that a site asked us to leave alone (Retry-After) or that back off after failures are not read, unless
    `force`; they are reported as failed. Where another process holds the store, the sources are marked as due and its
    work is waited for: at most `LONGEST_WAIT`, then AlreadyRunningError. `progress` is told of each run that has ended.
    """
    deadline = time.monotonic() + LONGEST_WAIT.total_seconds()
    asked = False
    while True:
        try:
            with hold(installation.config.store.path):
                return _build_here(installation, sources, force=force, progress=progress)
        except AlreadyRunningError:
            if time.monotonic() > deadline:
                raise
        if not asked:
            installation.store.request([source.id for source in sources], installation.clock(), force=force)
            log.info("another process holds the store; asked it to read", sources=len(sources))
            asked = True
        runs = _served(installation, sources)
        if runs is not None:
            for run in runs:
                progress(run)
            return Report(runs, None)
        time.sleep(LOOK_AGAIN)


def _build_here(installation: Installation, sources: Sequence[Source], *, force: bool, progress: Progress) -> Report:
    installation.prepare()
    states, now = installation.store.states(), installation.clock()
    runs = {}
    with ThreadPoolExecutor(installation.config.fetch.workers, "source") as pool:
        futures = []
        for source in sources:
            state = states.get(source.id, SourceState(source.id))
            if not force and state.blocked_until is not None and state.blocked_until > now:
                runs[source.id] = _waiting(source, state, now)
                progress(runs[source.id])
            else:
                futures.append(pool.submit(installation.poll, source))
        try:
            for future in as_completed(futures):
                run = future.result()
                runs[run.source] = run
                progress(run)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    publication = installation.publish()
    forgotten = installation.forget(publication)
    return Report(tuple(runs[source.id] for source in sources), publication, forgotten)


def _waiting(source: Source, state: SourceState, now: datetime) -> Run:
    """Return the failed run of a source that is left alone for now."""
    assert state.blocked_until is not None
    reason = (
        f"not asked again before {state.blocked_until:%Y-%m-%d %H:%M:%S} UTC, because the last reading failed: "
        f"{state.error or 'unknown reason'} (--force asks at once)"
    )
    return Run(source.id, now, now, Outcome.FAILED, error=reason)


def _served(installation: Installation, sources: Sequence[Source]) -> tuple[Run, ...] | None:
    """Return the runs that another process made at our request; None while it is not done.

    Done means that all sources were read, or are left alone after a failure, and that the output was published after.
    Only moments that the other process wrote are compared, for its clock need not be ours.
    """
    states, now = installation.store.states(), installation.clock()
    runs: list[Run] = []
    for source in sources:
        state = states.get(source.id, SourceState(source.id))
        if state.requested is None:
            runs.extend(installation.store.runs(source.id, 1))
        elif state.blocked_until is not None and state.blocked_until > now:
            runs.append(_waiting(source, state, now))
        else:
            return None
    read = [run.finished for run in runs if run.outcome is not Outcome.FAILED]
    try:
        status = json.loads((installation.config.site.output / "status.json").read_bytes())
        published = datetime.fromisoformat(status["now"])
    except (OSError, ValueError, KeyError):
        return None
    return tuple(runs) if all(moment <= published for moment in read) else None
