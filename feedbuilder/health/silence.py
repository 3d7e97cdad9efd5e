"""A source that is read well and has brought nothing for much longer than ever before: a hint, and no error.

Owns how long that is. Sites sleep at night and at weekends, and a list may truly have come to its end.
"""

from __future__ import annotations

from datetime import timedelta

from feedbuilder.model import ListProfile, SourceState
from feedbuilder.model.units import format_duration

_TIMES = 3
"""So many times the longest rest."""
_SHORTEST = timedelta(days=3)
"""A long weekend is nobody's business."""


def unusual_silence(state: SourceState, profile: ListProfile | None) -> str | None:
    """Return for people that a source has been silent for unusually long; None if it has not, or cannot be read."""
    if profile is None or not profile.rest or state.failures or state.last_change is None or state.last_success is None:
        return None
    quiet, rest = state.last_success - state.last_change, timedelta(hours=profile.rest)
    if quiet < max(_TIMES * rest, _SHORTEST):
        return None
    return (
        f"It has brought nothing for {_about(quiet)}, where it used to rest for {_about(rest)} at most. "
        "That may well be so; look whether its page goes on elsewhere."
    )


def _about(span: timedelta) -> str:
    """Return a span as people say it: whole days, hours or minutes."""
    for unit in (timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)):
        if span >= unit:
            return format_duration(unit * round(span / unit))
    return format_duration(timedelta(minutes=1))
