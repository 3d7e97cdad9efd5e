"""The commands that find a list of articles and say why: detect, why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.markup import escape

from feedbuilder.cli import show_lists
from feedbuilder.cli.app import Call, Command, Exit, app
from feedbuilder.cli.build_commands import chosen_sources
from feedbuilder.cli.page_findings import (
    PageArgument,
    PageFindings,
    feeds_there,
    find,
    shared,
)
from feedbuilder.cli.show_commands import JsonOption
from feedbuilder.cli.show_tables import counted
from feedbuilder.config import Config
from feedbuilder.config.toml import selectors_block
from feedbuilder.detect.feed_summary import FeedSeen
from feedbuilder.engine import Installation, system_clock
from feedbuilder.fetch import HttpFetcher
from feedbuilder.model import ConfigError, ExtractError, FetchError, FetchSettings

HtmlOption = Annotated[
    str | None, typer.Option("--html", metavar="FILE", help="Read the page from this file.", show_default=False)
]
UrlOption = Annotated[str | None, typer.Option("--url", help="Where a saved page came from.", show_default=False)]
TimezoneOption = Annotated[
    str | None,
    typer.Option(help='The zone in which the site writes its times, such as "Asia/Dubai".', show_default=False),
]
AllowHostOption = Annotated[
    list[str] | None, typer.Option(help="Admit this host although its address is private.", show_default=False)
]
ExampleOption = Annotated[
    str | None, typer.Option(help="A title on the page: the list that holds it is preferred.", show_default=False)
]


def known_config(call: Call) -> Config | None:
    """Return the configuration, None where there is none yet. Raises ConfigError if there is a wrong one."""
    try:
        return call.load()
    except ConfigError:
        if call.config_file.exists():
            raise
        return None


@contextmanager
def polite_fetcher(config: Config | None, allow_hosts: list[str] | None) -> Iterator[HttpFetcher]:
    """Open a fetcher as configured, with more hosts admitted."""
    settings = config.fetch if config else FetchSettings()
    settings = settings.model_copy(update={"allow_hosts": (*settings.allow_hosts, *(allow_hosts or ()))})
    with HttpFetcher(settings, contact=config.site.contact if config else None) as fetcher:
        yield fetcher


def looking(call: Call) -> AbstractContextManager[object]:
    """Show that something goes on while the block runs, where a person watches."""
    if not call.interactive:
        return nullcontext()
    return call.err.status("Looking for articles, and for a feed that is there already")


@app.command(cls=Command)
def detect(
    context: typer.Context,
    page: Annotated[
        str | None,
        typer.Argument(
            metavar="URL_OR_FILE",
            help='The address of a page, or a file with a saved one ("-": standard input).',
            show_default=False,
        ),
    ] = None,
    html: HtmlOption = None,
    url: UrlOption = None,
    timezone: TimezoneOption = None,
    allow_host: AllowHostOption = None,
    example: ExampleOption = None,
    show_all: Annotated[bool, typer.Option("--all", help="Show every article of the best list.")] = False,
    as_json: JsonOption = False,
) -> Exit:
    """Find the list of articles on a page, without selectors. Changes nothing.

    Exit code 1 if there is none.
    """
    call: Call = context.obj
    config = known_config(call)
    named = PageArgument.of(page, html, url)
    found, feeds, reason = None, list[FeedSeen](), None
    try:
        with polite_fetcher(config, allow_host) as fetcher, looking(call):
            got = named.read(fetcher, config)
            found = find(got, timezone=timezone, example=example, config=config)
            reason = found.detection.reason
            feeds = feeds_there(got, fetcher) if named.file is None else []
    except (FetchError, ExtractError) as error:
        if not as_json:
            raise
        reason = str(error)
    if as_json:
        data = show_lists.found_json(found, feeds, found.page.url if found else named.address, reason)
        call.out.print_json(json.dumps(data, ensure_ascii=False))
    elif found is not None:
        _show(call, found, feeds, None if show_all else show_lists.SHOWN)
    return Exit.OK if found is not None and found.detection.candidates else Exit.FAILED


def show_feeds(call: Call, found: PageFindings, feeds: list[FeedSeen]) -> None:
    """Say which feeds there are already."""
    best = found.detection.candidates[0] if found.detection.candidates else None
    for feed in feeds:
        call.out.print(show_lists.feed_note(feed, shared(feed, best) if best else 0, best), soft_wrap=False)


def _show(call: Call, found: PageFindings, feeds: list[FeedSeen], limit: int | None) -> None:
    if found.about.title:
        call.out.print(f"[bold]{escape(found.about.title)}[/]")
    call.out.print(escape(found.page.url), style="dim")
    show_feeds(call, found, feeds)
    candidates = found.detection.candidates
    if not candidates:
        call.err.print(f"[bold red]error[/]: no list of articles was found: {escape(found.detection.reason or '')}")
        return
    entries = found.entries(candidates[0], system_clock())
    show_lists.show_list(call.out, found, entries, 0, limit)
    show_lists.show_others(call.out, found, 0)
    call.out.print(show_lists.heading("Why this list"))
    rules = [(rule.points, rule.text) for rule in candidates[0].reasons]
    call.out.print(show_lists.indented(show_lists.reasons(rules)), soft_wrap=False)
    call.out.print(show_lists.heading("How it is read"))
    show_lists.show_code(call.out, selectors_block(found.source(candidates[0])))


@app.command(cls=Command)
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
    with Installation.open(config) as installation:
        origin = installation.store.explanation(source)
        if forget:
            count = installation.store.forget_address_rules(source)
            call.say(f"{counted(count, 'rule')} about the addresses of {escape(source)} forgotten.")
        rules = installation.store.address_rules().get(source, ())
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
    changed = origin is not None and origin["selectors"] != show_lists.selectors_json(chosen.selectors)
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
