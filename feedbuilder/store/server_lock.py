"""Who may work on a store on a PostgreSQL server: one process at a time, on whatever machine.

Owns the session that holds the server's lock, and the row that says by which configuration its holder works. The lock
is the server's own (https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS): it is gone when the
session is, however that ended, and what its holder wrote of itself is believed only while it is there.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from feedbuilder.model import AlreadyRunningError, StoreError
from feedbuilder.store.database import Database, connect
from feedbuilder.store.migrate import bring_up
from feedbuilder.store.place import shown
from feedbuilder.store.tables import holders

HOLDING = 0x666565646275696D
"""The number of the lock; the one that writers take (`database.ADVISORY_LOCK`) is another."""

LETTING_GO = 3.0
"""Seconds that a session of ours which has ended may take to let go of the lock: its client hears of the end first."""


class ServerHold:
    """The lock of the store at `url`, while it is held. Not to be used from several threads at once."""

    def __init__(self, database: Database, url: str) -> None:
        self._database = database
        self._url = url
        self._session = self._taken()

    def check(self) -> bool:
        """Make sure that the store is still ours, and take it again where the server or the way to it failed.

        Return whether it was taken again.

        Raises AlreadyRunningError if another process was quicker, StoreError while the server does not answer.
        """
        if not self._session.closed:
            try:
                self._session.execute(sa.text("SELECT 1"))
            except DBAPIError:
                self.let_go()
            else:
                return False
        limit = time.monotonic() + LETTING_GO
        while True:
            try:
                self._session = self._taken()
            except AlreadyRunningError:
                if time.monotonic() > limit:
                    raise
                time.sleep(0.1)
            else:
                return True

    @property
    def is_ours(self) -> bool:
        """Whether the store was ours when it was last looked at."""
        return not self._session.closed

    def let_go(self) -> None:
        """Give the store to others."""
        if not (self._session.closed or self._session.invalidated):
            self._session.invalidate()  # the session ends, and its lock with it
        self._session.close()

    def _taken(self) -> sa.Connection:
        with self._database.told():
            session = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            try:
                if session.execute(sa.select(sa.func.pg_try_advisory_lock(HOLDING))).scalar_one():
                    return session
            except BaseException:
                session.close()
                raise
            session.close()
        raise AlreadyRunningError(
            f"Another feedbuilder is working on the store {shown(self._url)}. Stop it first, or give this one a "
            "database of its own (url under [store])."
        )


@contextmanager
def hold_server(url: str, *, by: Path | None = None) -> Iterator[ServerHold]:
    """Hold the store at `url` while the block runs. Never waits for another process that holds it.

    Raises AlreadyRunningError, and StoreError for a server that does not answer.
    """
    database = connect(url)
    try:
        held = ServerHold(database, url)
        try:
            bring_up(database)
            _note(database, by)
            try:
                yield held
            finally:
                if held.is_ours:  # else the row is that of whoever was quicker
                    with suppress(StoreError):
                        _note(database, None)
        finally:
            held.let_go()
    finally:
        database.close()


def holder_on_server(url: str) -> Path | None:
    """Return the configuration that the holder works by, None if it does not stay or works on another machine."""
    row = _noted(url)
    by = Path(row.configuration) if row is not None and row.host == socket.gethostname() else None
    return by if by is not None and by.is_file() else None


def is_held_for_good(url: str) -> bool:
    """Return whether someone holds the store who stays, on whatever machine."""
    return _noted(url) is not None


def _noted(url: str) -> sa.Row[Any, Any] | None:
    """Return what the holder says of itself, None without one and if it does not stay."""
    database = connect(url)
    try:
        if not _is_held(database):
            return None
        with database.looking() as connection:
            if not sa.inspect(connection).has_table(holders.name):
                return None  # its holder brings it up to date just now
            return connection.execute(sa.select(holders.c.host, holders.c.configuration)).first()
    finally:
        database.close()


def is_held_on_server(url: str) -> bool:
    """Return whether someone holds the store at this moment."""
    database = connect(url)
    try:
        return _is_held(database)
    finally:
        database.close()


def _is_held(database: Database) -> bool:
    # Asked of the table of locks: to try to take it would be in the way of others who try.
    high, low = HOLDING >> 32, HOLDING & 0xFFFFFFFF
    query = sa.text(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1"
        " AND classid = :high AND objid = :low"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    with database.looking() as connection:
        return bool(connection.execute(query, {"high": high, "low": low}).scalar_one())


def _note(database: Database, by: Path | None) -> None:
    with database.writing() as connection:
        connection.execute(holders.delete())
        if by is not None:
            connection.execute(holders.insert().values(host=socket.gethostname(), configuration=str(by.resolve())))
