"""Connections and transactions on SQLite and PostgreSQL.

Owns the engine, the differences between the two databases (one small table of them) and the boundary at which their
failures become StoreError. Knows no table and no item.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError, NoSuchModuleError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from feedbuilder.model import StoreAwayError, StoreError, StoreRefusedError
from feedbuilder.store.place import Place, shown
from feedbuilder.store.ready import Driven, Ready

BUSY_TIMEOUT = 30
"""Seconds that SQLite waits while another process writes; our transactions take milliseconds, a migration longer."""
ADVISORY_LOCK = 0x666565646275696C
"""The number of PostgreSQL's lock that writers take, so that each is alone as on SQLite ("feedbuil")."""

# synchronous=FULL: a commit is on the disk before the feeds are. With NORMAL, SQLite may lose the last commits when the
# power fails, while the feeds that were published from them stay: their items would come again with other dates.
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT * 1000}")


@dataclass(frozen=True, slots=True)
class DialectTraits:
    """What one database says in its own way."""

    insert: Callable[[Table], Any]
    """An insert that can be turned into an upsert."""
    begin_writing: Ready
    """What makes a transaction the only one that writes."""
    begin_reading: Ready
    """What begins one that sees one state of the store, however long it reads."""
    reading: Mapping[str, Any]
    """Execution options under which a transaction sees one state of the store, however long it reads."""
    connect: Mapping[str, Any]


def _postgresql_insert(table: Table) -> Any:
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - most stores are SQLite's, and it takes a while to load

    return postgresql.insert(table)


DIALECTS = {
    "sqlite": DialectTraits(
        sqlite.insert, Ready(text("BEGIN IMMEDIATE")), Ready(text("BEGIN")), {}, {"timeout": BUSY_TIMEOUT}
    ),
    "postgresql": DialectTraits(
        _postgresql_insert,
        Ready(text(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")),
        Ready(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")),
        {"isolation_level": "REPEATABLE READ"},
        {"options": "-c timezone=UTC", "connect_timeout": BUSY_TIMEOUT, "application_name": "feedbuilder"},
    ),
}


class Database:
    """One database, opened. Safe to use from several threads."""

    def __init__(self, engine: Engine, place: str) -> None:
        self.engine = engine
        self.place = place
        self.dialect = DIALECTS[engine.dialect.name]
        self._has_server = engine.dialect.name != "sqlite"
        # Threads of one process wait in a queue, rather than by trying again until SQLite lets them.
        self._writing = Lock()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that is alone in writing: committed when the block ends, undone when it raises."""
        with self.told(), self._writing, self.engine.begin() as connection:
            # SQLite's BEGIN is ours to say (see `_sqlite_engine`); PostgreSQL's comes from the driver.
            self.dialect.begin_writing.run(connection, {})
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees the store as it is now until the block ends; it changes nothing."""
        with self.told(), self.engine.connect().execution_options(**self.dialect.reading) as connection:
            if not self._has_server:
                self.dialect.begin_reading.run(connection, {})
            yield connection

    @contextmanager
    def quickly_writing(self) -> Iterator[Driven]:
        """Open a transaction as `writing`, for statements that are ready: they cost less than what others need."""
        with self._writing, self.quickly_looking() as driven:
            self.dialect.begin_writing.run(driven, {})
            yield driven
            driven.commit()

    @contextmanager
    def quickly_reading(self) -> Iterator[Driven]:
        """Open a transaction as `reading`, for statements that are ready."""
        with self.quickly_looking() as driven:
            self.dialect.begin_reading.run(driven, {})
            yield driven

    @contextmanager
    def quickly_looking(self) -> Iterator[Driven]:
        """Open a connection as `looking`, for one statement that is ready."""
        with self.told():
            driven = Driven.of(self.engine)
            try:
                yield driven
            finally:
                driven.connection.close()

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """Open a connection for one statement, which by itself sees one state of the store; it changes nothing."""
        with self.told(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def committing(self) -> Iterator[Connection]:
        """Open a connection on which each statement is a transaction of its own, beside those of others."""
        with self.told(), self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            yield connection

    def close_to_others(self) -> None:
        """Let nobody but its owner read the file of an SQLite store, where the system can."""
        file = self.engine.url.database
        if self.engine.dialect.name == "sqlite" and file and file != ":memory:":
            for name in (file, f"{file}-wal", f"{file}-shm"):
                with suppress(OSError):  # not there, or somebody else's, who knows why
                    mode = Path(name).stat().st_mode
                    if mode & 0o077:
                        Path(name).chmod(mode & 0o700)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn what the database suffers (not: what we do wrong) into StoreError."""
        try:
            yield
        except PoolTimeoutError as error:
            raise StoreError(f"The store {self.place} is too busy: {error}") from error
        except DatabaseError as error:
            # "file is not a database" comes as the bare DatabaseError; its other kinds are bugs.
            is_denied = getattr(error.orig, "sqlstate", None) == _DENIED
            if is_denied or type(error) in {OperationalError, InterfaceError, DatabaseError}:
                kind = StoreRefusedError if is_denied else self._kind(error)
                remedy = _LET_DO if is_denied else _LET_IN if kind is StoreRefusedError else _remedy(error)
                raise kind(f"The store {self.place} cannot be used: {error.orig}.{remedy}") from error
            raise

    def _kind(self, error: DatabaseError) -> type[StoreError]:
        if not self._has_server or type(error) is not OperationalError:
            return StoreError
        from feedbuilder.store.refusals import is_refusal  # noqa: PLC0415 - most stores are files, and most servers there

        return StoreRefusedError if is_refusal(error.orig) else StoreAwayError


_LET_IN = (
    " Its server answers, and does not let us in: check the database, the name and the password (url under [store]; a "
    "password may stand in PGPASSWORD too), and make the database and its user first if they are not there."
)

_DENIED = "42501"
"""SQLSTATE for what a user may not do, as make tables in a schema that is not its own, since PostgreSQL 15."""
_LET_DO = (
    " Its server lets us in, and does not let us do that: the user (url under [store]) needs all rights in its schema, "
    "to make tables too. It has them in a database that is its own (CREATE DATABASE ... OWNER ...)."
)

_REMEDIES = {
    "not a database": " The file belongs to something else or is damaged: name another one (path under [store]), or "
    "move it away; a new store takes ids and dates from the published feeds.",
    "malformed": " The file is damaged: move it away; a new store takes ids and dates from the published feeds.",
    "unable to open": " Check that the file and its folder may be read and written.",
    "readonly": " Check that the file and its folder may be written.",
    "locked": " Another process has been writing for long: look which one, and try again.",
    "connection": " Check that its server runs and that its address is right (url under [store]).",
    "full": " Make room on the disk.",
    "no such module": " The store was made by an SQLite that can do more: use a Python whose SQLite has FTS5.",
    "json_each": " The SQLite of this Python knows no JSON: use one that does, as all from 3.38 on.",
}


def _remedy(error: DatabaseError) -> str:
    message = str(error.orig)
    return next((remedy for words, remedy in _REMEDIES.items() if words in message), "")


_WITHOUT_DRIVER = {"postgres", "postgresql"}


def connect(place: Place) -> Database:
    """Return the database at `place`: a path of an SQLite file, whose folder is made, or an SQLAlchemy URL.

    Raises StoreError for a folder, for a place that cannot be made, and for databases other than the two we speak.
    """
    if isinstance(place, Path):
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"The folder of the store {place} cannot be made: {error}") from error
        if place.is_dir():
            raise StoreError(f"The store {place} is a folder; name a file in it (path under [store]).")
        return Database(_sqlite_engine(URL.create("sqlite", database=str(place))), str(place))
    try:
        url = make_url(place)
        if url.get_backend_name() == "sqlite":
            return Database(_sqlite_engine(url), url.render_as_string())
        if url.drivername in _WITHOUT_DRIVER:
            url = url.set(drivername="postgresql+psycopg")
        dialect = DIALECTS[url.get_backend_name()]
        # Whoever restarts the server breaks no reading: a session is tried before it is used.
        engine = create_engine(url, connect_args=dict(dialect.connect), pool_pre_ping=True)
        return Database(engine, shown(place))
    except ModuleNotFoundError as error:
        raise StoreError(
            f"The store {shown(place)} needs what is not installed here: pip install 'feedbuilder[postgresql]'."
        ) from error
    except (ArgumentError, KeyError, NoSuchModuleError) as error:
        raise StoreError(f"The store {shown(place)} is neither an SQLite nor a PostgreSQL database: {error}") from error


def _sqlite_engine(url: URL) -> Engine:
    engine = create_engine(url, connect_args=dict(DIALECTS["sqlite"].connect))

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        # Python's driver opens transactions when it sees fit, and not before reading. We say BEGIN ourselves:
        # https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#pysqlite-serializable
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()

    return engine
