"""The commands that make and serve feeds: build, run, serve."""

from __future__ import annotations

import os
from collections.abc import Sequence
from difflib import get_close_matches
from threading import Event
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from feedbuilder.cli.app import Call, Command, Exit, ProgressCommand, app
from feedbuilder.cli.show_tables import runs_table, summary_line
from feedbuilder.cli.signals import stop_event
from feedbuilder.config import Config
from feedbuilder.engine import BuildReport, Installation, Runner
from feedbuilder.engine import build as build_sources
from feedbuilder.model import ConfigError, PublishError, Run, Source
from feedbuilder.store import hold
from feedbuilder.web import Background, output_app

HOST = "127.0.0.1"
PORT = 8766

SourceArguments = Annotated[list[str] | None, typer.Argument(help="Ids of sources; none: all.", show_default=False)]
HostOption = Annotated[str, typer.Option("--host", help="The address to listen on.")]
AcceptLossOption = Annotated[
    bool,
    typer.Option(
        "--accept-loss", help="Fill a lost store again even where published feeds are damaged, without those."
    ),
]
PortOption = Annotated[int, typer.Option("--port", help="The port to listen on.")]


def chosen_sources(config: Config, names: Sequence[str] | None) -> list[Source]:
    """Return the sources with these ids, in the order of the configuration. Raises ConfigError for unknown ids."""
    known = {source.id: source for source in config.sources}
    unknown = [name for name in names or () if name not in known]
    if unknown:
        raise ConfigError(*(f'no source has the id "{name}"{_meant(name, known)}' for name in unknown))
    return [source for source in config.sources if not names or source.id in names]


def _meant(name: str, known: dict[str, Source]) -> str:
    close = get_close_matches(name, known, n=1)
    return f'; did you mean "{close[0]}"?' if close else f"; there are: {', '.join(known) or 'none'}"


@app.command(cls=ProgressCommand)
def build(
    context: typer.Context,
    sources: SourceArguments = None,
    force: Annotated[
        bool, typer.Option("--force", help="Ask sites even while they asked us to wait, or back-off does.")
    ] = False,
    accept_loss: AcceptLossOption = False,
) -> Exit:
    """Read the sources once, whether they are due or not, and write the feeds."""
    call: Call = context.obj
    config = call.load()
    chosen = chosen_sources(config, sources)
    with Installation.open(config, accept_loss=accept_loss) as installation:
        report = build_with_progress(call, installation, chosen, force=force)
    if not call.quiet:
        call.out.print(runs_table(report.runs, {source.id: source for source in config.sources}))
    print_outcome(call, report)
    return Exit.FAILED if report.failed else Exit.OK


def print_outcome(call: Call, report: BuildReport) -> None:
    """Print what a build did: what failed and why, what changed, which feeds are not configured any more."""
    if call.interactive:  # otherwise the log has said it
        for run in report.failed:
            call.err.print(f"[bold red]{escape(run.source)}[/]: {escape(run.error or '')}")
        for run in report.runs:
            if run.note:
                call.err.print(f"[yellow]{escape(run.source)}[/]: {escape(run.note)}")
            for rule in run.learnt:
                call.err.print(f"[yellow]{escape(run.source)}[/]: {escape(rule.sentence())}")
    call.say(summary_line(report))
    for slug in report.publication.stale if report.publication else ():
        call.say(
            f"The feed [bold]{escape(slug)}[/] is not in the configuration any more; "
            "its files stay until `feedbuilder prune`."
        )


def build_with_progress(
    call: Call, installation: Installation, sources: Sequence[Source], *, force: bool
) -> BuildReport:
    """Build, with a progress bar where a person watches."""
    if not call.interactive:
        return build_sources(installation, sources, force=force)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=call.err, transient=True) as bar:
        task = bar.add_task("Reading", total=len(sources))

        def advance(run: Run) -> None:
            bar.update(task, advance=1, description=f"Read {run.source}")

        return build_sources(installation, sources, force=force, progress=advance)


@app.command(cls=Command)
def run(
    context: typer.Context,
    serve: Annotated[bool, typer.Option("--serve", help="Serve the output folder too.")] = False,
    host: HostOption = HOST,
    port: PortOption = PORT,
    accept_loss: AcceptLossOption = False,
) -> Exit:
    """Keep the feeds fresh until stopped (Ctrl-C or SIGTERM)."""
    call: Call = context.obj
    config = call.load()
    stop = stop_event()
    with (
        hold(config.store.path, by=config.path),
        Installation.open(config, accept_loss=accept_loss) as installation,
    ):
        runner = Runner(installation, call.load)
        if serve:
            with Background(output_app(lambda: runner.site), host, port) as server:
                call.say(f"Serving {escape(str(config.site.output))} at [bold]{server.url}/[/]")
                finished = _until(stop, runner)
        else:
            finished = _until(stop, runner)
        if not finished:
            # Readings that hang in the network hold nothing back: what they had to write is written or not begun.
            os._exit(Exit.OK)
    return Exit.OK


def _until(stop: Event, runner: Runner) -> bool:
    runner.start()
    stop.wait()
    return runner.stop()


@app.command(cls=Command)
def serve(context: typer.Context, host: HostOption = HOST, port: PortOption = PORT) -> None:
    """Serve the output folder on this machine, for a look or for a reader on the same network."""
    call: Call = context.obj
    site = call.load().site
    output = site.output
    if output.exists() and not output.is_dir():
        raise PublishError(f"{output} is a file where the output folder should be; remove it, or set site.output")
    stop = stop_event()
    with Background(output_app(site), host, port) as server:
        call.say(f"Serving {escape(str(output))} at [bold]{server.url}/[/] (Ctrl-C stops)")
        stop.wait()
