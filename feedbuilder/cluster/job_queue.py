"""The queue in the store's own database: which jobs there are, and putting them there.

Owns the names of jobs, their locks and their priorities. Knows nothing of what a job does: see `chores`.

A job has a queueing lock, so that none waits twice, and a lock, so that no two go on at once for one host or for the
feeds. The name of the queue has the version of what stands in it: a worker of another version never sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from enum import IntEnum

import procrastinate
import psycopg
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job
from sqlalchemy import make_url

from feedbuilder.fetch import places_of
from feedbuilder.model import Source, StoreError
from feedbuilder.store import shown
from feedbuilder.store.queue_rows import GONE

QUEUE = "feedbuilder-1"
"""Raise its number with each change of what jobs mean."""
READ, ARTICLES, PUBLISH = "read", "articles", "publish"
HEARTBEAT = 3.0
"""Seconds between two signs of life of a worker."""
FAILURES = (ConnectorException, psycopg.Error)
"""What a server that fails looks like."""
GATHER = timedelta(seconds=1)
"""How long news are gathered before feeds are published."""
AT_ONCE = 500
"""Jobs that are put into the queue with one statement."""


class Priority(IntEnum):
    """Who goes first: the higher number."""

    ASKED = 10
    """Somebody waits for it."""
    PUBLISH = 5
    SCHEDULED = 0


def connection_string(url: str) -> str:
    """Return the address of the store's database as libpq writes it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


class JobQueue:
    """The queue of one store on a server, for whoever puts jobs into it. Close it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._connector = procrastinate.SyncPsycopgConnector(conninfo=connection_string(url), min_size=1, max_size=2)
        self._app = procrastinate.App(connector=self._connector)

    def open(self) -> None:
        """Connect, and make the tables of the queue if there are none. Raises StoreError."""
        with told(self.url):
            # A pool would try for half a minute before it says so.
            psycopg.connect(connection_string(self.url), connect_timeout=10).close()
            self._app.open()
            make_tables(self._app)

    def close(self) -> None:
        """Close the connections."""
        self._app.close()

    def read(self, sources: Iterable[Source], priority: Priority = Priority.SCHEDULED) -> None:
        """Have these sources read, each of which waits once. Raises StoreError."""
        self._put([job(READ, source, priority) for source in sources])

    def read_articles(self, source: Source) -> None:
        """Have article pages of `source` read. Raises StoreError."""
        self._put([job(ARTICLES, source, Priority.SCHEDULED)])

    def publish(self, after: timedelta | None = None) -> None:
        """Have the feeds published when news were gathered; or `after` some time, and not before. Raises StoreError."""
        if after is not None:
            with told(self.url):
                self._connector.execute_query(_PUT_OFF, queue=QUEUE, task=PUBLISH, after=after)
        self._put([job(PUBLISH, None, Priority.PUBLISH, GATHER if after is None else after)])

    def outstanding(self) -> set[str]:
        """Return the sources for which a reading waits or goes on. Raises StoreError."""
        with told(self.url):
            rows = self._connector.execute_query_all(
                "SELECT DISTINCT args->>'source' AS source FROM procrastinate_jobs"
                " WHERE queue_name = %(queue)s AND task_name = %(task)s AND status IN ('todo', 'doing')",
                queue=QUEUE,
                task=READ,
            )
        return {row["source"] for row in rows}

    def free(self) -> int:
        """Give the jobs of dead workers to others; return how many that were. Takes no lock. Raises StoreError."""
        with told(self.url):
            rows = self._connector.execute_query_all(_OF_THE_DEAD, queue=QUEUE, gone=GONE)
            for row in rows:
                self._connector.execute_query(_AGAIN, id=row["id"])
            self._connector.execute_query(_FORGET_DEAD, gone=GONE)
        return len(rows)

    def check(self, job: int) -> None:
        """Raise StoreError where a job that goes on here was given to another worker: this one was taken for dead."""
        with told(self.url):
            if self._connector.execute_query_one(_GOES_ON, id=job)["here"]:
                return
        raise StoreError("Another worker does it now: this one gave no sign of life for too long.")

    def _put(self, jobs: Sequence[Job]) -> None:
        with told(self.url):
            for start in range(0, len(jobs), AT_ONCE):
                put(self._app, jobs[start : start + AT_ONCE])


def job(task: str, source: Source | None, priority: Priority, after: timedelta | None = None) -> Job:
    """Return a job that is in no queue yet."""
    name = f"{task}:{source.id}" if source else task
    # Workers that wait for one host would all wait; whom else a reading asks, it asks in turns of the store's.
    lock = f"host:{min(places_of(source.url), default=source.id)}" if source else task
    return Job(
        id=None,
        queue=QUEUE,
        priority=priority,
        lock=lock,
        queueing_lock=name,
        task_name=task,
        task_kwargs={"source": source.id} if source else {},
        scheduled_at=None if after is None else datetime.now(UTC) + after,
    )


def put(app: procrastinate.App, jobs: Sequence[Job]) -> None:
    """Put `jobs` into the queue; one that waits already is there already."""
    try:
        if jobs:
            app.job_manager.batch_defer_jobs(list(jobs))
    except AlreadyEnqueued:
        for one in jobs if len(jobs) > 1 else ():
            put(app, [one])


def make_tables(app: procrastinate.App) -> None:
    """Make the tables of the queue if there are none; of several processes that find none, one does."""
    connector = app.connector.get_sync_connector()
    if connector.execute_query_one(_HAS_TABLES)["there"]:
        return
    try:
        app.schema_manager.apply_schema()
    except ConnectorException:
        if not connector.execute_query_one(_HAS_TABLES)["there"]:
            raise


@contextmanager
def told(url: str) -> Iterator[None]:
    """Turn what the server suffers within the block into StoreError."""
    try:
        yield
    except FAILURES as error:
        raise StoreError(f"The queue in {shown(url)} cannot be used: {error.__cause__ or error}") from error


_HAS_TABLES = "SELECT to_regclass('procrastinate_jobs') IS NOT NULL AS there"
_PUT_OFF = """
    UPDATE procrastinate_jobs SET scheduled_at = now() + %(after)s
    WHERE queue_name = %(queue)s AND task_name = %(task)s AND status = 'todo'"""
_GOES_ON = "SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE id = %(id)s AND status = 'doing') AS here"
# While the server was away, nobody could give a sign of life: all have time to give one when it is there again.
_DEAD = """worker.last_heartbeat < now() - make_interval(secs => %(gone)s)
    AND pg_postmaster_start_time() < now() - make_interval(secs => %(gone)s)"""
_OF_THE_DEAD = f"""
    SELECT job.id FROM procrastinate_jobs AS job LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
    WHERE job.status = 'doing' AND job.queue_name = %(queue)s AND (worker.id IS NULL OR {_DEAD})"""  # noqa: S608 - our own words
# Where the same waits again already, the old one is done with.
_AGAIN = """
    WITH old AS (
        DELETE FROM procrastinate_jobs WHERE id = %(id)s AND status = 'doing'
        RETURNING queue_name, task_name, priority, lock, queueing_lock, args
    )
    INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args)
    SELECT * FROM old
    ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING"""
_FORGET_DEAD = f"DELETE FROM procrastinate_workers AS worker WHERE {_DEAD}"  # noqa: S608 - likewise
