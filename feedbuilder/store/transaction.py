"""Carrying out what was decided, all or nothing.

Owns the rows that one reading of a page writes. What did not change is not written again: a poll without news writes of
its source and its run, and nothing else. Decides nothing about what items mean; that is `merge`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from feedbuilder.model import (
    AddressRule,
    ArticleStatement,
    ArticleVisit,
    Backlog,
    Change,
    Changes,
    Completion,
    Edition,
    HealthEvent,
    Identity,
    KeptPage,
    Known,
    ListMemory,
    Run,
    SourceState,
    Standing,
    StoredItem,
)
from feedbuilder.store import (
    address_rows,
    article_rows,
    card_rows,
    edition_rows,
    health_rows,
    kept_rows,
    known_rows,
    list_rows,
    listed_rows,
    media_rows,
    tag_rows,
)
from feedbuilder.store.database import DialectTraits
from feedbuilder.store.differences import is_redated, is_restated, is_reworded
from feedbuilder.store.one_of import one_of
from feedbuilder.store.ready import Ready
from feedbuilder.store.rows import (
    RUN_COLUMNS,
    identity_row,
    item_row,
    new_source_row,
    run_row,
    state_row,
    statement_row,
)
from feedbuilder.store.tables import backlogs, identities, items, runs, sources, statement_tags, statements
from feedbuilder.store.upsert import put

RUNS_KEPT = 200
"""How many runs of each source are remembered."""


# Made once: to build a statement and to find out that it is one seen before takes longer than to run it.
_BACKLOG = Ready(select(backlogs).where(backlogs.c.source == bindparam("of")))
_CAUGHT_UP = Ready(delete(backlogs).where(backlogs.c.source == bindparam("of")))
_UNTAGGED = Ready(
    delete(statement_tags).where(statement_tags.c.source == bindparam("of"), one_of(statement_tags.c.item, "ids"))
)
_STATE = Ready(update(sources).where(sources.c.id == bindparam("of")), tuple(state_row(SourceState(""))))
_ADDED_RUN = Ready(insert(runs).inline(), RUN_COLUMNS)
_OLDEST_RUN = select(runs.c.id).where(runs.c.source == bindparam("of")).order_by(runs.c.id.desc())
_OLD_RUNS = Ready(
    delete(runs).where(
        runs.c.source == bindparam("of"), runs.c.id < _OLDEST_RUN.limit(1).offset(RUNS_KEPT - 1).scalar_subquery()
    )
)


class SqlTransaction:
    """Answers `feedbuilder.pipeline.ports.Transaction`, which says what its methods promise."""

    def __init__(self, connection: Connection, dialect: DialectTraits) -> None:
        self._connection = connection
        self._dialect = dialect
        self._known: dict[str, Known] = {}
        self._listed: dict[str, set[str]] = {}
        self._met: set[str] = set()
        self._caught_up: set[str] = set()
        """Sources that were seen to have no backlog."""
        self._untaught: set[str] = set()
        """Those that were seen to have learnt nothing about their addresses."""

    def known(self, canonicals: Iterable[str]) -> Mapping[str, Known]:
        """See `Transaction.known`."""
        found = known_rows.known_at(self._connection, canonicals)
        self._known |= {known.identity.canonical: known for known in found.values()}
        return found

    def known_item(self, item: str) -> Known | None:
        """See `Transaction.known_item`."""
        return next(iter(known_rows.known_of(self._connection, [item])), None)

    def address_rules(self, source: str) -> tuple[AddressRule, ...]:
        """See `Transaction.address_rules`."""
        return () if source in self._untaught else address_rows.rules_of(self._connection, source)

    def learn(self, source: str, rules: Iterable[AddressRule]) -> None:
        """See `Transaction.learn`."""
        self._meet(source)
        self._untaught.discard(source)
        address_rows.remember_rules(self._connection, self._dialect, source, rules)

    def candidates(
        self, source: str, titles: Collection[str], resolved: Collection[str], keys: Collection[str] = ()
    ) -> list[Known]:
        """See `Transaction.candidates`."""
        called, by_key = known_rows.meant(self._connection, source, titles, keys)
        own = {*self._listed_by(source), *called}
        found = known_rows.known_of(self._connection, (own | by_key) - set(resolved))
        self._known |= {known.identity.canonical: known for known in found}
        return sorted(
            found,
            key=lambda one: (one.identity.id in own, one.identity.first_seen, -one.identity.position),
            reverse=True,
        )

    def backlog(self, source: str) -> Backlog | None:
        """See `Transaction.backlog`."""
        if source in self._caught_up:
            return None
        row = next(iter(_BACKLOG.rows(self._connection, {"of": source})), None)
        if row is None:
            self._caught_up.add(source)
        return Backlog(row.shown, row.oldest, row.newest) if row else None

    def apply(self, changes: Changes) -> None:
        """See `Transaction.apply`."""
        self._meet(changes.source)
        before = [self._known.get(change.identity.canonical) for change in changes.changes]
        pairs = list(zip(changes.changes, before, strict=True))
        redated = [one.identity for one, known in pairs if is_redated(one, known)]
        # `announced` is left out of what an upsert replaces: only `announce` may set it.
        self._put(
            identities, [identity_row(one, announced=False) for one in redated], ("published", "precision", "zone")
        )
        self._put(items, [item_row(one.item) for one, known in pairs if is_reworded(one, known)])
        restated = [one for one, known in pairs if is_restated(one, known)]
        if shown := [one.item for one in restated if one.item.enclosures]:
            media_rows.note(self._connection, self._dialect, changes.source, shown, changes.now)
        self._put(statements, [statement_row(one.identity.id, one.statement, listed=True) for one in restated])
        self._tag(changes.source, restated, {one.identity.id for one, known in pairs if known is None})
        ids = {*changes.standing, *(one.identity.id for one in changes.changes)}
        self._list(changes.source, ids, {one.identity.id for one in restated})
        if changes.source not in self._caught_up:
            _CAUGHT_UP.run(self._connection, {"of": changes.source})

    def standing(self, source: str) -> dict[str, Standing]:
        """See `Transaction.standing`."""
        return {mark: Standing(item, dated) for item, mark, dated, *_ in self._look_at(source) if mark is not None}

    def all_stand(self, source: str, count: int) -> bool:
        """See `Transaction.all_stand`."""
        return listed_rows.all_stand(self._connection, source, count)

    def stand(self, source: str, marks: Mapping[str, str]) -> None:
        """See `Transaction.stand`."""
        listed_rows.note_standing(self._connection, source, marks)

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

    def add_aliases(self, items: Mapping[str, str]) -> None:
        """See `Transaction.add_aliases`."""
        article_rows.add_aliases(self._connection, self._dialect, items)

    def absorb(self, twin: Identity, item: str) -> None:
        """See `Transaction.absorb`."""
        article_rows.absorb(self._connection, self._dialect, twin.id, twin.canonical, item)

    def _list(self, source: str, ids: AbstractSet[str], written: AbstractSet[str]) -> None:
        """Note that `source` lists exactly the items `ids`; rows that were `written` say so already."""
        before = self._listed_by(source)
        listed_rows.note_unlisted(self._connection, source, before - ids)
        listed_rows.note_listed(self._connection, source, ids - before - written)
        self._listed[source] = set(ids)

    def _listed_by(self, source: str) -> set[str]:
        """Return the ids of the items that `source` lists."""
        if source not in self._listed:
            self._look_at(source)
        return self._listed[source]

    def _look_at(self, source: str) -> Sequence[Any]:
        """Return what `source` lists, and take down what is told with it: whether there is more to be asked of it."""
        there, rows = listed_rows.listed(self._connection, source)
        self._listed[source] = {item for item, *_ in rows}
        if there is not None:
            self._met.add(source)
        if there is None or not there.has_backlog:
            self._caught_up.add(source)
        if there is None or not there.has_rules:
            self._untaught.add(source)
        return rows

    def _tag(self, source: str, restated: Sequence[Change], new: AbstractSet[str]) -> None:
        """Bring the rows by which items are found under their own tags up to what was said; the `new` have none yet."""
        if known := [one.identity.id for one in restated if one.identity.id not in new]:
            _UNTAGGED.run(self._connection, {"of": source, "ids": known})
        rows = [
            {"item": one.identity.id, "source": source, "first_seen": one.identity.first_seen, **tag}
            for one in restated
            for tag in tag_rows.rows(one.statement.tags)
        ]
        self._put(statement_tags, rows, ())

    def remember_list(self, source: str, memory: ListMemory) -> None:
        """See `Transaction.remember_list`."""
        self._meet(source)
        list_rows.remember(self._connection, self._dialect, source, memory)

    def keep_page(self, source: str, page: KeptPage) -> None:
        """See `Transaction.keep_page`."""
        self._meet(source)
        kept_rows.keep(self._connection, self._dialect, source, page)

    def forget_pages(self, source: str) -> None:
        """See `Transaction.forget_pages`."""
        kept_rows.forget(self._connection, source)
        card_rows.forget(self._connection, source)

    def keep_cards(self, source: str, cards: bytes) -> None:
        """See `Transaction.keep_cards`."""
        self._meet(source)
        card_rows.keep(self._connection, self._dialect, source, cards)

    def remember_edition(self, source: str, edition: Edition) -> None:
        """See `Transaction.remember_edition`."""
        self._meet(source)
        edition_rows.remember(self._connection, self._dialect, source, edition)

    def record(self, run: Run, state: SourceState) -> None:
        """See `Transaction.record`."""
        row = {"of": run.source, **state_row(state)}
        if _STATE.run(self._connection, row) == 0:
            self._meet(run.source)
            _STATE.run(self._connection, row)
        _ADDED_RUN.run(self._connection, run_row(run))
        _OLD_RUNS.run(self._connection, {"of": run.source})

    def tell(self, events: Collection[HealthEvent]) -> None:
        """See `Transaction.tell`."""
        for source in {event.source for event in events}:
            self._meet(source)
        health_rows.add(self._connection, events)

    def _meet(self, source: str) -> None:
        """Make sure that `source` has a row for others to point to."""
        if source not in self._met:
            self._put(sources, [new_source_row(source)], ())
            self._met.add(source)

    def _put(self, table: Table, rows: Sequence[Mapping[str, Any]], replaced: Sequence[str] | None = None) -> None:
        """Insert `rows`; where one is there already, replace the columns `replaced`, all but its key by default."""
        put(self._connection, self._dialect, table, rows, replaced)
