"""`feedbuilder serve`: the output folder, on this machine."""

from __future__ import annotations

import typer
from rich.markup import escape

from feedbuilder.cli.call import Call, command
from feedbuilder.cli.served_folder import served_folder
from feedbuilder.cli.shared_options import HOST, PORT, HostOption, PortOption
from feedbuilder.cli.signals import stop_event
from feedbuilder.engine import system_clock
from feedbuilder.engine.scraped_metrics import ScrapedMetrics
from feedbuilder.web import Background, output_app


@command()
def serve(context: typer.Context, host: HostOption = HOST, port: PortOption = PORT) -> None:
    """Serve the output folder on this machine, for a look or for a reader on the same network."""
    call: Call = context.obj
    config = call.load()
    site = config.site
    output = served_folder(site)
    stop = stop_event()
    with Background(output_app(site, ScrapedMetrics(lambda: config, system_clock)), host, port) as server:
        call.say(f"Serving {escape(str(output))} at [bold]{server.url}/[/] (Ctrl-C stops)")
        stop.wait()
