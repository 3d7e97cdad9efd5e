"""Statements that are run all the time: said once in the words of the database, then given to its driver as they are.

Owns how values go to the driver and come from it, as the types of the columns say. SQLAlchemy goes on to say the
statement and to hold the transaction; what it does around each call, for results of any kind, takes five times what
SQLite needs.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self

from sqlalchemy import Dialect, Engine, PoolProxiedConnection, SelectBase
from sqlalchemy.exc import DBAPIError

Convert = Callable[[Any], Any]
NOTHING: Mapping[str, Any] = {}


class Session(Protocol):
    """A connection of SQLAlchemy, or one of the driver (`Driven`), in a transaction."""

    @property
    def dialect(self) -> Dialect:
        """Return what SQLAlchemy knows of the database."""
        ...

    @property
    def connection(self) -> PoolProxiedConnection:
        """Return the connection of the driver."""
        ...

    def invalidate(self, exception: BaseException | None = None) -> None:
        """Have the connection used no more."""
        ...


@dataclass(frozen=True, slots=True)
class Driven:
    """A connection of the driver, for statements that are ready and for no others: it costs less than one of them."""

    connection: PoolProxiedConnection
    dialect: Dialect

    @classmethod
    def of(cls, engine: Engine) -> Self:
        """Return a connection; to be closed, which undoes what was not committed."""
        try:
            return cls(engine.raw_connection(), engine.dialect)
        except engine.dialect.loaded_dbapi.Error as error:
            raise _told(error, engine.dialect) from error

    def commit(self) -> None:
        """Make what was done last."""
        try:
            self.connection.commit()
        except self.dialect.loaded_dbapi.Error as error:
            raise _failed(self, error) from error

    def invalidate(self, exception: BaseException | None = None) -> None:
        """Have the connection used no more."""
        self.connection.invalidate(exception)


class Ready:
    """A statement, on either database. None of its parameters is `expanding`: see `one_of` for lists of texts.

    For an insert, `columns` are those that rows have.
    """

    def __init__(self, statement: Any, columns: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._columns = columns
        self._worded: dict[str, _Worded] = {}

    def rows(self, session: Session, values: Mapping[str, Any] = NOTHING) -> list[Any]:
        """Return what it finds, as SQLAlchemy would: tuples whose values have the names of the columns, too."""
        worded = self._in_words(session.dialect)
        cursor = session.connection.cursor()
        try:
            give(cursor, worded.text, worded.bound(values))
            return worded.found(cursor.fetchall())
        except session.dialect.loaded_dbapi.Error as error:
            raise _failed(session, error, cursor) from error
        finally:
            cursor.close()

    def run(self, session: Session, *rows: Mapping[str, Any]) -> int:
        """Carry it out, with the values of each of `rows`; return how many rows of the database that concerned."""
        worded = self._in_words(session.dialect)
        cursor = session.connection.cursor()
        try:
            if len(rows) == 1:
                give(cursor, worded.text, worded.bound(rows[0]))
            else:
                give(cursor, worded.text, [worded.bound(row) for row in rows], many=True)
            return int(cursor.rowcount)
        except session.dialect.loaded_dbapi.Error as error:
            raise _failed(session, error, cursor) from error
        finally:
            cursor.close()

    def _in_words(self, dialect: Dialect) -> _Worded:
        if dialect.name not in self._worded:
            self._worded[dialect.name] = _Worded.of(self._statement, self._columns, dialect)
        return self._worded[dialect.name]


def give(cursor: Any, text: str, values: Any, *, many: bool = False) -> None:
    """Have the driver run a statement, once or with `many` lists of values; who listens to statements does so here."""
    (cursor.executemany if many else cursor.execute)(text, values)


def _failed(session: Session, error: Any, cursor: Any = None) -> BaseException:
    """Return `error` of the driver as SQLAlchemy tells it; have the connection used no more where it is lost.

    Else closing it would fail once more, and that be logged.
    """
    if session.dialect.is_disconnect(error, session.connection, cursor):
        session.invalidate(error)
    return _told(error, session.dialect)


def _told(error: Exception, dialect: Dialect) -> BaseException:
    """Return `error` of the driver as SQLAlchemy tells it."""
    return DBAPIError.instance(None, None, error, dialect.loaded_dbapi.Error, dialect=dialect)


def _maker(names: Sequence[str]) -> Callable[[Iterable[Any]], Any]:
    """Return what makes a tuple with these names of values."""
    made: Any = namedtuple("Found", names, rename=True)  # type: ignore[misc]  # noqa: PYI024 - the names are data
    maker: Callable[[Iterable[Any]], Any] = made._make
    return maker


@dataclass(frozen=True, slots=True)
class _Worded:
    """A statement in the words of one database."""

    text: str
    parameters: Sequence[tuple[str, Any, Convert | None]]
    """Of each its name, its value where none is given, and what makes of it what the driver takes."""
    by_place: bool
    """Whether the driver takes parameters in their order; else by name."""
    made: Callable[[Iterable[Any]], Any]
    """Makes a row of its values."""
    converted: Sequence[tuple[int, Convert]]
    """The places of those columns whose values are not as the driver gives them."""

    @classmethod
    def of(cls, statement: Any, columns: Sequence[str] | None, dialect: Dialect) -> _Worded:
        compiled = statement.compile(dialect=dialect, column_keys=columns)
        assert not compiled.post_compile_params, "its text would depend on its values"
        names = compiled.positiontup if compiled.positional else list(compiled.bind_names.values())
        given, types = compiled.params, {name: bound.type for bound, name in compiled.bind_names.items()}
        parameters = [(name, given[name], types[name].dialect_impl(dialect).bind_processor(dialect)) for name in names]
        shown = list(statement.selected_columns) if isinstance(statement, SelectBase) else []
        readers = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in shown]
        return cls(
            str(compiled),
            parameters,
            compiled.positional,
            _maker([str(column.key) for column in shown]),
            [(place, reader) for place, reader in enumerate(readers) if reader is not None],
        )

    def bound(self, values: Mapping[str, Any]) -> Any:
        """Return the parameters as the driver takes them."""
        made = (
            (name, convert(values.get(name, given)) if convert else values.get(name, given))
            for name, given, convert in self.parameters
        )
        return tuple(value for _, value in made) if self.by_place else dict(made)

    def found(self, rows: Sequence[Sequence[Any]]) -> list[Any]:
        """Return rows of the driver as values."""
        if not self.converted:
            return list(map(self.made, rows))
        found = []
        for row in rows:
            values = list(row)
            for place, convert in self.converted:
                values[place] = convert(values[place])
            found.append(self.made(values))
        return found
