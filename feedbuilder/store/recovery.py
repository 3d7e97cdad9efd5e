"""Filling a lost store again from what was published.

Owns what has to be assumed: a published entry does not tell which source said which part of it. The files it comes
from are not trusted to agree with each other; reading them is the business of `feeds`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, exists, func, select

from feedbuilder.model import Known, Statement, StoredItem
from feedbuilder.model.wording import tag_key
from feedbuilder.store import tag_rows
from feedbuilder.store.article_rows import seed_row
from feedbuilder.store.database import DialectTraits
from feedbuilder.store.rows import identity_row, item_row, new_source_row, statement_row
from feedbuilder.store.tables import (
    article_tags,
    articles,
    backlogs,
    identities,
    items,
    runs,
    source_tags,
    sources,
    statement_tags,
    statements,
)
from feedbuilder.store.upsert import put


def fill(connection: Connection, dialect: DialectTraits, known: Iterable[Known], now: datetime) -> int:
    """Put `known` into an empty store and return how many items that are; of one id or address the first counts.

    Everything counts as announced, for it was. Each source is assumed to have said the whole entry when that changed
    last; its next reading corrects this (see `Statement.assumed`). All count as seen at `now`, so that nothing is
    forgotten before the pages were read again. An item without a source leaves only its identity.

    Every source has a backlog until it was read; `await_readings` adds those that no entry names.
    """
    chosen = list(_distinct(known))
    remembered = [
        (one.item, assume(one.item, one.statements, now)) for one in chosen if one.item is not None and one.statements
    ]
    rows = [(item.id, statement) for item, statement_list in remembered for statement in statement_list]
    names = sorted({statement.source for _, statement in rows})
    put(connection, dialect, sources, [new_source_row(name, removed=now) for name in names], ())
    put(connection, dialect, identities, [identity_row(one.identity, announced=True) for one in chosen], ())
    put(connection, dialect, items, [item_row(item) for item, _ in remembered], ())
    put(connection, dialect, statements, [statement_row(item, one, listed=False) for item, one in rows], ())
    seen = {one.identity.id: {"item": one.identity.id, "first_seen": one.identity.first_seen} for one in chosen}
    tagged = [{**seen[item], "source": one.source, **tag} for item, one in rows for tag in tag_rows.rows(one.tags)]
    put(connection, dialect, statement_tags, tagged, ())
    read = [(one.item, one.article) for one in chosen if one.item and one.article and one.item.sources]
    put(connection, dialect, articles, [seed_row(item, article, now) for item, article in read], ())
    told_tags = [seen[item.id] | tag for item, article in read for tag in tag_rows.rows(article.tags)]
    put(connection, dialect, article_tags, told_tags, ())
    put(connection, dialect, source_tags, list(_configured([item for item, _ in remembered])), ())
    await_readings(connection, dialect, names)
    return len(remembered)


def await_readings(connection: Connection, dialect: DialectTraits, names: Iterable[str]) -> None:
    """Note, as long as a store just filled has read no page, that these sources have a backlog (see `Backlog`)."""
    if connection.execute(select(runs.c.id).limit(1)).first() is not None:
        return  # asked first, for it is quick
    # Of each source one by one, the first that is found will do: just filled, all are assumed.
    assumed = exists().where(statements.c.source == sources.c.id, statements.c.assumed)
    shown = set(connection.execute(select(sources.c.id).where(assumed)).scalars())
    if not shown:
        return
    first, last = connection.execute(select(func.min(identities.c.first_seen), func.max(identities.c.first_seen))).one()
    rows = [{"source": name, "shown": name in shown, "oldest": first, "newest": last} for name in names]
    put(connection, dialect, backlogs, rows, ())


def _configured(entries: Sequence[StoredItem]) -> Iterator[dict[str, str]]:
    """Yield the tags that were configured for the sources, as rows: what the entries have beside their own.

    A source that is still in the configuration gets its tags from there. One that was removed has no other memory.
    An entry of several sources does not tell whose tag it is; it counts only where a source has no entry of its own.
    """
    by_source: dict[str, list[tuple[bool, dict[str, str]]]] = defaultdict(list)
    for item in entries:
        own = {tag_key(tag) for tag in item.own_tags}
        others = {key: tag for tag in item.tags if (key := tag_key(tag)) and key not in own}
        for source in item.sources:
            by_source[source].append((len(item.sources) == 1, others))
    for source, entries_of in sorted(by_source.items()):
        alone = [given_tags for only, given_tags in entries_of if only]
        names = {
            key: name for given_tags in alone or [one for _, one in entries_of] for key, name in given_tags.items()
        }
        for key, name in sorted(names.items()):
            if alone or all(key in one for _, one in entries_of):
                yield {"source": source, "key": key, "name": name}


def _distinct(known: Iterable[Known]) -> Iterator[Known]:
    ids: set[str] = set()
    canonicals: set[str] = set()
    for one in known:
        if one.identity.id not in ids and one.identity.canonical not in canonicals:
            ids.add(one.identity.id)
            canonicals.add(one.identity.canonical)
            yield one


def assume(item: StoredItem, statements: Iterable[Statement], now: datetime) -> list[Statement]:
    """Return what the sources of the published `item` are assumed to have said, one statement each, by source."""
    # Whoever turns out to have said just this is taken for the one who said it last; the others never did.
    revised = item.changed if item.changed != item.first_seen else None
    by_source = {one.source: one for one in statements}
    return [replace(by_source[name], assumed=True, last_seen=now, revised=revised) for name in sorted(by_source)]
