"""Reading one source: fetch its page, extract the items, merge them with what is known, remember, plan what comes next.

Owns the order of these steps and the boundary at which the failures of one source are caught, bugs among them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from feedbuilder.extract import fingerprint
from feedbuilder.logger import log
from feedbuilder.model import (
    AskedOfList,
    ExtractError,
    FeedbuilderError,
    FetchError,
    Item,
    NotModified,
    Outcome,
    Page,
    Run,
    Source,
    SourceKind,
    SourceState,
    Validators,
)
from feedbuilder.pipeline.further_pages import (
    Filled,
    getter,
    goes_on,
    going_on,
    with_further,
)
from feedbuilder.pipeline.keep_list import Vouched, keep_list
from feedbuilder.pipeline.kept_pages import bad_page, keep, may_keep_cards
from feedbuilder.pipeline.learnt_selectors import as_it_holds, as_read
from feedbuilder.pipeline.ongoing_poll import OngoingPoll
from feedbuilder.pipeline.ports import Store, Tools
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
from feedbuilder.pipeline.telling import record
from feedbuilder.pipeline.watch import watch

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
        run = keep_list(reading, page, filled, tools)
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
    run = keep_list(reading, page, filled, tools, Vouched(seen.repair, copy))
    assert run is not None, "nothing is left to be doubted"
    return run


def _is_new(source: Source, state: SourceState, items: Iterable[Item], store: Store) -> bool:
    """Return whether `source` was never read well, and nothing on its page is known from it: not after a lost store."""
    if state.last_success is not None or source.first_fill_pages == 1:
        return False
    with store.transaction() as memory:
        known = memory.known(item.canonical for item in items)
    return not any(said.source == source.id for one in known.values() for said in one.statements)
