"""The fields beside a page, for name, tags, zone and more: what was typed, as a plan or as what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from feedbuilder.model import Articles
from feedbuilder.studio import typed_values
from feedbuilder.studio.forms import Form
from feedbuilder.studio.typed_values import WrongFieldError
from feedbuilder.studio.workbench import Draft, Workbench
from feedbuilder.tend.add_plan import Plan


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
    name = typed_values.title(text)
    # Who renames a source means its tag too, as long as that was its name.
    tags = (name,) if plan.tags == (plan.title,) else plan.tags
    return replace(plan, title=name, tags=tags)


def _tags(plan: Plan, text: str) -> Plan:
    return replace(plan, tags=typed_values.tags(text))  # before the name, for they may follow it


def _interval(plan: Plan, text: str) -> Plan:
    usual: timedelta = plan.found.defaults.get("interval") or timedelta(minutes=30)
    every = typed_values.interval(text) if text else usual
    return replace(plan, interval=None if every == usual else every)


def _pages(plan: Plan, text: str) -> Plan:
    return replace(plan, pages=typed_values.pages(text))


def _articles(plan: Plan, text: str) -> Plan:
    chosen = typed_values.articles(text)
    more = {key: value for key, value in plan.more.items() if key != "articles"}
    usual = plan.found.defaults.get("articles") or Articles.AUTO
    return replace(plan, more=more if chosen == usual else {**more, "articles": chosen})


def _in_zone(bench: Workbench, name: str) -> Workbench:
    """Return the bench with the page's times in another zone, which is a step: it changes every date."""
    now = bench.plan.found.zone
    typed_values.zone(name)
    if name == (now.zone.key if now.known else ""):
        return bench
    found = bench.plan.found.in_zone(name)
    if found.zone == now:
        return bench
    said = f"Times are read in {found.zone.zone.key}."
    return bench.step(Draft(replace(bench.plan, found=found), bench.now.examples, said))


_FIELDS: Mapping[str, Callable[[Plan, str], Plan]] = {
    "tags": _tags,
    "title": _title,
    "interval": _interval,
    "pages": _pages,
    "articles": _articles,
}
