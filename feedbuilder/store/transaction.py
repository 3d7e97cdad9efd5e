"""Carrying out what was decided, all or nothing.

Owns the rows that one reading of a page writes. What did not change is not written again: a poll without news touches
the dates of what is listed, and nothing else. Decides nothing about what items mean; that is `merge`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, select, update

from feedbuilder.model import (
    AddressRule,
    ArticleStatement,
    ArticleVisit,
    Backlog,
    Change,
    Changes,
    Completion,
    Identity,
    Known,
    ListMemory,
    Run,
    SourceState,
    Statement,
    StoredItem,
)
from feedbuilder.store import address_rows, article_rows, list_rows, tag_rows
from feedbuilder.store.database import DialectTraits
from feedbuilder.store.rows import (
    RowReader,
    chunks,
    digest,
    entries,
    identity_of,
    identity_row,
    item_row,
    new_source_row,
    run_row,
    state_row,
    statement_of,
    statement_row,
)
from feedbuilder.store.tables import aliases, backlogs, identities, items, runs, sources, statement_tags, statements
from feedbuilder.store.upsert import put

RUNS_KEPT = 200
"""How many runs of each source are remembered."""


class SqlTransaction:
    """Answers `feedbuilder.pipeline.ports.Transaction`, which says what its methods promise."""

    def __init__(self, connection: Connection, dialect: DialectTraits) -> None:
        self._connection = connection
        self._dialect = dialect
        self._known: dict[str, Known] = {}

    def known(self, canonicals: Iterable[str]) -> Mapping[str, Known]:
        """See `Transaction.known`."""
        found: dict[str, Known] = {}
        for chunk in chunks(dict.fromkeys(canonicals)):
            own = self._known_of(identities.c.digest.in_([digest(one) for one in chunk]))
            found |= {known.identity.canonical: known for known in own}
            found |= self._by_alias([one for one in chunk if one not in found])
        self._known |= {known.identity.canonical: known for known in found.values()}
        return found

    def known_item(self, item: str) -> Known | None:
        """See `Transaction.known_item`."""
        return next(iter(self._known_of(identities.c.id == item)), None)

    def address_rules(self, source: str) -> tuple[AddressRule, ...]:
        """See `Transaction.address_rules`."""
        return address_rows.rules_of(self._connection, source)

    def learn(self, source: str, rules: Iterable[AddressRule]) -> None:
        """See `Transaction.learn`."""
        self._meet(source)
        address_rows.remember_rules(self._connection, self._dialect, source, rules)

    def candidates(self, source: str, titles: Collection[str], resolved: Collection[str]) -> list[Known]:
        """See `Transaction.candidates`."""
        ids = address_rows.candidates(self._connection, source, titles, resolved)
        found = [known for chunk in chunks(ids) for known in self._known_of(identities.c.id.in_(chunk))]
        self._known |= {known.identity.canonical: known for known in found}
        return sorted(found, key=lambda known: (known.identity.first_seen, -known.identity.position), reverse=True)

    def backlog(self, source: str) -> Backlog | None:
        """See `Transaction.backlog`."""
        row = self._connection.execute(select(backlogs).where(backlogs.c.source == source)).one_or_none()
        return Backlog(row.shown, row.oldest, row.newest) if row else None

    def _by_alias(self, canonicals: Sequence[str]) -> dict[str, Known]:
        """Return what is known of articles under further addresses of theirs, by those."""
        query = select(aliases).where(aliases.c.digest.in_([digest(one) for one in canonicals]))
        items_by_alias = {row.canonical: row.item for row in self._connection.execute(query)}
        if not items_by_alias:
            return {}
        known = {one.identity.id: one for one in self._known_of(identities.c.id.in_(set(items_by_alias.values())))}
        return {canonical: known[item] for canonical, item in items_by_alias.items()}

    def _known_of(self, condition: ColumnElement[bool]) -> list[Known]:
        rows = self._connection.execute(select(identities).where(condition)).all()
        ids = [row.id for row in rows]
        texts = self._connection.execute(entries().where(identities.c.id.in_(ids))).all()
        remembered = {item.id: item for item in RowReader(self._connection).stored_items(texts)}
        statements_of: dict[str, list[Statement]] = defaultdict(list)
        query = select(statements).where(statements.c.item.in_(ids)).order_by(statements.c.source)
        for row in self._connection.execute(query):
            statements_of[row.item].append(statement_of(row))
        articles_of = article_rows.statements_of_articles(self._connection, ids)
        awaited = article_rows.awaited(self._connection, ids)
        return [
            Known(
                identity_of(row),
                remembered.get(row.id),
                tuple(statements_of[row.id]),
                row.announced,
                articles_of.get(row.id),
                row.id in awaited,
            )
            for row in rows
        ]

    def apply(self, changes: Changes) -> None:
        """See `Transaction.apply`."""
        self._meet(changes.source)
        before = [self._known.get(change.identity.canonical) for change in changes.changes]
        pairs = list(zip(changes.changes, before, strict=True))
        redated = [one.identity for one, known in pairs if known is None or known.identity != one.identity]
        # `announced` is left out of what an upsert replaces: only `announce` may set it.
        self._put(
            identities, [identity_row(one, announced=False) for one in redated], ("published", "precision", "zone")
        )
        self._put(items, [item_row(one.item) for one, known in pairs if _is_reworded(one, known)])
        restated = [one for one, known in pairs if _is_restated(one, known)]
        self._put(statements, [statement_row(one.identity.id, one.statement, listed=True) for one in restated])
        self._tag([(one.identity.id, one.statement) for one in restated])
        self._list(changes.source, [one.identity.id for one in changes.changes], changes.now)
        self._connection.execute(delete(backlogs).where(backlogs.c.source == changes.source))

    def plan(self, planned: Iterable[ArticleVisit]) -> None:
        """See `Transaction.plan`."""
        article_rows.plan(self._connection, self._dialect, planned)

    def postpone(self, visit: ArticleVisit) -> None:
        """See `Transaction.postpone`."""
        article_rows.postpone(self._connection, visit)

    def give_up(self, visit: ArticleVisit, item: StoredItem, article: ArticleStatement | None) -> None:
        """See `Transaction.give_up`."""
        article_rows.give_up(self._connection, self._dialect, visit, item, article)

    def complete(self, visit: ArticleVisit, completion: Completion, now: datetime) -> None:
        """See `Transaction.complete`."""
        article_rows.carry_out(self._connection, self._dialect, visit, completion, now)

    def count_bug(self, source: str) -> None:
        """See `Transaction.count_bug`."""
        row = update(sources).where(sources.c.id == source)
        self._connection.execute(row.values(bugs=sources.c.bugs + 1))

    def add_alias(self, canonical: str, item: str) -> None:
        """See `Transaction.add_alias`."""
        article_rows.add_alias(self._connection, self._dialect, canonical, item)

    def absorb(self, twin: Identity, item: str) -> None:
        """See `Transaction.absorb`."""
        article_rows.absorb(self._connection, self._dialect, twin.id, twin.canonical, item)

    def _list(self, source: str, ids: Sequence[str], now: datetime) -> None:
        """Note that `source` lists exactly the items `ids` at `now`."""
        of_source = update(statements).where(statements.c.source == source)
        listed = select(statements.c.item).where(statements.c.source == source, statements.c.listed)
        gone = sorted(set(self._connection.execute(listed).scalars()) - set(ids))
        for chunk in chunks(gone):
            self._connection.execute(of_source.where(statements.c.item.in_(chunk)).values(listed=False))
        for chunk in chunks(ids):
            self._connection.execute(of_source.where(statements.c.item.in_(chunk)).values(listed=True, last_seen=now))

    def _tag(self, restated: Sequence[tuple[str, Statement]]) -> None:
        """Bring the rows by which items are found under their own tags up to what was said."""
        for chunk in chunks(restated):
            source = chunk[0][1].source
            old = delete(statement_tags).where(statement_tags.c.source == source)
            self._connection.execute(old.where(statement_tags.c.item.in_([item for item, _ in chunk])))
        rows = [
            {"item": item, "source": statement.source, **tag}
            for item, statement in restated
            for tag in tag_rows.rows(statement.tags)
        ]
        self._put(statement_tags, rows, ())

    def still_listed(self, source: str, now: datetime) -> None:
        """See `Transaction.still_listed`."""
        listed = update(statements).where(statements.c.source == source, statements.c.listed)
        self._connection.execute(listed.values(last_seen=now))

    def remember_list(self, source: str, memory: ListMemory) -> None:
        """See `Transaction.remember_list`."""
        self._meet(source)
        list_rows.remember(self._connection, self._dialect, source, memory)

    def record(self, run: Run, state: SourceState) -> None:
        """See `Transaction.record`."""
        self._meet(run.source)
        self._connection.execute(update(sources).where(sources.c.id == run.source).values(**state_row(state)))
        self._connection.execute(insert(runs).values(**run_row(run)))
        of_source = select(runs.c.id).where(runs.c.source == run.source)
        oldest = of_source.order_by(runs.c.id.desc()).limit(1).offset(RUNS_KEPT - 1).scalar_subquery()
        self._connection.execute(delete(runs).where(runs.c.source == run.source, runs.c.id < oldest))

    def _meet(self, source: str) -> None:
        """Make sure that `source` has a row for others to point to."""
        self._put(sources, [new_source_row(source)], ())

    def _put(self, table: Table, rows: Sequence[Mapping[str, Any]], replaced: Sequence[str] | None = None) -> None:
        """Insert `rows`; where one is there already, replace the columns `replaced`, all but its key by default."""
        put(self._connection, self._dialect, table, rows, replaced)


def _is_reworded(change: Change, known: Known | None) -> bool:
    """Return whether the row of the item's texts is another than before."""
    return known is None or known.item is None or item_row(known.item) != item_row(change.item)


def _is_restated(change: Change, known: Known | None) -> bool:
    """Return whether the source says anything else than before; when it said it last is written for all at once."""
    if known is None:
        return True
    former = next((one for one in known.statements if one.source == change.statement.source), None)
    return former is None or replace(former, last_seen=change.statement.last_seen) != change.statement
