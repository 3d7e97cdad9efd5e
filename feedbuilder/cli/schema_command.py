"""`feedbuilder schema`: what may stand in a configuration, for editors and for people."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from feedbuilder.cli.call import Call, command
from feedbuilder.config import reference
from feedbuilder.config import schema as config_schema


@command(logs=False)
def schema(
    context: typer.Context,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the reference for people instead.")] = False,
) -> None:
    """Print the JSON Schema of the configuration, for completion in editors."""
    call: Call = context.obj
    text = reference() if markdown else json.dumps(config_schema(), indent=2, ensure_ascii=False)
    call.out.print(text, markup=False, soft_wrap=True)
