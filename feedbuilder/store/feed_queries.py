"""Which entries a feed asks for, and the quickest way to them.

Owns the order of feeds, the conditions on tags and sources, and the choice between two ways of answering them. Decides
nothing else about feeds; that is `feeds.routing`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Tuple,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)

from feedbuilder.model import Sight
from feedbuilder.store.rows import entries
from feedbuilder.store.tables import article_tags, articles, identities, source_tags, statement_tags, statements

RARE = 2000
"""How many items are few: so many are found and sorted sooner than a hundred thousand are looked through."""


Names = Collection[str] | BindParameter[Any]
"""Keys or ids; or what stands for them in a statement that is made once."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Which items are wanted: those with tags of their own, and those that come from sources."""

    keys: Names | None
    """The keys of the tags; None where none will do."""
    sources: Names | Select[Any]
    """The ids of sources."""

    @property
    def tagged(self) -> tuple[Select[Any], ...]:
        """Return queries of items with tags of their own, in a column `item`."""
        if self.keys is None:
            return ()
        return tuple(select(table.c.item).where(table.c.key.in_(self.keys)) for table in (statement_tags, article_tags))

    @property
    def matches(self) -> tuple[Select[Any], ...]:
        """Return queries of item ids in a column `item`; what one of them finds is wanted."""
        return (*self.tagged, select(statements.c.item).where(statements.c.source.in_(self.sources)))


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


def tagged(keys: Names) -> Kind:
    """Return the items that have one of the tags with these keys, and those of sources that have it as configured."""
    return Kind(keys, select(source_tags.c.source).where(source_tags.c.key.in_(keys)))


def coming_from(ids: Names) -> Kind:
    """Return the items that one of these sources has listed."""
    return Kind(None, ids)


def newest_but(
    table: FromClause,
    is_meant: ColumnElement[bool],
    count: BindParameter[Any] | int,
    *,
    before: BindParameter[Any] | None = None,
) -> Select[Any]:
    """Return the query of when the newest item of `table` (with `first_seen` and `item`) came but `count` newer ones.

    Each item is counted once, in however many rows it is; those that came at `before` or later not at all.
    """
    seen, item = table.c.first_seen, table.c.item
    query = select(seen).where(is_meant).group_by(seen, item).order_by(seen.desc(), item.desc())
    return (query if before is None else query.where(seen < before)).limit(1).offset(count)


def chosen(connection: Connection, query: Select[Any], kind: Kind) -> Select[Any]:
    """Return `query` (of `identities` and more) for the items of `kind` only.

    A feed mostly wants the newest fifty of very many: then the entries are gone through in their order, and each is
    asked whether it matches. Where few match, that would go through nearly all there are; so those few are sorted.
    """
    if are_few(connection, kind.matches):
        return query.where(among(kind))
    return query.where(matching(kind))


def are_few(connection: Connection, matches: Sequence[Select[Any]]) -> bool:
    """Return whether `matches` find so few items that they are best all looked at."""
    return not matches or connection.execute(some_of(matches)).scalar_one() < RARE


def some_of(matches: Sequence[Select[Any]]) -> Select[Any]:
    """Return the query of how many items `matches` find, as far as `RARE`."""
    return select(func.count()).select_from(union_all(*matches).limit(RARE).subquery())


def among(kind: Kind) -> ColumnElement[bool]:
    """Return the condition that an item is one of `kind`, for queries that best begin with those."""
    return identities.c.id.in_(union_all(*kind.matches))


def matching(kind: Kind) -> ColumnElement[bool]:
    """Return the condition that an item is one of `kind`, for queries that go through all in their order."""
    of_sources = select(statements.c.item).where(statements.c.source.in_(kind.sources))
    ways = [of_sources.where(statements.c.item == identities.c.id)]
    if kind.keys is not None:
        for table in (statement_tags, article_tags):
            # By its item: SQLite would sooner go through all that have the tag, were its key one that an index knows.
            key = func.coalesce(table.c.key, "")
            ways.append(select(table.c.item).where(key.in_(kind.keys), table.c.item == identities.c.id))
    return or_(*(one.exists() for one in ways))
