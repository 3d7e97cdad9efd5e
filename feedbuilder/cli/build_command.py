"""`feedbuilder build`: the sources read once, and the feeds written."""

from __future__ import annotations

from typing import Annotated

import typer

from feedbuilder.cli.build_progress import build_with_progress, print_outcome, runs_table
from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.configured import chosen_sources
from feedbuilder.cli.shared_options import AcceptLossOption, SourceArguments
from feedbuilder.engine import Installation


@command(shows_progress=True, silent_unwatched=True)
def build(
    context: typer.Context,
    sources: SourceArguments = None,
    force: Annotated[
        bool, typer.Option("--force", help="Ask sites even while they asked us to wait, or back-off does.")
    ] = False,
    accept_loss: AcceptLossOption = False,
) -> Exit:
    """Read the sources once, whether they are due or not, and write the feeds.

    Away from a terminal, success prints nothing (-v: every step).
    """
    call: Call = context.obj
    config = call.load()
    chosen = chosen_sources(config, sources)
    with Installation.open(config, processes=True, accept_loss=accept_loss) as installation:
        report = build_with_progress(call, installation, chosen, force=force)
    if call.is_watched:
        call.out.print(runs_table(report.runs, {source.id: source for source in config.sources}))
    if call.is_watched or report.failed:
        print_outcome(call, report)
    return Exit.FAILED if report.failed else Exit.OK
