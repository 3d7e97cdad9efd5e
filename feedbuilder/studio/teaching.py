"""A click on the page -> better selectors on the bench, by what `teach` learns; or why nothing was learnt. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from feedbuilder.detect import Candidate
from feedbuilder.extract import FOUND
from feedbuilder.model import Selectors, SourceKind
from feedbuilder.studio.screens import counted
from feedbuilder.studio.workbench import Draft, Examples, Workbench, read_by, with_items
from feedbuilder.teach import Taught, TaughtPage, Unteachable, learn_field, learn_list
from feedbuilder.tend.add_plan import Plan

FIELDS: Mapping[str, str] = {
    "title": "Title",
    "date": "Date",
    "summary": "Summary",
    "image": "Picture",
    "author": "Author",
    "tags": "Tags",
}
"""The parts of an article that a click may correct, by their keys."""
TOOLS = (("look", "Look"), ("add", "Missing"), ("remove", "Not an article"), *FIELDS.items())
"""What a click on the page may be for."""

_MOST_CARDS = 200
"""Cards of which the elements of a field are told: nobody scrolls further to see whether it is right."""


def taught_page(bench: Workbench) -> TaughtPage:
    """Return the page of `bench`, ready to be taught on; worth keeping while the bench has the same source."""
    found = bench.plan.found
    return TaughtPage(bench.text, found.page.url, now=found.page.fetched_at, source=bench.source())


def clicked(bench: Workbench, page: TaughtPage, tool: str, number: int) -> Workbench:
    """Return the bench after a click on the element `number` of its page, which was for `tool`."""
    now, selectors = bench.now.examples, bench.candidate.selectors
    if tool in FIELDS:
        shown = dict(now.fields) | {tool: (*now.fields.get(tool, ()), number)}
        examples = replace(now, fields=shown)
        outcome = learn_field(page, selectors, tool, [(0, one) for one in shown[tool]])
        if isinstance(outcome, Unteachable) and len(shown[tool]) > 1:
            # What was shown before may have been a slip: the last word counts.
            examples = replace(now, fields=shown | {tool: (number,)})
            alone = learn_field(page, selectors, tool, [(0, number)])
            outcome = alone if isinstance(alone, Taught) else outcome
    elif tool == "add":
        examples = replace(now, wanted=now.wanted | {number}, unwanted=now.unwanted - {number})
        outcome = learn_list(page, selectors, examples.wanted, examples.unwanted)
    elif tool == "remove":
        examples = replace(now, unwanted=now.unwanted | {number}, wanted=now.wanted - {number})
        outcome = learn_list(page, selectors, examples.wanted, examples.unwanted)
    else:
        return bench
    if isinstance(outcome, Unteachable):
        return bench.refused(outcome.reason)
    return _learnt(bench, page, outcome, examples, tool)


def _learnt(bench: Workbench, page: TaughtPage, taught: Taught, examples: Examples, tool: str) -> Workbench:
    plan = bench.plan
    if taught.settings:
        plan = replace(plan, more={**plan.more, **taught.settings})
    if taught.selectors == bench.candidate.selectors and not taught.settings:
        said = " ".join(("It is read so already.", *taught.doubts))
        return replace(bench, now=replace(bench.now, examples=examples, said=said), problem=None)
    if page.is_read_alike:  # what was read while it was learnt need not be read again
        plan = with_items(plan, taught.selectors, page.items(page.source(taught.selectors, taught.settings)))
    else:
        plan = read_by(plan, taught.selectors)
    words = _of_field(plan, tool) if tool in FIELDS else _of_list(taught)
    return bench.step(Draft(plan, examples, " ".join((words, *taught.doubts))))


def _of_field(plan: Plan, field: str) -> str:
    """Return how many articles have a field that was just learnt."""
    items = plan.candidate.items
    having = sum(bool(getattr(item, FOUND[field])) for item in items)
    count = f"all {len(items)} articles have" if having == len(items) else f"{having} of {len(items)} articles have"
    return f"{FIELDS[field]} learnt: {count} {'some' if field == 'tags' else 'one'}."


def _of_list(taught: Taught) -> str:
    """Return how the list is another one now."""
    parts = [
        f"{counted(len(addresses), 'article')} {what}"
        for addresses, what in ((taught.came, "more"), (taught.went, "fewer"))
        if addresses
    ]
    return f"{' and '.join(parts) or 'No other articles'}: {taught.cards} now."


def written_by_hand(bench: Workbench, selectors: Selectors) -> Workbench:
    """Return the bench with selectors that somebody wrote; examples are not held against them."""
    place = bench.candidate.selectors.from_
    if bench.source().kind is not SourceKind.PAGE:  # all is data there, and nobody has to say so
        selectors = selectors.model_copy(update={"from_": place})
    plan = read_by(bench.plan, selectors)
    count = len(plan.candidate.items)
    return bench.step(Draft(plan, said=f"Read by your selectors: {count} article{'s' * (count != 1)}."))


def tried(page: TaughtPage, selectors: Selectors) -> dict[str, Any]:
    """Return what `selectors` find on the page: in words, and the elements of each card. Raises ExtractError."""
    cards = page.numbers_of_cards(page.source(selectors))
    return {"said": f"{counted(len(cards), 'article')}, outlined on the page.", "cards": cards}


def numbers_of_cards(page: TaughtPage, candidate: Candidate) -> str:
    """Return the elements of each card of a list of the page, as JSON."""
    return _json(page.numbers_of_cards(page.source(candidate.selectors, candidate.settings)))


def numbers_of_field(bench: Workbench, page: TaughtPage, field: str) -> list[int]:
    """Return the elements that a field is read from, in all cards."""
    source = page.source(bench.candidate.selectors, bench.candidate.settings)
    cards = range(min(len(bench.candidate.items), _MOST_CARDS))
    return [number for card in cards for number in page.numbers_of_field(source, field, card)]


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))
