"""`feedbuilder worker`: one of several processes that read and publish what `run` schedules."""

from __future__ import annotations

import os
import time
from threading import Event, Thread
from typing import Annotated

import typer

from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.cluster_place import lease_of, url_of_cluster
from feedbuilder.cli.signals import stop_event
from feedbuilder.engine import Installation
from feedbuilder.loading import loading
from feedbuilder.store.host_turns import host_turns_of

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
    config = call.load()
    url = url_of_cluster(config)
    stop = stop_event()
    with loading():
        from feedbuilder.cluster import Chores, JobQueue, Worker  # noqa: PLC0415 - needs an extra

    with (
        host_turns_of(url, lease=lease_of(config)) as shared,
        Installation.open(config, processes=True, shared=shared) as installation,
    ):
        Thread(target=_leave, args=(stop,), daemon=True).start()
        queue = JobQueue(url)
        Worker(queue, Chores(installation, queue).by_name, threads).run_until(stop)
    return Exit.OK


def _leave(stop: Event) -> None:
    """End the process some time after it was asked to stop, whatever its threads wait for.

    What they have not saved is nothing yet, and their jobs are given to others.
    """
    stop.wait()
    time.sleep(LONGEST_STOP)
    os._exit(Exit.OK)
