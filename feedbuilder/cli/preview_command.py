"""`feedbuilder preview`: what would be published of a page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.markup import escape

from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.configured import chosen_sources
from feedbuilder.cli.shared_options import JsonOption
from feedbuilder.cli.show_tables import counted, items_table, preview_json
from feedbuilder.cli.show_trace import show_trace
from feedbuilder.config import Config
from feedbuilder.config.error_wording import told
from feedbuilder.engine import system_clock
from feedbuilder.extract import missed_parts, title_doubts
from feedbuilder.extract.trace_field import trace_field
from feedbuilder.model import ConfigError, ExtractError, Selectors, Source, StoredItem
from feedbuilder.model.wording import tag_key
from feedbuilder.pipeline.guessed_titles import with_guessed_titles
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.wanted_items import left_out, wanted
from feedbuilder.store import merge
from feedbuilder.tend.polite_fetcher import page_of, polite_fetcher
from feedbuilder.tend.remembered_list import RememberedList, remembered_list

RuleOption = Annotated[
    list[str] | None, typer.Option(help="Its selector, for an address; again for alternatives.", show_default=False)
]


@command()
def preview(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="The id of a source, or the address of a page.", show_default=False)],
    item: Annotated[
        str | None, typer.Option(help="The selector of one article, for an address.", show_default=False)
    ] = None,
    title: RuleOption = None,
    link: RuleOption = None,
    date: RuleOption = None,
    summary: RuleOption = None,
    image: RuleOption = None,
    author: RuleOption = None,
    timezone: Annotated[
        str | None, typer.Option(help="The zone of the site's times, for an address.", show_default=False)
    ] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option(help="Admit this host although its address is private.", show_default=False)
    ] = None,
    trace: Annotated[
        str | None,
        typer.Option(
            help="Show instead how this field of the first items comes about, step by step.", show_default=False
        ),
    ] = None,
    as_json: JsonOption = False,
) -> Exit:
    """Show what would be published of a source, newest first. Changes nothing."""
    call: Call = context.obj
    if source.startswith(("http://", "https://")):
        rules = {"title": title, "link": link, "date": date, "summary": summary, "image": image, "author": author}
        chosen, config = _for_address(call, source, item, timezone, rules)
        remembered = None
    else:
        config = call.load()
        chosen = chosen_sources(config, [source])[0]
        remembered = remembered_list(config, chosen)
    if trace is not None:
        with polite_fetcher(config, allow_host) as fetcher:
            show_trace(call, trace_field(page_of(fetcher, chosen), chosen, trace), chosen, trace, as_json=as_json)
        return Exit.OK
    entries, notes = entries_of(chosen, config, allow_host, remembered)
    items = [replace(entry, tags=_union(entry.tags, chosen.tags)) for entry in entries]
    if as_json:
        call.out.print_json(
            json.dumps({"url": chosen.url, "items": [preview_json(item) for item in items]}, ensure_ascii=False)
        )
    else:
        call.out.print(items_table(items))
        for doubt in title_doubts(items):
            call.err.print(f"[yellow]warning[/]: {escape(doubt)}")
        for note in notes:
            call.err.print(f"[yellow]warning[/]: {escape(note)}")
        call.say(f"{counted(len(items), 'item')}, read from {escape(chosen.url)}")
    return Exit.OK


def entries_of(
    source: Source, config: Config | None, hosts: Sequence[str] | None, remembered: RememberedList | None = None
) -> tuple[list[StoredItem], tuple[str, ...]]:
    """Return the entries that the page of `source` gives at first sight, newest first, and what is to be told of them.

    It is asked for as `config` says, with `hosts` admitted besides.
    Their tags are the page's. Raises FetchError, and ExtractError also where the page would not be believed.
    """
    with polite_fetcher(config, hosts) as fetcher:
        page = page_of(fetcher, source)
    now, reader = system_clock(), LocalReader(config.reading if config else None)
    notes: tuple[str, ...] = ()
    if remembered is None:
        items = reader.read_list(page, source)
    else:
        listed, seen = remembered.hold_against(page, source, reader, now)
        if seen is not None and seen.refused is not None:
            raise ExtractError(seen.refused)
        items, notes = (listed.items, ()) if seen is None else (seen.items, seen.notes)
    items = with_guessed_titles(page, source, items, reader)
    notes += tuple(missed_parts(items, source))
    notes += tuple(
        f'left out by {one.reason}: "{one.item.title or one.item.link}"' for one in left_out(items, source, now)
    )
    changes = merge(wanted(items, source, now), {}, source, now)
    entries = [change.item for change in changes.changes]
    return sorted(entries, key=lambda entry: entry.published, reverse=True), notes


def _union(tags: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """Return all tags, each once in its first spelling."""
    return tuple({tag_key(tag): tag for tag in reversed((*tags, *more))}.values())[::-1]


def _for_address(
    call: Call, url: str, item: str | None, timezone: str | None, rules: dict[str, list[str] | None]
) -> tuple[Source, Config | None]:
    """Return a source for an address, the configured one or one made from the options; and the configuration."""
    try:
        config: Config | None = call.load()
    except ConfigError:
        if call.config_path is not None:
            raise
        config = None
    if item is None:
        for known in config.sources if config else ():
            if known.url == url:
                return known, config
        raise ConfigError(
            f"no source has the address {url}; say with --item which CSS selector picks one article, "
            'such as --item "article"'
        )
    selectors = {"item": item} | {key: value for key, value in rules.items() if value}
    try:
        made = Source.model_validate({"id": "preview", "url": url, "timezone": timezone, "selectors": selectors})
    except ValidationError as error:
        raise ConfigError(*(f"--{_option(place)}: {words}" for place, words in told(error))) from error
    return made, config


def _option(place: tuple[int | str, ...]) -> str:
    """Return the option that a place in the source's model was made from."""
    return next(str(part) for part in reversed(place) if part in {*Selectors.model_fields, *Source.model_fields})
