"""`feedbuilder add`: from an address to a source in the configuration, and its feed built."""

from __future__ import annotations

import os
import shlex
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Annotated

import typer
from rich.markup import escape
from rich.prompt import Confirm

from feedbuilder.cli import show_lists
from feedbuilder.cli.add_conversation import ask, show
from feedbuilder.cli.add_plan import Plan
from feedbuilder.cli.build_progress import build_with_progress, print_outcome
from feedbuilder.cli.call import INTERRUPTED, Call, Exit, command
from feedbuilder.cli.configured import known_config
from feedbuilder.cli.fetching import looking, polite_fetcher
from feedbuilder.cli.page_findings import PageFindings, feeds_there, find, meant_address, page_from_web
from feedbuilder.cli.shared_options import AllowHostOption, ExampleOption, TimezoneOption
from feedbuilder.cli.show_feeds import feeds_table, near
from feedbuilder.cli.source_names import suggest_id, suggest_title
from feedbuilder.config import Config, tags_without_feed
from feedbuilder.config.edit import add_source
from feedbuilder.config.edit import begin as begin_config
from feedbuilder.config.hints import listing
from feedbuilder.detect.feed_summary import FeedSeen
from feedbuilder.engine import BuildReport, Installation, refuse_stranger, system_clock
from feedbuilder.feeds import slugify
from feedbuilder.fetch import HttpFetcher
from feedbuilder.model import ConfigError, ExtractError, Feed, Source
from feedbuilder.model.units import parse_duration
from feedbuilder.parse.identity import canonical_url


@command(shows_progress=True)
def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(help="The address of the page that lists the articles.", show_default=False)],
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
    url = meant_address(url)
    config = known_config(call)
    if config is not None:
        refuse_stranger(config)
    _refuse_known(config, url, source_id)
    every = _interval(interval) if interval else None
    with polite_fetcher(config, allow_host) as fetcher, looking(call):
        found = _found(url, fetcher, config, timezone, example)
        count = len(found.detection.candidates)
        if number is not None and number > count:
            raise ConfigError(f"--list {number}: the page has {count} lists; see feedbuilder detect {url}")
        feeds = feeds_there(found.page, fetcher)
    landed = found.page.url
    taken = [name for known in (config.sources if config else ()) for name in (known.name, *known.tags)]
    name = title or suggest_title(found.about, landed, taken)
    plan = Plan(
        found,
        url=landed if _canonical(url) == _canonical(landed) else url,
        chosen=(number or 1) - 1,
        is_named=number is not None or example is not None,
        id=source_id or suggest_id(landed, [known.id for known in config.sources] if config else []),
        title=name,
        tags=tuple(tag) if tag else (name,),
        interval=every,
        example=example,
        pages=pages or 1,
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


def _found(
    url: str, fetcher: HttpFetcher, config: Config | None, timezone: str | None, example: str | None
) -> PageFindings:
    """Return what is on the page, at least one list. Raises FetchError, ExtractError, ConfigError."""
    page = page_from_web(url, fetcher, config)
    found = find(page, timezone=timezone, example=example, config=config)
    if not found.detection.candidates:
        feeds = "".join(f" {show_lists.feed_sentence(feed)}" for feed in feeds_there(page, fetcher))
        raise ExtractError(f"No list of articles was found on {url}. {found.detection.reason or ''}{feeds}".rstrip())
    return found


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


def _refuse_known(config: Config | None, url: str, source_id: str | None) -> None:
    """Raise ConfigError for an id that is taken, and for a page that is read already unless it gets another id."""
    page = _canonical(url)
    for source in config.sources if config else ():
        if source.id == source_id:
            raise ConfigError(f'--id "{source_id}": the source that reads {source.url} has this id already')
        if source_id is None and _canonical(source.url) == page:
            raise ConfigError(f'the source "{source.id}" reads this page already; to read another list of it, say --id')


def _canonical(url: str) -> str:
    try:
        return canonical_url(url)
    except ValueError as error:
        raise ConfigError(f'"{url}" is no web address, such as "https://example.org/news"') from error


def _interval(text: str) -> timedelta:
    try:
        return parse_duration(text)
    except ValueError as error:
        raise ConfigError(f'--interval "{text}": {error}') from error


def _feeds_of(tags: Sequence[str], config: Config) -> list[Feed]:
    """Return a feed for each of `tags`, at an address that no other has."""
    taken = {address for feed in config.feeds for address in (feed.slug, *feed.aliases)}
    feeds = []
    for tag in tags:
        plain = slugify(tag)
        slug = next(name for name in (plain, *(f"{plain[:70]}-{n}" for n in range(2, 1000))) if name not in taken)
        taken.add(slug)
        feeds.append(Feed.model_validate({"slug": slug, "title": tag, "tags": [tag]}))
    return feeds


def _carry_out(call: Call, config: Config | None, plan: Plan, hosts: list[str], feed_tags: Sequence[str]) -> Exit:
    """Write the source, and feeds for those of its tags, note why its list was chosen, and build it."""
    source = plan.source()  # what is wrong with it must be said before anything is written
    plan.try_out(source)
    call.say("")
    if config is None:
        for path in begin_config(call.config_file):
            call.say(f"wrote {escape(str(path))}")
        config = call.load()
    feeds = _feeds_of(feed_tags, config)
    config = add_source(
        config, source, os.environ, keys=list(plan.keys), notes=plan.notes, allow_hosts=hosts, feeds=feeds
    )
    call.say(f"Added the source [bold]{escape(plan.id)}[/] to {escape(str(config.path))}.")
    for feed in feeds:
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
    [written] = [known for known in config.sources if known.id == plan.id]
    with Installation.open(config, processes=True) as installation:
        installation.store.explain(plan.id, plan.origin(system_clock()))
        report = _build(call, installation, written)
        _report(call, installation, report, written)
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
        if mine:
            call.out.print(feeds_table(mine, near(installation.config.site.output)))
        else:
            remedy = f'add a [[feed]] with sources = ["{source.id}"], or with one of its tags, to the configuration'
            call.say(f"[yellow]No feed takes its articles[/]: {escape(remedy)}.")
    print_outcome(call, report)
    if call.interactive and (reason := installation.contradiction(source.id)):  # otherwise the log has said it
        call.err.print(f"[yellow]warning[/]: {escape(reason)}")
    if report.publication is not None and not report.failed:
        call.say("[bold]feedbuilder run[/] keeps it fresh; [bold]feedbuilder serve[/] lets a reader fetch it.")
