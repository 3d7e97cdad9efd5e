"""The header Retry-After: how long a site asks us to stay away. It is honoured in `pipeline.backoff`."""

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
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    wait = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    return wait if wait > timedelta(0) else None
