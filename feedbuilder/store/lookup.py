"""The newest items of a source, with a tag, with some words: what `items` shows.

Owns the quickest way to them, however many there are: which items are wanted is found first, in their order, and their
texts are read of those alone. What the conditions mean stands in `feed_queries` and `search`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, literal, select, true, union_all

from feedbuilder.model.wording import tag_key
from feedbuilder.store.feed_queries import Kind, among, are_few, coming_from, matching, newest_first, tagged
from feedbuilder.store.rows import entries
from feedbuilder.store.search import Words
from feedbuilder.store.tables import arrivals, identities, items, sources

NEAR = 5000
"""How many of the newest items are gone through before all that match are sorted: each takes a microsecond or two."""

_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


def newest(
    connection: Connection, limit: int, *, source: str | None, tag: str | None, words: str | None
) -> Sequence[Row[Any]]:
    """Return the newest `limit` rows of `rows.entries`, in the order of feeds, that meet all conditions given."""
    kinds = [] if source is None else [coming_from((source,))]
    kinds += [] if tag is None else [tagged((tag_key(tag),))]
    looked_for = None if words is None else Words(connection, words)
    ids = _newest_ids(connection, limit, kinds, looked_for)
    return connection.execute(newest_first(entries().where(identities.c.id.in_(ids)))).all()


def _newest_ids(connection: Connection, limit: int, kinds: Sequence[Kind], words: Words | None) -> Sequence[str]:
    first = newest_first(select(identities.c.id).join(items, items.c.id == identities.c.id)).limit(limit)
    if words is not None:
        first = first.where(words.stand_there)
    some = _candidates(connection, limit, kinds, words)
    if some is None:
        edge = _edge(connection)
        near = first.where(*map(matching, kinds), true() if edge is None else identities.c.first_seen >= edge)
        found = connection.execute(near).scalars().all()
        if edge is None or len(found) == limit:
            return found
        some = true() if words is None else words.may_stand_there
        return connection.execute(first.where(some, *map(among, kinds))).scalars().all()
    return connection.execute(first.where(some, *map(matching, kinds))).scalars().all()


def _candidates(
    connection: Connection, limit: int, kinds: Sequence[Kind], words: Words | None
) -> ColumnElement[bool] | None:
    """Return a condition that all items wanted meet, and few others; None where none is known.

    What many items have may all be old, as of a source that was removed years ago. So those that have something are
    gone through in the order of their coming where there is one, and of others the newest only so far.
    """
    if words is not None and words.are_rare:
        return words.may_stand_there
    if not kinds and words is None:
        return true()
    if len(kinds) == 1 and words is None and are_few(connection, kinds[0].tagged):
        return identities.c.id.in_(union_all(*kinds[0].tagged, _newest_of(kinds[0], limit)))
    rare = next((kind for kind in kinds if are_few(connection, kind.matches)), None)
    return None if rare is None else among(rare)


def _newest_of(kind: Kind, limit: int) -> Select[Any]:
    """Return the query of the last `limit` items of each source of `kind`, with those that came at the same moment."""
    other = arrivals.alias("other")
    last = (
        select(other.c.first_seen)
        .where(other.c.source == sources.c.id)
        .order_by(other.c.first_seen.desc())
        .limit(1)
        .offset(limit - 1)
        .scalar_subquery()
    )
    since = func.coalesce(last, literal(_BEGINNING, arrivals.c.first_seen.type))
    return (
        select(arrivals.c.item)
        .join(sources, sources.c.id == arrivals.c.source)
        .where(sources.c.id.in_(kind.sources), arrivals.c.first_seen >= since)
    )


def _edge(connection: Connection) -> datetime | None:
    """Return when the last of the newest `NEAR` items came, None if there are not so many."""
    nearest = select(identities.c.first_seen).order_by(identities.c.first_seen.desc()).offset(NEAR).limit(1)
    seen: datetime | None = connection.execute(nearest).scalar_one_or_none()
    return seen
