"""The fields beside a page, for name, tags, zone and more: what was typed, as a plan or as what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from feedbuilder.config.typed_headers import TypedHeaders
from feedbuilder.model import Articles, ConfigError, ExtractError
from feedbuilder.studio import typed_values
from feedbuilder.studio.forms import Form
from feedbuilder.studio.typed_values import WrongFieldError
from feedbuilder.studio.workbench import Draft, Workbench, read_by
from feedbuilder.tend.add_plan import Plan


def with_fields(bench: Workbench, form: Form, environ: Mapping[str, str]) -> Workbench:
    """Return the bench with what `form` says of its fields; what is wrong is noted, and its field left as it was.

    Secrets in request headers are filled in from `environ`. A field that still says what was shown, `NAME_shown`, is no
    wish: what is shown may be older than what was said since.
    """
    wrong: dict[str, str] = {}
    plan = bench.plan
    untouched = {name for name in _FIELDS if form.texts(f"{name}_shown") == [form.text(name)]}
    for name, read in _FIELDS.items():
        if name in form and name not in untouched:
            try:
                plan = read(plan, form.text(name))
            except WrongFieldError as error:
                wrong[name] = str(error)
    if "headers" in form:
        try:
            plan = replace(plan, headers=TypedHeaders.of(form.lines("headers"), environ))
        except ConfigError as error:
            wrong["headers"] = " ".join(error.problems)
    said = replace(bench, now=replace(bench.now, plan=plan), wrong={}, problem=None)
    for name, step in _STEPS.items():
        if name in form:
            try:
                said = step(said, form.text(name))
            except WrongFieldError as error:
                wrong[name] = str(error)
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


def _only(bench: Workbench, text: str) -> Workbench:
    """Return the bench with those articles alone whose address has something in it: another list, and so a step."""
    plan, usual = bench.plan, bench.plan.found.defaults.get("only")
    pattern = typed_values.only(text) or usual
    if pattern == plan.more.get("only", usual):
        return bench
    more = {key: value for key, value in plan.more.items() if key != "only"}
    more |= {} if pattern == usual else {"only": pattern}
    try:
        narrowed = read_by(replace(plan, more=more), plan.candidate.selectors)
    except ExtractError as error:
        raise WrongFieldError("No address of the list has this in it.") from error
    said = f"Only articles with “{text}” in their address: {len(narrowed.candidate.items)} now."
    return bench.step(Draft(narrowed, bench.now.examples, said if text else "All addresses are taken again."))


_STEPS: Mapping[str, Callable[[Workbench, str], Workbench]] = {"timezone": _in_zone, "only": _only}
_FIELDS: Mapping[str, Callable[[Plan, str], Plan]] = {
    "tags": _tags,
    "title": _title,
    "interval": _interval,
    "pages": _pages,
    "articles": _articles,
}
