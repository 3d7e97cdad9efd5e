"""What the store's database says of the queue that stands in it: tables of Procrastinate's, only read here."""

from __future__ import annotations

import sqlalchemy as sa

from feedbuilder.model.queue_state import QueueState

GONE = 20.0
"""Seconds without a sign of life after which a worker is taken for dead."""
# The tables of an older Procrastinate are another program's.
_THERE = sa.text(
    "SELECT to_regclass('procrastinate_jobs') IS NOT NULL AND to_regclass('procrastinate_workers') IS NOT NULL"
)
_STATE = sa.text(
    """
    SELECT
        count(*) FILTER (WHERE status = 'todo') AS waiting,
        count(*) FILTER (WHERE status = 'doing') AS going,
        (SELECT count(*) FROM procrastinate_workers
            WHERE last_heartbeat > now() - make_interval(secs => :gone)) AS workers,
        (SELECT count(*) FROM host_turns WHERE taken_until > now()) AS hosts,
        (SELECT min(event.at) FROM procrastinate_events AS event
            JOIN procrastinate_jobs AS job ON job.id = event.job_id
            WHERE job.queue_name LIKE 'feedbuilder-%' AND job.status = 'todo' AND event.type = 'deferred') AS oldest
    FROM procrastinate_jobs
    WHERE queue_name LIKE 'feedbuilder-%'
    """
)


def queue_state(connection: sa.Connection) -> QueueState | None:
    """Return how the queue does, asked of PostgreSQL; None where there is none."""
    if not connection.execute(_THERE).scalar_one():
        return None
    row = connection.execute(_STATE, {"gone": GONE}).one()
    return QueueState(row.waiting, row.going, row.workers, row.hosts, row.oldest)
