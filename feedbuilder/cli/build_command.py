"""`feedbuilder build`: the sources read once, and the feeds written."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from feedbuilder import engine
from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.configured import chosen_sources
from feedbuilder.cli.shared_options import AcceptLossOption, SourceArguments
from feedbuilder.config import Config
from feedbuilder.extract.source_fingerprint import own_version
from feedbuilder.loading import loading, without_collecting
from feedbuilder.model import ConfigError, Source
from feedbuilder.pipeline import local_reader  # noqa: F401 - what reads pages is there before the nursery, and shared
from feedbuilder.processes import Nursery

if TYPE_CHECKING:
    from feedbuilder.engine import BuildReport, Installation

FEW = 20
"""Sources whose garbage may lie until the end."""


@command(shows_progress=True, silent_unwatched=True)
def build(
    context: typer.Context,
    sources: SourceArguments = None,
    force: Annotated[
        bool, typer.Option("--force", help="Ask sites even while they asked us to wait, or back-off does.")
    ] = False,
    due: Annotated[
        bool,
        typer.Option("--due", help="Read only those whose interval is over: for a cron that comes more often."),
    ] = False,
    accept_loss: AcceptLossOption = False,
) -> Exit:
    """Read the sources once, whether they are due or not, and write the feeds.

    Away from a terminal, success prints nothing (-v: every step).
    """
    call: Call = context.obj
    if force and due:
        raise ConfigError("--force and --due contradict each other")
    own_version()  # the same in the processes that read
    with Nursery() as nursery:  # before there is what its processes would hold in vain: the engine, a configuration
        with loading():
            from feedbuilder.engine import once  # noqa: F401, PLC0415 - see above

        config, early = call.load(), 0
        chosen = chosen_sources(config, sources)
        if sources and (paused := [source.id for source in chosen if source.paused]):
            told = 'the source "{}" is paused: take paused out of it to have it read'
            raise ConfigError(*map(told.format, paused))
        chosen = [source for source in chosen if not source.paused]
        with (
            without_collecting() if len(chosen) <= FEW else nullcontext(),
            engine.Installation.open(config, processes=nursery, accept_loss=accept_loss) as installation,
        ):
            if due:
                from feedbuilder.engine.overview import due_of  # noqa: PLC0415 - where it is asked for

                early = len(chosen)
                chosen = due_of(chosen, installation.store, engine.system_clock())
                early -= len(chosen)
            report = _built(call, installation, chosen, force=force)
    if call.is_watched or report.failed:
        _tell(call, config, report, early)
    return Exit.FAILED if report.failed else Exit.OK


def _built(call: Call, installation: Installation, sources: Sequence[Source], *, force: bool) -> BuildReport:
    if not call.interactive:
        return engine.build(installation, sources, force=force)
    from feedbuilder.cli.build_progress import build_with_progress  # noqa: PLC0415 - cron watches no bar

    return build_with_progress(call, installation, sources, force=force)


def _tell(call: Call, config: Config, report: BuildReport, early: int) -> None:
    """Print what came of it; `early` sources were not due."""
    from feedbuilder.cli.build_progress import print_outcome, runs_table  # noqa: PLC0415 - nor reads what went well
    from feedbuilder.cli.show_tables import counted  # noqa: PLC0415 - as above

    if call.is_watched and report.runs:
        call.out.print(runs_table(report.runs, {source.id: source for source in config.sources}))
    print_outcome(call, report)
    if early and call.is_watched:
        call.say(f"{counted(early, 'source')} not due yet, and not read.")
