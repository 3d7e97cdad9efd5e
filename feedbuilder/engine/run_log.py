"""How a reading is logged."""

from __future__ import annotations

import structlog

from feedbuilder.model import Run

log = structlog.get_logger("feedbuilder")


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
