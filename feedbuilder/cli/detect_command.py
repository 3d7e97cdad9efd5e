"""`feedbuilder detect`: the list of articles on a page, and why it is that one."""

from __future__ import annotations

import json
from typing import Annotated
from urllib.parse import urlsplit

import typer
from rich.markup import escape

from feedbuilder.cli import show_lists
from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.configured import known_config
from feedbuilder.cli.fetching import looking
from feedbuilder.cli.page_argument import PageArgument
from feedbuilder.cli.shared_options import (
    AllowHostOption,
    ExampleOption,
    HtmlOption,
    JsonOption,
    TimezoneOption,
    UrlOption,
)
from feedbuilder.config import Config
from feedbuilder.config.toml import selectors_block
from feedbuilder.detect.feed_summary import FeedSeen
from feedbuilder.engine import system_clock
from feedbuilder.model import ConfigError, ExtractError, FetchError, SourceKind
from feedbuilder.tend.in_browser import list_behind, missing_browser, page_in_browser
from feedbuilder.tend.other_ways import OtherWay, other_ways
from feedbuilder.tend.page_findings import PageFindings, find
from feedbuilder.tend.polite_fetcher import polite_fetcher
from feedbuilder.tend.site_feeds import feeds_there


@command()
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
    in_browser: Annotated[
        bool, typer.Option("--browser", help="Let a browser open the page, for one that a script builds.")
    ] = False,
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
    if in_browser and named.file is not None:
        raise ConfigError("--browser opens an address; a saved page is read as it is")
    found, feeds, reason, behind = None, list[FeedSeen](), None, None
    ways: list[OtherWay] = []
    try:
        with polite_fetcher(config, allow_host) as fetcher, looking(call):
            if in_browser and named.file is None and named.address:
                shown = page_in_browser(named.address, fetcher, config)
                got = shown.page
                found = find(got, timezone=timezone, example=example, config=config, kind=SourceKind.BROWSER)
                behind = list_behind(found, shown.data, fetcher, timezone=timezone, config=config)
            else:
                got = named.read(fetcher, config)
                found = find(got, timezone=timezone, example=example, config=config)
            reason = found.detection.reason
            feeds = feeds_there(got, fetcher) if named.file is None else []
            if named.file is None and not feeds and not found.detection.candidates:
                ways = other_ways(got, fetcher)
    except (FetchError, ExtractError) as error:
        if not as_json:
            raise
        reason = str(error)
    if as_json:
        data = show_lists.found_json(found, feeds, found.page.url if found else named.address, reason)
        if in_browser:
            data["behind"] = behind.page.url if behind else None
        call.out.print_json(json.dumps(data, ensure_ascii=False))
    elif found is not None:
        _show(call, config, found, feeds, None if show_all else show_lists.SHOWN)
        for way in ways:
            call.err.print(escape(show_lists.way_sentence(way)))
        if behind is not None:
            call.out.print(show_lists.heading("Where it comes from"))
            call.out.print(escape(show_lists.data_behind(behind)))
    return Exit.OK if found is not None and found.detection.candidates else Exit.FAILED


def _show(call: Call, config: Config | None, found: PageFindings, feeds: list[FeedSeen], limit: int | None) -> None:
    if found.about.title:
        call.out.print(f"[bold]{escape(found.about.title)}[/]")
    call.out.print(escape(found.page.url), style="dim")
    show_lists.show_feeds(call.out, found, feeds)
    candidates = found.detection.candidates
    if not candidates:
        call.err.print(f"[bold red]error[/]: no list of articles was found: {escape(found.detection.reason or '')}")
        if found.detection.needs_browser and found.kind is SourceKind.PAGE:
            call.err.print(escape(show_lists.in_browser(found.page.url, missing_browser(config))))
        if urlsplit(found.page.url).scheme in ("http", "https"):
            call.err.print(escape(show_lists.watching(found.page.url)))
        return
    entries = found.entries(candidates[0], system_clock())
    show_lists.show_list(call.out, found, entries, 0, limit)
    show_lists.show_others(call.out, found, 0)
    call.out.print(show_lists.heading("Why this list"))
    rules = [(rule.points, rule.text) for rule in candidates[0].reasons]
    call.out.print(show_lists.indented(show_lists.reasons(rules)), soft_wrap=False)
    call.out.print(show_lists.heading("How it is read"))
    show_lists.show_code(call.out, selectors_block(found.source(candidates[0])))
