"""A worker: takes what stands in the queue, on as many threads as it is told, until it is stopped.

Owns the loop that outlives the server's restarts. Parsing goes on in processes of their own, so that a page that takes
long keeps no sign of life from being given.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import procrastinate

from feedbuilder.cluster.job_queue import (
    FAILURES,
    HEARTBEAT,
    PUBLISH,
    QUEUE,
    JobQueue,
    connection_string,
)
from feedbuilder.logger import log
from feedbuilder.model import FeedbuilderError, OutdatedError

GRACE = 8.0
"""Seconds that a stop waits for jobs under way; service managers kill after ten or more."""
AGAIN = 2.0
"""Seconds until the server is tried again that has failed."""
POLL = 1.0
"""Seconds after which the queue is looked at without a notification: none tells that a host, or its time, is free."""


class Worker:
    """Does what stands in `queue`, by name of the job, on so many threads."""

    def __init__(self, queue: JobQueue, chores: Mapping[str, Callable[..., None]], threads: int) -> None:
        self._queue = queue
        self._chores = chores
        self._threads = threads
        self._outdated: OutdatedError | None = None

    def run_until(self, stop: Event) -> None:
        """Work until `stop` is set; whatever the server does meanwhile, go on when it is there again.

        Raises OutdatedError once a newer program has changed the store.
        """
        failed = False
        while not (stop.is_set() or self._outdated):
            try:
                self._queue.open()
                log.info("working" if not failed else "working again", threads=self._threads)
                failed = False
                asyncio.run(self._work(stop))
            except (*FAILURES, OSError, FeedbuilderError) as error:
                if not failed:
                    reason = str(error.__cause__ or error)  # Procrastinate's own words say nothing
                    log.error("the queue cannot be used; trying again", reason=reason)  # noqa: TRY400 - expected
                failed = True
                stop.wait(AGAIN)
            finally:
                self._queue.close()
        log.info("stopped")
        if self._outdated is not None:
            raise self._outdated

    async def _work(self, stop: Event) -> None:
        connector = procrastinate.PsycopgConnector(
            conninfo=connection_string(self._queue.url), min_size=1, max_size=self._threads + 4
        )
        app = procrastinate.App(connector=connector)
        for name, chore in self._chores.items():
            app.task(name=name, queue=QUEUE, pass_context=True)(self._carried_out(name, chore))
        # Jobs go on in the loop's own threads, of which there are as many as the machine's cores allow, and few.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(self._threads + 4))
        asyncio.get_running_loop().set_exception_handler(_tell)
        async with app.open_async():
            work = asyncio.create_task(
                app.run_worker_async(
                    queues=[QUEUE],
                    concurrency=self._threads,
                    fetch_job_polling_interval=POLL,
                    shutdown_graceful_timeout=GRACE,
                    delete_jobs="always",  # how readings went stands in the store
                    install_signal_handlers=False,
                    update_heartbeat_interval=HEARTBEAT,
                    stalled_worker_timeout=3600.0,  # whose jobs are given to others, says the scheduler
                )
            )
            stopped = asyncio.create_task(self._ended(stop))
            await asyncio.wait({work, stopped}, return_when=asyncio.FIRST_COMPLETED)
            stopped.cancel()
            if not work.done():
                work.cancel()
            await asyncio.gather(work, return_exceptions=stop.is_set() or self._outdated is not None)

    async def _ended(self, stop: Event) -> None:
        # A signal's handler sets it, and a thread that waited for it would keep us.
        while not (stop.is_set() or self._outdated):  # noqa: ASYNC110
            await asyncio.sleep(0.2)

    def _carried_out(self, name: str, chore: Callable[..., None]) -> Callable[..., None]:
        """Return `chore` so that what goes wrong is told, and ends no worker; a newer program does."""

        def carry_out(context: procrastinate.JobContext, **what: str) -> None:
            try:
                if name == PUBLISH:
                    chore(job=context.job.id)
                else:
                    chore(**what)
            except OutdatedError as error:
                self._outdated = error
            except FeedbuilderError as error:
                log.error("job not done, it comes again", job=name, **what, reason=str(error))  # noqa: TRY400 - expected
            except Exception:
                log.exception("a bug, please report it: job not done", job=name, **what)

        return carry_out


def _tell(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Tell what went wrong in a task that nobody waits for: mostly the end of a job that another worker was given."""
    error = context.get("exception")
    if isinstance(error, FAILURES):
        log.warning("a job was done that is not ours to end", reason=str(error.__cause__ or error).partition("\n")[0])
    else:
        loop.default_exception_handler(context)
