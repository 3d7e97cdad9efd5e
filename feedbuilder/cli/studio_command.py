"""`feedbuilder studio`: feeds made, corrected and kept in the browser."""

from __future__ import annotations

import os
import webbrowser
from typing import Annotated

import typer
from rich.markup import escape

from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.shared_options import HOST, HostOption
from feedbuilder.cli.signals import stop_event
from feedbuilder.studio.serve_studio import serve_studio

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

    Where others can reach it, it asks for a password: the one in FEEDBUILDER_STUDIO_PASSWORD.
    """
    call: Call = context.obj
    served = serve_studio(call.config_file, os.environ, host=host, port=port, public_url=public_url)
    stop = stop_event()
    with served.server:
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
