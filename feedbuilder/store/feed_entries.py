"""The newest entries that a feed asks for, found by the quickest way and read no further than they are wanted.

Owns these ways. A feed is made anew whenever one of its entries changes, and mostly shows the newest fifty of very
many: so statements are made once, entries are sorted before their texts are read, and of few tags and sources only the
last items are looked at. Which entries are meant stands in `feed_queries`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Row, Select, bindparam, func, select, union_all

from feedbuilder.store.feed_queries import (
    RARE,
    among,
    coming_from,
    matching,
    newest_but,
    newest_first,
    released,
    some_of,
    tagged,
)
from feedbuilder.store.rows import OUTLINE, chunks, entries
from feedbuilder.store.tables import (
    arrivals,
    article_tags,
    articles,
    identities,
    items,
    source_tags,
    sources,
    statement_tags,
    tag_counts,
)

BATCH = 50
"""How many entries are held in memory at a time: as many as most feeds show."""
FEW = 20
"""Of so many tags and sources the last `BATCH` items of each are sooner sorted than all items are gone through."""
MOST = 3200
"""How many items of each are looked at in one portion, which is twice the one before, where a feed goes far back."""

Asked = Mapping[str, Sequence[str]]
"""What entries must have one of: the keys of `tags`, the ids of `sources`. Without either, all are asked for."""

_TAGS: BindParameter[Any] = bindparam("tags", expanding=True)
_SOURCES: BindParameter[Any] = bindparam("sources", expanding=True)
_KINDS = {"tags": tagged(_TAGS), "sources": coming_from(_SOURCES)}
_ORIGINS: BindParameter[Any] = bindparam("origins", expanding=True)
_SINCE, _UNTIL = (bindparam(name, type_=arrivals.c.first_seen.type) for name in ("since", "until"))
_BEGINNING, _END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

_RELEASED = identities.join(items, items.c.id == identities.c.id).outerjoin(articles)
_READ = newest_first(entries().where(identities.c.id.in_(bindparam("ids", expanding=True))))
_IDS = newest_first(select(identities.c.id).select_from(_RELEASED).where(articles.c.held_until.is_(None)))
_OUTLINES = newest_first(select(*OUTLINE).select_from(_RELEASED).where(articles.c.held_until.is_(None)))
_WITH_TAGS = select(source_tags.c.source).where(source_tags.c.key.in_(_TAGS)).distinct()


def newest(connection: Connection, asked: Asked, *, whole: bool) -> Iterator[Sequence[Row[Any]]]:
    """Yield the rows of the entries that are asked for and released, newest first, in batches.

    `whole` ones are rows of `rows.entries`, others have the columns `rows.OUTLINE`.
    """
    if (lists := _lists(connection, asked)) is not None:
        yield from _in_portions(connection, lists, whole=whole)
        return
    few = {name: _are_few(connection, name, asked) for name in asked}
    if asked and all(few.values()):
        yield from _read(connection, _sorted(tuple(asked), whole=whole), asked, whole=whole)
        return
    yield from _in_batches(connection, _in_order(tuple(few.items()), whole=whole), asked)


def _lists(connection: Connection, asked: Asked) -> Mapping[str, Sequence[str]] | None:
    """Return the tags and the sources (`origins`) of which every item is asked for, where these are few.

    Of each of them, items are found in the order of their coming. None where entries are to be found otherwise.
    """
    if len(asked) != 1:
        return None
    keys = asked.get("tags", ())
    origins = asked.get("sources") or connection.execute(_WITH_TAGS, asked).scalars().all()
    return {"tags": keys, "origins": origins} if len(keys) + len(origins) <= FEW else None


def _in_portions(
    connection: Connection, lists: Mapping[str, Sequence[str]], *, whole: bool
) -> Iterator[Sequence[Row[Any]]]:
    """Yield what the `lists` have, a portion of time after the other, each as long as the busiest needs for so many."""
    size, until = BATCH, _END
    while until != _BEGINNING:
        asked = {**lists, "until": until, "but": size - 1}
        since = connection.execute(_EDGE, asked).scalar_one() or _BEGINNING
        yield from _read(connection, _BETWEEN[whole], {**lists, "since": since, "until": until}, whole=whole)
        size, until = min(2 * size, MOST), since


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


def _are_few(connection: Connection, name: str, asked: Asked) -> bool:
    found: int = connection.execute(_some(name), asked).scalar_one()
    return found < RARE


# Made once: to build a statement takes longer than to run it.
@cache
def _some(name: str) -> Select[Any]:
    return some_of(_KINDS[name].matches)


def _edge() -> Select[Any]:
    """Return the query of when the item came that has `but` newer ones in its list; that of the busiest list."""
    of_tag = (tag_counts.c.key, tag_counts.c.key.in_(_TAGS))
    lasts = [
        (arrivals, arrivals.c.source, sources.c.id, sources.c.id.in_(_ORIGINS)),
        (statement_tags, statement_tags.c.key, *of_tag),
        (article_tags, article_tags.c.key, *of_tag),
    ]
    edges = [
        select(
            func.max(
                newest_but(table, key == one, bindparam("but"), before=_UNTIL).scalar_subquery(),
                type_=arrivals.c.first_seen.type,
            ).label("edge")
        ).where(asked)
        for table, key, one, asked in lasts
    ]
    found = union_all(*edges).subquery()
    return select(func.max(found.c.edge, type_=arrivals.c.first_seen.type))


def _between() -> ColumnElement[bool]:
    """Return the condition that an item has come to one of the lists in a portion of time."""
    came = (
        (arrivals, arrivals.c.source.in_(_ORIGINS)),
        (statement_tags, statement_tags.c.key.in_(_TAGS)),
        (article_tags, article_tags.c.key.in_(_TAGS)),
    )
    return identities.c.id.in_(
        union_all(
            *(
                select(table.c.item).where(asked, table.c.first_seen >= _SINCE, table.c.first_seen < _UNTIL)
                for table, asked in came
            )
        )
    )


_EDGE = _edge()
_BETWEEN = {True: _IDS.where(_between()), False: _OUTLINES.where(_between())}
"""Of whole entries the ids, else the outlines."""


@cache
def _sorted(names: tuple[str, ...], *, whole: bool) -> Select[Any]:
    """Return the query of them, as `_BETWEEN`, where few items meet each condition."""
    return (_IDS if whole else _OUTLINES).where(*(among(_KINDS[name]) for name in names))


@cache
def _in_order(few: tuple[tuple[str, bool], ...], *, whole: bool) -> Select[Any]:
    """Return the query of entries; of those conditions that few items meet, these are looked for first.

    Otherwise a feed wants the newest fifty of very many: all entries are gone through in their order then, and each is
    asked whether it matches.
    """
    query = newest_first(released()) if whole else _OUTLINES
    for name, are_few in few:
        query = query.where(among(_KINDS[name]) if are_few else matching(_KINDS[name]))
    return query
