"""`feedbuilder studio`: feeds made, corrected and kept in the browser."""

from __future__ import annotations

import os
import webbrowser
from contextlib import ExitStack
from typing import Annotated
from urllib.parse import urlsplit

import typer
from rich.markup import escape

from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.shared_options import HOST, HostOption
from feedbuilder.cli.signals import stop_event
from feedbuilder.model import ConfigError, FeedbuilderError, ReadingSettings
from feedbuilder.model.settings import is_loopback
from feedbuilder.studio.pooled_detection import PooledDetection
from feedbuilder.studio.serve_studio import serve_studio
from feedbuilder.studio.studio_state import Studio
from feedbuilder.web import Background, output_app

PORT = 8767


@command()
def studio(
    context: typer.Context,
    host: HostOption = HOST,
    port: Annotated[int, typer.Option("--port", help="The port to listen on; 0: a free one.")] = PORT,
    public_url: Annotated[
        str | None,
        typer.Option(
            help='Where a reverse proxy shows it, with its path, such as "https://home.example/studio/".',
            show_default=False,
        ),
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open it in the browser.")] = True,
) -> Exit:
    """Make, correct and keep feeds in the browser, on this machine.

    Where others can reach it, it asks for a password: the one in FEEDBUILDER_STUDIO_PASSWORD. Feeds that name
    themselves by an address of this machine are served there while it runs, unless `serve` does that already.
    """
    call: Call = context.obj
    with ExitStack() as stack:
        detection = _detection(call)  # first of all: its process is forked while there are no threads
        stack.callback(detection.close)
        served = serve_studio(
            call.config_file,
            os.environ,
            host=host,
            port=port,
            public_url=public_url,
            detector=detection.detect,
        )
        stop = stop_event()
        stack.enter_context(served.server)
        stack.callback(served.studio.jobs.close)
        output = _output_server(served.studio)
        if output is not None:
            stack.enter_context(output)
        access = served.studio.access
        if access.password is not None:
            call.err.print(
                "[yellow]warning[/]: whoever reaches this address and knows the password can change every source and "
                "feed, and have this machine ask for pages."
            )
            if not access.addresses.is_encrypted:
                call.err.print("[yellow]warning[/]: it is not encrypted: show it by https, through a reverse proxy.")
        # Printed whatever happens: without it nobody gets in, and a browser may not come up.
        call.out.print(f"The studio is at {escape(served.address)} (Ctrl-C stops)", soft_wrap=True)
        if browser and call.can_ask:
            webbrowser.open(served.address)
        stop.wait()
    return Exit.OK


def _detection(call: Call) -> PooledDetection:
    """Return what looks for lists in a process of its own; a wrong configuration is for the screens to tell."""
    try:
        return PooledDetection(call.load().reading)
    except ConfigError:
        return PooledDetection(ReadingSettings())


def _output_server(studio: Studio) -> Background | None:
    """Return a server of the feeds where they name themselves by this machine and nobody serves them yet; else None.

    Whoever has just made a feed wants to put its address into a reader.
    """
    url = studio.site().url
    if not is_loopback(url):
        return None
    try:
        return Background(output_app(studio.site), HOST, urlsplit(url).port or 80)
    except FeedbuilderError:
        return None
