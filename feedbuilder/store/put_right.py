"""What a wrong clock has left in the store: moments that lie in the future, put right when the clock is right again.

Owns which moments may lie in the future and what becomes of those that may not. That the clock is right now, the
caller has to know: with a wrong one this would do what it is to mend.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, Table, bindparam, delete, func, select, update

from feedbuilder.model import Precision
from feedbuilder.model.future_dates import FUTURE_TOLERANCE
from feedbuilder.store.columns import UtcMoment
from feedbuilder.store.tables import (
    archive_pages,
    arrivals,
    article_tags,
    articles,
    host_waits,
    identities,
    metadata,
    sources,
    statement_tags,
    statements,
)

_MICROSECOND = timedelta(microseconds=1)

_WAITS = frozenset(
    {sources.c.next_due, sources.c.blocked_until, articles.c.due, articles.c.held_until, host_waits.c.until}
)
"""What is to come."""
_KEPT = (arrivals, article_tags, statement_tags)
"""Tables whose moments are those of other tables, which the database holds them to."""
_DATES = frozenset({identities.c.published, statements.c.dated, archive_pages.c.first_seen, archive_pages.c.published})
"""What a site said, and where an item stands by that. Every moment that is neither was observed: it has passed."""


def newest_moment(connection: Connection) -> datetime | None:
    """Return the newest moment at which a source was read or an item came, None before the first."""
    moments = [
        connection.execute(select(func.max(column))).scalar()
        for column in (sources.c.last_run, identities.c.first_seen)
    ]
    return max((moment for moment in moments if moment is not None), default=None)


def put_right(connection: Connection, now: datetime) -> int:
    """Put right what lies in the future at `now`; return how many different moments that were.

    Moments keep their order and, as far as there is room since the newest that has passed, their distances; the last
    has just passed. Sources that were read in the future are due, ask for their page anew, and wait for nothing. A date
    of publication in the future is taken back: it is that of first sight, as of an item without a date, until the next
    reading of its list says it again.
    """
    observed = [column for column in _moments() if column not in _WAITS and column not in _DATES]
    mapping = _mapping(connection, observed, now)
    if not mapping:
        return 0
    void = {"next_due": None, "blocked_until": None, "failures": 0, "etag": None, "last_modified": None}
    connection.execute(update(sources).where(sources.c.last_run > now).values(void))
    for column in (articles.c.due, articles.c.held_until):
        connection.execute(update(articles).where(column > now).values({column.name: now}))
    connection.execute(delete(host_waits).where(host_waits.c.since > now))
    _redate(connection, mapping, now)
    for column in observed:
        _replace(connection, column, mapping, now)
    _move_archive_pages(connection, now)
    return len(mapping)


def _moments() -> Iterator[Column[datetime]]:
    for table in metadata.sorted_tables:
        if table not in _KEPT:
            yield from (column for column in table.columns if isinstance(column.type, UtcMoment))


def _replace(
    connection: Connection, column: Column[datetime], mapping: Mapping[datetime, datetime], now: datetime
) -> None:
    table = column.table
    assert isinstance(table, Table)
    keys = list(table.primary_key)
    rows = connection.execute(select(*keys, column).where(column > now)).all()
    if rows:
        here = [key == bindparam(f"key_{place}") for place, key in enumerate(keys)]
        values = [
            {**{f"key_{place}": key for place, key in enumerate(row[:-1])}, "right": mapping[row[-1]]} for row in rows
        ]
        connection.execute(update(table).where(*here).values({column.name: bindparam("right")}), values)


def _mapping(connection: Connection, observed: list[Column[datetime]], now: datetime) -> Mapping[datetime, datetime]:
    """Return what each moment after `now` becomes: one that has passed, later than all that had passed before."""
    future: set[datetime] = set()
    passed: set[datetime] = set()
    for column in observed:
        future |= set(connection.execute(select(column).where(column > now).distinct()).scalars())
        latest = connection.execute(select(func.max(column)).where(column <= now)).scalar()
        passed |= {latest} if latest else set()
    if not future:
        return {}
    end = now - _MICROSECOND  # what is read next comes after it
    last, floor = max(future), max(passed, default=now - (max(future) - min(future)) - timedelta(days=1))
    return {
        moment: min(end, max(end - (last - moment), floor + place * _MICROSECOND))
        for place, moment in enumerate(sorted(future), 1)
    }


def _redate(connection: Connection, mapping: Mapping[datetime, datetime], now: datetime) -> None:
    """Give items their dates of publication anew where those lie in the future, or are guesses that did."""
    query = select(identities).where(
        (identities.c.first_seen > now) | (identities.c.published > now + FUTURE_TOLERANCE)
    )
    too_far = statements.c.dated > now + FUTURE_TOLERANCE
    connection.execute(update(statements).where(too_far).values(dated=None))
    for row in connection.execute(query).all():
        seen = mapping.get(row.first_seen, row.first_seen)
        if row.precision == Precision.SEEN.value:
            # Guesses of one page stand a little before first sight, one behind the other.
            change = {"published": seen + min(row.published - row.first_seen, timedelta())}
        elif row.published > now + FUTURE_TOLERANCE:
            change = {"published": seen, "precision": Precision.SEEN.value, "announced": False}
        else:
            continue
        connection.execute(update(identities).where(identities.c.id == row.id).values(change))


def _move_archive_pages(connection: Connection, now: datetime) -> None:
    """Let the archive documents that ended in the future end with the same items as before."""
    ahead = (archive_pages.c.first_seen > now) | (archive_pages.c.published > now)
    query = select(archive_pages.c.slug, archive_pages.c.number, identities.c.first_seen, identities.c.published)
    joined = query.join(identities, identities.c.id == archive_pages.c.item).where(ahead)
    for slug, number, first_seen, published in connection.execute(joined).all():
        page = (archive_pages.c.slug == slug) & (archive_pages.c.number == number)
        connection.execute(update(archive_pages).where(page).values(first_seen=first_seen, published=published))
