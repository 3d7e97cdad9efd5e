"""Whether a server that does not let us in is away, or answers: by what it says, whatever its language."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from feedbuilder.model import StoreAwayError, StoreRefusedError
from feedbuilder.store import open_store
from feedbuilder.store.refusals import is_refusal

AT = 'connection failed: connection to server at "10.0.0.7", port 5432 failed: '


@dataclass
class DriverError(Exception):
    """As psycopg raises it while a session is made."""

    said: str
    needs_password: bool = False
    sqlstate: str | None = None

    def __str__(self) -> str:
        return self.said

    @property
    def pgconn(self) -> object:
        return SimpleNamespace(user=b"feeds", db=b"news", needs_password=self.needs_password)


@pytest.mark.parametrize(
    "said",
    [
        'FATAL:  password authentication failed for user "feeds"',
        "FATAL:  Passwort-Authentifizierung für Benutzer »feeds« fehlgeschlagen",
        "FATAL:  authentification par mot de passe échouée pour l'utilisateur « feeds »",
        'FATAL:  role "feeds" does not exist',
        'FATAL:  database "news" does not exist',
        "FATAL:  Datenbank »news« existiert nicht",
        'FATAL:  no pg_hba.conf entry for host "10.0.0.8", user "feeds", database "news", no encryption',
        'FATAL:  permission denied for database "news"',
        "FATAL:  no such database: news",  # PgBouncer
        "FATAL:  SASL authentication failed",
    ],
)
def test_a_server_that_names_whom_it_refuses_answers(said: str) -> None:
    assert is_refusal(DriverError(AT + said))


@pytest.mark.parametrize(
    "said",
    [
        AT + "Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?",
        AT + "timeout expired",
        AT + "FATAL:  the database system is starting up",
        AT + "FATAL:  das Datenbanksystem fährt herunter",
        AT + "FATAL:  sorry, too many clients already",
        AT + 'FATAL:  too many connections for role "feeds"',
        AT + "server closed the connection unexpectedly",
        'connection failed: connection to server at "news" (10.0.0.7), port 5432 failed: Connection refused',
        "failed to resolve host 'news': [Errno -2] Name or service not known",
        "consuming input failed: terminating connection due to administrator command",
    ],
)
def test_a_server_that_is_away_starts_or_is_full_refuses_nobody(said: str) -> None:
    assert not is_refusal(DriverError(said))


def test_a_password_that_was_not_given_and_a_state_that_was_told_are_enough() -> None:
    assert is_refusal(DriverError(AT + "fe_sendauth: no password supplied", needs_password=True))
    assert is_refusal(DriverError("terminating", sqlstate="28P01"))
    assert not is_refusal(DriverError("terminating", sqlstate="57P01"))
    assert not is_refusal(ValueError(AT + 'for user "feeds"'))


@pytest.mark.parametrize(("part", "other"), [("/postgres?", "/none?"), ("postgres@/", "nobody@/")])
def test_a_database_or_a_user_that_is_not_there_is_told_with_what_to_set(postgres: str, part: str, other: str) -> None:
    with pytest.raises(StoreRefusedError, match=r"does not let us in: check .* \(url under \[store\]"):
        open_store(postgres.replace(part, other))
    host = str(sa.make_url(postgres).query["host"])
    with pytest.raises(StoreAwayError):
        open_store(postgres.replace(host, f"{host}-not-there"))


def test_a_user_that_may_make_no_tables_is_told_what_it_needs(fresh_postgres: str) -> None:
    """As one with all rights on a database has none in its schema, since PostgreSQL 15."""
    engine = sa.create_engine(fresh_postgres)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE ROLE guest LOGIN")
    try:
        with pytest.raises(StoreRefusedError, match=r"(?s)permission denied for schema.*needs all rights"):
            open_store(fresh_postgres.replace("postgres@/", "guest@/"))
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP ROLE guest")
        engine.dispose()
