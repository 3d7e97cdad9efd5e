"""The header Retry-After: how long a site asks us to stay away. It is heeded in `host_waits` and `pipeline.backoff`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_SECONDS = re.compile(r"[0-9]{1,9}")


def read_retry_after(value: str | None, now: datetime) -> timedelta | None:
    """Return how long the site asks us to wait (RFC 9110 §10.2.3: seconds, or a date).

    None if it does not say, says something else, or names a moment that has passed.
    """
    text = (value or "").strip()
    if _SECONDS.fullmatch(text):
        return timedelta(seconds=int(text))
    moment = read_moment(text)
    wait = moment - now if moment else timedelta(0)
    return wait if wait > timedelta(0) else None


def read_moment(value: str | None) -> datetime | None:
    """Return the date in a header (RFC 9110 §5.6.7), None if it holds none."""
    try:
        moment = parsedate_to_datetime((value or "").strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
