"""What is known of stories: their identities and entries, and all that was said of them, as merging needs it.

Owns how stories are found: by an address of theirs, by their ids, by what a list called them. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, literal_column, null, select, union_all

from feedbuilder.model import Known, Statement
from feedbuilder.store.article_rows import statements_of_articles
from feedbuilder.store.last_seen import LAST_SEEN
from feedbuilder.store.one_of import one_of
from feedbuilder.store.ready import Ready
from feedbuilder.store.rows import ENTRY, RowReader, digest, identity_of
from feedbuilder.store.tables import aliases, articles, identities, items, sources, statements

_SAID: tuple[ColumnElement[Any], ...] = tuple(
    LAST_SEEN if field.name == "last_seen" else statements.c[field.name] for field in fields(Statement)
)
"""In the order of a statement's fields, the source first."""
_FIRST_SAID = len(ENTRY) + 2

# Made once: to build a statement and to find out that it is one seen before takes longer than to run it.
_KNOWN = Ready(
    select(*ENTRY, identities.c.announced, articles.c.due, *_SAID)
    .select_from(
        identities.outerjoin(items, items.c.id == identities.c.id)
        .outerjoin(articles, articles.c.item == items.c.id)
        .outerjoin(statements, statements.c.item == identities.c.id)
        .outerjoin(sources, sources.c.id == statements.c.source)
    )
    .where(one_of(identities.c.id, "ids"))
)
_BY_ADDRESS = Ready(
    union_all(
        select(identities.c.id, null().label("alias")).where(one_of(identities.c.digest, "digests")),
        select(aliases.c.item, aliases.c.canonical).where(one_of(aliases.c.digest, "digests")),
    )
)
_CALLED = select(statements.c.item, literal_column("0")).where(
    statements.c.source == bindparam("of"), one_of(statements.c.title, "titles")
)
_BEGINNING = 200
"""Letters of a title by which the index `searched_titles` knows it on PostgreSQL."""
_BEGINNING_SO = one_of(  # in the words of the index, which knows no parameter
    func.left(statements.c.title, literal_column(str(_BEGINNING))), "beginnings"
)
_BY_KEY = select(aliases.c.item, literal_column("1")).where(one_of(aliases.c.digest, "digests"))
_MEANT = {
    "sqlite": Ready(union_all(_CALLED, _BY_KEY)),
    "postgresql": Ready(union_all(_CALLED.where(_BEGINNING_SO), _BY_KEY)),
}


def known_at(connection: Connection, canonicals: Iterable[str]) -> dict[str, Known]:
    """Return what is known of these addresses; those never seen are absent.

    An address that is one story's own and a further one of another is the former's.
    """
    digests = [digest(one) for one in dict.fromkeys(canonicals)]
    found = _BY_ADDRESS.rows(connection, {"digests": digests}) if digests else []
    stories = {one.identity.id: one for one in known_of(connection, {item for item, _ in found})}
    further = {alias: stories[item] for item, alias in found if alias is not None}
    return further | {stories[item].identity.canonical: stories[item] for item, alias in found if alias is None}


def known_of(connection: Connection, ids: Collection[str]) -> list[Known]:
    """Return what is known of the items with these ids, in no order."""
    if not ids:
        return []
    rows: dict[str, Any] = {}
    said: dict[str, list[Statement]] = {}
    for row in _KNOWN.rows(connection, {"ids": sorted(ids)}):
        rows.setdefault(row.id, row)
        listed = said.setdefault(row.id, [])
        if row[_FIRST_SAID] is not None:
            listed.append(Statement(*row[_FIRST_SAID:]))
    for listed in said.values():
        listed.sort(key=attrgetter("source"))
    remembered = [row for row in rows.values() if row.link is not None]
    entries_of = {one.id: one for one in RowReader(connection).stored_items(remembered, said)}
    read = [row.id for row in remembered if row.read is not None]
    articles_of = statements_of_articles(connection, read) if read else {}
    return [
        Known(
            identity_of(row),
            entries_of.get(item),
            tuple(said[item]),
            row.announced,
            articles_of.get(item),
            row.due is not None,
        )
        for item, row in rows.items()
    ]


def meant(
    connection: Connection, source: str, titles: Collection[str], keys: Collection[str]
) -> tuple[set[str], set[str]]:
    """Return the ids of the items that `source` ever listed under one of `titles`, and of those known by `keys`."""
    if not titles and not keys:
        return set(), set()
    values: dict[str, Any] = {"of": source, "titles": titles, "digests": [digest(key) for key in keys]}
    if connection.dialect.name == "postgresql":
        values["beginnings"] = [title[:_BEGINNING] for title in titles]
    found = _MEANT[connection.dialect.name].rows(connection, values)
    return {item for item, by_key in found if not by_key}, {item for item, by_key in found if by_key}
