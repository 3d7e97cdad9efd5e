"""`feedbuilder restore`: an installation out of one file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from feedbuilder.backup import Manifest, restore_backup
from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.config import load
from feedbuilder.config.files import VARIABLE
from feedbuilder.model import ConfigError


@command(logs=False)
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="What `feedbuilder backup` wrote.")],
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a configuration and a store that are there already.")
    ] = False,
) -> Exit:
    """Put an installation back from a backup, here or on another machine. Overwrites nothing unless told to.

    The configuration goes to -c, else to where it stood within its folder; the store goes where the configuration says.
    All of it is checked first. The next `build` or `run` writes the feeds.
    """
    call: Call = context.obj
    named = call.config_path or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    done = restore_backup(file, named, os.environ, overwrite=overwrite)
    call.say(f"Restored what {escape(done.manifest.origin)} had written: {escape(str(done.config))} and the store.")
    if done.is_older:
        call.say("The store is of an older version; the next command that opens it brings it up to date.")
    for path in done.manifest.left_out:
        call.tell(f"[yellow]warning[/]: {escape(path)} was outside the configuration's folder: bring it along by hand")
    _check(call, done.config, done.manifest)
    return Exit.OK


def _check(call: Call, path: Path, manifest: Manifest) -> None:
    """Say what the configuration still lacks here, or reads besides what was restored."""
    if missing := [name for name in manifest.variables if name not in os.environ]:
        call.tell(f"[yellow]warning[/]: set these environment variables: {escape(', '.join(missing))}")
    try:
        config = load(path, os.environ)
    except ConfigError as error:
        for problem in error.problems:
            call.tell(f"[yellow]warning[/]: {escape(problem)}")
        return
    ours = {path.parent / name.removeprefix("config/") for name in manifest.files if name.startswith("config/")}
    for other in config.files[1:]:
        if other not in ours:
            call.tell(f"[yellow]warning[/]: {escape(str(other))} is read too, and was not in the backup")
    call.say("Next: [bold]feedbuilder build[/] writes the feeds.")
