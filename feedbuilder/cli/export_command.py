"""`feedbuilder export`: the feeds for readers, or the sources for another tool."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Annotated

import typer
from rich.markup import escape

from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.configured import chosen_sources
from feedbuilder.cli.fate_signs import FATE_SIGNS
from feedbuilder.cli.nothing_built import nothing_built
from feedbuilder.cli.show_tables import counted
from feedbuilder.config import Config
from feedbuilder.engine import system_clock
from feedbuilder.engine.overview import catalogue_of
from feedbuilder.exporting.exported import Export
from feedbuilder.exporting.to_freshrss import to_freshrss
from feedbuilder.exporting.to_html2rss import to_html2rss
from feedbuilder.feeds.opml import opml
from feedbuilder.masking import mask_text
from feedbuilder.model import ConfigError, Source
from feedbuilder.pipeline.documents import gather
from feedbuilder.pipeline.press import Press
from feedbuilder.store import open_store


class Target(StrEnum):
    """For whom is written."""

    OPML = "opml"
    FRESHRSS = "freshrss-opml"
    HTML2RSS = "html2rss"


_WRITERS: Mapping[Target, Callable[[Config, Sequence[Source]], Export]] = {
    Target.FRESHRSS: lambda config, sources: to_freshrss(sources, config.site.title),
    Target.HTML2RSS: lambda _, sources: to_html2rss(sources),
}


@command(logs=False)
def export(
    context: typer.Context,
    source: Annotated[
        list[str] | None, typer.Argument(help="Only these sources (ids); else all.", show_default=False)
    ] = None,
    target: Annotated[
        Target,
        typer.Option(
            "--format",
            help='"opml": the feeds, for any reader; "freshrss-opml": the sources, for FreshRSS to scrape them itself; '
            '"html2rss": the same for html2rss.',
        ),
    ] = Target.OPML,
) -> Exit:
    """Write the feeds for readers, or the sources for another tool; what that cannot say is told part by part.

    Exit code 1 if a source could not be written.
    """
    call: Call = context.obj
    config = call.load()
    if target is Target.OPML:
        if source:
            raise ConfigError("--format opml lists feeds, not sources; leave the ids out")
        if nothing_built(call, config):
            return Exit.FAILED
        with open_store(config.store.place) as store:
            feeds = gather(Press(catalogue_of(config)), store, system_clock())
        typer.echo(opml(config.site, feeds), nl=False)
        return Exit.OK
    made = _WRITERS[target](config, chosen_sources(config, source))
    typer.echo(made.content, nl=False)
    _tell(call, made)
    return Exit.OK if all(one.is_written for one in made.entries) else Exit.FAILED


def _tell(call: Call, made: Export) -> None:
    """Say part by part what is other there, on the error stream: the document itself goes to the other."""
    for one in made.entries:
        if one.findings:
            call.err.print(f"[bold]{escape(one.source.id)}[/]{'' if one.is_written else ': not written'}")
        for finding in one.findings:
            call.err.print(f"  {FATE_SIGNS[finding.fate]} {escape(mask_text(finding.text))}", soft_wrap=True)
    written = sum(one.is_written for one in made.entries)
    call.err.print(f"{written} of {counted(len(made.entries), 'source')} written for {made.tool}")
