"""The fields beside a page, for name, tags, zone and more: what was typed, as a plan or as what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from feedbuilder.model import Articles, ConfigError
from feedbuilder.model.units import parse_duration
from feedbuilder.model.wording import tag_key
from feedbuilder.studio.forms import Form
from feedbuilder.studio.workbench import Draft, Workbench
from feedbuilder.tend.add_plan import Plan

MOST_PAGES = 100
"""How many pages `first_fill_pages` admits."""
INTERVALS = ("10m", "15m", "30m", "1h", "2h", "6h", "12h", "1d")
ARTICLE_PAGES = (
    (Articles.AUTO, "Only where the list leaves something out", "a cut title, the time of day, tags that feeds need"),
    (Articles.OFF, "Never", "what the list says is all there is"),
    (Articles.META, "Each new one, for its details", "title, date, authors, picture, tags"),
    (Articles.FULL, "Each new one, with its whole text", "readers show the articles without opening the site"),
)
"""What may be said of articles' own pages, each with its words and what they mean."""


class WrongFieldError(Exception):
    """What somebody typed cannot be taken; the message says why."""


def with_fields(bench: Workbench, form: Form) -> Workbench:
    """Return the bench with what `form` says of its fields; what is wrong is noted, and its field left as it was."""
    wrong: dict[str, str] = {}
    plan = bench.plan
    for name, read in _FIELDS.items():
        if name in form:
            try:
                plan = read(plan, form.text(name))
            except WrongFieldError as error:
                wrong[name] = str(error)
    said = replace(bench, now=replace(bench.now, plan=plan), wrong={}, problem=None)
    if "timezone" in form:
        try:
            said = _in_zone(said, form.text("timezone"))
        except WrongFieldError as error:
            wrong["timezone"] = str(error)
    return replace(said, wrong=wrong)


def _title(plan: Plan, text: str) -> Plan:
    if not text:
        raise WrongFieldError("A name is needed: people see it in their readers.")
    # Who renames a source means its tag too, as long as that was its name.
    tags = (text,) if plan.tags == (plan.title,) else plan.tags
    return replace(plan, title=text, tags=tags)


def _tags(plan: Plan, text: str) -> Plan:
    tags: dict[str, str] = {}
    for tag in text.split(","):
        if key := tag_key(tag):
            tags.setdefault(key, tag.strip())
    return replace(plan, tags=tuple(tags.values()))


def _interval(plan: Plan, text: str) -> Plan:
    usual: timedelta = plan.found.defaults.get("interval") or timedelta(minutes=30)
    try:
        every = parse_duration(text) if text else usual
    except ValueError as error:
        raise WrongFieldError(f"{error}".capitalize() + ".") from error
    return replace(plan, interval=None if every == usual else every)


def _pages(plan: Plan, text: str) -> Plan:
    if not (text.isascii() and text.isdecimal() and len(text) < 4 and 1 <= int(text) <= MOST_PAGES):
        raise WrongFieldError(f"A number from 1 to {MOST_PAGES} is needed.")
    return replace(plan, pages=int(text))


def _articles(plan: Plan, text: str) -> Plan:
    if text not in set(Articles):
        raise WrongFieldError("This is none of the choices.")
    more = {key: value for key, value in plan.more.items() if key != "articles"}
    usual = plan.found.defaults.get("articles") or Articles.AUTO
    return replace(plan, more=more if text == usual else {**more, "articles": Articles(text)})


def _in_zone(bench: Workbench, name: str) -> Workbench:
    """Return the bench with the page's times in another zone, which is a step: it changes every date."""
    now = bench.plan.found.zone
    if not name or (name == now.zone.key and now.known):
        return bench
    try:
        found = bench.plan.found.in_zone(name)
    except ConfigError as error:
        raise WrongFieldError(str(error).removeprefix("--timezone ")) from error
    draft = Draft(replace(bench.plan, found=found), bench.now.examples, f"Times are read in {name}.")
    return bench.step(draft)


_FIELDS: Mapping[str, Callable[[Plan, str], Plan]] = {
    "tags": _tags,
    "title": _title,
    "interval": _interval,
    "pages": _pages,
    "articles": _articles,
}
