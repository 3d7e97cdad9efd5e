"""Bringing a store to the version of this program.

Owns when a migration runs, and which stores are refused. The steps themselves stand in `migrations/versions`.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from feedbuilder.model import OutdatedError, StoreError
from feedbuilder.store import tables
from feedbuilder.store.database import Database

SCRIPTS = Path(__file__).parent / "migrations"
VERSION_TABLE = "feedbuilder_version"
_VERSION_OF = text(f"SELECT version_num FROM {VERSION_TABLE}")  # noqa: S608 - our own constant

_COLUMNS = (
    "SELECT t.name, c.name FROM sqlite_master AS t, pragma_table_xinfo(t.name) AS c"
    " WHERE t.type = 'table' AND t.sql LIKE 'CREATE TABLE%'"
)
_OTHERS = ("no such", "duplicate column", "already exists")
"""What SQLite says where a table or a column is not there, or is there already."""


def bring_up(database: Database) -> None:
    """Make the tables of an empty database, or bring older ones up to date: all of it or nothing, alone in writing.

    Raises OutdatedError for a store of a newer version, StoreError for one whose columns are not those of its version,
    and for a database that belongs to something else.
    """
    with database.reading() as connection:
        if _version(connection, database.place) == tables.VERSION:
            _check_columns(connection, database.place)
            return
    with database.writing() as connection:
        version = _version(connection, database.place)  # another process may have been quicker
        if version != tables.VERSION:
            _upgrade(connection, version, database.place)
        _check_columns(connection, database.place)


def check_version(database: Database) -> None:
    """Raise OutdatedError if a newer program has brought the store to its own version, while this one had it open."""
    with database.reading() as connection:
        version = connection.execute(_VERSION_OF).scalar_one_or_none()
    if version is not None and version != tables.VERSION:
        raise OutdatedError(
            f"The store {database.place} is of version {version} now, which a newer feedbuilder has made of it: this "
            f"one knows {tables.VERSION}. Update it, and start it again."
        )


def is_made(database: Database) -> bool:
    """Return whether the database holds a store, of whatever version. Raises StoreError for one of another program."""
    with database.reading() as connection:
        return _version(connection, database.place) is not None


def _check_columns(connection: Connection, place: str) -> None:
    """Raise StoreError if the tables are not those of their version, as after a version that was never released."""
    columns = _columns(connection)
    wrong = [
        f"{name} has {_names(there - wanted)} too many and lacks {_names(wanted - there)}"
        for name, table in sorted(tables.metadata.tables.items())
        if (there := columns.get(name, set())) != (wanted := {column.name for column in table.columns})
    ]
    if wrong:
        raise StoreError(
            f"The store {place} says that it has version {tables.VERSION}, but its tables are others: "
            f"{'; '.join(wrong)}. Move it away; a new store takes ids and dates from the published feeds."
        )


def _columns(connection: Connection) -> dict[str, set[str]]:
    """Return the names of the columns of our tables, as they are in the database."""
    found: dict[str, set[str]] = {}
    if connection.dialect.name == "sqlite":  # one question, where SQLAlchemy asks for each table: at every start
        for table, column in connection.exec_driver_sql(_COLUMNS):
            found.setdefault(table, set()).add(column)
        return found
    described = inspect(connection).get_multi_columns(filter_names=list(tables.metadata.tables))
    return {table: {column["name"] for column in columns} for (_, table), columns in described.items()}


def _names(columns: set[str]) -> str:
    return ", ".join(sorted(columns)) or "nothing"


def _version(connection: Connection, place: str) -> str | None:
    """Return the version of the store, None for a database without tables of ours."""
    there = set(inspect(connection).get_table_names())
    if VERSION_TABLE in there:
        return connection.execute(_VERSION_OF).scalar_one_or_none()
    # A PostgreSQL database may be shared, with a job queue for one.
    in_the_way = there if connection.dialect.name == "sqlite" else there & set(tables.metadata.tables)
    if in_the_way:
        raise StoreError(
            f"The store {place} is the database of another program: it holds {', '.join(sorted(in_the_way)[:3])}, "
            f"and no {VERSION_TABLE}. Name another file (path under [store])."
        )
    return None


def _upgrade(connection: Connection, version: str | None, place: str) -> None:
    # Alembic takes longer to import than a store takes to open, and is needed once per version.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config(attributes={"connection": connection, "version_table": VERSION_TABLE})
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise OutdatedError(
            f"The store {place} was written by a newer feedbuilder: it has version {version}, this one knows up to "
            f"{tables.VERSION}. Update feedbuilder, or name another file (path under [store]). If it was made before "
            "the first release, move it away; a new store takes ids and dates from the published feeds."
        )
    try:
        command.upgrade(config, "head")
    except (OperationalError, ProgrammingError) as error:
        if version is None or not (
            isinstance(error, ProgrammingError) or any(one in str(error.orig) for one in _OTHERS)
        ):
            raise
        raise StoreError(
            f"The store {place} says that it has version {version}, but its tables are others: {error.orig}. Move it "
            "away; a new store takes ids and dates from the published feeds."
        ) from error
