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
from feedbuilder.cli.show_tables import local, moment, plain_table
from feedbuilder.config import Config
from feedbuilder.config.toml import selectors_block, value
from feedbuilder.engine import system_clock
from feedbuilder.extract import FOUND, SelectorSurvey, survey_selectors
from feedbuilder.heal import ListReading, suspicions
from feedbuilder.model import (
    ConfigError,
    ExtractError,
    FetchError,
    KeptKind,
    ListProfile,
    Page,
    Precision,
    Repair,
    SaidDate,
    Source,
)
from feedbuilder.pipeline.learnt_selectors import as_read
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.second_look import SecondLook
from feedbuilder.tend.polite_fetcher import page_of, polite_fetcher
from feedbuilder.tend.remembered_list import RememberedList, remembered_list

_USUAL = {"title": "titles", "date": "dates", "summary": "summaries", "image": "images"}
"""What is remembered of each part, by the key of its selector."""
_LONGEST = 30
"""Characters of an example in the table."""


@command()
def diagnose(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="The id of a source.", show_default=False)],
    html: HtmlOption = None,
    kept: Annotated[
        bool, typer.Option("--kept", help="Look at the first page that was not read well, and ask the site nothing.")
    ] = False,
) -> Exit:
    """Show side by side what each selector of a source found before and finds now, and what to do. Changes nothing."""
    call: Call = context.obj
    config = call.load()
    [chosen] = chosen_sources(config, [source])
    remembered = remembered_list(config, chosen)
    page = _page_now(call, config, chosen, remembered, html=html, kept=kept)
    repair = remembered.memory.repair if remembered else None
    # The page that was kept is the one on which the configured selectors failed.
    current = as_read(chosen, remembered.memory) if remembered and not kept else chosen
    survey = survey_selectors(page, current)
    profile = remembered.memory.profile if remembered else None
    good = remembered.page(KeptKind.GOOD) if remembered else None
    call.out.print(f"[bold]{escape(chosen.name)}[/] ({escape(chosen.id)}): {escape(page.url)}", soft_wrap=True)
    if good is not None:
        call.out.print(f"Before: as its page was read on {local(good.fetched_at)}.", soft_wrap=True)
    call.out.print(_table(current, _before(good, current), profile, survey))
    for _, text in findings(Trial(chosen, survey)):
        call.out.print(text)
    if remembered is None or profile is None:
        call.say("Nothing is remembered of its list yet, so there is nothing to hold this against.")
        return Exit.OK if survey.is_well else Exit.FAILED
    if kept and repair is not None and repair.learnt >= page.fetched_at:
        call.out.print(f"[yellow]Its list was found again since then.[/] {escape(_told(repair))}", soft_wrap=True)
        call.say(f"See by which selectors: feedbuilder heal {escape(chosen.id)}")
        return Exit.OK
    _, seen = remembered.hold_against(page, chosen, LocalReader(config.reading), system_clock())
    for line in _signs(survey, profile, remembered):
        call.out.print(escape(line), soft_wrap=True)
    call.out.print(_verdict(seen), soft_wrap=True)
    if seen is None and remembered.page(KeptKind.BAD) is not None and not kept:
        call.say(f"A page that was not read well was kept: feedbuilder diagnose {escape(chosen.id)} --kept")
    return Exit.FAILED if seen is not None and seen.refused is not None else Exit.OK


def _page_now(
    call: Call, config: Config, source: Source, remembered: RememberedList | None, *, html: str | None, kept: bool
) -> Page:
    """Return the page that is looked into: a saved one, one that was kept, or what the site sends now."""
    if html is not None and kept:
        raise ConfigError("--html and --kept name two pages; give one of them")
    if html is not None:
        return page_from_file(html, source.url)
    bad = remembered.page(KeptKind.BAD) if remembered else None
    if kept and bad is None:
        raise ConfigError(
            f'no page of "{source.id}" was kept that was not read well. None is where all were; and none is kept of '
            "sources with headers or logins, unless they say keep_pages = true"
        )
    if kept and bad is not None:
        return _said(call, bad)
    try:
        with polite_fetcher(config, None) as fetcher:
            page = page_of(fetcher, source)
            if told := fetcher.login_told(source):
                call.out.print(escape(f"The login {told}"), soft_wrap=True)
            return page
    except FetchError as error:
        if bad is None:
            raise
        call.out.print(f"[bold red]It cannot be had now.[/] {escape(str(error))}", soft_wrap=True)
        return _said(call, bad)


def _said(call: Call, page: Page) -> Page:
    call.out.print(f"Now: its page of {local(page.fetched_at)}, the first that was not read well.", soft_wrap=True)
    return page


def _before(page: Page | None, source: Source) -> SelectorSurvey | None:
    """Return what the selectors found on the last page that was read well; None where it is not there."""
    if page is None:
        return None
    try:
        return survey_selectors(page, source)
    except ExtractError:
        return None


def _table(source: Source, before: SelectorSurvey | None, profile: ListProfile | None, now: SelectorSurvey) -> Table:
    """Return each selector with what it used to find beside what it finds now."""
    table = plain_table("Part", "Selector", "Before", "Now")
    written = _rules(source)
    about = f"about {profile.items:.0f}" if profile else "–"
    table.add_row("item", escape(written.get("item", "")), _items(before) if before else about, _items(now))
    for key, part in FOUND.items():
        if key not in now.counts:  # texts, where the source reads none
            continue
        usual = getattr(profile, _USUAL[key]) if profile and key in _USUAL else None
        known = "–" if usual is None else f"{usual:.0%}"
        was = _share(before, key, part) if before else known
        table.add_row(key, escape(written.get(key, "(by itself)")), was, _share(now, key, part))
    return table


def _items(survey: SelectorSurvey) -> str:
    return str(len(survey.items))


def _share(survey: SelectorSurvey, key: str, part: str) -> str:
    """Return in how many items a selector found something, and the first that it found."""
    if not survey.items:
        return "–"
    first = next((_example(found) for item in survey.items if (found := getattr(item, part))), "")
    share = f"{survey.counts[key] / len(survey.items):.0%}"
    return f"{share} [dim]{escape(first)}[/]" if first else share


def _example(found: object) -> str:
    """Return the beginning of what a selector found."""
    if isinstance(found, SaidDate):
        text = moment(found.at)[:16] if found.precision is Precision.INSTANT else f"{found.at:%Y-%m-%d}"
    else:
        text = ", ".join(found) if isinstance(found, tuple) else str(found)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


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


def _told(repair: Repair) -> str:
    return f"{repair.reason} {repair.evidence[:1].upper()}{repair.evidence[1:]}"


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
