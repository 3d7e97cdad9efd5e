"""The conversation of `add`: which list, its name, tags, zone and interval. Writes nothing but questions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from rich.markup import escape
from rich.prompt import Confirm, IntPrompt, Prompt

from feedbuilder.cli import show_lists
from feedbuilder.cli.call import Call
from feedbuilder.detect.feed_summary import FeedSeen
from feedbuilder.engine import system_clock
from feedbuilder.model import ConfigError
from feedbuilder.model.units import format_duration, parse_duration
from feedbuilder.model.wording import tag_key
from feedbuilder.tend.add_plan import Plan
from feedbuilder.tend.page_zones import zone_called
from feedbuilder.tend.site_feeds import shared

MOST_OF = 0.8
"""The share of a list's articles from which on a feed holds the same for most people."""
MOST_PAGES = 100
"""How many pages `first_fill_pages` admits."""
SHORTEST_TITLE = 3
"""Characters from which on an answer is looked for on the page."""
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
    listed = _ask_list(call, plan)
    if listed is None:
        return None
    plan = listed
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


def _ask_list(call: Call, plan: Plan) -> Plan | None:
    """Return the plan with the list that the user takes, None if they take none."""
    while True:
        many = len(plan.found.detection.candidates) > 1
        number = ", a number shows another" if many else ""
        question = f"Is this the list? [bold]Enter[/] takes it{number}, a title from the page finds it, q leaves"
        answer = Prompt.ask(question, console=call.out, default="", show_default=False).strip()
        word = answer.lower()
        if word in {"q", "n", "no", "quit"}:
            return None
        if word in {"", "y", "yes"}:
            if not plan.candidate.doubts or plan.is_named or _is_sure(call):
                return plan
            continue
        if answer.isdecimal():
            plan = _numbered(call, plan, int(answer))
        elif len(answer) < SHORTEST_TITLE:
            call.out.print("[red]expected Enter, a number, the title of an article, or q[/]")
        else:
            plan = _holding(call, plan, answer)


def _is_sure(call: Call) -> bool:
    return Confirm.ask("It is doubtful, see above. Take it all the same?", console=call.out, default=False)


def _numbered(call: Call, plan: Plan, number: int) -> Plan:
    count = len(plan.found.detection.candidates)
    if not 1 <= number <= count:
        call.out.print(f"[red]the page has {count} list{'s' * (count != 1)}[/]")
        return plan
    plan = replace(plan, chosen=number - 1)
    show(call, plan)
    call.out.print()
    return plan


def _holding(call: Call, plan: Plan, title: str) -> Plan:
    """Return the plan with the list that holds `title`, and show it; the plan as it is where none does."""
    found = plan.found.holding(title)
    if not found.detection.candidates:
        call.out.print(f"[red]{escape(found.detection.reason or '')}[/]")
        return plan
    plan = replace(plan, found=found, chosen=0, example=title, is_named=True)
    show(call, plan)
    call.out.print()
    return plan


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
