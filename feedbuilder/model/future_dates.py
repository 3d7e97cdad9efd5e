"""Dates in the future are no dates of publication. Owns how far ahead of ours a site's clock may run."""

from __future__ import annotations

from datetime import datetime, timedelta

FUTURE_TOLERANCE = timedelta(minutes=5)
"""A date up to this far in the future shows a fast clock; one further ahead is a mistake, or an event to come."""


def is_in_future(moment: datetime, now: datetime) -> bool:
    """Return whether `moment` is further ahead of `now` than a clock that is fast explains. Both are aware."""
    return moment > now + FUTURE_TOLERANCE
