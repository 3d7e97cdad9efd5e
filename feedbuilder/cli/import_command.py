"""`feedbuilder import`: sources from the configuration of another tool."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer
from rich.markup import escape

from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.configured import known_config
from feedbuilder.cli.fate_signs import FATE_SIGNS
from feedbuilder.cli.show_tables import counted
from feedbuilder.config import Config, load
from feedbuilder.config.edit import Addition, add_sources, begin
from feedbuilder.config.toml import source_block
from feedbuilder.importing.imported import Import, Imported
from feedbuilder.importing.read_import import read_import
from feedbuilder.masking import mask_text
from feedbuilder.model import ConfigError, Source
from feedbuilder.tend.source_names import suggest_id

_LARGEST = 20_000_000
"""Bytes of a file that is read."""


@command()
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file of the other tool.", show_default=False)],
    write: Annotated[bool, typer.Option("--write", help="Write the sources into the configuration.")] = False,
) -> Exit:
    """Take over sources of html2rss, RSS-Bridge, FreshRSS, OPML and others: what is kept, changed and lost is told."""
    call: Call = context.obj
    found = read_import(file.name, _read(file))
    config = known_config(call)
    made = _named(found, config)
    _tell(call, found, made)
    sources = [(one, source) for one, source in made if source is not None]
    if not write:
        for one, source in sources:
            call.out.print(source_block(source, {}, _keys(one)), markup=False, highlight=False, soft_wrap=True)
        if sources:
            call.err.print(f"{counted(len(sources), 'source')}; nothing was written. To write them: --write")
        return Exit.OK if sources or any(one.detect for one, _ in made) else Exit.FAILED
    if config is None:
        for path in begin(call.config_file):
            call.say(f"wrote {escape(str(path))}")
        config = load(call.config_file, os.environ)
    written = _written(call, config, sources)
    call.say(f"Wrote {counted(written, 'source')} into {escape(str(config.path))}.")
    call.say("Try them: [bold]feedbuilder check --online[/]")
    return Exit.OK if written == len(sources) and written else Exit.FAILED


def _written(call: Call, config: Config, sources: Sequence[tuple[Imported, Source]]) -> int:
    """Write `sources`, and tell of those that cannot be; return how many were."""
    added = [(one, Addition(source, _keys(one))) for one, source in sources]
    with suppress(ConfigError):  # then one by one, to tell which it is
        add_sources(config, [addition for _, addition in added], os.environ)
        return len(added)
    config = load(config.path, os.environ)
    there = {source.id for source in config.sources}
    written = 0
    for one, addition in added:
        if addition.source.id in there:  # in a file of its own, before another one could not be written
            written += 1
            continue
        try:
            config = add_sources(config, [addition], os.environ)
        except ConfigError as error:
            call.err.print(f"[bold red]not written[/]: {escape(one.place)}: {escape(mask_text(str(error)))}")
        else:
            written += 1
    return written


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > _LARGEST:
            raise ConfigError(f"{file} has more than {_LARGEST:,} bytes: no list of sources is so large")
        return file.read_bytes()
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror or error}") from error


def _named(found: Import, config: Config | None) -> list[tuple[Imported, Source | None]]:
    """Return what was found with the sources made of it, each with an id; known addresses are passed over."""
    taken = {source.id for source in config.sources} if config else set()
    known = {source.url for source in config.sources} if config else set()
    made: list[tuple[Imported, Source | None]] = []
    for one in found.entries:
        url = str(one.block.get("url", ""))
        if url in known and not one.detect:
            one.changed("a source of the configuration, or one before it here, reads this address: passed over")
            made.append((one, None))
            continue
        source = one.source(suggest_id(url, taken)) if url.startswith(("http://", "https://")) else None
        if source is not None:
            taken.add(source.id)
            known.add(url)
        elif not one.detect and "url" in one.block and not url.startswith(("http://", "https://")):
            one.lost(f'its address is none of the web: "{url}"')
        made.append((one, source))
    return made


def _keys(one: Imported) -> list[str]:
    return [key for key in one.block if key not in ("url", "selectors")]


def _tell(call: Call, found: Import, made: list[tuple[Imported, Source | None]]) -> None:
    """Say line by line what became of each part, on the error stream: the sources themselves go to the other."""
    call.err.print(f"[bold]{found.tool}[/], {counted(len(found.entries), 'entry').replace('entrys', 'entries')}")
    fates: Counter[str] = Counter()
    for one, source in made:
        fate = "taken over" if source else "to be found anew" if one.detect else "not taken over"
        fates[fate] += 1
        call.err.print(f"\n[bold]{escape(mask_text(one.place))}[/]: {fate}")
        for finding in one.findings:
            call.err.print(f"  {FATE_SIGNS[finding.fate]} {escape(mask_text(finding.text))}")
        if one.detect and "url" in one.block:
            call.err.print(f"  feedbuilder add {escape(quote(mask_text(str(one.block['url']))))}")
    call.err.print("\n" + ", ".join(f"{count} {fate}" for fate, count in fates.items()))
