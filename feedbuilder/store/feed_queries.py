"""Which entries a feed asks for, and the quickest way to them.

Owns the order of feeds, the conditions on tags and sources, and the choice between two ways of answering them. Decides
nothing else about feeds; that is `feeds.routing`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Tuple, func, literal, or_, select, tuple_, union_all

from feedbuilder.model import Sight
from feedbuilder.store.rows import entries
from feedbuilder.store.tables import article_tags, articles, identities, source_tags, statement_tags, statements

RARE = 2000
"""How many items are few: so many are found and sorted sooner than a hundred thousand are looked through."""

NEAR = 5000
"""How many of the newest items are gone through before all that match are sorted: each takes a microsecond or two."""

Matches = tuple[Select[Any], ...]
"""Queries of item ids in a column `item`; what one of them finds is wanted."""


def released() -> Select[Any]:
    """Return the query of the entries that do not wait for their own page."""
    return entries().where(articles.c.held_until.is_(None))


def newest_first(query: Select[Any]) -> Select[Any]:
    """Return `query` in the order of feeds: first seen last, then published last, then as on the page, then by id.

    The exact reverse of `model.history.Sight`.
    """
    seen, published, place = identities.c.first_seen, identities.c.published, identities.c.position
    return query.order_by(seen.desc(), published.desc(), place, identities.c.id.desc())


def oldest_first(query: Select[Any], after: Sight | None, until: Sight | None) -> Select[Any]:
    """Return `query` in the order of `model.history.Sight`: what comes after `after`, up to and with `until`."""
    seen, published, place = identities.c.first_seen, identities.c.published, identities.c.position
    if after is not None:
        query = query.where(seen >= after.first_seen, _sight() > _place(after))
    if until is not None:
        query = query.where(seen <= until.first_seen, _sight() <= _place(until))
    return query.order_by(seen, published, place.desc(), identities.c.id)


def _sight() -> Tuple:
    return tuple_(identities.c.first_seen, identities.c.published, -identities.c.position, identities.c.id)


def _place(sight: Sight) -> Tuple:
    moment = identities.c.first_seen.type
    return tuple_(
        literal(sight.first_seen, moment), literal(sight.published, moment), literal(sight.height), literal(sight.id)
    )


def tagged(keys: Collection[str]) -> Matches:
    """Return the items that have one of the tags with these keys, and those of sources that have it as configured."""
    own = select(statement_tags.c.item).where(statement_tags.c.key.in_(keys))
    named = select(source_tags.c.source).where(source_tags.c.key.in_(keys))
    by_article = select(article_tags.c.item).where(article_tags.c.key.in_(keys))
    return own, by_article, select(statements.c.item).where(statements.c.source.in_(named))


def coming_from(ids: Collection[str]) -> Matches:
    """Return the items that one of these sources has listed."""
    return (select(statements.c.item).where(statements.c.source.in_(ids)),)


def chosen(connection: Connection, query: Select[Any], matches: Matches) -> Select[Any]:
    """Return `query` (see `rows.entries`) for the items in `matches` only.

    A feed mostly wants the newest fifty of very many: then the entries are gone through in their order, and each is
    asked whether it matches. Where few match, that would go through nearly all there are; so those few are sorted.
    """
    if _are_few(connection, matches):
        return query.where(_among(matches))
    return query.where(or_(*(one.where(one.selected_columns.item == identities.c.id).exists() for one in matches)))


def newest_of(connection: Connection, query: Select[Any], kinds: Sequence[Matches], limit: int) -> Sequence[Row[Any]]:
    """Return the newest `limit` rows of `query` (see `rows.entries`), in the order of feeds, that are in all `kinds`.

    What many items have may all be old, as of a source that was removed years ago. So the newest are gone through only
    so far; what is not found there is looked for among all that match.
    """
    first = newest_first(query).limit(limit)
    is_short = not kinds or any(_are_few(connection, one) for one in kinds)
    edge = None if is_short else _edge(connection)
    near = first if edge is None else first.where(identities.c.first_seen >= edge)
    for matches in kinds:
        near = chosen(connection, near, matches)
    rows = connection.execute(near).all()
    if edge is None or len(rows) == limit:
        return rows
    return connection.execute(first.where(*(_among(matches) for matches in kinds))).all()


def _are_few(connection: Connection, matches: Matches) -> bool:
    some = union_all(*matches).limit(RARE).subquery()
    found: int = connection.execute(select(func.count()).select_from(some)).scalar_one()
    return found < RARE


def _among(matches: Matches) -> ColumnElement[bool]:
    return identities.c.id.in_(union_all(*matches))


def _edge(connection: Connection) -> datetime | None:
    """Return when the last of the newest `NEAR` items came, None if there are not so many."""
    nearest = select(identities.c.first_seen).order_by(identities.c.first_seen.desc()).offset(NEAR).limit(1)
    seen: datetime | None = connection.execute(nearest).scalar_one_or_none()
    return seen
