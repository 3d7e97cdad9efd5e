"""The newest entries that a feed asks for, found by the quickest way and read no further than they are wanted.

Owns these ways. A feed is made anew whenever one of its entries changes, and mostly shows the newest fifty of very
many: so statements are made once, entries are sorted before their texts are read, and of few sources only the last
items are looked at. Which entries are meant stands in `feed_queries`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, Select, bindparam, func, select, union_all

from feedbuilder.store.feed_queries import (
    RARE,
    among,
    coming_from,
    matching,
    newest_first,
    released,
    some_of,
    tagged,
)
from feedbuilder.store.rows import OUTLINE, chunks, entries
from feedbuilder.store.tables import arrivals, articles, identities, items, source_tags, sources

BATCH = 50
"""How many entries are held in memory at a time: as many as most feeds show."""
FEW = 20
"""Of so many sources the last `BATCH` items of each are sooner sorted than all items are gone through."""

Asked = Mapping[str, Sequence[str]]
"""What entries must have one of: the keys of `tags`, the ids of `sources`. Without either, all are asked for."""

_TAGS: BindParameter[Any] = bindparam("tags", expanding=True)
_SOURCES: BindParameter[Any] = bindparam("sources", expanding=True)
_KINDS = {"tags": tagged(_TAGS), "sources": coming_from(_SOURCES)}
_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
_SINCE = bindparam("since", type_=arrivals.c.first_seen.type)
_ORIGINS: BindParameter[Any] = bindparam("origins", expanding=True)

_RELEASED = identities.join(items, items.c.id == identities.c.id).outerjoin(articles)
_READ = newest_first(entries().where(identities.c.id.in_(bindparam("ids", expanding=True))))
_IDS = newest_first(select(identities.c.id).select_from(_RELEASED).where(articles.c.held_until.is_(None)))
_OUTLINES = newest_first(select(*OUTLINE).select_from(_RELEASED).where(articles.c.held_until.is_(None)))
_WITH_TAGS = select(source_tags.c.source).where(source_tags.c.key.in_(_TAGS)).distinct()
_LAST_BUT = (
    select(arrivals.c.first_seen)
    .where(arrivals.c.source == sources.c.id)
    .order_by(arrivals.c.first_seen.desc())
    .limit(1)
    .offset(BATCH - 1)
    .scalar_subquery()
)
_EDGE = select(func.max(_LAST_BUT, type_=arrivals.c.first_seen.type)).where(sources.c.id.in_(_ORIGINS))
"""When the item came that is the first of the last `BATCH` of its source; that of the busiest source."""


def newest(connection: Connection, asked: Asked, *, whole: bool) -> Iterator[Sequence[Row[Any]]]:
    """Yield the rows of the entries that are asked for and released, newest first, in batches.

    `whole` ones are rows of `rows.entries`, others have the columns `rows.OUTLINE`.
    """
    since: datetime | None = None
    if (origins := _origins(connection, asked)) is not None:
        since = connection.execute(_EDGE, {"origins": origins}).scalar_one() or _BEGINNING
        lately = {**asked, "origins": origins, "since": since}
        yield from _read(connection, _lately(*asked, whole=whole), lately, whole=whole)
        if since == _BEGINNING:
            return
    few = {name: _are_few(connection, _some(name), asked) for name in asked}
    if asked and since is None and all(few.values()):
        yield from _read(connection, _sorted(tuple(asked), whole=whole), asked, whole=whole)
        return
    query = _in_order(tuple(few.items()), earlier=since is not None, whole=whole)
    values = {**asked, "since": since} if since is not None else asked
    yield from _in_batches(connection, query, values)


def _origins(connection: Connection, asked: Asked) -> Sequence[str] | None:
    """Return the sources of which every item is asked for, where these are few and, besides, few items are.

    Then what came lately is found among the last items of each of them. None where it is to be found otherwise.
    """
    if len(asked) != 1 or ("tags" in asked and not _are_few(connection, _OWN, asked)):
        return None
    origins = asked.get("sources") or connection.execute(_WITH_TAGS, asked).scalars().all()
    return origins if len(origins) <= FEW else None


def _read(
    connection: Connection, found: Select[Any], values: Mapping[str, Any], *, whole: bool
) -> Iterator[Sequence[Row[Any]]]:
    """Yield what is `found`, in its order; the `whole` entries are found by their ids, so that texts are not sorted."""
    if not whole:
        yield from _in_batches(connection, found, values)
        return
    for some in chunks(connection.execute(found, values).scalars().all(), BATCH):
        yield connection.execute(_READ, {"ids": some}).all()


def _in_batches(connection: Connection, query: Select[Any], values: Mapping[str, Any]) -> Iterator[Sequence[Row[Any]]]:
    with connection.execution_options(yield_per=BATCH).execute(query, values) as result:
        yield from result.partitions()


def _are_few(connection: Connection, some: Select[Any], asked: Asked) -> bool:
    found: int = connection.execute(some, asked).scalar_one()
    return found < RARE


# Made once: to build a statement takes longer than to run it.
_OWN = some_of(_KINDS["tags"].tagged)


@cache
def _some(name: str) -> Select[Any]:
    return some_of(_KINDS[name].matches)


@cache
def _lately(name: str, *, whole: bool) -> Select[Any]:
    """Return the query of those that came since the edge: of `whole` entries the ids, else the outlines."""
    last = select(arrivals.c.item).where(arrivals.c.source.in_(_ORIGINS), arrivals.c.first_seen >= _SINCE)
    found = union_all(*_KINDS[name].tagged, last)
    return (_IDS if whole else _OUTLINES).where(identities.c.id.in_(found), identities.c.first_seen >= _SINCE)


@cache
def _sorted(names: tuple[str, ...], *, whole: bool) -> Select[Any]:
    """Return the query of them, as `_lately`, where few items meet each condition."""
    return (_IDS if whole else _OUTLINES).where(*(among(_KINDS[name]) for name in names))


@cache
def _in_order(few: tuple[tuple[str, bool], ...], *, earlier: bool, whole: bool) -> Select[Any]:
    """Return the query of entries; of those conditions that few items meet, these are looked for first.

    Otherwise a feed wants the newest fifty of very many: all entries are gone through in their order then, and each is
    asked whether it matches. `earlier` are those before the edge.
    """
    query = newest_first(released()) if whole else _OUTLINES
    for name, are_few in few:
        query = query.where(among(_KINDS[name]) if are_few else matching(_KINDS[name]))
    return query.where(identities.c.first_seen < _SINCE) if earlier else query
