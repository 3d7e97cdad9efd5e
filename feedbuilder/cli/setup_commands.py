"""The commands around a configuration: init, check, schema, prune."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from feedbuilder.cli.app import Call, Command, Exit, app
from feedbuilder.cli.build_commands import SourceArguments, chosen_sources
from feedbuilder.cli.check_online import Trial, findings, trials_json, trials_table, try_out
from feedbuilder.cli.show_tables import counted
from feedbuilder.config import Config, reference, remove_source, starting_config
from feedbuilder.config import schema as config_schema
from feedbuilder.engine import Installation
from feedbuilder.extract import check_selector
from feedbuilder.feeds import Tagging, feeds_for
from feedbuilder.model import ConfigError
from feedbuilder.store import hold


@app.command(cls=Command)
def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Where to start; made if it is missing.")] = Path(),
) -> None:
    """Write a commented starting configuration into a folder."""
    call: Call = context.obj
    files = {folder / path: text for path, text in starting_config().items()}
    taken = [path for path in files if path.exists()]
    if taken:
        raise ConfigError(
            f"{taken[0]} is there already; init overwrites nothing. Choose another folder, or edit that file."
        )
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise ConfigError(f"cannot write {path}: {error.strerror}. Choose another folder.") from error
        call.say(f"wrote {escape(str(path))}")
    call.say("Next: [bold]feedbuilder add URL[/] finds the articles of a page, writes it down and builds its feed.")


@app.command(cls=Command)
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


@app.command(cls=Command)
def schema(
    context: typer.Context,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the reference for people instead.")] = False,
) -> None:
    """Print the JSON Schema of the configuration, for completion in editors."""
    call: Call = context.obj
    text = reference() if markdown else json.dumps(config_schema(), indent=2, ensure_ascii=False)
    call.out.print(text, markup=False, soft_wrap=True)


@app.command(cls=Command)
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
        if not typer.confirm(f'Take the source "{chosen.id}", which reads {chosen.url}, out of the configuration?'):
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


@app.command(cls=Command)
def prune(
    context: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
) -> Exit:
    """Remove the files of feeds that are in the configuration no longer, and forget what is too old to keep."""
    call: Call = context.obj
    config = call.load()
    with hold(config.store.path), Installation.open(config) as installation:
        installation.prepare()
        publication = installation.publish()
        if publication.stale:
            for slug in publication.stale:
                call.out.print(f"{escape(str(config.site.output / slug))} belongs to no configured feed")
            if not yes and not typer.confirm("Remove these feeds? Their subscribers will find nothing there"):
                return Exit.OK
            installation.folder.remove(publication.stale)
            installation.store.forget_feeds(publication.stale)
        forgotten = installation.forget(publication)
    call.say(f"{counted(len(publication.stale), 'feed')} removed, {counted(forgotten, 'item')} forgotten.")
    return Exit.OK
