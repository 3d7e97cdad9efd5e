"""Reading one source: fetch its page, extract the items, merge them with what is known, remember, plan what comes next.

Owns the order of these steps and the boundary at which the failures of one source are caught, bugs among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from feedbuilder.extract import fingerprint, missed_parts, title_doubts
from feedbuilder.heal import holds_few
from feedbuilder.heal.another_page import asked_again, how_alike
from feedbuilder.logger import log
from feedbuilder.model import (
    AskedOfList,
    ExtractError,
    FeedbuilderError,
    FetchError,
    Item,
    KeptPage,
    KnownNames,
    ListProfile,
    NotModified,
    Outcome,
    Page,
    Run,
    Source,
    SourceKind,
    SourceState,
    Validators,
)
from feedbuilder.pipeline.article_visits import keeping_shown, plan
from feedbuilder.pipeline.further_pages import (
    Filled,
    gap_after,
    getter,
    goes_on,
    going_on,
    owes_pages,
    with_further,
)
from feedbuilder.pipeline.guessed_titles import with_guessed_titles, without_guess
from feedbuilder.pipeline.kept_pages import bad_page, good_page, keep, may_keep_cards
from feedbuilder.pipeline.known_stories import remember_addresses
from feedbuilder.pipeline.learnt_selectors import as_it_holds, as_read
from feedbuilder.pipeline.look_up import look_up
from feedbuilder.pipeline.ongoing_poll import OngoingPoll
from feedbuilder.pipeline.ports import Store, Tools
from feedbuilder.pipeline.recognise import Recognition
from feedbuilder.pipeline.schedule import after_run
from feedbuilder.pipeline.second_look import (
    Listed,
    known_list,
    look_again,
    needs_second_look,
    read_familiar,
    read_list,
)
from feedbuilder.pipeline.site_icon import icons_to_ask_for
from feedbuilder.pipeline.sitemap_index import read_index
from feedbuilder.pipeline.standing_items import marks_of, will_stand
from feedbuilder.pipeline.telling import record
from feedbuilder.pipeline.wanted_items import is_choosy, wanted, why_nothing
from feedbuilder.pipeline.watch import watch
from feedbuilder.store import merge

if TYPE_CHECKING:
    from feedbuilder.pipeline.same_list import StoodList


def poll(source: Source, tools: Tools) -> Run:
    """Read `source` once and remember what it says; return how that went. One that is new may be read further back.

    Failures (FetchError, ExtractError) become a failed run: what is known and published stays as it was. So does a bug
    that the page brought to light; it is logged with its traceback. Raises StoreError.
    """
    started = tools.clock()
    state, remembered = tools.store.state_and_list(source.id)
    memory = as_it_holds(remembered, source)
    current = as_read(source, memory)
    mark = fingerprint(current)
    if state.fingerprint != mark:  # other settings: nothing is known of what they find
        state = replace(state, validators=Validators(), sitemaps={}, landed=None, listed_as=None, page_as=None)
        state = replace(state, doubts={}, bugs=0, warning=None)
    reading = OngoingPoll(source, state, mark, started, memory)
    page: Page | NotModified | None = None
    try:
        page = tools.fetcher.fetch(source, _validators(reading))
        reading = replace(reading, response=tools.clock() - started)
        if isinstance(page, NotModified):
            return _unchanged(reading, page, tools)
        if source.kind is SourceKind.CHANGES:
            return _watched(reading, page, tools)
        stood = _stood(reading)
        if stood is not None and (same := stood.same_page(page, tools)):
            return same
        around = may_keep_cards(source) and reading.is_look_due(started)
        asked = stood.asked if stood is not None else AskedOfList(surroundings=around)
        listed = read_familiar(page, current, tools, asked)
        reading = replace(reading, cards=listed.cards, surroundings=listed.surroundings, mark_of_list=listed.mark)
        if stood is not None and listed.as_before is not None:
            if same := stood.same_list(page, listed, tools):
                return same
            listed = read_list(tools.reader, page, current)
        filled = None
        if listed.error is None and source.kind is SourceKind.SITEMAP and not listed.items:
            filled = read_index(page, current, tools.reader, tools.fetcher, state.sitemaps)
            if filled is None:
                return _unchanged(reading, NotModified(Validators()), tools)
            listed = replace(listed, items=filled.items)
        if listed.error is not None or needs_second_look(listed, memory, source):
            return _read_again(reading, page, listed, tools)
        if filled is None:
            filled = _whole(reading, page, listed.items, current, tools)
        run = _kept(reading, page, filled, tools, vouched=False)
        return run if run is not None else _read_again(reading, page, listed, tools, filled)
    except (FetchError, ExtractError) as error:
        return _remembered(reading, error, tools)
    except FeedbuilderError:
        raise  # the store's: it is everybody's
    except Exception as error:
        log.exception("a bug, please report it: source not read", source=source.id)
        kind = FetchError if page is None else ExtractError
        reading = replace(reading, state=replace(state, bugs=state.bugs + 1))
        return _remembered(reading, kind(f"unexpected error, please report it: {error!r}"), tools)


def _validators(reading: OngoingPoll) -> Validators:
    """Return with what the page is asked for: after one that went unread, once a day not whether it is that one still.

    A 304 would say so for as long as the site leaves it, and what went unread was not seen to list the same.
    """
    if reading.state.page_as is None or not reading.is_look_due(reading.started):
        return reading.state.validators
    from feedbuilder.pipeline.page_mark import PageMark  # noqa: PLC0415 - not for pages that are read once

    return Validators() if PageMark.read(reading.state.page_as).unread else reading.state.validators


def _stood(reading: OngoingPoll) -> StoodList | None:
    """Return the list of the last reading, if it may be known again as a whole."""
    if reading.state.listed_as is None:
        return None
    from feedbuilder.pipeline.same_list import StoodList  # noqa: PLC0415 - not for pages that are read once

    return StoodList.of(reading)


def _listed_as(reading: OngoingPoll, page: Page, count: int) -> tuple[str | None, str | None]:
    """Return by what a list of so many items, all of which stand, is known again, and by what its `page`."""
    if reading.mark_of_list is None:
        return None, None
    from feedbuilder.pipeline.same_list import known_as  # noqa: PLC0415 - not for pages that are read once

    return known_as(reading, page, count)


def _whole(reading: OngoingPoll, page: Page, items: tuple[Item, ...], current: Source, tools: Tools) -> Filled:
    """Return `items`, which are those of the first page, and those of the further ones that are to be read now."""
    source = reading.source
    if _is_new(source, reading.state, items, tools.store):
        pages = max(source.first_fill_pages, source.pages)
        older = with_further(page, items, current, tools.reader, getter(source, tools), pages)
        return replace(older, on_first=len(items))
    return going_on(page, items, current, tools, reading.memory) if goes_on(source) else Filled(items)


def _remembered(reading: OngoingPoll, error: FetchError | ExtractError, tools: Tools) -> Run:
    """Remember that a reading failed, and return the run."""
    source = reading.source
    run = replace(reading.failed(error, tools.clock()), response=reading.response)
    with tools.store.transaction() as memory:
        # Validators of a page that could not be read would hide the breakage behind a 304: the old ones stay.
        state = after_run(reading.state, run, source, tools.chance())
        record(memory, run, reading.state, replace(state, fingerprint=reading.mark), tools.patience)
    return run


def _unchanged(reading: OngoingPoll, page: NotModified, tools: Tools) -> Run:
    now = tools.clock()
    run = Run(reading.source.id, reading.started, now, Outcome.NOT_MODIFIED, status=304, response=reading.response)
    with tools.store.transaction() as memory:
        after = reading.after(run, tools.chance(), page, reading.state.doubts)
        record(memory, run, reading.state, after, tools.patience)
    return run


def _watched(reading: OngoingPoll, page: Page, tools: Tools) -> Run:
    """Remember what has changed on a page that is watched. Raises ExtractError if it is not believed."""
    source = reading.source
    run = watch(
        page, source, reading.state, reading.started, lambda run: reading.after(run, tools.chance(), page, {}), tools
    )
    return replace(run, response=reading.response, icons=icons_to_ask_for(page, source, tools))


def _read_again(reading: OngoingPoll, page: Page, listed: Listed, tools: Tools, filled: Filled | None = None) -> Run:
    """Remember what a page lists that is worth a second look, asked outside of a transaction: all others would wait.

    `filled` is that with what its further pages list, if they were read; they are believed with it. Raises ExtractError
    if it is not believed; then nothing of the page is kept.
    """
    source = reading.source
    known = known_list(tools.store, source.id)
    landed = reading.state.landed if reading.state.last_success else None
    seen = look_again(page, source, listed, known, reading.memory, tools.reader, tools.clock(), landed)
    is_bad = seen.refused is not None or seen.repair is not None
    copy = bad_page(page, source, reading.state, tools) if is_bad else None
    if seen.refused is not None:
        with tools.store.transaction() as memory:
            memory.remember_list(source.id, seen.memory)
            keep(memory, source, copy)
        raise ExtractError(seen.refused, is_lasting=seen.is_lasting)
    mark = fingerprint(as_read(source, seen.memory))
    reading = replace(reading, memory=seen.memory, mark=mark, mark_of_list=None)
    if filled is None or seen.items != listed.items:  # of the further pages nothing was read, or by other selectors
        filled = _whole(reading, page, seen.items, as_read(source, seen.memory), tools)
    filled = replace(filled, note="; ".join(filter(None, (*seen.notes, filled.note))) or None)
    # What was learnt is remembered with what it read and what is told of it: a crash leaves all of it or nothing.
    run = _kept(reading, page, filled, tools, vouched=True, repair=seen.repair, bad=copy)
    assert run is not None, "nothing is left to be doubted"
    return run


def _kept(
    reading: OngoingPoll,
    page: Page,
    listed: Filled,
    tools: Tools,
    *,
    vouched: bool,
    repair: str | None = None,
    bad: KeptPage | None = None,
) -> Run | None:
    """Remember what a page lists; None, and nothing is kept, if it may be a foreign page and is not `vouched` for.

    `repair` says how its list was found again, on the page `bad`.
    """
    source, now = reading.source, tools.clock()
    items = with_guessed_titles(page, as_read(source, reading.memory), listed.items, tools.reader)
    is_due = reading.is_look_due(now)
    names = _names(reading, page, items, tools) if is_due else reading.memory.names
    copy = good_page(page, source, tools, reading.surroundings) if is_due else None
    chosen = wanted(items, source, now)
    marks = marks_of(chosen, reading.mark)
    with tools.store.transaction() as memory:
        looked_up = look_up(chosen, marks, source, reading.state.doubts, memory, now)
        found, believed = looked_up.found, looked_up.believed
        if not vouched and _lists_few_known(found, source, reading.state, listed.on_first):
            return None
        missed = tuple(missed_parts(found.items, as_read(source, reading.memory)))
        changes = merge(believed.items, found.stories, source, now, looked_up.backlog, found.standing)
        planned = plan(changes, source, needs_tags=tools.needs_tags)
        memory.apply(keeping_shown(changes, planned, found.stories.values()))
        remember_addresses(found, changes, memory)
        memory.plan(planned)
        if not believed.doubts:
            memory.stand(source.id, will_stand(chosen, changes, found.stories, marks, source))
        doubtful = title_doubts(believed.items) if changes.new else ()
        # Once: afterwards, that nothing is wanted today is what a filter is for.
        nothing = why_nothing(items, source, now) if reading.state.last_success is None else None
        notes = [note for note in (listed.note, nothing, *missed, believed.note(), *doubtful) if note]
        run = reading.succeeded(changes, page.status, "; ".join(notes) or None, found.rules)
        run = replace(run, repair=repair, response=reading.response)
        after = reading.after(run, tools.chance(), page, believed.doubts, missed)
        first = (items if is_choosy(source) else believed.items)[: listed.on_first]
        looks = ListProfile.of([without_guess(item) for item in first])
        usual = reading.usual_after(looks, names, run) if not believed.doubts else reading.memory
        at_first = source.pages if reading.state.last_success is None else 0
        usual = gap_after(usual, reading.memory, listed, reading.started, at_first)
        if owes_pages(usual):
            after = replace(after, validators=reading.state.validators)
        if listed.from_index:
            sitemaps = reading.state.sitemaps if believed.doubts else listed.sitemaps
            after = replace(after, validators=Validators(), sitemaps=sitemaps)
        is_settled = len(found.standing) == len(chosen) == len(items) and not believed.doubts
        listed_as, page_as = _listed_as(reading, page, len(chosen)) if is_settled else (None, None)
        after = replace(after, listed_as=listed_as, page_as=page_as)
        if listed_as != reading.state.listed_as:
            usual = replace(usual, still=None)
        record(memory, run, reading.state, after, tools.patience)
        if is_due:
            keep(memory, source, copy)
        if bad is not None:
            keep(memory, source, bad)
        if reading.cards is not None:
            memory.keep_cards(source.id, reading.cards)
        if vouched or usual != reading.memory or reading.memory.profile is None:
            memory.remember_list(source.id, usual)
    return replace(run, icons=icons_to_ask_for(page, source, tools))


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


def _lists_few_known(found: Recognition, source: Source, state: SourceState, on_first: int | None) -> bool:
    """Return whether a source that was read well before, by the same settings, lists hardly any of its stories now.

    Stories on further pages speak for the list as well: `on_first` is how many items the first page has, if not all.
    """
    if state.last_success is None or state.landed is None:
        return False
    if source.kind.is_described and not source.kind.names_itself:
        return False
    known = sum(any(one.source == source.id for one in story.statements) for story in found.stories.values())
    return holds_few(known + len(found.standing), on_first or len(found.items))


def _is_new(source: Source, state: SourceState, items: Iterable[Item], store: Store) -> bool:
    """Return whether `source` was never read well, and nothing on its page is known from it: not after a lost store."""
    if state.last_success is not None or source.first_fill_pages == 1:
        return False
    with store.transaction() as memory:
        known = memory.known(item.canonical for item in items)
    return not any(said.source == source.id for one in known.values() for said in one.statements)
