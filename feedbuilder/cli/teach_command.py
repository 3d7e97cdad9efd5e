"""`feedbuilder teach`: a source's selectors learnt again from what a person says of its page."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.markup import escape
from rich.text import Text

from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.configured import chosen_sources
from feedbuilder.cli.page_argument import page_from_file
from feedbuilder.cli.shared_options import HtmlOption
from feedbuilder.cli.show_tables import plain_table
from feedbuilder.extract import FOUND
from feedbuilder.model import ConfigError, Item
from feedbuilder.pipeline.learnt_selectors import as_read
from feedbuilder.teach import Taught, TaughtPage, Unteachable
from feedbuilder.tend.lessons import FieldExample, Lesson, learn, selector_diff, write_lesson
from feedbuilder.tend.polite_fetcher import page_of, polite_fetcher
from feedbuilder.tend.remembered_list import remembered_list

_SHOWN = 5


@command()
def teach(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="The id of a source.", show_default=False)],
    examples: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FIELD=TEXT]...",
            help='What a field is in one of the articles: title="Harbour reopens"; date@3="19 May" is the third\'s.',
            show_default=False,
        ),
    ] = None,
    missing: Annotated[
        list[str] | None,
        typer.Option("--missing", metavar="TEXT", help="Title or address of an article that is not in the list."),
    ] = None,
    wrong: Annotated[
        list[str] | None,
        typer.Option("--not", metavar="TEXT", help="Title or address of something in the list that is no article."),
    ] = None,
    html: HtmlOption = None,
    write: Annotated[bool, typer.Option("--write", help="Write the learnt selectors into the configuration.")] = False,
) -> Exit:
    """Learn a source's selectors again from examples: what is its title, which article is missing, which is none."""
    call: Call = context.obj
    lesson = Lesson(tuple(map(FieldExample.of, examples or ())), tuple(missing or ()), tuple(wrong or ()))
    if lesson == Lesson():
        raise ConfigError(
            f'say what is wrong, such as: feedbuilder teach {source} title="text of one title" '
            '--missing "title of an article" --not "title of an advert"'
        )
    config = call.load()
    [configured] = chosen_sources(config, [source])
    if html is not None:
        page = page_from_file(html, configured.url)
    else:
        with polite_fetcher(config, None) as fetcher:
            page = page_of(fetcher, configured)
    remembered = remembered_list(config, configured)
    current = as_read(configured, remembered.memory) if remembered else configured
    taught_on = TaughtPage.of(page, current)
    outcome = learn(taught_on, current.selectors, lesson)
    if isinstance(outcome, Unteachable):
        call.err.print(f"[bold red]not learnt[/]: {escape(outcome.reason)}")
        return Exit.FAILED
    if outcome.selectors == current.selectors:
        call.say(f"Nothing had to be learnt: [bold]{escape(source)}[/] reads it so already.")
        _doubts(call, outcome)
        return Exit.OK
    for line in selector_diff(current, outcome.selectors):
        call.out.print(Text(line, style={"+": "green", "-": "red"}.get(line[:1], "")), soft_wrap=True)
    for key, setting in outcome.settings.items():
        call.out.print(f"[green]+{escape(key)} = {str(setting).lower()}[/], beside the selectors")
    _list(call, outcome)
    items = taught_on.items(taught_on.source(outcome.selectors, outcome.settings))
    for field in dict.fromkeys(one.field for one in lesson.fields):
        _values(call, field, items)
    _doubts(call, outcome)
    if write:
        path = write_lesson(config, configured, outcome, os.environ)
        call.say(f"Wrote the selectors of [bold]{escape(source)}[/] into {escape(str(path))}.")
    else:
        call.say("Nothing was written: add [bold]--write[/] to write the selectors into the configuration.")
    return Exit.OK


def _list(call: Call, outcome: Taught) -> None:
    call.out.print("1 article is read." if outcome.cards == 1 else f"{outcome.cards} articles are read.")
    for words, addresses in (("Came", outcome.came), ("Went", outcome.went)):
        if addresses:
            more = f" and {len(addresses) - _SHOWN} more" if len(addresses) > _SHOWN else ""
            call.out.print(escape(f"{words}: {', '.join(addresses[:_SHOWN])}{more}"), soft_wrap=True)


def _values(call: Call, field: str, items: Sequence[Item]) -> None:
    """Print what is read of a field in the first articles."""
    table = plain_table("", field.capitalize(), "Title" if field != "title" else "Address")
    for item in items[:_SHOWN]:
        beside = item.title if field != "title" else item.link
        table.add_row(str(item.position + 1), escape(_shown(item, field)), escape(beside or "–"))
    call.out.print(table)


def _shown(item: Item, field: str) -> str:
    if field == "date":
        return f"{item.published.at:%Y-%m-%d %H:%M}" if item.published else "–"
    said: str | tuple[str, ...] | None = getattr(item, FOUND[field]) if field in FOUND else item.link
    return (", ".join(said) if isinstance(said, tuple) else said) or "–"


def _doubts(call: Call, outcome: Taught) -> None:
    for doubt in outcome.doubts:
        call.out.print(f"[yellow]look[/]: {escape(doubt)}", soft_wrap=True)
