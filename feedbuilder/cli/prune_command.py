"""`feedbuilder prune`: what is configured no longer, or too old, goes."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.show_tables import counted
from feedbuilder.engine import Installation
from feedbuilder.store import hold


@command()
def prune(
    context: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
) -> Exit:
    """Remove the files of feeds that are in the configuration no longer, and forget what is too old to keep."""
    call: Call = context.obj
    config = call.load()
    with hold(config.store.place), Installation.open(config) as installation:
        installation.prepare()
        publication = installation.publish()
        if publication.stale:
            for slug in publication.stale:
                call.out.print(f"{escape(f'{config.site.place}/{slug}')} belongs to no configured feed")
            if not yes and not typer.confirm("Remove these feeds? Their subscribers will find nothing there"):
                return Exit.OK
            installation.output.remove(publication.stale)
            installation.store.forget_feeds(publication.stale)
        forgotten = installation.forget()
    call.say(f"{counted(len(publication.stale), 'feed')} removed, {counted(forgotten, 'item')} forgotten.")
    return Exit.OK
