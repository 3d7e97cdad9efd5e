"""`feedbuilder run`: the feeds kept fresh until somebody stops it."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from threading import Event
from typing import Annotated

import typer
from rich.markup import escape

from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.cluster_place import url_of_cluster
from feedbuilder.cli.served_folder import served_folder
from feedbuilder.cli.shared_options import HOST, PORT, AcceptLossOption, HostOption, PortOption
from feedbuilder.cli.signals import on_hangup, stop_event
from feedbuilder.config import Config, reloading
from feedbuilder.engine import Installation, Runner, system_clock
from feedbuilder.engine.scraped_metrics import ScrapedMetrics
from feedbuilder.engine.settled_memory import settle, share_arenas
from feedbuilder.loading import loading
from feedbuilder.processes import Nursery
from feedbuilder.store import hold
from feedbuilder.web import Background, output_app


@command()
def run(
    context: typer.Context,
    serve: Annotated[bool, typer.Option("--serve", help="Serve the output folder too.")] = False,
    host: HostOption = HOST,
    port: PortOption = PORT,
    accept_loss: AcceptLossOption = False,
) -> Exit:
    """Keep the feeds fresh until stopped (Ctrl-C or SIGTERM).

    Changes of the configuration are taken up by themselves; SIGHUP has them read at once.
    """
    call: Call = context.obj
    with Nursery() as nursery:  # before there is a configuration, which its processes would hold too
        config = call.load()
        stop = stop_event()
        output = served_folder(config.site) if serve else None
        if config.cluster is None:
            _keep_fresh(call, config, nursery, stop, output, host, port, accept_loss=accept_loss)
            return Exit.OK
    _schedule(config, stop, output, host, port)
    return Exit.OK


def _keep_fresh(
    call: Call,
    config: Config,
    nursery: Nursery,
    stop: Event,
    output: Path | None,
    host: str,
    port: int,
    *,
    accept_loss: bool,
) -> None:
    """Read what is due, and publish, until `stop` is set."""
    share_arenas()
    with (
        hold(config.store.place, by=config.path) as hold_of_store,
        Installation.open(config, processes=nursery, accept_loss=accept_loss) as installation,
    ):
        runner = Runner(installation, reloading(installation.config, os.environ), hold_of_store.check, settle)
        on_hangup(runner.reload, stop)
        if output is not None:
            scraped = ScrapedMetrics(lambda: runner.config, system_clock)
            with Background(output_app(lambda: runner.site, scraped), host, port) as server:
                call.say(f"Serving {escape(str(output))} at [bold]{server.url}/[/]")
                finished = runner.run_until(stop)
        else:
            finished = runner.run_until(stop)
        if not finished:
            # Readings that hang in the network hold nothing back: what they had to write is written or not begun.
            os._exit(Exit.OK)


def _schedule(config: Config, stop: Event, output: Path | None, host: str, port: int) -> None:
    """Keep the schedule that workers work by, whenever no other process does."""
    url = url_of_cluster(config)
    with loading():
        from feedbuilder.cluster import schedule_by_turns  # noqa: PLC0415 - needs an extra

    with ExitStack() as services:
        if output is not None:
            services.enter_context(Background(output_app(lambda: config.site), host, port))
        schedule_by_turns(config, url, stop)
