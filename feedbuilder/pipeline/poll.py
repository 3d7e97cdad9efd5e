"""Reading one source: fetch its page, extract the items, merge them with what is known, remember, plan what comes next.

Owns the order of these steps and the boundary at which the failure of one source is caught.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial

from feedbuilder.extract import extract, fingerprint
from feedbuilder.model import (
    Changes,
    ExtractError,
    FetchError,
    Item,
    NotModified,
    Outcome,
    Page,
    Run,
    Source,
    SourceState,
    Validators,
)
from feedbuilder.pipeline.article_visits import plan
from feedbuilder.pipeline.first_fill import Filled, with_older
from feedbuilder.pipeline.known_stories import known_stories, remember_addresses
from feedbuilder.pipeline.ports import Store, Tools
from feedbuilder.pipeline.schedule import after_run
from feedbuilder.store import merge


def poll(source: Source, tools: Tools) -> Run:
    """Read `source` once and remember what it says; return how that went. One that is new may be read further back.

    Expected failures (FetchError, ExtractError) become a failed run: what is known and published stays as it was.
    """
    store, started = tools.store, tools.clock()
    state = store.state(source.id)
    mark = fingerprint(source)
    validators = state.validators if state.fingerprint == mark else Validators()
    try:
        page = tools.fetcher.fetch(source, validators)
        listed = Filled(() if isinstance(page, NotModified) else extract(page, source, tools.cards))
    except (FetchError, ExtractError) as error:
        run = _failed(source, started, tools.clock(), error)
        with store.transaction() as memory:
            # Validators of a page that could not be read would hide the breakage behind a 304: the old ones stay.
            after = after_run(state, run, source, tools.chance())
            memory.record(run, replace(after, validators=validators, fingerprint=mark))
        return run
    if isinstance(page, Page) and _is_new(source, state, listed.items, store):
        listed = with_older(page, listed.items, source, partial(tools.fetcher.further, source))
    now = tools.clock()
    with store.transaction() as memory:
        if isinstance(page, NotModified):
            memory.still_listed(source.id, now)
            run = Run(source.id, started, now, Outcome.NOT_MODIFIED, status=304)
        else:
            recognition = known_stories(listed.items, source, memory, now)
            changes = merge(recognition.items, recognition.stories, source, now, memory.backlog(source.id))
            memory.apply(changes)
            remember_addresses(recognition, changes, memory)
            memory.plan(plan(changes, source, needs_tags=tools.needs_tags))
            run = replace(_succeeded(changes, started, page.status, listed.note), learnt=recognition.rules)
        after = after_run(state, run, source, tools.chance())
        memory.record(run, replace(after, validators=page.validators, fingerprint=mark))
    return run


def _is_new(source: Source, state: SourceState, items: Iterable[Item], store: Store) -> bool:
    """Return whether `source` was never read well, and nothing on its page is known from it: not after a lost store."""
    if state.last_success is not None or source.first_fill_pages == 1:
        return False
    with store.transaction() as memory:
        known = memory.known(item.canonical for item in items)
    return not any(said.source == source.id for one in known.values() for said in one.statements)


def _succeeded(changes: Changes, started: datetime, status: int, note: str | None) -> Run:
    new, changed = len(changes.new), len(changes.changed)
    return Run(
        changes.source,
        started,
        changes.now,
        Outcome.NEW if new or changed else Outcome.UNCHANGED,
        found=len(changes.changes),
        new=new,
        changed=changed,
        status=status,
        note=note,
    )


def _failed(source: Source, started: datetime, now: datetime, error: FetchError | ExtractError) -> Run:
    fetch_error = error if isinstance(error, FetchError) else None
    return Run(
        source.id,
        started,
        now,
        Outcome.FAILED,
        error=str(error),
        status=fetch_error.status if fetch_error else 200,
        retry_after=fetch_error.retry_after if fetch_error else None,
    )
