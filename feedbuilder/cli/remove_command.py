"""`feedbuilder remove`: a source goes out of the configuration."""

from __future__ import annotations

import os
from typing import Annotated

import typer
from rich.markup import escape

from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.configured import chosen_sources
from feedbuilder.cli.show_tables import counted
from feedbuilder.config import Config
from feedbuilder.config.remove_source import remove_source
from feedbuilder.feeds import Tagging, feeds_for
from feedbuilder.masking import mask_text
from feedbuilder.model import ConfigError


@command()
def remove(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="The id of a source.", show_default=False)],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
) -> Exit:
    """Take a source out of the configuration. What was published of it stays; `prune` removes feeds that are gone."""
    call: Call = context.obj
    config = call.load()
    [chosen] = chosen_sources(config, [source])
    if not yes:
        if not call.can_ask:
            raise ConfigError("remove asks before it writes, and there is no terminal to ask on: say --yes")
        address = mask_text(chosen.url)
        if not typer.confirm(f'Take the source "{chosen.id}", which reads {address}, out of the configuration?'):
            return Exit.OK
    before = _addresses(config)
    config, path = remove_source(config, chosen.id, os.environ)
    call.say(f"Took the source [bold]{escape(chosen.id)}[/] out of {escape(str(path))}.")
    gone = sorted(before - _addresses(config))
    call.say("Its articles stay in the feeds that other tags or a \\[\\[feed]] put them into, until they grow old.")
    if gone:
        call.say(
            f"{counted(len(gone), 'feed')} had no other source: {escape(', '.join(gone))}. "
            "Subscribers get the last state until [bold]feedbuilder prune[/]."
        )
    return Exit.OK


def _addresses(config: Config) -> set[str]:
    feeds = feeds_for(config.feeds, config.sources, Tagging.of(config.tags))
    return {slug for feed in feeds for slug in (feed.slug, *feed.aliases) if slug}
