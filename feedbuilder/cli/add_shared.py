"""`feedbuilder add FILE.toml`: sources of somebody else, shown as they would be taken in, then written and read."""

from __future__ import annotations

import os
from pathlib import Path

from rich.markup import escape
from rich.prompt import Confirm

from feedbuilder.cli.build_progress import build_with_progress, print_outcome
from feedbuilder.cli.call import Call, Exit
from feedbuilder.cli.configured import known_config
from feedbuilder.cli.fetching import looking
from feedbuilder.cli.show_lists import show_code
from feedbuilder.cli.show_tables import counted
from feedbuilder.config import Config, load
from feedbuilder.config.edit import Addition, add_sources, begin
from feedbuilder.config.toml import feed_block, source_block
from feedbuilder.engine import Installation, refuse_stranger
from feedbuilder.model import ConfigError, NotModified
from feedbuilder.parse.plain_text import clean
from feedbuilder.processes import Nursery
from feedbuilder.tend.polite_fetcher import polite_fetcher
from feedbuilder.tend.shared_file import SharedFile, read_shared_file

_LARGEST = 5_000_000
"""Bytes of a file that is read."""
_SHOWN = 20
"""Sources that are shown whole; of more, one line each."""


def add_shared(call: Call, name: str, *, yes: bool, hosts: list[str]) -> Exit:
    """Take the sources of the file or address `name` into the configuration, and read them. Raises ConfigError."""
    config = known_config(call)
    if config is not None:
        refuse_stranger(config)
    found = read_shared_file(name, _content(call, name, config, hosts), config)
    _show(call, found)
    if not found.sources:
        call.err.print("[bold red]error[/]: nothing of it can be taken in, and nothing was written.")
        return Exit.FAILED
    question = f"Write {counted(len(found.sources), 'source')} to {escape(str(call.config_file))}?"
    if not yes and not Confirm.ask(question, console=call.out, default=True):
        call.out.print("Nothing was written.")
        return Exit.OK
    config = _written(call, found, config, hosts)
    new = {one.source.id for one in found.sources}
    with Installation.open(config, processes=Nursery()) as installation:
        sources = [source for source in config.sources if source.id in new]
        report = build_with_progress(call, installation, sources, force=True)
    print_outcome(call, report)
    return Exit.FAILED if report.failed else Exit.OK


def _content(call: Call, name: str, config: Config | None, hosts: list[str]) -> bytes:
    if "://" not in name:
        try:
            with Path(name).open("rb") as file:
                content = file.read(_LARGEST + 1)
        except (OSError, ValueError) as error:
            raise ConfigError(f"{name}: cannot be read: {getattr(error, 'strerror', error)}") from error
    else:
        with polite_fetcher(config, hosts) as fetcher, looking(call):
            page = fetcher.get(name)
        assert not isinstance(page, NotModified), "nothing was asked for conditionally"
        content = page.body
    if len(content) > _LARGEST:
        raise ConfigError(f"{name} has more than {_LARGEST:,} bytes: no list of sources is so large")
    return content


def _show(call: Call, found: SharedFile) -> None:
    for one in found.sources:
        source = one.source
        call.out.print(f"\n[bold]{_line(source.name)}[/] ({escape(source.id)}): {_line(source.url)}", soft_wrap=True)
        for note in one.notes:
            call.out.print(f"  [yellow]~[/] {_line(note)}", soft_wrap=True)
        if len(found.sources) <= _SHOWN:
            show_code(call.out, source_block(source, {}, one.keys))
    for feed in found.feeds:
        call.out.print(f"\n[bold]{_line(feed.name)}[/], a feed")
        show_code(call.out, feed_block(feed))
    for reason in found.left_out:
        call.out.print(f"[red]-[/] {_line(reason)}", soft_wrap=True)
    call.out.print()


def _line(text: str) -> str:
    """Return what a stranger wrote as one line that tells a terminal nothing."""
    return escape(clean(text, 500) or "")


def _written(call: Call, found: SharedFile, config: Config | None, hosts: list[str]) -> Config:
    """Write all that is taken in; return the configuration as it is then. Raises ConfigError."""
    if config is None:
        for path in begin(call.config_file):
            call.say(f"wrote {escape(str(path))}")
        config = load(call.config_file, os.environ)
    added = [Addition(one.source, one.keys) for one in found.sources]
    config = add_sources(config, added, os.environ, feeds=found.feeds, allow_hosts=hosts)
    call.say(f"Added {counted(len(found.sources), 'source')} to {escape(str(config.path))}.")
    return config
