"""Options and arguments that several commands take, each said once. Knows Typer and nothing of ours."""

from __future__ import annotations

from typing import Annotated

import typer

HOST = "127.0.0.1"
PORT = 8766
SourceArguments = Annotated[list[str] | None, typer.Argument(help="Ids of sources; none: all.", show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
HtmlOption = Annotated[
    str | None, typer.Option("--html", metavar="FILE", help="Read the page from this file.", show_default=False)
]
UrlOption = Annotated[str | None, typer.Option("--url", help="Where a saved page came from.", show_default=False)]
TimezoneOption = Annotated[
    str | None,
    typer.Option(help='The zone in which the site writes its times, such as "Asia/Dubai".', show_default=False),
]
AllowHostOption = Annotated[
    list[str] | None, typer.Option(help="Admit this host although its address is private.", show_default=False)
]
ExampleOption = Annotated[
    str | None, typer.Option(help="A title on the page: the list that holds it is preferred.", show_default=False)
]
HostOption = Annotated[str, typer.Option("--host", help="The address to listen on.")]
PortOption = Annotated[int, typer.Option("--port", help="The port to listen on.")]
AcceptLossOption = Annotated[
    bool,
    typer.Option(
        "--accept-loss", help="Fill a lost store again even where published feeds are damaged, without those."
    ),
]
