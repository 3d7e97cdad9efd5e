"""`feedbuilder store copy`: what is remembered, from a file into a database or back."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.show_tables import counted
from feedbuilder.model import StoreError
from feedbuilder.store import Place, hold, is_there, shown
from feedbuilder.store.copy_over import copy_over


class Action(StrEnum):
    """What is to be done with the store."""

    COPY = "copy"


@command(logs=False)
def store(
    context: typer.Context,
    action: Annotated[Action, typer.Argument(help="`copy` is all there is.")],
    to: Annotated[
        str,
        typer.Option(
            help="Where to: `postgresql://name@host/database`, or the path of an SQLite file. A password comes from "
            "PGPASSWORD or ~/.pgpass, so that it stands in no list of processes."
        ),
    ],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what is remembered there already.")] = False,
) -> Exit:
    """Copy all that is remembered into a PostgreSQL database or an SQLite file. The store stays as it is.

    Nobody may be working on either. Afterwards, the configuration has to name the new place, under [store].
    """
    assert action is Action.COPY
    _copy(context.obj, to if "://" in to else Path(to), overwrite=overwrite)
    return Exit.OK


def _copy(call: Call, target: Place, *, overwrite: bool) -> None:
    source = call.load().store.place
    if not is_there(source):
        raise StoreError(f"There is no store {shown(source)}: nothing was built yet. Nothing was copied.")
    if _resolved(source) == _resolved(target):
        raise StoreError(f"{shown(target)} is the store itself. Name another place with --to.")
    with hold(source), hold(target):
        rows = copy_over(source, target, overwrite=overwrite)
    call.say(
        f"Copied to {escape(shown(target))}: {counted(rows['items'], 'article')} of "
        f"{counted(rows['sources'], 'source')}, {counted(rows['identities'], 'id')}, "
        f"{counted(sum(rows.values()), 'row')} in all."
    )
    key = "path" if isinstance(target, Path) else "url"
    call.say(f"Next: name it in the configuration ({key} under \\[store]); until then nothing uses it.")


def _resolved(place: Place) -> Place:
    return place.resolve() if isinstance(place, Path) else shown(place)
