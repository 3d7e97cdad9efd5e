"""One page that somebody works on: which list is taken, how it is read, and every step that led there. Pure values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from feedbuilder.detect import Candidate
from feedbuilder.detect.feed_summary import FeedSeen
from feedbuilder.extract import extract
from feedbuilder.model import ExtractError, Item, Selectors, Source
from feedbuilder.parse.decode import decode
from feedbuilder.studio.feed_preview import FeedPreview, feed_preview
from feedbuilder.tend.add_plan import Plan

_OF_READING = frozenset(("keep_fragment", "without_links", "only"))
"""Keys beside the selectors that change what is read, and so go back with a step."""
MOST_STEPS = 100
"""Steps that can be undone."""


@dataclass(frozen=True, slots=True)
class Examples:
    """What a person pointed at on the page, by the numbers of elements; see `parse.element_numbers`."""

    wanted: frozenset[int] = frozenset()
    """In articles that the list left out."""
    unwanted: frozenset[int] = frozenset()
    """In cards that are no articles."""
    fields: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """What says a field, of one card or another."""


@dataclass(frozen=True, slots=True)
class Draft:
    """How the page is read, after one step."""

    plan: Plan
    examples: Examples = Examples()
    said: str = ""
    """What the step did, for the person who took it."""


@dataclass(frozen=True, slots=True)
class Workbench:
    """A page that is worked on, with the steps before and behind the present one."""

    text: str
    """The page, decoded."""
    now: Draft
    before: tuple[Draft, ...] = ()
    after: tuple[Draft, ...] = ()
    feeds: tuple[FeedSeen, ...] | None = None
    """Those that the site has already; None while it is asked."""
    hosts: tuple[str, ...] = ()
    """Hosts of a private network that the person admitted."""
    changes: Source | None = None
    """The configured source that is corrected here; None for a new one."""
    wrong: Mapping[str, str] = field(default_factory=dict)
    """What is wrong with what was said in the fields beside, by their names."""
    loads_pictures: bool = False
    """Whether the person lets pictures and styles be asked of the site."""
    problem: str | None = None
    """Why the last step was not taken."""

    @property
    def plan(self) -> Plan:
        """Return what would be written now."""
        return self.now.plan

    @property
    def candidate(self) -> Candidate:
        """Return the list as it is read now."""
        return self.plan.candidate

    def source(self) -> Source:
        """Return the source as it would be written. Raises ConfigError if something in it is wrong."""
        if self.changes is None:
            return self.plan.source()
        return self.changes.model_copy(update={"selectors": self.candidate.selectors, **self.candidate.settings})

    def preview(self, now: datetime) -> FeedPreview:
        """Return the feed as a reader would show it, read at `now`."""
        zone = self.plan.found.zone
        source = self.source().model_copy(update={"timezone": zone.zone if zone.known else None})
        doubt = None if zone.known else zone.text
        return feed_preview(self.candidate.items, source, now, zone_doubt=doubt, shows_pictures=self.loads_pictures)

    def step(self, draft: Draft) -> Workbench:
        """Return the bench after one more step; those that were undone are gone."""
        before = (*self.before, self.now)[-MOST_STEPS:]
        return replace(self, before=before, now=draft, after=(), problem=None)

    def refused(self, problem: str) -> Workbench:
        """Return the bench as it is, with why a step was not taken."""
        return replace(self, problem=problem)

    def undo(self) -> Workbench:
        """Return the bench before its last step; what was said in the fields beside stays."""
        if not self.before:
            return self
        back = replace(self.before[-1], plan=_with_names(self.before[-1].plan, self.plan))
        return replace(self, before=self.before[:-1], now=back, after=(self.now, *self.after), problem=None)

    def redo(self) -> Workbench:
        """Return the bench with the step again that was undone last."""
        if not self.after:
            return self
        again = replace(self.after[0], plan=_with_names(self.after[0].plan, self.plan))
        return replace(self, before=(*self.before, self.now), now=again, after=self.after[1:], problem=None)

    def with_plan(self, **changes: Any) -> Workbench:
        """Return the bench with what was said in the fields beside: no step, for it is seen where it is said."""
        return replace(self, now=replace(self.now, plan=replace(self.plan, **changes)), problem=None)


def begin_bench(plan: Plan, hosts: tuple[str, ...], changes: Source | None = None) -> Workbench:
    """Return the bench of a page that was looked at; of a source that `changes`, nobody asks for other feeds."""
    text = decode(plan.found.page, plan.found.language)
    feeds = None if changes is None else ()
    return Workbench(text, Draft(plan), feeds=feeds, hosts=hosts, changes=changes)


def take_list(bench: Workbench, number: int) -> Workbench:
    """Return the bench with another list of the page taken, from 0; examples were of the old one."""
    if not 0 <= number < len(bench.plan.found.detection.candidates) or number == bench.plan.chosen:
        return bench
    plan = replace(bench.plan, chosen=number, is_named=True)
    return bench.step(Draft(plan, said=f"Another list is shown: {_first_title(plan.candidate)}."))


def read_by(plan: Plan, selectors: Selectors) -> Plan:
    """Return the plan with its list read by `selectors`. Raises ExtractError, ConfigError, also if nothing is read."""
    draft = _with_candidate(plan, replace(plan.candidate, selectors=selectors, doubts=()))
    return with_items(plan, selectors, extract(plan.found.page, draft.source()))


def with_items(plan: Plan, selectors: Selectors, items: tuple[Item, ...]) -> Plan:
    """Return the plan with its list read by `selectors`, which find `items`. Raises ExtractError for none."""
    if not items:
        raise ExtractError("With these selectors no article is found on the page.")
    return _with_candidate(plan, replace(plan.candidate, selectors=selectors, items=items, doubts=()))


def _with_candidate(plan: Plan, candidate: Candidate) -> Plan:
    candidates = list(plan.found.detection.candidates)
    candidates[plan.chosen] = candidate
    detection = replace(plan.found.detection, candidates=tuple(candidates))
    return replace(plan, found=replace(plan.found, detection=detection), is_named=True)


def _with_names(plan: Plan, said: Plan) -> Plan:
    more = {key: value for key, value in said.more.items() if key not in _OF_READING}
    return replace(
        plan,
        id=said.id,
        title=said.title,
        tags=said.tags,
        interval=said.interval,
        pages=said.pages,
        headers=said.headers,
        more=more | {key: value for key, value in plan.more.items() if key in _OF_READING},
    )


def _first_title(candidate: Candidate) -> str:
    title = next((item.title for item in candidate.items if item.title), None)
    return f"“{title}” and {len(candidate.items) - 1} more" if title else f"{len(candidate.items)} articles"
