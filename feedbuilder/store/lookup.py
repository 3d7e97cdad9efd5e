"""The newest items of a source, with a tag, with some words: what `items` shows.

Owns the quickest way to them, however many there are: which items are wanted is found first, in their order, and their
texts are read of those alone. What the conditions mean stands in `feed_queries` and `search`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, Row, Select, func, literal, select, true, union_all

from feedbuilder.model.wording import tag_key
from feedbuilder.store.feed_queries import Kind, among, are_few, coming_from, matching, newest_but, newest_first, tagged
from feedbuilder.store.rows import entries
from feedbuilder.store.search import Words
from feedbuilder.store.tables import arrivals, article_tags, identities, items, sources, statement_tags

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
    """Find them, in their order, by what they have: of one tag or source, or of all, the last are at hand."""
    first = newest_first(select(identities.c.id).join(items, items.c.id == identities.c.id)).limit(limit)
    if words is not None:
        first = first.where(words.stand_there)
    elif len(kinds) < 2:
        last = [identities.c.id.in_(_newest_of(kind, limit)) for kind in kinds]
        return connection.execute(first.where(*last)).scalars().all()
    rare = next((kind for kind in kinds if are_few(connection, kind.matches)), None)
    if rare is not None:
        return connection.execute(first.where(among(rare), *map(matching, kinds))).scalars().all()
    if words is not None:
        named = words.newest(limit, [*map(matching, kinds)], most=NEAR if kinds else None)
        if named is not None:
            return named
    edge = _edge(connection)
    near = first.where(*map(matching, kinds), true() if edge is None else identities.c.first_seen >= edge)
    found = connection.execute(near).scalars().all()
    if edge is None or len(found) == limit:
        return found
    # What many items have may all be old, as of a source that was removed years ago.
    return connection.execute(first.where(*map(among, kinds))).scalars().all()


def _newest_of(kind: Kind, limit: int) -> CompoundSelect[Any]:
    """Return the query of the last `limit` items of each tag and source of `kind`, and of what came with the last."""
    came = arrivals.alias("came")
    last = _since(newest_but(came, came.c.source == sources.c.id, limit - 1))
    of_sources = select(arrivals.c.item).join(sources, sources.c.id == arrivals.c.source)
    queries = [of_sources.where(sources.c.id.in_(kind.sources), arrivals.c.first_seen >= last)]
    if kind.keys is not None:
        for table in (statement_tags, article_tags):
            came = table.alias("came")
            last = _since(newest_but(came, came.c.key.in_(kind.keys), limit - 1))
            queries.append(select(table.c.item).where(table.c.key.in_(kind.keys), table.c.first_seen >= last))
    return union_all(*queries)


def _since(last: Select[Any]) -> ColumnElement[datetime]:
    """Return the moment that `last` finds; where there are not so many, one before all others."""
    return func.coalesce(last.scalar_subquery(), literal(_BEGINNING, arrivals.c.first_seen.type))


def _edge(connection: Connection) -> datetime | None:
    """Return when the last of the newest `NEAR` items came, None if there are not so many."""
    nearest = select(identities.c.first_seen).order_by(identities.c.first_seen.desc()).offset(NEAR).limit(1)
    seen: datetime | None = connection.execute(nearest).scalar_one_or_none()
    return seen
