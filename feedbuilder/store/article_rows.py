"""The rows about articles' own pages: which are to be read, what they said, which items wait for theirs.

Owns the tables `articles`, `article_tags` and `aliases`. Decides nothing about what a page means; that is `complete`,
and when one is read is `feedbuilder.pipeline.article_visits`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Integer, Row, Select, bindparam, delete, func, insert, select, update

from feedbuilder.model import (
    ArticleNote,
    ArticleStatement,
    ArticleVisit,
    Completion,
    ImageDetails,
    Precision,
    StoredItem,
)
from feedbuilder.store import media_rows, tag_rows
from feedbuilder.store.database import DialectTraits
from feedbuilder.store.one_of import one_of
from feedbuilder.store.ready import Ready, Session
from feedbuilder.store.rows import digest, identity_row, item_row
from feedbuilder.store.tables import (
    aliases,
    arrivals,
    article_tags,
    articles,
    identities,
    items,
    sources,
    statement_tags,
    statements,
)
from feedbuilder.store.upsert import put

_AGAIN = ("source", "link", "due", "tries", "error")
"""What a plan replaces where a page was read before: what it said, and that the item is published, stays."""
_STATEMENT_COLUMNS = ("title", "summary", "authors", "image", "tags", "content_html", "enclosures", "origins")
RECENT = 500
"""Among how many of the newest items of a source those are looked for whose pages were read last."""
_SETTLED = {"due": None, "error": None, "held_until": None}
"""The state of an article whose page was read: nothing more is to be done, and nothing waits."""


def plan(connection: Connection, dialect: DialectTraits, visits: Iterable[ArticleVisit]) -> None:
    """Note that these article pages are to be read."""
    put(connection, dialect, articles, [_row(one) for one in visits], _AGAIN)


# Made once: to build a statement takes longer than to run it.
_THESE = select(articles).where(one_of(articles.c.item, "ids"))
_READ = _THESE.where(articles.c.read.is_not(None))
_DUE: Select[Any] = (
    select(
        articles,
        identities.c.canonical,
        identities.c.published,
        identities.c.precision,
        statements.c.title.label("listed"),
        statements.c.summary.label("listed_summary"),
    )
    .join(identities, identities.c.id == articles.c.item)
    .outerjoin(statements, (statements.c.item == articles.c.item) & (statements.c.source == articles.c.source))
    .where(articles.c.source == bindparam("of"), articles.c.due <= bindparam("now"))
    .order_by(identities.c.first_seen.desc(), identities.c.published.desc(), identities.c.position)
    .limit(bindparam("most", type_=Integer))
)


def due(connection: Connection, source: str, now: datetime, limit: int) -> list[ArticleVisit]:
    """Return at most `limit` article pages of `source` that are to be read at `now`, the newest items' first."""
    return [_visit(row) for row in connection.execute(_DUE, {"of": source, "now": now, "most": limit})]


def next_due(connection: Connection, source: str) -> datetime | None:
    """Return when the next article page of `source` is to be read, None if there is none."""
    found: datetime | None = connection.execute(
        select(func.min(articles.c.due, type_=articles.c.due.type)).where(articles.c.source == source)
    ).scalar_one()
    return found


def all_next_due(connection: Connection) -> dict[str, datetime]:
    """Return when the next article page of each source is to be read, by source; absent are those without any."""
    # Of each source by itself: an index has its first at hand, while all together would be looked through.
    first = select(func.min(articles.c.due, type_=articles.c.due.type)).where(articles.c.source == sources.c.id)
    query = select(sources.c.id, first.scalar_subquery().label("first"))
    return {row.id: row.first for row in connection.execute(query) if row.first is not None}


_IS_OVERDUE = articles.c.held_until <= bindparam("now")
_IS_UNTRIED = one_of(articles.c.source, "patient") & (articles.c.tries == 0) & articles.c.due.is_not(None)
# As a range: beside other conditions SQLite takes "is not null" for true of most rows, and looks at all of them.
_IS_HELD = (articles.c.held_until >= datetime.min.replace(tzinfo=UTC)) & ~_IS_UNTRIED
# Made once, for publishing begins with one of these.
_ANY_OVERDUE, _ANY_HELD = (Ready(select(articles.c.item).where(one).limit(1)) for one in (_IS_OVERDUE, _IS_HELD))


def release(connection: Connection, now: datetime | None, patient: Collection[str]) -> int:
    """Let items into the feeds, and return how many those are: see `Store.release`."""
    released = update(articles).where(_IS_OVERDUE if now else _IS_HELD).values(held_until=None)
    return connection.execute(released, {"now": now} if now else {"patient": patient}).rowcount


def any_waited(connection: Session, now: datetime | None, patient: Collection[str]) -> bool:
    """Return whether `release` would let any item in."""
    return bool(
        _ANY_OVERDUE.rows(connection, {"now": now}) if now else _ANY_HELD.rows(connection, {"patient": patient})
    )


def waiting(connection: Connection) -> int:
    """Return how many items wait for their own page."""
    query = select(func.count()).select_from(articles).where(articles.c.held_until.is_not(None))
    return connection.execute(query).scalar_one()


def postpone(connection: Connection, visit: ArticleVisit) -> None:
    """Note that a page could not be read, and when it is tried again."""
    row = update(articles).where(articles.c.item == visit.item)
    connection.execute(row.values(tries=visit.tries, error=visit.error, due=visit.due))


def give_up(
    connection: Connection,
    dialect: DialectTraits,
    visit: ArticleVisit,
    item: StoredItem,
    article: ArticleStatement | None,
) -> None:
    """Note that a page is not tried again: its entry becomes `item`, and waits no longer; `article` still holds."""
    put(connection, dialect, items, [item_row(item)])
    said = _statement_columns(article) if article else {}
    row = update(articles).where(articles.c.item == visit.item)
    connection.execute(row.values(tries=visit.tries, error=visit.error, due=None, held_until=None, **said))


def carry_out(
    connection: Connection, dialect: DialectTraits, visit: ArticleVisit, completion: Completion, now: datetime
) -> None:
    """Write what the article's page at `visit` said, and what became of its item, which waits no longer."""
    item, article = completion.identity.id, completion.article
    row = identity_row(completion.identity, announced=False)
    dated = {name: row[name] for name in ("published", "precision", "zone")}
    connection.execute(update(identities).where(identities.c.id == item).values(dated))
    put(connection, dialect, items, [item_row(completion.item)])
    put(
        connection,
        dialect,
        articles,
        [_row(visit) | _statement_columns(article) | _SETTLED | {"item": item, "read": now}],
    )
    media_rows.note(connection, dialect, visit.source, [completion.item], now)
    connection.execute(delete(article_tags).where(article_tags.c.item == item))
    tagged = {"item": item, "first_seen": completion.identity.first_seen}
    put(connection, dialect, article_tags, [tagged | tag for tag in tag_rows.rows(article.tags)], ())


def add_aliases(connection: Connection, dialect: DialectTraits, items: Mapping[str, str]) -> None:
    """Remember further addresses, each of one of `items` (ids); those that are known already stay what they were."""
    rows = [{"digest": digest(one), "canonical": one, "item": item} for one, item in items.items()]
    put(connection, dialect, aliases, rows, ())


def absorb(connection: Connection, dialect: DialectTraits, twin: str, twin_canonical: str, item: str) -> None:
    """Make the unpublished item `twin` part of `item`: its lists, its addresses; nothing else is left of it."""
    have = set(connection.execute(select(statements.c.source).where(statements.c.item == item)).scalars())
    of_twin = connection.execute(select(statements).where(statements.c.item == twin)).mappings().all()
    moved = [dict(row) | {"item": item} for row in of_twin if row["source"] not in have]
    tagged = connection.execute(select(statement_tags).where(statement_tags.c.item == twin)).mappings().all()
    connection.execute(update(aliases).where(aliases.c.item == twin).values(item=item))
    connection.execute(delete(items).where(items.c.id == twin))
    connection.execute(delete(identities).where(identities.c.id == twin))
    if moved:
        connection.execute(insert(statements), moved)
    names = {row["source"] for row in moved}
    seen = connection.execute(select(identities.c.first_seen).where(identities.c.id == item)).scalar_one()
    rows = [dict(row) | {"item": item, "first_seen": seen} for row in tagged if row["source"] in names]
    put(connection, dialect, statement_tags, rows, ())
    add_aliases(connection, dialect, {twin_canonical: item})


def statements_of_articles(connection: Connection, ids: Sequence[str]) -> dict[str, ArticleStatement]:
    """Return what the pages of these items said, by item id; those that were not read are absent."""
    return {row.item: _statement(row) for row in connection.execute(_READ, {"ids": ids})}


def notes(connection: Connection, ids: Sequence[str]) -> dict[str, ArticleNote]:
    """Return how reading the pages of these items went, by id; those that were never to be read are absent."""
    rows = connection.execute(_THESE, {"ids": ids})
    return {row.item: ArticleNote(row.read, row.due, row.error, row.origins or {}) for row in rows}


def titles(connection: Connection, source: str, limit: int) -> list[tuple[str, str]]:
    """Return what the list `source` calls articles, and what their own pages do, of those read last; each known.

    Of the last `RECENT` items that it brought: what is older tells how its list was read once.
    """
    newest_first = select(arrivals.c.item).where(arrivals.c.source == source).order_by(arrivals.c.first_seen.desc())
    came = newest_first.limit(RECENT).subquery()
    query = (
        select(statements.c.title, articles.c.title.label("own"), articles.c.origins)
        .select_from(came)
        .join(articles, articles.c.item == came.c.item)
        .join(statements, (statements.c.item == came.c.item) & (statements.c.source == source))
        .where(statements.c.assumed.is_(False), articles.c.read.is_not(None))
        .where(statements.c.title.is_not(None), articles.c.title.is_not(None))
        .order_by(articles.c.read.desc(), articles.c.item)
        .limit(limit)
    )
    return [
        (row.title, row.own) for row in connection.execute(query) if (row.origins or {}).get("title", "list") != "list"
    ]


def seed_row(item: StoredItem, article: ArticleStatement, now: datetime) -> dict[str, Any]:
    """Return the row of an article that had been read before the store was lost."""
    where = {"item": item.id, "source": item.sources[0], "link": item.link}
    return where | _statement_columns(article) | _SETTLED | {"tries": 0, "read": now}


def _row(visit: ArticleVisit) -> dict[str, Any]:
    return {
        "item": visit.item,
        "source": visit.source,
        "link": visit.link,
        "due": visit.due,
        "tries": visit.tries,
        "error": visit.error,
        "held_until": visit.held_until,
        "authors": (),
        "tags": (),
    }


def _statement_columns(article: ArticleStatement) -> dict[str, Any]:
    columns: dict[str, Any] = {name: getattr(article, name) for name in _STATEMENT_COLUMNS}
    details = article.image_details
    return columns | {"origins": dict(article.origins), "picture": details.known() if details else None}


def _visit(row: Row[Any]) -> ArticleVisit:
    return ArticleVisit(
        item=row.item,
        canonical=row.canonical,
        source=row.source,
        link=row.link,
        title=row.listed,
        published=row.published,
        precision=Precision(row.precision),
        due=row.due,
        tries=row.tries,
        held_until=row.held_until,
        error=row.error,
        summary=row.listed_summary,
    )


def _statement(row: Row[Any]) -> ArticleStatement:
    fields = {name: getattr(row, name) for name in _STATEMENT_COLUMNS}
    details = ImageDetails(**row.picture) if row.picture else None
    return ArticleStatement(**fields | {"origins": row.origins or {}, "image_details": details})
