"""Filling a lost store again from what was published.

Owns what has to be assumed: a published entry does not tell which source said which part of it. The files it comes
from are not trusted to agree with each other; reading them is the business of `feeds`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from feedbuilder.model import Known, Statement, StoredItem
from feedbuilder.model.text import tag_key
from feedbuilder.store.database import Speech
from feedbuilder.store.rows import identity_row, item_row, new_source_row, statement_row
from feedbuilder.store.schema import identities, items, sources, statement_tags, statements
from feedbuilder.store.transaction import put


def fill(connection: Connection, speech: Speech, known: Iterable[Known], now: datetime) -> int:
    """Put `known` into an empty store and return how many items that are; of one id or address the first counts.

    Everything counts as announced, for it was. Each source is assumed to have said the whole entry when that changed
    last; its next reading corrects this (see `Statement.assumed`). All count as seen at `now`, so that nothing is
    forgotten before the pages were read again. An item without a source leaves only its identity.
    """
    chosen = list(_distinct(known))
    told = [
        (one.item, assume(one.item, one.statements, now)) for one in chosen if one.item is not None and one.statements
    ]
    said = [(item.id, statement) for item, statement_list in told for statement in statement_list]
    names = sorted({statement.source for _, statement in said})
    put(connection, speech, sources, [new_source_row(name, removed=now) for name in names], ())
    put(connection, speech, identities, [identity_row(one.identity, announced=True) for one in chosen], ())
    put(connection, speech, items, [item_row(item) for item, _ in told], ())
    put(connection, speech, statements, [statement_row(item, one, listed=False) for item, one in said], ())
    keys = [(item, one.source, key) for item, one in said for key in sorted({tag_key(tag) for tag in one.tags} - {""})]
    put(
        connection,
        speech,
        statement_tags,
        [{"item": item, "source": source, "key": key} for item, source, key in keys],
        (),
    )
    return len(told)


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
