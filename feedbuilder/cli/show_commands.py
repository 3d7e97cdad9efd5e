"""The commands that show things and change nothing: preview, status, items."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.markup import escape

from feedbuilder import __version__
from feedbuilder.cli.app import Call, Command, Exit, app
from feedbuilder.cli.build_commands import chosen_sources
from feedbuilder.cli.show_tables import (
    counted,
    feeds_table,
    item_json,
    items_table,
    local,
    near,
    plain_table,
    preview_json,
)
from feedbuilder.config import Config
from feedbuilder.engine import Installation, system_clock
from feedbuilder.extract import extract, title_doubts
from feedbuilder.feeds import render_status
from feedbuilder.fetch import HttpFetcher
from feedbuilder.model import (
    ArticleNote,
    ConfigError,
    FetchSettings,
    NotModified,
    Page,
    Selectors,
    Source,
    SourceState,
    StoredItem,
    Validators,
)
from feedbuilder.model.units import format_duration
from feedbuilder.model.wording import tag_key
from feedbuilder.publish import Folder
from feedbuilder.store import merge

RuleOption = Annotated[
    list[str] | None, typer.Option(help="Its selector, for an address; again for alternatives.", show_default=False)
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


@app.command(cls=Command)
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
    as_json: JsonOption = False,
) -> Exit:
    """Show what would be published of a source, newest first. Changes nothing."""
    call: Call = context.obj
    if source.startswith(("http://", "https://")):
        rules = {"title": title, "link": link, "date": date, "summary": summary, "image": image, "author": author}
        chosen, settings, contact = _for_address(call, source, item, timezone, rules)
    else:
        config = call.load()
        chosen, settings, contact = chosen_sources(config, [source])[0], config.fetch, config.site.contact
    if allow_host:
        settings = settings.model_copy(update={"allow_hosts": (*settings.allow_hosts, *allow_host)})
    items = [replace(entry, tags=_union(entry.tags, chosen.tags)) for entry in entries_of(chosen, settings, contact)]
    if as_json:
        call.out.print_json(
            json.dumps({"url": chosen.url, "items": [preview_json(item) for item in items]}, ensure_ascii=False)
        )
    else:
        call.out.print(items_table(items))
        for doubt in title_doubts(items):
            call.err.print(f"[yellow]warning[/]: {escape(doubt)}")
        call.say(f"{counted(len(items), 'item')}, read from {escape(chosen.url)}")
    return Exit.OK


def entries_of(source: Source, settings: FetchSettings, contact: str | None) -> list[StoredItem]:
    """Return the entries that the page of `source` gives at first sight, newest first; their tags are the page's.

    Raises FetchError and ExtractError.
    """
    with HttpFetcher(settings, contact=contact) as fetcher:
        page = page_of(fetcher, source)
    changes = merge(extract(page, source), {}, source, system_clock())
    entries = [change.item for change in changes.changes]
    return sorted(entries, key=lambda entry: entry.published, reverse=True)


def page_of(fetcher: HttpFetcher, source: Source) -> Page:
    """Return the page of `source` as it is now. Raises FetchError."""
    page = fetcher.fetch(source, Validators())
    assert not isinstance(page, NotModified), "nothing was asked for conditionally"
    return page


def _union(tags: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """Return all tags, each once in its first spelling."""
    return tuple({tag_key(tag): tag for tag in reversed((*tags, *more))}.values())[::-1]


def _for_address(
    call: Call, url: str, item: str | None, timezone: str | None, rules: dict[str, list[str] | None]
) -> tuple[Source, FetchSettings, str | None]:
    """Return a source for an address: the configured one, or one made from the options."""
    try:
        config: Config | None = call.load()
    except ConfigError:
        if call.config_path is not None:
            raise
        config = None
    settings, contact = (config.fetch, config.site.contact) if config else (FetchSettings(), None)
    if item is None:
        for known in config.sources if config else ():
            if known.url == url:
                return known, settings, contact
        raise ConfigError(
            f"no source has the address {url}; say with --item which CSS selector picks one article, "
            'such as --item "article"'
        )
    selectors = {"item": item} | {key: value for key, value in rules.items() if value}
    try:
        made = Source.model_validate({"id": "preview", "url": url, "timezone": timezone, "selectors": selectors})
    except ValidationError as error:
        raise ConfigError(
            *(
                f"--{_option(fault['loc'])}: {fault.get('ctx', {}).get('error', fault['msg'])}"
                for fault in error.errors()
            )
        ) from error
    return made, settings, contact


def _option(place: tuple[int | str, ...]) -> str:
    """Return the option that a place in the source's model was made from."""
    return next(str(part) for part in reversed(place) if part in {*Selectors.model_fields, *Source.model_fields})


@app.command(cls=Command)
def status(context: typer.Context, as_json: JsonOption = False) -> Exit:
    """Show how each source and feed is doing. Exit code 1 if the last reading of some source failed."""
    call: Call = context.obj
    config = call.load()
    if _nothing_built(call, config):
        if as_json:
            file = render_status(system_clock(), config.sources, {}, (), __version__)
            call.out.print_json(file.content.decode())
        return Exit.OK
    with Installation.open(config) as installation:
        states = installation.states()
        documents = installation.documents()
        if as_json:
            call.out.print_json(installation.status_file(documents, installation.clock()).content.decode())
        else:
            table = plain_table("Source", "State", "Last read", "Last news", "Due", "Every")
            for source in config.sources:
                state = states[source.id]
                table.add_row(
                    escape(source.name),
                    _health(state),
                    local(state.last_run),
                    local(state.last_change),
                    "now" if state.next_due is None else local(state.next_due),
                    format_duration(state.interval or source.interval),
                )
            call.out.print(table)
            for source in config.sources:
                if states[source.id].error:
                    call.out.print(f"[bold red]{escape(source.id)}[/]: {escape(states[source.id].error or '')}")
            for source_id, rules in installation.store.address_rules().items():
                for rule in rules:
                    call.out.print(f"{escape(source_id)}: {escape(rule.sentence())}", style="dim")
            call.out.print(feeds_table(documents, near(config.site.output)))
    return Exit.FAILED if any(state.error for state in states.values()) else Exit.OK


def _nothing_built(call: Call, config: Config) -> bool:
    """Return whether there is no store to look into, and say so; looking makes none."""
    if config.store.path.exists():
        return False
    place = escape(str(config.store.path))
    if Folder(config.site.output).stale(()):  # as if none were configured: all that we ever published there
        call.tell(f"The store {place} is gone; [bold]feedbuilder build[/] fills it again from the published feeds.")
    else:
        call.tell(f"Nothing was built yet: there is no store {place}. Next: [bold]feedbuilder build[/].")
    return True


def _health(state: SourceState) -> str:
    if state.last_run is None:
        return "not read yet"
    if state.error is None:
        return "[green]well[/]"
    return "[bold red]failed[/]" + (f" ×{state.failures}" if state.failures > 1 else "")


@app.command(cls=Command)
def items(
    context: typer.Context,
    source: Annotated[str | None, typer.Option(help="Only those of this source.", show_default=False)] = None,
    tag: Annotated[str | None, typer.Option(help="Only those with this tag.", show_default=False)] = None,
    search: Annotated[
        str | None, typer.Option(help="Only those with this text in title, summary or link.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 50,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say of each article where its own page had which part.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show what is remembered, newest first."""
    call: Call = context.obj
    config = call.load()
    if source is not None:
        chosen_sources(config, [source])
    if _nothing_built(call, config):
        if as_json:
            call.out.print_json("[]")
        return
    with Installation.open(config) as installation:
        found = installation.store.items(source=source, tag=tag, search=search, limit=limit)
        notes = installation.store.article_notes(item.id for item in found) if explain else {}
    if as_json:
        data = [item_json(item) | ({"article": _note_json(notes.get(item.id))} if explain else {}) for item in found]
        call.out.print_json(json.dumps(data, ensure_ascii=False))
        return
    if explain:
        for item in found:
            call.out.print(f"[bold]{escape(item.title or item.link)}[/]\n  {escape(_explained(notes.get(item.id)))}")
    else:
        call.out.print(items_table(found))
    call.say(counted(len(found), "item") + (" (--limit shows more)" if len(found) == limit else ""))


def _explained(note: ArticleNote | None) -> str:
    """Return in words what came of an article's own page."""
    if note is None:
        return "from its lists alone; its own page was not to be read"
    if note.read is not None:
        parts = ", ".join(f"{name} from {origin}" for name, origin in note.origins.items())
        return f"own page read {note.read:%Y-%m-%d %H:%M} UTC: {parts or 'before the store was lost'}"
    failed = f" ({note.error})" if note.error else ""
    return f"own page not read{failed}; " + (f"next try {note.due:%Y-%m-%d %H:%M} UTC" if note.due else "given up")


def _note_json(note: ArticleNote | None) -> dict[str, Any] | None:
    if note is None:
        return None
    moments = {name: moment and moment.isoformat() for name, moment in (("read", note.read), ("due", note.due))}
    return {**moments, "error": note.error, "origins": dict(note.origins)}
