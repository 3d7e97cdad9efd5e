"""The conversation of `add`: which list, its name, tags, zone and interval. Writes nothing but questions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from rich.markup import escape
from rich.prompt import Confirm, IntPrompt, Prompt

from feedbuilder.cli import show_lists
from feedbuilder.cli.add_plan import Plan
from feedbuilder.cli.app import Call
from feedbuilder.cli.page_findings import shared, zone_called
from feedbuilder.detect.feed_summary import FeedSeen
from feedbuilder.engine import system_clock
from feedbuilder.model import ConfigError
from feedbuilder.model.units import format_duration, parse_duration
from feedbuilder.model.wording import tag_key

MOST_OF = 0.8
"""The share of a list's articles from which on a feed holds the same for most people."""
MOST_PAGES = 100
"""How many pages `first_fill_pages` admits."""
USUAL = timedelta(minutes=30)
"""How often a source is read that says nothing about it."""


def show(call: Call, plan: Plan, *, others: bool = True) -> None:
    """Print the chosen list as it would be published, and the others."""
    entries = plan.found.entries(plan.candidate, system_clock())
    show_lists.show_list(call.out, plan.found, entries, plan.chosen, show_lists.SHOWN)
    if others:
        show_lists.show_others(call.out, plan.found, plan.chosen)


def ask(call: Call, plan: Plan, answered: Collection[str], feeds: Sequence[FeedSeen]) -> Plan | None:
    """Return the plan as the user wants it, None if they do not want it. Nothing is asked that was `given`.

    `feeds` are those that the site has already: whoever can have the same from there is asked first.
    """
    call.out.print()
    if feeds:
        same = max(shared(feed, plan.candidate) for feed in feeds) >= MOST_OF * len(plan.candidate.items)
        if not Confirm.ask("Add the page all the same?", console=call.out, default=not same):
            return None
    many = len(plan.found.detection.candidates) > 1
    question = "Is this the list? [bold]Enter[/] takes it" + (", a number shows another" if many else "") + ", q leaves"
    while answer := Prompt.ask(question, console=call.out, default="", show_default=False).strip().lower():
        if answer in {"q", "n", "no", "quit"}:
            return None
        if answer in {"y", "yes"}:
            break
        if answer.isdecimal() and 1 <= int(answer) <= len(plan.found.detection.candidates):
            plan = replace(plan, chosen=int(answer) - 1)
            show(call, plan)
            call.out.print()
    if "title" not in answered:
        name = Prompt.ask("Its name", console=call.out, default=plan.title)
        tags = plan.tags if "tag" in answered else (name,)
        plan = replace(plan, title=name, tags=tags)
    if "tag" not in answered:
        text = Prompt.ask(
            "Its tags, with commas between; each is a feed", console=call.out, default=", ".join(plan.tags)
        )
        plan = replace(plan, tags=tuple(tag.strip() for tag in text.split(",") if tag_key(tag)))
    if "timezone" not in answered:
        plan = _ask_zone(call, plan)
    if "interval" not in answered:
        plan = _ask_interval(call, plan)
    if "pages" not in answered and plan.found.next is not None:
        plan = _ask_pages(call, plan)
    call.out.print()
    show_lists.show_code(call.out, plan.text())
    call.out.print()
    return (
        plan if Confirm.ask(f"Write this to {escape(str(call.config_file))}?", console=call.out, default=True) else None
    )


def _ask_zone(call: Call, plan: Plan) -> Plan:
    now = plan.found.zone.zone.key
    while True:
        name = Prompt.ask("The zone in which the site writes its times", console=call.out, default=now)
        if name == now:
            return plan
        try:
            zone_called(name)
        except ConfigError as error:
            call.out.print(f"[red]{escape(str(error).removeprefix('--timezone '))}[/]")
            continue
        plan = replace(plan, found=plan.found.in_zone(name))
        show(call, plan, others=False)
        return plan


def _ask_interval(call: Call, plan: Plan) -> Plan:
    usual = plan.interval or plan.found.defaults.get("interval") or USUAL
    while True:
        text = Prompt.ask("How often it is read", console=call.out, default=format_duration(usual))
        try:
            every = parse_duration(text)
        except ValueError as error:
            call.out.print(f"[red]{escape(str(error))}[/]")
            continue
        return plan if every == usual else replace(plan, interval=every)


def _ask_pages(call: Call, plan: Plan) -> Plan:
    question = "How many pages of the list to read now, for older articles"
    while not 1 <= (pages := IntPrompt.ask(question, console=call.out, default=plan.pages)) <= MOST_PAGES:
        call.out.print(f"[red]expected a number from 1 to {MOST_PAGES}[/]")
    return replace(plan, pages=pages)
