"""`feedbuilder worker`: one of several processes that read and publish what `run` schedules."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack
from threading import Event, Thread
from typing import Annotated

import typer

from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.cluster_place import url_of_cluster
from feedbuilder.cli.signals import stop_event
from feedbuilder.config import Config
from feedbuilder.engine import Installation
from feedbuilder.loading import loading
from feedbuilder.logger import log
from feedbuilder.model import StoreAwayError
from feedbuilder.processes import Nursery

AGAIN = 2.0
"""Seconds until a server that is away is tried again."""
LONGEST_STOP = 10.0
"""Seconds: a job has eight to end, and service managers kill soon after."""


@command()
def worker(
    context: typer.Context,
    threads: Annotated[
        int, typer.Option(min=1, max=64, help="How many sources are read at the same time; most of it is waiting.")
    ] = 8,
) -> Exit:
    """Read and publish what `run` schedules, beside others on this machine or elsewhere, until stopped.

    For engine = "procrastinate" in the configuration, with a store on a server that all of them reach, and an output
    that all of them write to.
    """
    call: Call = context.obj
    with ExitStack() as services:
        nursery = services.enter_context(Nursery())  # before there is a configuration, which its processes would hold
        config = call.load()
        url = url_of_cluster(config)
        stop = stop_event()
        with loading():
            from feedbuilder.cluster import Chores, JobQueue, Worker  # noqa: PLC0415 - needs an extra

        installation = _opened(config, nursery, stop)
        if installation is None:
            return Exit.OK
        services.enter_context(installation)
        Thread(target=_leave, args=(stop,), daemon=True).start()
        queue = JobQueue(url)
        Worker(queue, Chores(installation, queue).by_name, threads).run_until(stop)
    return Exit.OK


def _opened(config: Config, nursery: Nursery, stop: Event) -> Installation | None:
    """Open the installation as soon as its server is there; None where `stop` is set before. Raises StoreError."""
    told = False
    while not stop.is_set():
        try:
            return Installation.open(config, processes=nursery)
        except StoreAwayError as error:
            if not told:
                log.error("cannot work yet; trying again", reason=str(error))  # noqa: TRY400 - expected
            told = True
            stop.wait(AGAIN)
    return None


def _leave(stop: Event) -> None:
    """End the process some time after it was asked to stop, whatever its threads wait for.

    What they have not saved is nothing yet, and their jobs are given to others.
    """
    stop.wait()
    time.sleep(LONGEST_STOP)
    os._exit(Exit.OK)
