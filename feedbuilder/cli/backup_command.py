"""`feedbuilder backup`: the installation in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from feedbuilder.backup import write_backup
from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.show_tables import counted
from feedbuilder.engine import system_clock


@command(logs=False)
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to write; an older backup there is replaced.")],
) -> Exit:
    """Write configuration and store into one file, also while `run` works.

    Feeds are made from these again; only those that the configuration no longer has are taken along. Of environment
    variables it holds the names that the configuration names, never the values.
    """
    call: Call = context.obj
    config = call.load()
    manifest = write_backup(config, file, system_clock())
    for path in manifest.left_out:
        call.tell(f"[yellow]warning[/]: {escape(path)} is outside the configuration's folder, and not in the backup")
    if config.site.bucket is not None:
        call.tell(f"Feeds that the configuration no longer has are in {escape(config.site.bucket.url)} only.")
    if call.is_watched:
        call.say(f"Wrote {escape(str(file))}: {counted(len(manifest.files), 'file')}, store included.")
        call.say("Put it back with: [bold]feedbuilder restore FILE[/], in an empty folder.")
    return Exit.OK
