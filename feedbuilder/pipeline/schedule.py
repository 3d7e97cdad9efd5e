"""When a source is read next: pure decisions about intervals. What failures and Retry-After do to them is in `backoff`.

Knows no scheduler, no clock and no chance: the present moment and a random number come in as arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from feedbuilder.model import Outcome, Run, Source, SourceState
from feedbuilder.pipeline.backoff import wait_after_failure

SHRINK = 0.7
"""A page that had news is read sooner; a few changes in a row reach the floor."""
GROW = 1.15
"""A page without news is read later; it takes more quiet runs to rise than lively ones to fall."""
JITTER = 0.1
"""Due times are spread by up to this share of the interval either way, so that sources do not fall into step."""
SPREAD = timedelta(minutes=2)
"""Over what time at most the sources that fell due while nothing ran are spread at a start."""
SPREAD_OF_ONE = timedelta(milliseconds=50)
"""What each of them adds to that time: about what its reading takes. Who watches three pages does not wait for them."""


def adapt(interval: timedelta, source: Source, *, had_news: bool) -> timedelta:
    """Return the interval that follows `interval`: shorter after news, longer without, within the source's bounds."""
    factor = SHRINK if had_news else GROW
    return min(max(interval * factor, source.floor), source.ceiling)


def after_run(state: SourceState, run: Run, source: Source, chance: float) -> SourceState:
    """Return the state of `source` after `run`: when it is due next, how long it is blocked, what went wrong.

    Validators and fingerprint are left as they are; whoever read the page knows them. `chance` is from 0 to 1.
    """
    now = run.finished
    interval = min(max(state.interval or source.interval, source.floor), source.ceiling)
    if run.outcome is Outcome.FAILED:
        wait = wait_after_failure(state.failures + 1, run.retry_after, source, chance)
        # A page that was had and could not be read is no reason to stay away: whoever mends the selectors may look.
        site_failed = run.status is None or run.status >= 400
        return replace(
            state,
            interval=interval,
            next_due=now + max(wait, interval),
            blocked_until=now + wait if site_failed or run.retry_after is not None else None,
            failures=state.failures + 1,
            last_run=now,
            error=run.error,
            requested=None,
        )
    had_news = run.outcome is Outcome.NEW
    # The first reading finds everything new, and one that comes early (`build`) finds nothing: neither tells the pace.
    early = state.last_run is not None and now - state.last_run < interval * (1 - JITTER)
    if state.last_success is not None and (had_news or not early):
        interval = adapt(interval, source, had_news=had_news)
    return replace(
        state,
        interval=interval,
        next_due=now + interval * (1 + JITTER * (2 * chance - 1)),
        blocked_until=None,
        failures=0,
        last_run=now,
        last_success=now,
        last_change=now if had_news else state.last_change,
        error=None,
        requested=None,
    )


def with_settings(state: SourceState, mark: str) -> SourceState:
    """Return `state` for a source whose settings now have the fingerprint `mark`.

    Waiting that was earned under other settings (another address, other selectors) is void: the source is due.
    """
    if state.fingerprint in ("", mark):
        return state
    return replace(state, next_due=None, blocked_until=None)


def is_due(state: SourceState, now: datetime) -> bool:
    """Return whether a source may be read at `now` by a program that comes by now and then, as from cron.

    It does not come to the minute, and must not come in vain for that: what is nearly due is due.
    """
    spread = (state.interval or timedelta()) * JITTER
    return state.next_due is None or state.next_due <= now + spread


def is_overdue(state: SourceState, now: datetime) -> bool:
    """Return whether a source fell due before `now`."""
    return state.next_due is None or state.next_due <= now


def due_at(state: SourceState, now: datetime, chance: float, spread: timedelta) -> datetime:
    """Return when a source is to be read after a start at `now`.

    What is due later stays where it stands; what fell due while nothing ran is spread over `spread`, so that a restart
    is no stampede. A request (`build` beside `run`) comes at once, but never before `blocked_until`.
    """
    if state.requested is not None:
        wished = now
    elif state.next_due is None or state.next_due <= now:
        wished = now + spread * chance
    else:
        wished = state.next_due
    return max(wished, state.blocked_until) if state.blocked_until else wished


def due_after_start(
    states: Mapping[str, SourceState], now: datetime, chance: Callable[[], float]
) -> dict[str, datetime]:
    """Return when each source is to be read after a start at `now`, by what is known of it; see `due_at`.

    One that is new is read at once: somebody is waiting for it.
    """
    spread = spread_of(sum(is_overdue(state, now) for state in states.values()))
    return {
        source: due_at(state, now, chance(), timedelta() if state.last_run is None else spread)
        for source, state in states.items()
    }


def spread_of(overdue: int) -> timedelta:
    """Return over what time `overdue` sources are spread at a start, so that they are no stampede."""
    return min(SPREAD_OF_ONE * overdue, SPREAD)
