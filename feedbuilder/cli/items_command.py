"""`feedbuilder items`: what is remembered."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated, Any

import typer
from rich.markup import escape

from feedbuilder.cli.call import Call, command
from feedbuilder.cli.configured import chosen_sources
from feedbuilder.cli.nothing_built import nothing_built
from feedbuilder.cli.shared_options import JsonOption
from feedbuilder.cli.show_tables import counted, item_json, items_table
from feedbuilder.config import Config
from feedbuilder.model import ArticleNote, StoredItem
from feedbuilder.store import SqlStore, open_store


@command(logs=False)
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
    if nothing_built(call, config):
        if as_json:
            call.out.print_json("[]")
        return
    with open_store(config.store.place) as store:
        found = store.items(source=source, tag=tag, search=search, limit=limit)
        notes = store.article_notes(item.id for item in found) if explain else {}
        filtered = _filtered(config, found, store) if explain else {}
    if as_json:
        data = [item_json(item) for item in found]
        for item, shown in zip(found, data, strict=True) if explain else ():
            left_out = [{"feed": slug, "by": why} for slug, why in filtered[item.id]]
            shown |= {"article": _note_json(notes.get(item.id)), "left_out": left_out}
        call.out.print_json(json.dumps(data, ensure_ascii=False))
        return
    if explain:
        for item in found:
            call.out.print(f"[bold]{escape(item.title or item.link)}[/]\n  {escape(_explained(notes.get(item.id)))}")
            for slug, why in filtered[item.id]:
                call.out.print(f"  left out of the feed {escape(slug)} by {escape(why)}")
    else:
        call.out.print(items_table(found))
    call.say(counted(len(found), "item") + (" (--limit shows more)" if len(found) == limit else ""))


def _filtered(config: Config, found: Iterable[StoredItem], store: SqlStore) -> dict[str, list[tuple[str, str]]]:
    """Return by id the feeds whose filters leave an item out, and by which part of them."""
    from feedbuilder.feeds import Tagging, feeds_for  # noqa: PLC0415 - all that makes feeds, and few ask for it
    from feedbuilder.tend.feed_choice import kept_out  # noqa: PLC0415

    tagging = Tagging.of(config.tags, store.tag_uses())
    feeds = feeds_for(config.feeds, config.sources, tagging)
    return {item.id: [(feed.slug, why) for feed, why in kept_out(feeds, item, tagging)] for item in found}


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
