"""The rows about tags: how items are found by them, how they are spelled, which addresses they were given.

Owns the table `tag_feeds` and the counting of spellings. Decides nothing about what a tag means; that is
`feeds.tagging`, and today's business, not the store's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import Connection, exists, func, select, union

from feedbuilder.model import TagFeed, TagUse
from feedbuilder.model.wording import tag_key, tag_name
from feedbuilder.store.database import DialectTraits
from feedbuilder.store.rows import chunks
from feedbuilder.store.tables import (
    article_tags,
    articles,
    source_counts,
    source_tags,
    sources,
    statement_tags,
    statements,
    tag_counts,
    tag_feeds,
)
from feedbuilder.store.upsert import put

_FIELDS = ("slug", "table", "key", "name")


def rows(names: Iterable[str]) -> list[dict[str, str]]:
    """Return the tags with these names as columns `key` and `name`, each once in its first spelling, sorted by key."""
    named = {tag_key(name): tag_name(name) for name in reversed(tuple(names))}
    return [{"key": key, "name": named[key]} for key in sorted(named) if key]


def uses(connection: Connection, keys: Collection[str] | None = None) -> list[TagUse]:
    """Return how often each tag, or each with one of `keys`, is there in each of its spellings; in no order."""
    if keys is None:
        return list(_uses(connection, None))
    return [use for chunk in chunks(sorted(keys)) for use in _uses(connection, chunk)]


def _uses(connection: Connection, keys: Collection[str] | None) -> Iterator[TagUse]:
    """Yield what items carry themselves, and what sources have from the configuration.

    What sources that were removed had is as good as their items' own.
    """
    own = select(tag_counts)
    counted = func.coalesce(source_counts.c["items"], 0).label("items")
    configured = (
        select(source_tags.c.key, source_tags.c.name, counted, sources.c.removed)
        .join(sources, sources.c.id == source_tags.c.source)
        .outerjoin(source_counts, source_counts.c.source == source_tags.c.source)
    )
    if keys is not None:
        own, configured = own.where(tag_counts.c.key.in_(keys)), configured.where(source_tags.c.key.in_(keys))
    for row in connection.execute(own):
        yield TagUse(row.key, row.name, row.items)
    for row in connection.execute(configured):
        yield TagUse(row.key, tag_name(row.name), row.items, configured=row.removed is None)


def count(connection: Connection, keys: Iterable[str], of: Collection[str]) -> dict[str, int]:
    """Return how many items that wait for nothing, from one of the sources `of` (none: any), carry each of the tags."""
    counts: dict[str, int] = {}
    for chunk in chunks(sorted(keys)):
        carried = union(
            select(statement_tags.c.item, statement_tags.c.key).where(statement_tags.c.key.in_(chunk)),
            select(article_tags.c.item, article_tags.c.key).where(article_tags.c.key.in_(chunk)),
            select(statements.c.item, source_tags.c.key)
            .join(source_tags, source_tags.c.source == statements.c.source)
            .where(source_tags.c.key.in_(chunk)),
        ).subquery()
        waiting = exists().where(articles.c.item == carried.c.item, articles.c.held_until.is_not(None))
        query = select(carried.c.key, func.count().label("items")).where(~waiting).group_by(carried.c.key)
        if of:
            query = query.where(exists().where(statements.c.item == carried.c.item, statements.c.source.in_(of)))
        counts |= {row.key: row.items for row in connection.execute(query)}
    return counts


def known_feeds(connection: Connection) -> list[TagFeed]:
    """Return the addresses that tags were ever given, sorted by slug."""
    found = connection.execute(select(tag_feeds).order_by(tag_feeds.c.slug))
    return [TagFeed(**{name: row[name] for name in _FIELDS}) for row in found.mappings()]


def remember_feeds(connection: Connection, dialect: DialectTraits, addresses: Iterable[TagFeed]) -> None:
    """Remember these addresses; those that are known stay as they are."""
    put(connection, dialect, tag_feeds, [{name: getattr(one, name) for name in _FIELDS} for one in addresses], ())
