"""The program as Typer sees it: the options that may stand before any command, and the table of commands.

Loaded at every call, for `--help` too: imports Typer, and nothing of ours that imports more.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from feedbuilder import __version__
from feedbuilder.cli.command_table import CommandTable

app = typer.Typer(
    cls=CommandTable,
    help="RSS, Atom and JSON feeds for news sites that offer none.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        "-c",
        help="The configuration file; else FEEDBUILDER_CONFIG, else config/feedbuilder.toml.",
        show_default=False,
    ),
]
VerboseOption = Annotated[bool, typer.Option("--verbose", "-v", help="Log every step.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Log warnings and errors only; print no reports.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"feedbuilder {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    config: ConfigOption = None,
    verbose: VerboseOption = False,
    quiet: QuietOption = False,
) -> None:
    """Take the options that stand before the command; `Command.invoke` looks for them."""
