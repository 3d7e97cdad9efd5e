"""Rows -> values: identities, statements, entries, states and runs as the model has them.

Owns what every reading of the store has in common: entries are given the tags and sources that they have today. Knows
the tables; decides nothing about which rows are read.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from itertools import islice
from operator import attrgetter
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, select

from feedbuilder.model import (
    Identity,
    ImageDetails,
    Outcome,
    Outline,
    Precision,
    Run,
    SourceState,
    Statement,
    StoredItem,
    Validators,
)
from feedbuilder.model.enclosures import MediaFile
from feedbuilder.store.entry import join_tags
from feedbuilder.store.last_seen import LAST_SEEN
from feedbuilder.store.one_of import one_of
from feedbuilder.store.ready import Ready, Session
from feedbuilder.store.tables import articles, identities, items, media_files, source_tags, sources, statements

CHUNK = 500
"""How many ids go into one statement: far below what either database allows (SQLite 32,766, PostgreSQL 65,535)."""

T = TypeVar("T")

STATE_COLUMNS = (
    "fingerprint",
    "interval",
    "next_due",
    "blocked_until",
    "failures",
    "bugs",
    "warning",
    "last_run",
    "last_success",
    "last_change",
    "error",
    "requested",
    "landed",
    "listed_as",
    "page_as",
    "doubts",
    "incident",
)
"""The fields of SourceState that are columns of the same name."""


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Yield `values` in order, in lists of at most `size`."""
    rest = iter(values)
    while chunk := list(islice(rest, size)):
        yield chunk


ENTRY = (
    identities.c.id,
    identities.c.canonical,
    identities.c.published,
    identities.c.precision,
    identities.c.zone,
    identities.c.first_seen,
    identities.c.position,
    items.c.link,
    items.c.title,
    items.c.summary,
    items.c.authors,
    items.c.image,
    items.c.enclosures,
    items.c.listed_html,
    items.c.changed,
    articles.c.read,
    articles.c.content_html,
    articles.c.tags.label("told_tags"),
    articles.c.image.label("told_image"),
    articles.c.picture,
)
"""What entries are made of by `RowReader.stored_items`, which finds it by the names of the columns."""
OUTLINE = (
    identities.c.id,
    articles.c.tags,
    identities.c.published,
    identities.c.zone,
    identities.c.first_seen,
    items.c.changed,
    identities.c.position,
)
"""What outlines are made of, in the order of `RowReader.outlines`."""


def entries() -> Select[Any]:
    """Return the query of all entries, from which `stored_items` makes values."""
    return select(*ENTRY).select_from(identities.join(items, items.c.id == identities.c.id).outerjoin(articles))


# Made once: to build a statement and to find out that it is one seen before takes longer than to run it.
_TAGGED = Ready(
    select(statements.c.item, statements.c.source, statements.c.tags, LAST_SEEN)
    .join(sources, sources.c.id == statements.c.source)
    .where(one_of(statements.c.item, "ids"))
)
_SAID = Ready(select(statements.c.item, statements.c.source, statements.c.tags).where(one_of(statements.c.item, "ids")))
_NAMES_OF_TAGS = Ready(select(source_tags.c.source, source_tags.c.name).where(one_of(source_tags.c.source, "ids")))
_FILES = Ready(
    select(media_files.c.item, media_files.c.url, media_files.c.kind, media_files.c["size"])
    .where(one_of(media_files.c.item, "ids"))
    .where(media_files.c.kind.is_not(None) | media_files.c["size"].is_not(None))
)


class RowReader:
    """Makes entries of rows, within one transaction; remembers the tags of the sources it has met."""

    def __init__(self, connection: Session) -> None:
        self._connection = connection
        self._tags: dict[str, tuple[str, ...]] = {}

    def stored_items(
        self, rows: Sequence[Row[Any]], statements_of: Mapping[str, Sequence[Any]] | None = None
    ) -> list[StoredItem]:
        """Return the entries of `rows` (see `entries`), in their order, with their sources and all their tags.

        The tags are the own ones of every source's item, and those that are configured today for its sources, also for
        items that came before the configuration did. `statements_of` are those of each item, if they are known already.
        """
        if statements_of is None:
            statements_of = self._statements_of(rows)
        self._meet({one.source for listed in statements_of.values() for one in listed})
        files_of = self._files_of([row.id for row in rows if row.enclosures])
        return [self._stored_item(row, statements_of[row.id], tuple(files_of.get(row.id, ()))) for row in rows]

    def outlines(self, rows: Sequence[Row[Any]]) -> Iterator[Outline]:
        """Yield the outlines of rows with the columns `OUTLINE`, in their order; see `stored_items`."""
        said: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for ids in chunks(row[0] for row in rows):
            for item, source, tags in _SAID.rows(self._connection, {"ids": ids}):
                said[item].append((source, tags))
        self._meet({source for listed in said.values() for source, _ in listed})
        for row in rows:
            item, told, published, zone, first_seen, changed, position = tuple(row)
            listed = said[item]
            names = [name for source, _ in listed for name in self._tags[source]]
            tags = join_tags(names, [*(told or ()), *(tag for _, own in listed for tag in own)])
            sources = tuple(sorted(source for source, _ in listed))
            yield Outline(item, tags, sources, published, ZoneInfo(zone), first_seen, changed, position)

    def _files_of(self, ids: Sequence[str]) -> Mapping[str, Sequence[MediaFile]]:
        found: dict[str, list[MediaFile]] = defaultdict(list)
        for chunk in chunks(ids):
            for one in _FILES.rows(self._connection, {"ids": chunk}):
                found[one.item].append(MediaFile(one.url, one.kind, one.size))
        return found

    def _statements_of(self, rows: Sequence[Row[Any]]) -> Mapping[str, Sequence[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        for ids in chunks(row.id for row in rows):
            for one in _TAGGED.rows(self._connection, {"ids": ids}):
                found[one.item].append(one)
        return found

    def _stored_item(self, row: Row[Any], listed: Sequence[Any], files: tuple[MediaFile, ...]) -> StoredItem:
        own_tags = [*(row.told_tags or ()), *(tag for one in listed for tag in one.tags)]
        return StoredItem(
            id=row.id,
            canonical=row.canonical,
            link=row.link,
            title=row.title,
            summary=row.summary,
            authors=row.authors,
            image=row.image,
            enclosures=row.enclosures,
            tags=join_tags((tag for one in listed for tag in self._tags[one.source]), own_tags),
            sources=tuple(sorted(one.source for one in listed)),
            published=row.published,
            precision=Precision(row.precision),
            zone=ZoneInfo(row.zone),
            first_seen=row.first_seen,
            last_seen=max(one.last_seen for one in listed),
            changed=row.changed,
            position=row.position,
            own_tags=join_tags((), own_tags),
            content_html=row.content_html or row.listed_html,
            listed_html=row.listed_html,
            image_details=ImageDetails(**row.picture) if row.picture and row.told_image == row.image else None,
            was_read=row.read is not None,
            files=files,
        )

    def _meet(self, ids: Collection[str]) -> None:
        unmet = sorted(set(ids) - self._tags.keys())
        met: dict[str, list[str]] = {one: [] for one in unmet}
        for chunk in chunks(unmet):
            for row in _NAMES_OF_TAGS.rows(self._connection, {"ids": chunk}):
                met[row.source].append(row.name)
        self._tags |= {one: tuple(names) for one, names in met.items()}


def identity_of(row: Row[Any]) -> Identity:
    """Return the identity in a row of `identities`."""
    zone = ZoneInfo(row.zone)
    return Identity(row.id, row.canonical, row.published, Precision(row.precision), zone, row.first_seen, row.position)


def digest(canonical: str) -> str:
    """Return what an address is found by: its SHA-256 in hexadecimal."""
    return hashlib.sha256(canonical.encode("utf-8", "replace")).hexdigest()


def identity_row(identity: Identity, *, announced: bool) -> dict[str, Any]:
    """Return `identity` as a row."""
    return {
        "id": identity.id,
        "canonical": identity.canonical,
        "digest": digest(identity.canonical),
        "published": identity.published,
        "precision": identity.precision.value,
        "zone": identity.zone.key,
        "first_seen": identity.first_seen,
        "position": identity.position,
        "announced": announced,
    }


_TEXTS = ("id", "link", "title", "summary", "authors", "image", "enclosures", "listed_html", "changed")
_texts_of = attrgetter(*_TEXTS)


def item_row(item: StoredItem) -> dict[str, Any]:
    """Return the texts of `item` as a row; tags and sources stand with its statements."""
    folded = "\n".join(part for part in (item.title, item.summary, item.link) if part).casefold()
    return {"folded": folded, **{name: getattr(item, name) for name in _TEXTS}}


def same_texts(one: StoredItem, other: StoredItem) -> bool:
    """Return whether two items would have the same row."""
    return bool(_texts_of(one) == _texts_of(other))


_STATEMENT_FIELDS = tuple(field.name for field in fields(Statement))
_said = attrgetter(*(name for name in _STATEMENT_FIELDS if name != "last_seen"))


def same_statement(one: Statement, other: Statement) -> bool:
    """Return whether two statements say the same, whenever they last did."""
    return bool(_said(one) == _said(other))


def statement_row(item: str, statement: Statement, *, listed: bool) -> dict[str, Any]:
    """Return what a source says about the item with the id `item`, as a row."""
    fields = {name: getattr(statement, name) for name in _STATEMENT_FIELDS}
    return {"item": item, "listed": listed, **fields}


def state_of(row: Row[Any]) -> SourceState:
    """Return the state in a row of `sources`."""
    fields: Mapping[str, Any] = {name: getattr(row, name) for name in STATE_COLUMNS}
    sitemaps = {url: Validators(*said) for url, said in (row.sitemaps or {}).items()}
    return SourceState(source=row.id, validators=Validators(row.etag, row.last_modified), sitemaps=sitemaps, **fields)


def state_row(state: SourceState) -> dict[str, Any]:
    """Return `state` as columns of `sources`, the id excepted."""
    fields = {name: getattr(state, name) for name in STATE_COLUMNS}
    sitemaps = {url: [said.etag, said.last_modified] for url, said in state.sitemaps.items()} or None
    validators = {"etag": state.validators.etag, "last_modified": state.validators.last_modified}
    return {**validators, "sitemaps": sitemaps, **fields}


def new_source_row(source: str, *, removed: datetime | None = None) -> dict[str, Any]:
    """Return the row of a source of which nothing is known yet; `removed` if it is not in the configuration."""
    return {"id": source, "removed": removed, **state_row(SourceState(source))}


_RUN_FIELDS = (
    *("source", "started", "finished", "found", "new", "changed", "error", "status", "retry_after", "response"),
)


RUN_COLUMNS = ("outcome", *_RUN_FIELDS)


def run_of(row: Row[Any]) -> Run:
    """Return the run in a row of `runs`."""
    return Run(outcome=Outcome(row.outcome), **{name: getattr(row, name) for name in _RUN_FIELDS})


def run_row(run: Run) -> dict[str, Any]:
    """Return `run` as a row; the database numbers it."""
    return {"outcome": run.outcome.value, **{name: getattr(run, name) for name in _RUN_FIELDS}}
