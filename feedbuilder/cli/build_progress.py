"""A build as a person watches it: a bar while it goes on, and what came of it. `build`, `add` and `demo` show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.markup import escape
from rich.table import Column, Table

from feedbuilder.cli.call import Call
from feedbuilder.cli.show_tables import counted, plain_table
from feedbuilder.engine import BuildReport, Installation, Steps
from feedbuilder.engine import build as build_sources
from feedbuilder.masking import mask_text
from feedbuilder.model import Outcome, Run, Source

_MARKS = {
    Outcome.NEW: "[green]new[/]",
    Outcome.UNCHANGED: "unchanged",
    Outcome.NOT_MODIFIED: "unchanged",
    Outcome.FAILED: "[bold red]failed[/]",
}


def build_with_progress(
    call: Call, installation: Installation, sources: Sequence[Source], *, force: bool
) -> BuildReport:
    """Build; where a person watches, with a bar that says what is done just now."""
    if not call.interactive:
        return build_sources(installation, sources, force=force)
    from rich.progress import (  # noqa: PLC0415 - cron watches no bar
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
    )

    text = TextColumn("{task.description}", table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis"))
    with Progress(text, BarColumn(10), MofNCompleteColumn(), console=call.err, transient=True, expand=True) as bar:
        task = bar.add_task("Looking what there is to do", total=len(sources))

        def show(text: str, *, advance: int = 0) -> None:
            bar.update(task, advance=advance, description=escape(mask_text(text)), refresh=True)

        def articles(source: Source, done: int, all_: int) -> None:
            show(f"Article pages of {source.id}: {done} of {all_} read")

        steps = Steps(lambda source: show(f"Fetching {source.url}"), articles)
        return build_sources(
            installation, sources, force=force, progress=lambda run: show(f"Read {run.source}", advance=1), steps=steps
        )


def print_outcome(call: Call, report: BuildReport) -> None:
    """Print what a build did: what failed and why, what changed, which feeds are not configured any more."""
    if call.interactive:  # otherwise the log has said it
        for run in report.failed:
            call.err.print(f"[bold red]{escape(run.source)}[/]: {escape(run.error or '')}")
        for run in report.runs:
            if run.note:
                call.err.print(f"[yellow]{escape(run.source)}[/]: {escape(run.note)}")
            for rule in run.learnt:
                call.err.print(f"[yellow]{escape(run.source)}[/]: {escape(rule.sentence())}")
    call.say(summary_line(report))
    if report.waiting:
        waiting = "One article waits" if report.waiting == 1 else f"{report.waiting} articles wait"
        call.say(
            f"{waiting} to be published whole: the next build reads the pages "
            "(articles_per_run under \\[fetch] is how many it reads of each source)."
        )
    for slug in report.publication.stale if report.publication else ():
        call.say(
            f"The feed [bold]{escape(slug)}[/] is not in the configuration any more; "
            "its files stay until `feedbuilder prune`."
        )


def runs_table(runs: Iterable[Run], sources: dict[str, Source]) -> Table:
    """Return what reading each source gave. Reasons of failures do not fit into a column; print them below."""
    table = plain_table("Source", "Result", "Found", "New", "Changed")
    for run in runs:
        name = sources[run.source].name if run.source in sources else run.source
        counts = ("–", "–", "–") if run.outcome is Outcome.FAILED else (str(run.found), str(run.new), str(run.changed))
        table.add_row(escape(name), _MARKS[run.outcome], *counts)
    return table


def summary_line(report: BuildReport) -> str:
    """Return one sentence about a build, as Rich markup."""
    new, changed = sum(run.new for run in report.runs), sum(run.changed for run in report.runs)
    failed = len(report.failed)
    parts = [f"{counted(len(report.runs), 'source')} read", f"{new} new", f"{changed} changed"]
    if failed:
        parts.append(f"[bold red]{failed} failed[/]")
    if report.publication is not None:
        written = len(report.publication.written)
        parts.append(f"{counted(written, 'file')} written" if written else "every file stayed as it was")
    return ", ".join(parts) + "."
