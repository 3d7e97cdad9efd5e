"""The whole program on one screen: fetch a page, extract its items, merge them with what is known, save, publish.

Owns the order of the steps and the boundary at which the failure of one source is caught. Knows the stages' functions
and, for everything that touches the world, only the protocols below: no requests, no SQL, no scheduler, no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol

from feedbuilder.extract import Cards, extract, fingerprint
from feedbuilder.feeds import FeedDocument, compose, render, render_site, route
from feedbuilder.firstfill import Filled, with_older
from feedbuilder.model import (
    Changes,
    ExtractError,
    Feed,
    FeedFile,
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
    StoredItem,
    Validators,
)
from feedbuilder.schedule import after_run
from feedbuilder.store import merge


class Fetcher(Protocol):
    """Gets pages. Safe to call from several threads."""

    def fetch(self, source: Source, validators: Validators) -> Page | NotModified:
        """Return the page of `source`, or that it is still the one `validators` describe. Raises FetchError."""
        ...

    def further(self, source: Source, url: str) -> Page:
        """Return the page at `url`, on which the list of `source` goes on. Raises FetchError."""
        ...


class Transaction(Protocol):
    """One all-or-nothing change of the store, alone while it lasts."""

    def known(self, canonicals: Iterable[str]) -> Mapping[str, Known]:
        """Return what is known of these addresses; those never seen are absent."""
        ...

    def apply(self, changes: Changes) -> None:
        """Carry out `changes`; the source now lists exactly their items."""
        ...

    def still_listed(self, source: str, now: datetime) -> None:
        """Note that `source` lists at `now` what it listed before (304)."""
        ...

    def record(self, run: Run, state: SourceState) -> None:
        """Add `run` to the history and replace what is known of its source by `state`."""
        ...


class Store(Protocol):
    """What is remembered. Safe to call from several threads; all datetimes in and out are aware and in UTC."""

    def state(self, source: str) -> SourceState:
        """Return what is known of the source with this id; an empty state if nothing is."""
        ...

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Return a transaction: committed when the block ends, undone when it raises. Raises StoreError."""
        ...

    def newest(self, *, tags: frozenset[str], sources: frozenset[str]) -> Iterator[StoredItem]:
        """Yield the items first seen last, first; of one moment, the one published last first.

        `tags` are tag keys (`model.text.tag_key`): items must carry one of them, their own or their source's.
        `sources` are ids: items must come from one of them. An empty set admits all.
        """
        ...

    def announce(self, ids: Iterable[str]) -> None:
        """Note that these items stand in published feeds: from now on their dates are fixed."""
        ...

    def register_feeds(self, slugs: Iterable[str], now: datetime) -> Mapping[str, datetime]:
        """Return since when each of these feeds exists; the unknown ones since `now`, which is remembered."""
        ...


class Publisher(Protocol):
    """Puts files where readers find them."""

    def publish(self, files: Iterable[FeedFile]) -> Sequence[str]:
        """Write each file whose bytes differ, atomically; return the paths written. Raises PublishError."""
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """The outside world of a reading. `chance` gives numbers from 0 to 1; `clock` aware datetimes in UTC."""

    fetcher: Fetcher
    store: Store
    cards: Cards
    clock: Callable[[], datetime]
    chance: Callable[[], float]


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
            changes = merge(listed.items, memory.known(item.canonical for item in listed.items), source, now)
            memory.apply(changes)
            run = _succeeded(changes, started, page.status, listed.note)
        after = after_run(state, run, source, tools.chance())
        memory.record(run, replace(after, validators=page.validators, fingerprint=mark))
    return run


def gather(
    feeds: Sequence[Feed],
    sources: Sequence[Source],
    site: Site,
    *,
    store: Store,
    created: Mapping[str, datetime],
) -> list[FeedDocument]:
    """Return the feeds as the store would have them now, in the order given. Changes nothing.

    `created` says since when each feed exists, by slug: the date of one without entries.
    """
    documents = []
    for feed in feeds:
        candidates = store.newest(tags=frozenset(feed.tags.keys()), sources=frozenset(feed.sources.any))
        documents.append(compose(feed, route(feed, candidates), sources, site, created[feed.slug]))
    return documents


def publish(
    feeds: Sequence[Feed],
    sources: Sequence[Source],
    site: Site,
    *,
    store: Store,
    publisher: Publisher,
    now: datetime,
) -> tuple[list[FeedDocument], Sequence[str]]:
    """Bring the output up to the store; return the feeds as published and the paths of the files that changed.

    Always from the store, never from the changes in hand, so that a crash between saving and publishing heals itself.
    """
    created = store.register_feeds([feed.slug for feed in feeds], now)
    documents = gather(feeds, sources, site, store=store, created=created)
    # Announced before it is written: a crash in between leaves a date fixed that nobody saw, which harms nobody.
    store.announce({entry.id for document in documents for entry in document.entries})
    files = [file for document in documents for file in render(document)]
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
