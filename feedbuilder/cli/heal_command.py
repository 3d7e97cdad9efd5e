"""`feedbuilder heal`: how lists were found again after a page had changed, and what becomes of that."""

from __future__ import annotations

import json
import os
from typing import Annotated

import typer
from rich.markup import escape
from rich.text import Text

from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.configured import chosen_sources
from feedbuilder.cli.nothing_built import nothing_built
from feedbuilder.cli.shared_options import JsonOption
from feedbuilder.config import Config
from feedbuilder.model import ConfigError, Heal, ListMemory, Repair, RepairState, Source
from feedbuilder.pipeline.learnt_selectors import memory_of
from feedbuilder.store import SqlStore, open_store
from feedbuilder.tend.repairs import REPAIR_STATES, accept_repair, forget_repair, repair_diff, write_repair


@command()
def heal(
    context: typer.Context,
    source: Annotated[str | None, typer.Argument(help="The id of a source; none: all.", show_default=False)] = None,
    write: Annotated[bool, typer.Option("--write", help="Write the learnt selectors into the configuration.")] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Read the list by the proposed selectors, or believe the page as it is.")
    ] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Go back to the configured selectors.")] = False,
    as_json: JsonOption = False,
) -> Exit:
    """Show by which selectors lists were found again after their pages had changed, beside the configured ones."""
    call: Call = context.obj
    config = call.load()
    chosen = chosen_sources(config, [source] if source else None)
    if sum((write, accept, forget)) > 1:
        raise ConfigError("--write, --accept and --forget go one at a time")
    if (write or accept or forget) and source is None:
        raise ConfigError("say which source: feedbuilder heal SOURCE --write")
    if nothing_built(call, config):
        return Exit.OK
    with open_store(config.store.place) as store:
        memories = {one.id: memory_of(store, one) for one in chosen}
        if write:
            return _write(call, config, chosen[0], memories[chosen[0].id])
        if accept or forget:
            return _decide(call, store, chosen[0], memories[chosen[0].id], accept=accept)
    found = [(one, repair) for one in chosen if (repair := memories[one.id].repair) is not None]
    if as_json:
        rows = [{"source": one.id, **repair.as_json()} for one, repair in found]
        call.out.print_json(json.dumps({"repairs": rows}, ensure_ascii=False))
        return Exit.OK
    for one, repair in found:
        _show(call, one, repair)
    for one in chosen:
        if memories[one.id].strange:
            signs = ", ".join(sorted(memories[one.id].strange))
            call.say(f"[bold]{escape(one.id)}[/]: its last reading was strange ({escape(signs)}).")
    if not found:
        names = escape(source) if source else "any source"
        call.say(f"Nothing was learnt for {names}: lists are read by the configured selectors.")
    return Exit.OK


def _show(call: Call, source: Source, repair: Repair) -> None:
    call.out.print(f"[bold]{escape(source.name)}[/] ({escape(source.id)}) reads {escape(source.url)}")
    call.out.print(f"  On {repair.learnt:%Y-%m-%d}: {escape(repair.reason)}", soft_wrap=True)
    call.out.print(f"  The list was found again: {escape(repair.evidence)}", soft_wrap=True)
    call.out.print(f"  {REPAIR_STATES[repair.state]}", soft_wrap=True)
    for line in repair_diff(source, repair):
        style = {"+": "green", "-": "red"}.get(line[:1], "")
        call.out.print(Text(f"  {line}", style=style), soft_wrap=True)
    if repair.state is not RepairState.RESTING:
        call.say(f"  Write them down: [bold]feedbuilder heal {escape(source.id)} --write[/]")


def _write(call: Call, config: Config, source: Source, memory: ListMemory) -> Exit:
    path = write_repair(config, source, memory, os.environ)
    call.say(f"Wrote the selectors of [bold]{escape(source.id)}[/] into {escape(str(path))}.")
    return Exit.OK


def _decide(call: Call, store: SqlStore, source: Source, memory: ListMemory, *, accept: bool) -> Exit:
    if not accept:
        forget_repair(store, source, memory)
        said = f"The list of [bold]{escape(source.id)}[/] is read by the configured selectors from now on."
        if source.heal is Heal.AUTO:
            said += ' Where they do not find it, the same is learnt again; heal = "off" in the source prevents that.'
    elif accept_repair(store, source, memory):
        said = f"The list of [bold]{escape(source.id)}[/] is read by the learnt selectors from now on."
    else:
        said = f"What the page of [bold]{escape(source.id)}[/] shows now is believed at the next reading."
    call.say(said)
    return Exit.OK
