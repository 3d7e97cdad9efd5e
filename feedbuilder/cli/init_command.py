"""`feedbuilder init`: a configuration to start from, and a workflow that publishes its feeds as Pages."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.markup import escape

from feedbuilder.cli.call import Call, command
from feedbuilder.config import starting_config
from feedbuilder.config.pages_workflow import SERVICES, pages_workflow
from feedbuilder.model import ConfigError


@command(logs=False, bare={"--pages": SERVICES})
def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Where to start; made if it is missing.")] = Path(),
    pages: Annotated[
        Literal["github", "gitlab"] | None,
        typer.Option(
            "--pages",
            metavar="[github|gitlab]",
            help="Write a workflow too, by which GitHub (or GitLab) reads the sources and publishes the feeds.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write a commented starting configuration into a folder.

    Nothing is overwritten. With --pages, a configuration that is there already is kept.
    """
    call: Call = context.obj
    started = {folder / path: text for path, text in starting_config().items()}
    # Each at a minute of its own: machines and sites have enough to do at the full hour.
    workflow = pages_workflow(pages, secrets.randbelow(60)) if pages else {}
    added = {folder / path: text for path, text in workflow.items()}
    kept = next((path for path in started if path.exists()), None)
    if kept and not added:
        raise ConfigError(
            f"{kept} is there already; init overwrites nothing. Choose another folder, or edit that file."
        )
    if taken := next((path for path in added if path.exists()), None):
        raise ConfigError(f"{taken} is there already; init overwrites nothing. Remove it first, or edit it.")
    if kept:
        call.say(f"{escape(str(kept))} is there already, and is kept.")
    _write(call, {**({} if kept else started), **added})
    if not kept:
        call.say("Next: [bold]feedbuilder add URL[/] finds the articles of a page, writes it down and builds its feed.")
    for path in added:
        call.say(f"Then commit and push all of it; the first lines of {escape(str(path))} say what else is to be done.")


def _write(call: Call, files: Mapping[Path, str]) -> None:
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise ConfigError(f"cannot write {path}: {error.strerror}. Choose another folder.") from error
        call.say(f"wrote {escape(str(path))}")
