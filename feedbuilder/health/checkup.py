"""Whether an installation is well as a whole, for containers and monitors: few sources fail, and none waits for long.

Owns this decision. Single failures are no illness, for sites are down every now and then; what counts is an incident.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from feedbuilder.model import SourceState
from feedbuilder.model.units import format_duration


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found."""

    is_well: bool
    sentence: str
    """One line for a log."""


def check_up(
    states: Sequence[SourceState], waiting: Collection[str], now: datetime, *, failing: float, lag: timedelta
) -> Checkup:
    """Return whether at most the share `failing` of the sources cannot be read, and none is late by more than `lag`.

    `states` are those of all configured sources. Who waits because a site asked for it is not late: `waiting` names
    the sources whose hosts did.
    """
    if not states:
        return Checkup(is_well=True, sentence="well: there are no sources")
    if all(state.last_run is None for state in states):
        return Checkup(is_well=False, sentence="not well: no source was read yet")
    broken = sum(state.incident is not None for state in states)
    late = max((_lateness(state, now) for state in states if state.source not in waiting), default=timedelta())
    parts = [f"{broken} of {len(states)} sources cannot be read", f"the latest reading is {_late(late)}"]
    is_well = broken <= failing * len(states) and late <= lag
    return Checkup(is_well, f"{'well' if is_well else 'not well'}: {', '.join(parts)}")


def _lateness(state: SourceState, now: datetime) -> timedelta:
    """Return for how long a source has been due; nothing for one that is not, or was never read and so comes next."""
    if state.next_due is None or (state.blocked_until is not None and state.blocked_until > now):
        return timedelta()
    return max(now - state.next_due, timedelta())


def _late(late: timedelta) -> str:
    return f"{format_duration(late)} late" if late >= timedelta(seconds=1) else "on time"
