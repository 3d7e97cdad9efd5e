"""`feedbuilder diagnose`: what each selector of a source used to find and finds now, and what is made of that."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from feedbuilder.cli.call import Call, Exit, command
from feedbuilder.cli.check_online import Trial, findings
from feedbuilder.cli.configured import chosen_sources
from feedbuilder.cli.page_argument import page_from_file
from feedbuilder.cli.shared_options import HtmlOption
from feedbuilder.cli.show_tables import plain_table
from feedbuilder.config.toml import selectors_block, value
from feedbuilder.engine import system_clock
from feedbuilder.extract import FOUND, SelectorSurvey, survey_selectors
from feedbuilder.heal import ListReading, suspicions
from feedbuilder.model import ListProfile, Source
from feedbuilder.pipeline.learnt_selectors import as_read
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.second_look import SecondLook
from feedbuilder.tend.polite_fetcher import page_of, polite_fetcher
from feedbuilder.tend.remembered_list import RememberedList, remembered_list

_USUAL = {"title": "titles", "date": "dates", "summary": "summaries", "image": "images"}
"""What is remembered of each part, by the key of its selector."""


@command()
def diagnose(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="The id of a source.", show_default=False)],
    html: HtmlOption = None,
) -> Exit:
    """Show what each selector of a source used to find and finds now, and what is made of it. Changes nothing."""
    call: Call = context.obj
    config = call.load()
    [chosen] = chosen_sources(config, [source])
    if html is not None:
        page = page_from_file(html, chosen.url)
    else:
        with polite_fetcher(config, None) as fetcher:
            page = page_of(fetcher, chosen)
    remembered = remembered_list(config, chosen)
    current = as_read(chosen, remembered.memory) if remembered else chosen
    survey = survey_selectors(page, current)
    profile = remembered.memory.profile if remembered else None
    call.out.print(f"[bold]{escape(chosen.name)}[/] ({escape(chosen.id)}): {escape(page.url)}", soft_wrap=True)
    call.out.print(_table(current, profile, survey))
    for _, text in findings(Trial(chosen, survey)):
        call.out.print(text)
    if remembered is None or profile is None:
        call.say("Nothing is remembered of its list yet, so there is nothing to hold this against.")
        return Exit.OK if survey.is_well else Exit.FAILED
    _, seen = remembered.hold_against(page, chosen, LocalReader(), system_clock())
    for line in _signs(survey, profile, remembered):
        call.out.print(escape(line), soft_wrap=True)
    call.out.print(_verdict(seen), soft_wrap=True)
    return Exit.FAILED if seen is not None and seen.refused is not None else Exit.OK


def _table(source: Source, profile: ListProfile | None, survey: SelectorSurvey) -> Table:
    """Return each selector with what it used to find beside what it finds now."""
    table = plain_table("Part", "Selector", "Usual", "Now")
    written = _rules(source)
    count = len(survey.items)
    table.add_row("item", escape(written.get("item", "")), f"about {profile.items:.0f}" if profile else "–", str(count))
    for key in FOUND:
        usual = getattr(profile, _USUAL[key]) if profile and key in _USUAL else None
        now = f"{survey.counts[key] / count:.0%}" if count else "–"
        table.add_row(key, escape(written.get(key, "(by itself)")), "–" if usual is None else f"{usual:.0%}", now)
    return table


def _rules(source: Source) -> dict[str, str]:
    """Return the selectors as they are written in the configuration, by their keys; alternatives follow each other."""
    written = tomllib.loads(selectors_block(source))["source"]["selectors"]
    return {key: " or ".join(map(_plain, rule if isinstance(rule, list) else [rule])) for key, rule in written.items()}


def _plain(rule: object) -> str:
    return rule if isinstance(rule, str) else value(rule)


def _signs(survey: SelectorSurvey, profile: ListProfile, remembered: RememberedList) -> Iterator[str]:
    reading = ListReading(survey.items, profile, remembered.known)
    stories = len(remembered.known.stories)
    if stories:
        yield f"Of the {stories} articles that were listed last, {len(reading.matches)} are found."
    for one in suspicions(reading):
        yield f"Strange ({one.name}): {one.text}"


def _verdict(seen: SecondLook | None) -> str:
    """Return what a reading would make of it, and what to do, in Rich markup."""
    if seen is None:
        return "[green]The page is read as usual.[/] Nothing is to be done."
    if seen.refused is not None:
        return f"[bold red]Nothing of it would be published.[/] {escape(seen.refused)}"
    told = " ".join(f"{note[:1].upper()}{note[1:]}" for note in seen.notes)
    if seen.repair is not None:
        return f"[yellow]The next reading repairs it by itself.[/] {escape(told)}"
    return f"[yellow]It would be believed.[/] {escape(told)}".rstrip()
