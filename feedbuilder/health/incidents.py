"""When an incident begins and ends: what of the runs of a source people should hear of, each thing once.

Owns this decision alone. Whether people know of an incident stands in the state of the source, so that neither a
restart nor forgotten events tell it twice.
"""

from __future__ import annotations

from dataclasses import replace

from feedbuilder.model import EventKind, HealthEvent, Outcome, Run, SourceState

PATIENCE = 3
"""Failed runs in a row after which people hear of it, where they do not say otherwise: sites are down for an hour every
now and then."""

FOR_GOOD = frozenset({404, 410})
"""Statuses of pages that somebody moved or removed: waiting does not bring them back (RFC 9110 §15.5.5, §15.5.11)."""


def weigh(
    run: Run, before: SourceState, after: SourceState, patience: int = PATIENCE
) -> tuple[SourceState, tuple[HealthEvent, ...]]:
    """Return the state `after` a run with what people know by then, and what they are to be told now, in order."""
    if run.outcome is Outcome.FAILED:
        return _failed(run, after, patience)
    events = []
    if run.repair is not None:
        events.append(HealthEvent.of(run.source, EventKind.REPAIRED, run.finished, reason=run.repair))
    if after.incident is not None:
        events.append(
            HealthEvent.of(
                run.source,
                EventKind.RECOVERED,
                run.finished,
                since=after.incident,
                failures=before.failures,
                reason=before.error,
            )
        )
    return replace(after, incident=None), tuple(events)


def _failed(run: Run, after: SourceState, patience: int) -> tuple[SourceState, tuple[HealthEvent, ...]]:
    is_due = after.failures >= patience or run.is_lasting or run.status in FOR_GOOD
    if after.incident is not None or not is_due:
        return after, ()
    event = HealthEvent.of(
        run.source,
        EventKind.FAILING,
        run.finished,
        since=after.last_success,
        failures=after.failures,
        reason=run.error,
    )
    return replace(after, incident=run.finished), (event,)
