"""`feedbuilder check`: what is wrong with the configuration and, online, with its selectors."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.markup import escape

from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.check_online import Trial, findings, trials_json, trials_table, try_out
from feedbuilder.cli.configured import chosen_sources
from feedbuilder.cli.shared_options import SourceArguments
from feedbuilder.cli.show_tables import counted
from feedbuilder.extract import check_selector
from feedbuilder.feeds import Tagging, feeds_for
from feedbuilder.model import ConfigError


@command()
def check(
    context: typer.Context,
    sources: SourceArguments = None,
    online: Annotated[bool, typer.Option("--online", help="Fetch each page and try every selector on it.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --online: print JSON instead of a table.")] = False,
) -> Exit:
    """Check the configuration. Needs no network, unless --online."""
    call: Call = context.obj
    if as_json and not online:
        raise ConfigError("--json goes with --online: without it, there is nothing to print but the mistakes")
    config = call.load()
    chosen = chosen_sources(config, sources)
    problems = [
        f'{config.path}: [[source]] "{source.id}": selectors.item = {source.selectors.item!r}: {reason}'
        for source in chosen
        if source.selectors.place is None and (reason := check_selector(source.selectors.item or "")) is not None
    ]
    if problems:
        raise ConfigError(*problems)
    for warning in config.warnings:
        call.err.print(f"[yellow]warning[/]: {escape(warning)}")
    feeds = feeds_for(config.feeds, config.sources, Tagging.of(config.tags))
    if not as_json:
        automatic = sum(1 for feed in feeds if feed.auto)
        count = f"{counted(len(config.sources), 'source')}, {counted(len(feeds) - automatic, 'feed')}"
        count += ", and one for every tag with enough items" if automatic else ""
        call.say(f"{escape(str(config.path))} is valid: {count}.")
    return _report(call, list(try_out(config, chosen)), as_json=as_json) if online else Exit.OK


def _report(call: Call, trials: list[Trial], *, as_json: bool) -> Exit:
    """Tell what the selectors found. A note is no failure; a part that is configured and was not found at all is."""
    if as_json:
        call.out.print_json(json.dumps({"sources": trials_json(trials)}, ensure_ascii=False))
    else:
        call.out.print(trials_table(trials))
        for fault, text in (finding for trial in trials for finding in findings(trial)):
            (call.err if fault else call.out).print(text)
    return Exit.OK if all(trial.is_well for trial in trials) else Exit.FAILED
