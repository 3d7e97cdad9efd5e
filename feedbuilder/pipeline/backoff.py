"""How long a source is left alone after a failed reading: back-off, and the Retry-After that its site sent.

Pure, like `schedule`, which uses it. That nobody reads the source before the wait is over stands in the store as
`SourceState.blocked_until`; how long its whole host is left alone is decided in `fetch.host_waits`.
"""

from __future__ import annotations

from datetime import timedelta

from feedbuilder.model import LONGEST_RETRY_AFTER, Source

FIRST_BACKOFF = timedelta(minutes=5)
"""The wait after the first failure, unless the source's interval is longer; it doubles with each further one."""
LONGEST_BACKOFF = timedelta(hours=12)


def wait_after_failure(failures: int, retry_after: timedelta | None, source: Source, chance: float) -> timedelta:
    """Return how long to stay away after `failures` (1 or more) failed runs in a row.

    At least as long as the site asked for (`retry_after`), within `LONGEST_RETRY_AFTER`. `chance` is from 0 to 1.
    """
    wait = backoff(failures, source, chance)
    return wait if retry_after is None else max(wait, min(retry_after, LONGEST_RETRY_AFTER))


def backoff(failures: int, source: Source, chance: float) -> timedelta:
    """Return how long to stay away after `failures` (1 or more) failed runs in a row, whatever the site asked for.

    `chance`, from 0 to 1, spreads the wait over its upper half, so that sources of one host do not return together.
    """
    longest = max(LONGEST_BACKOFF, source.interval)
    whole = min(FIRST_BACKOFF * (1 << min(failures - 1, 16)), longest)
    return whole * (0.5 + chance / 2)
