"""`feedbuilder add`: from an address to a source in the configuration, and its feed built."""

from __future__ import annotations

import os
import shlex
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Annotated

import typer
from rich.markup import escape
from rich.prompt import Confirm

from feedbuilder import masking
from feedbuilder.cli import show_lists
from feedbuilder.cli.add_conversation import ask, show
from feedbuilder.cli.build_progress import build_with_progress, print_outcome
from feedbuilder.cli.call import INTERRUPTED, Call, Exit, command
from feedbuilder.cli.configured import known_config
from feedbuilder.cli.fetching import looking
from feedbuilder.cli.look_for_lists import Looked, Wish, look
from feedbuilder.cli.shared_options import AllowHostOption, ExampleOption, TimezoneOption
from feedbuilder.cli.show_feeds import feeds_table, near
from feedbuilder.config import Config, tags_without_feed
from feedbuilder.config.hints import listing
from feedbuilder.config.typed_headers import NO_HEADERS, TypedHeaders
from feedbuilder.detect.feed_summary import FeedSeen
from feedbuilder.engine import BuildReport, Installation, refuse_stranger, system_clock
from feedbuilder.fetch import HttpFetcher
from feedbuilder.model import ConfigError, Source, SourceKind
from feedbuilder.model.units import parse_duration
from feedbuilder.processes import Nursery
from feedbuilder.tend.add_plan import Plan
from feedbuilder.tend.feed_places import feed_places
from feedbuilder.tend.page_findings import meant_address
from feedbuilder.tend.polite_fetcher import polite_fetcher
from feedbuilder.tend.shared_file import is_shared_file
from feedbuilder.tend.site_feeds import feeds_there
from feedbuilder.tend.write_plan import begin_plan, refuse_known, write_plan


@command(shows_progress=True)
def add(
    context: typer.Context,
    url: Annotated[
        str,
        typer.Argument(
            help="The address of the page that lists the articles; or a file of sources, or its address (….toml).",
            show_default=False,
        ),
    ],
    tag: Annotated[
        list[str] | None,
        typer.Option(help="A tag for its articles, and so a feed; again for more. Else its title.", show_default=False),
    ] = None,
    title: Annotated[
        str | None, typer.Option(help="What people call it; else what the page calls itself.", show_default=False)
    ] = None,
    source_id: Annotated[
        str | None, typer.Option("--id", help="Its permanent id; else made from the address.", show_default=False)
    ] = None,
    timezone: TimezoneOption = None,
    interval: Annotated[
        str | None, typer.Option(help='How often the page is read, such as "30m".', show_default=False)
    ] = None,
    pages: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=100,
            help="How many pages of the list to read now, once, for older articles; 1 if not said.",
            show_default=False,
        ),
    ] = None,
    kind: Annotated[
        SourceKind | None,
        typer.Option(
            help="What is at the address; else that is seen from it, but a feed is taken only if asked for.",
            show_default=False,
        ),
    ] = None,
    in_browser: Annotated[
        bool,
        typer.Option(
            "--browser",
            help="Let a browser open the page, for one that a script builds; where the script makes the list from data "
            "that can be had without it, those are read later.",
        ),
    ] = False,
    selector: Annotated[
        str | None,
        typer.Option(
            help="With --kind changes: the part of the page that is watched; else its main text.", show_default=False
        ),
    ] = None,
    header: Annotated[
        list[str] | None,
        typer.Option(
            help="A request header that the site needs, such as 'Authorization: Bearer ${SITE_TOKEN}', "
            "its secret in that variable; again for more.",
            show_default=False,
        ),
    ] = None,
    login: Annotated[
        str | None,
        typer.Option(
            help="Which login of the configuration lets us in, for a page for members.",
            show_default=False,
        ),
    ] = None,
    allow_host: AllowHostOption = None,
    example: ExampleOption = None,
    number: Annotated[
        int | None,
        typer.Option(
            "--list",
            min=1,
            help="Which list to take, as `detect` numbers them, doubtful or not; 1 if not said.",
            show_default=False,
        ),
    ] = None,
    with_feed: Annotated[
        bool,
        typer.Option(
            "--feed/--no-feed",
            help="Where the configuration has [[feed]] tables: whether to write one for each of its tags.",
        ),
    ] = True,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
) -> Exit:
    """Find the articles of a page, write it into the configuration, and build its feed."""
    call: Call = context.obj
    if not yes and not call.can_ask:
        raise ConfigError(
            "add asks before it writes, and there is no terminal to ask on: say --yes to take what is found as it is, "
            f"or look first with: feedbuilder detect {url}"
        )
    if is_shared_file(url):
        from feedbuilder.cli.add_shared import add_shared  # noqa: PLC0415 - seldom wanted

        return add_shared(call, url, yes=yes, hosts=allow_host or [])
    if selector is not None and kind is not SourceKind.CHANGES:
        raise ConfigError(
            "--selector says which part of a page is watched: say --kind changes too. For a list of articles, look "
            f"with feedbuilder detect {url}, or teach it: feedbuilder teach"
        )
    url = meant_address(url)
    config = known_config(call)
    if config is not None:
        refuse_stranger(config)
    refuse_known(config, url, source_id)
    every = _interval(interval) if interval else None
    headers = TypedHeaders.of(header or (), os.environ)
    masking.learn(headers.secrets)
    if login is not None and (config is None or login not in config.logins):
        raise ConfigError(f'--login "{login}": there is no such login. Write a table [logins.{login}] first.')
    wish = Wish(url, kind, in_browser, headers.filled, login, timezone, example, selector)
    with polite_fetcher(config, allow_host) as fetcher:
        looked = _looked(call, wish, fetcher, config, asks=not yes)
        if looked is None:
            call.out.print("Nothing was written.")
            return Exit.OK
        found, count = looked.found, len(looked.found.detection.candidates)
        if number is not None and number > count:
            raise ConfigError(f"--list {number}: the page has {count} lists; see feedbuilder detect {url}")
        if found.shown_at is not None:  # data, at an address that nobody has named yet
            refuse_known(config, found.page.url, source_id)
        with looking(call):
            feeds = [] if kind is SourceKind.CHANGES else feeds_there(looked.page, fetcher)
    # Data were had without headers, and may stand on another host.
    sent = headers if found.shown_at is None else NO_HEADERS
    begun = begin_plan(found, url, config, title=title, source_id=source_id, headers=sent)
    plan = replace(
        begun,
        chosen=(number or 1) - 1,
        is_named=number is not None or example is not None,
        tags=tuple(tag) if tag else begun.tags,
        interval=every,
        example=example,
        pages=pages or 1,
        more={**begun.more, "login": login} if login else begun.more,
    )
    if not (yes and call.quiet):
        call.out.print(f"[bold]{escape(plan.title)}[/]")
        call.out.print(escape(plan.url), style="dim")
        show_lists.show_feeds(call.out, found, feeds)
        show(call, plan)
    if yes and plan.candidate.doubts:
        if not plan.is_named:
            return _refuse_doubtful(call, url, plan.candidate.doubts)
        for doubt in plan.candidate.doubts:
            call.err.print(f"[yellow]warning[/]: {escape(doubt)}")
    if not yes:
        options = {"title": title, "tag": tag, "timezone": timezone, "interval": interval, "pages": pages}
        answered = _answered(call, plan, {key for key, value in options.items() if value}, feeds)
        if answered is None:
            call.out.print("Nothing was written.")
            return Exit.OK
        plan = answered
    without = tags_without_feed(plan.tags, config.feeds, config.tags) if config and with_feed else []
    if without and not yes:
        question = f"No [[feed]] asks for the tag {listing(without)}. Write one?"
        without = without if Confirm.ask(escape(question), console=call.out, default=True) else []
    return _carry_out(call, config, plan, allow_host or [], without)


def _refuse_doubtful(call: Call, url: str, doubts: Sequence[str]) -> Exit:
    """Say why nobody should publish this list unseen, and how to go on. Nothing was written."""
    call.err.print("[bold red]error[/]: nothing was written, for it is doubtful whether this is the list of articles:")
    for doubt in doubts:
        call.err.print(f"  {escape(doubt)}")
    address = escape(shlex.quote(url))
    call.err.print(
        "How to go on:\n"
        f"  feedbuilder add {address} --list 1       takes it all the same; another number takes another list\n"
        f'  feedbuilder add {address} --example "…"  finds the list that holds this title\n'
        f'  feedbuilder preview {address} --item "…" tries a selector of your own'
    )
    return Exit.FAILED


def _looked(call: Call, wish: Wish, fetcher: HttpFetcher, config: Config | None, *, asks: bool) -> Looked | None:
    """Return what is at the address; None where the user sends the end of their input (Ctrl-D) when they are asked."""
    try:
        return look(call, wish, fetcher, config, asks=asks)
    except EOFError:
        call.out.print()
        return None


def _answered(call: Call, plan: Plan, answered: Collection[str], feeds: Sequence[FeedSeen]) -> Plan | None:
    """Return the plan as the user wants it, None if they do not want it or send the end of their input (Ctrl-D)."""
    try:
        return ask(call, plan, answered, feeds)
    except EOFError:
        call.out.print()
        return None
    except KeyboardInterrupt:
        call.out.print("\nNothing was written.")
        raise typer.Exit(INTERRUPTED) from None


def _interval(text: str) -> timedelta:
    try:
        return parse_duration(text)
    except ValueError as error:
        raise ConfigError(f'--interval "{text}": {error}') from error


def _carry_out(call: Call, config: Config | None, plan: Plan, hosts: list[str], feed_tags: Sequence[str]) -> Exit:
    """Write the source, and feeds for those of its tags, note why its list was chosen, and build it."""
    call.say("")
    written = write_plan(config, call.config_file, plan, os.environ, hosts=hosts, feed_tags=feed_tags)
    for path in written.begun:
        call.say(f"wrote {escape(str(path))}")
    config = written.config
    call.say(f"Added the source [bold]{escape(plan.id)}[/] to {escape(str(config.path))}.")
    for feed in written.feeds:
        call.say(
            f"Added the feed [bold]{escape(feed.slug)}[/] too: beside \\[\\[feed]] tables, tags get none by themselves."
        )
    if not plan.found.zone.known:
        call.err.print(
            f"[yellow]warning[/]: times are taken as UTC, for {escape(plan.found.zone.text)}; set timezone of "
            f'"{escape(plan.id)}" in {escape(str(config.path))} to the zone that the site writes in'
        )
    if plan.pages > 1 and plan.found.next is None:
        call.err.print("[yellow]warning[/]: the page names no next page that could be read, so only this one is")
    with Installation.open(config, processes=Nursery()) as installation:
        installation.store.explain(plan.id, plan.origin(system_clock()))
        report = _build(call, installation, written.source)
        _report(call, installation, report, written.source)
    return Exit.FAILED if report.failed else Exit.OK


def _build(call: Call, installation: Installation, source: Source) -> BuildReport:
    """Read the new source and publish; beside a running `run`, wait until that has done it."""
    report = build_with_progress(call, installation, [source], force=True)
    while not report.runs:  # `run` was still taking up an older configuration, and dropped the unknown source
        report = build_with_progress(call, installation, [source], force=True)
    return report


def _report(call: Call, installation: Installation, report: BuildReport, source: Source) -> None:
    """Say what became of the source, and where its feeds are."""
    if not report.failed and not call.quiet:
        mine = [feed for feed in installation.feeds() if source.id in feed.origins]
        places = feed_places(installation.config, source)
        if not mine and source.kind is SourceKind.CHANGES and places:
            names = listing([place.address or place.title for place in places])
            call.say(f"Its text is remembered now. The first change will be the first entry of {escape(names)}.")
        elif mine:
            call.out.print(feeds_table(mine, near(installation.config.site.place)))
        else:
            remedy = f'add a [[feed]] with sources = ["{source.id}"], or with one of its tags, to the configuration'
            call.say(f"[yellow]No feed takes its articles[/]: {escape(remedy)}.")
    print_outcome(call, report)
    if call.interactive and (reason := installation.contradiction(source.id)):  # otherwise the log has said it
        call.err.print(f"[yellow]warning[/]: {escape(reason)}")
    if report.publication is not None and not report.failed:
        call.say("[bold]feedbuilder run[/] keeps it fresh; [bold]feedbuilder serve[/] lets a reader fetch it.")
