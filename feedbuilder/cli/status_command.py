"""`feedbuilder status`: how each source and feed is doing."""

from __future__ import annotations

from typing import Any

import typer
from rich.markup import escape

from feedbuilder import __version__
from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.nothing_built import nothing_built
from feedbuilder.cli.shared_options import JsonOption
from feedbuilder.cli.show_feeds import feeds_table, near
from feedbuilder.cli.show_tables import local, plain_table
from feedbuilder.engine import system_clock
from feedbuilder.engine.overview import catalogue_of, contradiction_of, hub_of, states_of
from feedbuilder.health import standing, unusual_silence
from feedbuilder.model import Source, SourceState
from feedbuilder.model.units import format_duration
from feedbuilder.pipeline.documents import gather
from feedbuilder.pipeline.press import Press
from feedbuilder.store import open_store


@command(logs=False)
def status(context: typer.Context, as_json: JsonOption = False) -> Exit:
    """Show how each source and feed is doing. Exit code 1 if the last reading of some source failed."""
    call: Call = context.obj
    config = call.load()
    if nothing_built(call, config):
        if as_json:
            _print_json(call, system_clock(), config.sources, {}, (), __version__)
        return Exit.OK
    with open_store(config.store.place) as store:
        states, now = states_of(config.sources, store), system_clock()
        feeds = gather(Press(catalogue_of(config)), store, now)
        if as_json:
            hub = hub_of(config, store)
            _print_json(call, now, config.sources, store.states(), feeds, __version__, hub, store.queue_state())
        else:
            table = plain_table("Source", "State", "Last read", "Last news", "Due", "Every")
            for source in config.sources:
                state = states[source.id]
                table.add_row(
                    escape(source.name),
                    _health(source, state),
                    local(state.last_run),
                    local(state.last_change),
                    "–" if source.paused else "now" if state.next_due is None else local(state.next_due),
                    format_duration(state.interval or source.interval),
                )
            call.out.print(table)
            for source in (one for one in config.sources if not one.paused):
                if incident := standing(states[source.id]):
                    call.out.print(f"[bold red]{escape(source.id)}[/] cannot be read. {escape(incident)}")
                if states[source.id].error:
                    call.out.print(f"[bold red]{escape(source.id)}[/]: {escape(states[source.id].error or '')}")
                elif warning := states[source.id].warning:
                    call.out.print(f"[yellow]{escape(source.id)}[/]: {escape(warning)}")
                elif reason := contradiction_of(source.id, store):
                    call.out.print(f"[yellow]{escape(source.id)}[/]: {escape(reason)}")
                elif silent := unusual_silence(states[source.id], store.list_memory(source.id).profile):
                    call.out.print(f"{escape(source.id)}: {escape(silent)}", style="dim")
                if bugs := states[source.id].bugs:
                    times = "once" if bugs == 1 else f"{bugs} times"
                    call.out.print(
                        f"[bold red]{escape(source.id)}[/]: feedbuilder itself failed {times} on its pages. The log "
                        "has the traceback; please report it."
                    )
            if queue := store.queue_state():
                call.out.print(queue.sentence(now))
            for wait in store.host_waits():
                if wait.until > now:
                    until = f"left alone until {local(wait.until)}"
                    call.out.print(f"[yellow]{escape(wait.place)}[/]: {until}: {escape(wait.reason)}")
            if (hub := hub_of(config, store)) and hub.error:
                since = f", since {local(hub.since)}; it is tried again" if hub.since else ""
                call.out.print(f"[yellow]hub[/] {escape(config.site.hub or '')}: {escape(hub.error)}{since}")
            for source_id, rules in store.address_rules().items():
                for rule in rules:
                    call.out.print(f"{escape(source_id)}: {escape(rule.sentence())}", style="dim")
            call.out.print(feeds_table(feeds, near(config.site.place)))
    return Exit.FAILED if any(states[one.id].error for one in config.sources if not one.paused) else Exit.OK


def _health(source: Source, state: SourceState) -> str:
    if source.paused:
        return "paused"
    if state.last_run is None:
        return "not read yet"
    if state.error is None:
        return "[green]well[/]"
    word = "failed" if state.incident is None else "cannot be read"
    return f"[bold red]{word}[/]" + (f" ×{state.failures}" if state.failures > 1 else "")


def _print_json(call: Call, *facts: Any) -> None:
    from feedbuilder.feeds import render_status  # noqa: PLC0415 - people read the table

    call.out.print_json(render_status(*facts).content.decode())
