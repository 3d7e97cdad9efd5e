"""How a field comes about, in a terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rich.markup import escape

from feedbuilder.cli.call import Call
from feedbuilder.cli.show_tables import counted, plain_table
from feedbuilder.extract.trace_field import FieldTrace
from feedbuilder.model import Source

_LONGEST = 300
"""Characters of a text that are shown in a terminal."""


def show_trace(call: Call, traces: Sequence[FieldTrace], source: Source, field: str, *, as_json: bool) -> None:
    """Print how `field` of each article comes about: what is there after each step."""
    if as_json:
        items = [
            {"item": one.article, "steps": [{"step": step.name, "texts": list(step.texts)} for step in one.steps]}
            for one in traces
        ]
        call.out.print_json(json.dumps({"url": source.url, "field": field, "items": items}, ensure_ascii=False))
        return
    for one in traces:
        call.out.print(f"[bold]{escape(one.article)}[/]")
        table = plain_table("Step", "Text")
        for step in one.steps:
            table.add_row(escape(step.name), escape("\n".join(map(_shown, step.texts)) or "(nothing)"))
        call.out.print(table)
    call.say(f"{field} of {counted(len(traces), 'item')}, read from {escape(source.url)}")


def _shown(text: str) -> str:
    """Return a text on one line, as much as can be taken in."""
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
