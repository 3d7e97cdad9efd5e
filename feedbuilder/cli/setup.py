"""The commands around a configuration: init, check, schema, prune."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from feedbuilder.cli.app import Call, Exit, command
from feedbuilder.cli.look import entries_of
from feedbuilder.cli.tables import counted, plain_table
from feedbuilder.cli.work import SourceArguments, chosen_sources
from feedbuilder.config import Config, reference, starting_config
from feedbuilder.config import schema as config_schema
from feedbuilder.engine import Installation
from feedbuilder.extract import check_selector
from feedbuilder.feeds import feeds_for
from feedbuilder.model import ConfigError, ExtractError, FetchError, Precision, Source, StoredItem
from feedbuilder.store import hold


@command()
def init(
    call: Call,
    folder: Annotated[Path, typer.Argument(help="Where to start; made if it is missing.")] = Path(),
) -> None:
    """Write a commented starting configuration into a folder."""
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


@command()
def check(
    call: Call,
    sources: SourceArguments = None,
    online: Annotated[bool, typer.Option("--online", help="Fetch each page and try every selector on it.")] = False,
) -> Exit:
    """Check the configuration. Needs no network, unless --online."""
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
    feeds = feeds_for(config.feeds, config.sources)
    call.say(
        f"{escape(str(config.path))} is valid: {counted(len(config.sources), 'source')}, {counted(len(feeds), 'feed')}."
    )
    return _try_out(call, config, chosen) if online else Exit.OK


_SELECTOR_OF = {
    "title": "title",
    "published": "date",
    "summary": "summary",
    "image": "image",
    "authors": "author",
    "tags": "tags",
}
"""Which selector fills which part of an entry."""


def _try_out(call: Call, config: Config, sources: list[Source]) -> Exit:
    """Read each page and say how many of its items have which part.

    A configured selector that found nothing at all is a failure, for the page has changed or the selector is wrong.
    """
    table = plain_table("Source", "Items", *(selector.capitalize() for selector in _SELECTOR_OF.values()))
    problems = []
    for source in sources:
        try:
            entries = entries_of(source, config.fetch, config.site.contact)
        except (FetchError, ExtractError) as error:
            problems.append((source, str(error)))
            table.add_row(escape(source.name), "[bold red]failed[/]", *("–" for _ in _SELECTOR_OF))
            continue
        counts = {selector: _count(entries, part) for part, selector in _SELECTOR_OF.items()}
        silent = [name for name, count in counts.items() if not count and getattr(source.selectors, name) is not None]
        problems += [(source, f"the selector of {name} found nothing in any item") for name in silent]
        cells = (f"[bold red]{count}[/]" if name in silent else str(count) for name, count in counts.items())
        table.add_row(escape(source.name), str(len(entries)), *cells)
    call.out.print(table)
    for source, problem in problems:
        call.err.print(f"[bold red]{escape(source.id)}[/]: {escape(problem)}")
    return Exit.FAILED if problems else Exit.OK


def _count(entries: list[StoredItem], part: str) -> int:
    """Return how many entries have that part from the page; a date that is only when we saw the item is none."""
    if part == "published":
        return sum(entry.precision is not Precision.SEEN for entry in entries)
    return sum(bool(getattr(entry, part)) for entry in entries)


@command()
def schema(
    call: Call,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the reference for people instead.")] = False,
) -> None:
    """Print the JSON Schema of the configuration, for completion in editors."""
    text = reference() if markdown else json.dumps(config_schema(), indent=2, ensure_ascii=False)
    call.out.print(text, markup=False, soft_wrap=True)


@command()
def prune(
    call: Call,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
) -> Exit:
    """Remove the files of feeds that are in the configuration no longer, and forget what is too old to keep."""
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
