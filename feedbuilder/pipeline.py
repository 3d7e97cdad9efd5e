"""The whole program on one screen: fetch a page, extract its items, merge them with what is known, save, publish.

Owns the order of the steps and the boundary at which the failure of one source is caught. Knows the stages' functions
and, for everything that touches the world, only the protocols in `ports`: no requests, no SQL, no scheduler, no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from feedbuilder.archives import archive_files, seal_archive
from feedbuilder.extract import extract, fingerprint
from feedbuilder.extract.article import addresses, doubt, read_article, statement_of
from feedbuilder.feeds import FeedDocument, compose, live_history, render, render_site
from feedbuilder.firstfill import Filled, with_older
from feedbuilder.model import (
    Articles,
    Changes,
    ExtractError,
    Feed,
    FetchError,
    Item,
    Known,
    NotModified,
    Outcome,
    Page,
    Run,
    Site,
    Source,
    SourceState,
    TagRules,
    Validators,
    Visit,
)
from feedbuilder.ports import Publisher, Store, Tools, Transaction
from feedbuilder.routes import Routes, entries, routes
from feedbuilder.schedule import after_run
from feedbuilder.store import complete, merge, survivor
from feedbuilder.visiting import after_failure, is_given_up, plan


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
            known = memory.known(item.canonical for item in listed.items)
            changes = merge(listed.items, known, source, now, memory.backlog(source.id))
            memory.apply(changes)
            memory.plan(plan(changes, source, needs_tags=tools.needs_tags))
            run = _succeeded(changes, started, page.status, listed.note)
        after = after_run(state, run, source, tools.chance())
        memory.record(run, replace(after, validators=page.validators, fingerprint=mark))
    return run


def visit(planned: Visit, source: Source, tools: Tools) -> str | None:
    """Read an article's own page and complete its item; return why that failed, None if it did not.

    Whatever is wrong with the page, the item stays what its list says. Raises StoreError.
    """
    try:
        page = tools.fetcher.further(source, planned.link)
        article = read_article(page, source, planned.listed, full=source.articles is Articles.FULL)
        problem, statement = doubt(article, planned.listed, source), statement_of(article)
    except (FetchError, ExtractError) as error:
        problem = str(error)
    now = tools.clock()
    with tools.store.transaction() as memory:
        known = memory.known_item(planned.item)
        if known is None:
            return "its item was forgotten meanwhile"
        if problem is not None:
            failed = after_failure(planned, problem, now)
            memory.postpone(failed, given_up=is_given_up(failed))
            return problem
        for address in addresses(article, source):
            known = _joined(memory, known, address, article.title)
        completion = complete(known, statement, article.published, source, now)
        if completion is not None:
            memory.complete(planned, completion, now)
    return None


def _joined(memory: Transaction, known: Known, address: str, title: str | None) -> Known:
    """Return the entry that `known` is, now that its article also has `address`: it, or another that it goes into."""
    twin = memory.known([address]).get(address)
    if twin is None:
        memory.add_alias(address, known.identity.id)
    elif twin.identity.id != known.identity.id and (pair := survivor(known, twin, title)):
        first, second = pair
        memory.absorb(second.identity, first.identity.id)
        return memory.known_item(first.identity.id) or known
    return known


def gather(
    routed: Routes,
    sources: Sequence[Source],
    site: Site,
    *,
    store: Store,
    created: Mapping[str, datetime],
) -> list[FeedDocument]:
    """Return the feeds as the store would have them now, in the order of `routed`. Changes nothing.

    `created` says since when each feed exists, by slug: the date of one without entries.
    """
    documents = []
    for feed, given in routed.feeds:
        held, since = entries(feed, store, routed.tagging), created[feed.slug]
        history = live_history(store.archive_pages(feed.slug)) if feed.archive else None
        documents.append(compose(feed, held, sources, site, since, history, tagging=routed.tagging, tag_feeds=given))
    return documents


def publish(
    feeds: Sequence[Feed],
    sources: Sequence[Source],
    site: Site,
    rules: TagRules,
    *,
    store: Store,
    publisher: Publisher,
    now: datetime,
    patient: bool = False,
    since: datetime | None = None,
) -> tuple[list[FeedDocument], Sequence[str]]:
    """Bring the output up to the store; return the feeds as published and the paths of the files that changed.

    Items that wait for their own page are left out if `patient`, until their time is over; else they go in as they are.
    Of the archive documents, with `since`, only those are looked at that may have changed from that moment on.
    Always from the store, never from the changes in hand, so that a crash between saving and publishing heals itself.
    """
    store.release(now if patient else None)
    routed = routes(feeds, sources, rules, store)
    store.remember_tag_feeds(routed.given)
    created = store.register_feeds([feed.slug for feed, _ in routed.feeds], now)
    archived = [feed for feed, _ in routed.feeds if feed.archive]
    known = {feed.slug: len(store.archive_pages(feed.slug)) for feed in archived}
    archives = [(feed, seal_archive(feed, store, routed.tagging)) for feed in archived]
    documents = gather(routed, sources, site, store=store, created=created)
    # Announced before it is written: a crash in between leaves a date fixed that nobody saw, which harms nobody.
    store.announce({entry.id for document in documents for entry in document.entries})
    files = [file for document in documents for file in render(document)]
    for feed, pages in archives:
        files += archive_files(
            feed,
            pages,
            sources,
            site,
            store=store,
            created=created,
            tagging=routed.tagging,
            since=since,
            known=known[feed.slug],
        )
    return documents, publisher.publish([*files, *render_site(site, documents)])


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
