"""How readings, and what takes long, are logged."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from feedbuilder.logger import log
from feedbuilder.model import Run

COULD_NOT = {
    "source": "source could not be read",
    "articles": "articles could not be read",
    "icon": "icon could not be taken",
    "media": "files could not be asked for",
}
"""What is said of a turn that failed, by what it was for: the store failed, or a bug of ours came in between."""
LONG = 30.0
"""Seconds after which it is told that something of the house takes long."""


def log_run(run: Run) -> None:
    """Log how a reading went, as one event."""
    if run.error:
        log.error("source failed", source=run.source, status=run.status, reason=run.error)
    else:
        counts = {"found": run.found, "new": run.new, "changed": run.changed}
        log.info("source read", source=run.source, outcome=run.outcome.value, **counts)
    if run.note:
        log.warning("source read in part", source=run.source, reason=run.note)
    for rule in run.learnt:
        log.warning("addresses change", source=run.source, learnt=rule.sentence())


@contextmanager
def told_if_long(what: str, seconds: Callable[[], float] = time.monotonic) -> Iterator[None]:
    """Log a warning if the block takes longer than `LONG`; it is one of those that come one after the other."""
    begun = seconds()
    try:
        yield
    finally:
        took = seconds() - begun
        if took > LONG:
            log.warning("took long; requests and changes had to wait", what=what, seconds=round(took))
