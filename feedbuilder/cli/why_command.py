"""`feedbuilder why`: which rules chose the list of a source, and what was learnt since."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.markup import escape

from feedbuilder.cli import show_lists
from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.configured import chosen_sources
from feedbuilder.cli.shared_options import JsonOption
from feedbuilder.cli.show_tables import counted
from feedbuilder.config.toml import selectors_block
from feedbuilder.store import open_store
from feedbuilder.tend.candidate_json import selectors_json


@command(logs=False)
def why(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="The id of a source.", show_default=False)],
    forget: Annotated[
        bool, typer.Option("--forget", help="Forget what was learnt about the addresses of its articles.")
    ] = False,
    as_json: JsonOption = False,
) -> Exit:
    """Say which rules chose the list that a source reads, and what was learnt about the addresses of its articles.

    Exit code 1 where nobody noted why it was chosen.
    """
    call: Call = context.obj
    config = call.load()
    [chosen] = chosen_sources(config, [source])
    with open_store(config.store.place) as store:
        origin = store.explanation(source)
        if forget:
            count = store.forget_address_rules(source)
            call.say(f"{counted(count, 'rule')} about the addresses of {escape(source)} forgotten.")
        rules = store.address_rules().get(source, ())
    if as_json:
        learnt = [asdict(rule) | {"learnt": rule.learnt.isoformat()} for rule in rules]
        found = {"source": source, "url": chosen.url, "origin": origin, "addresses": learnt}
        call.out.print_json(json.dumps(found, ensure_ascii=False))
        return Exit.FAILED if origin is None else Exit.OK
    call.out.print(f"[bold]{escape(chosen.name)}[/] ({escape(source)}) reads {escape(chosen.url)}")
    if origin is None:
        call.out.print(
            "Nobody noted why: its selectors were written by hand, or the store is a new one. "
            f"What would be found today: [bold]feedbuilder detect {escape(chosen.url)}[/]"
        )
    else:
        _explain(call, origin)
    changed = origin is not None and origin["selectors"] != selectors_json(chosen.selectors)
    if rules:
        call.out.print(show_lists.heading("What was learnt about its addresses (--forget forgets it)"))
        for rule in rules:
            call.out.print(f"  {escape(rule.sentence())}; learnt on {rule.learnt:%Y-%m-%d}")
    call.out.print(show_lists.heading("How it is read" + (", changed by hand since it was added" if changed else "")))
    show_lists.show_code(call.out, selectors_block(chosen))
    return Exit.FAILED if origin is None else Exit.OK


def _explain(call: Call, origin: dict[str, Any]) -> None:
    by = {"best": "the likeliest list", "user": "the one that was asked for"}[origin["chosen_by"]]
    call.out.print(
        f"Added on {origin['added'][:10]}: {origin['count']} articles then, {by} of {1 + len(origin['others'])}."
    )
    call.out.print(f"Its zone: {escape(origin['timezone'])}, {escape(origin['timezone_reason'])}.")
    if origin["example"]:
        call.out.print(f"It was to hold the title “{escape(origin['example'])}”.")
    call.out.print(show_lists.heading("Why this list"))
    call.out.print(show_lists.indented(show_lists.reasons(show_lists.rules_of(origin))), soft_wrap=False)
    if origin["others"]:
        call.out.print(show_lists.heading("Other lists on the page then"))
        call.out.print(show_lists.indented(show_lists.other_lists(origin["others"])))
