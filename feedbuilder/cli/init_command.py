"""`feedbuilder init`: a configuration to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from feedbuilder.cli.call import Call, command
from feedbuilder.config import starting_config
from feedbuilder.model import ConfigError


@command(logs=False)
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
