"""Remembering what a page lists: its stories, how its source stands after it, and by what its list is known again.

Owns the order of these steps, all in one transaction: a crash leaves all of it or nothing. What is asked of the page or
written about it takes long, so it is done before, for all others wait.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from feedbuilder.extract import missed_parts, title_doubts
from feedbuilder.heal import holds_few
from feedbuilder.heal.another_page import asked_again, how_alike
from feedbuilder.model import (
    Changes,
    ExtractError,
    Item,
    KeptPage,
    KnownNames,
    ListMemory,
    ListProfile,
    Page,
    Run,
    SourceState,
    Validators,
)
from feedbuilder.pipeline.article_visits import keeping_shown, plan
from feedbuilder.pipeline.further_pages import Filled, gap_after, owes_pages
from feedbuilder.pipeline.guessed_titles import with_guessed_titles, without_guess
from feedbuilder.pipeline.kept_pages import good_page, keep
from feedbuilder.pipeline.known_stories import remember_addresses
from feedbuilder.pipeline.learnt_selectors import as_read
from feedbuilder.pipeline.look_up import LookedUp, look_up
from feedbuilder.pipeline.ongoing_poll import OngoingPoll
from feedbuilder.pipeline.ports import Tools, Transaction
from feedbuilder.pipeline.recognise import Recognition
from feedbuilder.pipeline.site_icon import icons_to_ask_for
from feedbuilder.pipeline.standing_items import marks_of, will_stand
from feedbuilder.pipeline.telling import record
from feedbuilder.pipeline.wanted_items import is_choosy, wanted, why_nothing
from feedbuilder.store import merge


@dataclass(frozen=True, slots=True)
class Vouched:
    """What a second look says of a list that it believes."""

    repair: str | None = None
    """How the list was found again, where the selectors of before had lost it."""
    bad: KeptPage | None = None
    """The page on which they had."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page that is being remembered, with what was asked of it before the transaction."""

    page: Page
    listed: Filled
    items: tuple[Item, ...]
    """Those of `listed`, titles that had to be guessed among them."""
    chosen: tuple[Item, ...]
    """Those of them that the source wants."""
    is_look_due: bool
    """Whether more than the list was looked at."""
    names: KnownNames | None
    copy: KeptPage | None


def keep_list(
    reading: OngoingPoll, page: Page, listed: Filled, tools: Tools, vouched: Vouched | None = None
) -> Run | None:
    """Remember what `page` lists; None, and nothing is kept, if it may be a foreign page and is not `vouched` for."""
    source, now = reading.source, tools.clock()
    seen = _seen(reading, page, listed, tools, now)
    marks = marks_of(seen.chosen, reading.mark)
    with tools.store.transaction() as memory:
        looked_up = look_up(seen.chosen, marks, source, reading.state.doubts, memory, now)
        found, doubts = looked_up.found, looked_up.believed.doubts
        if vouched is None and _lists_few_known(found, reading, listed.on_first):
            return None
        changes = merge(looked_up.believed.items, found.stories, source, now, looked_up.backlog, found.standing)
        _keep_stories(changes, found, memory, reading, tools)
        if not doubts:
            memory.stand(source.id, will_stand(seen.chosen, changes, found.stories, marks, source))
        missed = tuple(missed_parts(found.items, as_read(source, reading.memory)))
        note = "; ".join(_notes(reading, seen, looked_up, changes, missed)) or None
        run = reading.succeeded(changes, page.status, note, found.rules)
        run = replace(run, repair=vouched.repair if vouched else None, response=reading.response)
        usual = _list_after(reading, seen, looked_up, run)
        after = _state_after(reading.after(run, tools.chance(), page, doubts, missed), reading, seen, looked_up, usual)
        if after.listed_as != reading.state.listed_as:
            usual = replace(usual, still=None)
        record(memory, run, reading.state, after, tools.patience)
        if seen.is_look_due:
            keep(memory, source, seen.copy)
        if vouched is not None and vouched.bad is not None:
            keep(memory, source, vouched.bad)
        if reading.cards is not None:
            memory.keep_cards(source.id, reading.cards)
        if vouched is not None or usual != reading.memory or reading.memory.profile is None:
            memory.remember_list(source.id, usual)
    return replace(run, icons=icons_to_ask_for(page, source, tools))


def _seen(reading: OngoingPoll, page: Page, listed: Filled, tools: Tools, now: datetime) -> _Seen:
    source = reading.source
    items = with_guessed_titles(page, as_read(source, reading.memory), listed.items, tools.reader)
    is_due = reading.is_look_due(now)
    names = _names(reading, page, items, tools) if is_due else reading.memory.names
    copy = good_page(page, source, tools, reading.surroundings) if is_due else None
    return _Seen(page, listed, items, wanted(items, source, now), is_due, names, copy)


def _names(reading: OngoingPoll, page: Page, items: Sequence[Item], tools: Tools) -> KnownNames | None:
    """Return how the page calls itself, as far as is known; None for what has no names."""
    known = reading.memory.names
    if not reading.source.kind.names_itself:
        return None
    titles = [item.title for item in items if item.title]
    try:
        around = reading.surroundings
        names = around.names.beside(titles) if around else tools.reader.facts(page, reading.source, titles).names
    except ExtractError:  # its list was read all the same
        return known
    return asked_again(known, names, tools.clock(), how_alike(reading.source.kind))


def _lists_few_known(found: Recognition, reading: OngoingPoll, on_first: int | None) -> bool:
    """Return whether a source that was read well before, by the same settings, lists hardly any of its stories now.

    Stories on further pages speak for the list as well: `on_first` is how many items the first page has, if not all.
    """
    source, state = reading.source, reading.state
    if state.last_success is None or state.landed is None:
        return False
    if source.kind.is_described and not source.kind.names_itself:
        return False
    known = sum(any(one.source == source.id for one in story.statements) for story in found.stories.values())
    return holds_few(known + len(found.standing), on_first or len(found.items))


def _keep_stories(
    changes: Changes, found: Recognition, memory: Transaction, reading: OngoingPoll, tools: Tools
) -> None:
    """Write what has changed, and plan the visits of articles' own pages."""
    planned = plan(changes, reading.source, needs_tags=tools.needs_tags)
    memory.apply(keeping_shown(changes, planned, found.stories.values()))
    remember_addresses(found, changes, memory)
    memory.plan(planned)


def _notes(
    reading: OngoingPoll, seen: _Seen, looked_up: LookedUp, changes: Changes, missed: Collection[str]
) -> list[str]:
    """Return what is to be told of the reading."""
    believed = looked_up.believed
    doubtful = title_doubts(believed.items) if changes.new else ()
    # Once: afterwards, that nothing is wanted today is what a filter is for.
    is_first = reading.state.last_success is None
    nothing = why_nothing(seen.items, reading.source, changes.now) if is_first else None
    return [note for note in (seen.listed.note, nothing, *missed, believed.note(), *doubtful) if note]


def _list_after(reading: OngoingPoll, seen: _Seen, looked_up: LookedUp, run: Run) -> ListMemory:
    """Return what is remembered of the list after a good `run`; of one that is doubted, what was."""
    source, believed = reading.source, looked_up.believed
    first = (seen.items if is_choosy(source) else believed.items)[: seen.listed.on_first]
    looks = ListProfile.of([without_guess(item) for item in first])
    usual = reading.usual_after(looks, seen.names, run) if not believed.doubts else reading.memory
    at_first = source.pages if reading.state.last_success is None else 0
    return gap_after(usual, reading.memory, seen.listed, reading.started, at_first)


def _state_after(
    after: SourceState, reading: OngoingPoll, seen: _Seen, looked_up: LookedUp, usual: ListMemory
) -> SourceState:
    """Return the state `after` the reading with what its source is asked and known by at the next one."""
    if owes_pages(usual):
        after = replace(after, validators=reading.state.validators)
    if seen.listed.from_index:
        sitemaps = reading.state.sitemaps if looked_up.believed.doubts else seen.listed.sitemaps
        after = replace(after, validators=Validators(), sitemaps=sitemaps)
    standing = len(looked_up.found.standing)
    is_settled = standing == len(seen.chosen) == len(seen.items) and not looked_up.believed.doubts
    listed_as, page_as = _known_as(reading, seen) if is_settled else (None, None)
    return replace(after, listed_as=listed_as, page_as=page_as)


def _known_as(reading: OngoingPoll, seen: _Seen) -> tuple[str | None, str | None]:
    """Return by what a list all of which stands is known again, and by what its page."""
    if reading.mark_of_list is None:
        return None, None
    from feedbuilder.pipeline.same_list import known_as  # noqa: PLC0415 - not for pages that are read once

    return known_as(reading, seen.page, len(seen.chosen))
