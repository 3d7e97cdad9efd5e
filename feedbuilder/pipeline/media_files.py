"""Asking the servers of sound and video for the type and size of a few files; each is asked for once.

Owns how often one is tried. Sizes are an ornament: what goes wrong is remembered, and told to those who debug only.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from feedbuilder.logger import log
from feedbuilder.model import FetchError, Source
from feedbuilder.pipeline.ports import MediaServers, Store

MOST_FILES = 10
"""Files that are asked for after one reading of a source; the others after the next."""
MOST_TRIES = 3
"""A file that was asked for in vain so often is not asked for any more."""
PAUSE = timedelta(days=1)
"""Until the next try."""
_FINAL = frozenset((400, 401, 403, 404, 405, 410, 501))
"""Statuses that will hardly become others: some servers answer no HEAD at all."""


def measure_files(source: Source, servers: MediaServers, store: Store, now: datetime) -> int:
    """Ask for files of `source` that are due at `now`; return how many answered. Raises StoreError.

    They are asked for directly: of a source with a proxy of its own, none.
    """
    answered = 0
    if source.proxy is not None:
        return answered
    for url, tries in store.due_files(source.id, now, MOST_FILES):
        try:
            store.remember_file(servers.measure(source, url))
            answered += 1
        except FetchError as error:
            log.debug("file not measured", source=source.id, address=url, reason=error.finding or str(error))
            again = tries + 1 < MOST_TRIES and error.status not in _FINAL
            store.postpone_file(url, tries + 1, now + PAUSE if again else None)
    return answered
