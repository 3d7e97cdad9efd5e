"""Opening a store: made, brought up to date, or refused in words; and what SQLite is told."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from feedbuilder.model import StoreError
from feedbuilder.store import migrate, open_store
from feedbuilder.store.database import connect
from feedbuilder.store.migrate import SCRIPTS, VERSION_TABLE, bring_up
from feedbuilder.store.tables import VERSION, metadata
from tests.made_stores import QuickStores
from tests.patience import PATIENCE
from tests.store.makers import NOW, make_item, make_source, poll
from tests.store.older import bring_up_to

pytestmark = pytest.mark.usefixtures("migrations_run")


def test_a_store_is_made_with_its_folder_and_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "var" / "feedbuilder.db"
    with open_store(path) as store:
        assert store.is_empty()
        poll(store, make_source(), [make_item()], NOW)
    with open_store(path) as store:
        assert not store.is_empty()


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index searched_endings")
def test_the_tables_are_those_that_the_migrations_make(place: Path | str) -> None:
    open_store(place).close()
    database = connect(place)
    with database.engine.connect() as connection:
        options = {
            "version_table": VERSION_TABLE,
            "compare_server_default": True,
            # The indexes of texts are SQLite's alone, and no tables of ours.
            "include_name": lambda name, kind, _: (
                kind not in {"table", "index"} or not (name or "").startswith("searched")
            ),
        }
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    database.close()
    assert differences == []


def test_stores_that_tests_make_quickly_are_those_that_the_migrations_make(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "_upgrade", QuickStores().upgrade)
    dumps = []
    for name in ("migrated", "quick"):
        open_store(tmp_path / name).close()
        with sqlite3.connect(tmp_path / name) as connection:
            made = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
            rows = {
                table: connection.execute(f'SELECT * FROM "{table}"').fetchall()
                for kind, table, _, sql in made
                if kind == "table" and "USING fts5" not in sql
            }
        connection.close()
        dumps.append((sorted(made, key=str), rows))
    assert dumps[0] == dumps[1]


def test_the_version_of_the_tables_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [VERSION]


def test_a_store_whose_tables_are_not_those_of_its_version_is_refused(place: Path | str) -> None:
    open_store(place).close()
    database = connect(place)
    with database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE feeds ADD COLUMN stranger TEXT")
        connection.exec_driver_sql("ALTER TABLE runs DROP COLUMN error")
    database.close()
    with pytest.raises(StoreError, match="feeds has stranger too many and lacks nothing; runs has nothing too many"):
        open_store(place)


def test_a_store_of_a_newer_version_is_refused(place: Path | str) -> None:
    open_store(place).close()
    database = connect(place)
    with database.writing() as connection:
        connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    database.close()
    with pytest.raises(StoreError, match=r"newer feedbuilder: it has version 9999.*Update feedbuilder"):
        open_store(place)


def test_a_store_from_before_the_first_release_is_refused_with_a_remedy(place: Path | str) -> None:
    open_store(place).close()
    database = connect(place)
    with database.writing() as connection:
        connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '0099'")
    database.close()
    with pytest.raises(StoreError, match=r"before the first release, move it away; a new store takes ids and dates"):
        open_store(place)


def test_an_unreleased_store_of_the_first_version_is_refused_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "feedbuilder.db"
    open_store(path).close()
    with sqlite3.connect(path) as connection:  # as an early 0001 left it: without what came before the release
        connection.execute("ALTER TABLE sources DROP COLUMN origin")
        connection.execute("DROP TABLE aliases")
    connection.close()
    with pytest.raises(StoreError, match=r"its tables are others: aliases .* Move it away; a new store takes ids"):
        open_store(path)


def test_a_store_whose_tables_no_migration_fits_is_refused_with_a_remedy(place: Path | str) -> None:
    open_store(place).close()
    database = connect(place)
    with database.writing() as connection:  # what a later step adds to is not there, as in one of an early 0004
        connection.exec_driver_sql("DROP TABLE printed_files")
        connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '0024'")
    database.close()
    for _ in range(2):  # the first time has changed nothing
        with pytest.raises(
            StoreError, match=r"version 0024, but its tables are others: .*printed_files.* Move it away; a"
        ):
            open_store(place)


def test_a_migration_that_fails_leaves_nothing_behind(place: Path | str, monkeypatch: pytest.MonkeyPatch) -> None:
    database = connect(place)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("half way")

    with monkeypatch.context() as patched:
        patched.setattr("alembic.op.create_index", fail)
        with pytest.raises(RuntimeError, match="half way"):
            bring_up(database)
    with database.engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == []
    bring_up(database)
    database.close()
    open_store(place).close()


def test_a_store_of_the_first_version_is_brought_up_to_date_with_what_it_holds(place: Path | str) -> None:
    database = connect(place)
    with database.writing() as connection:
        bring_up_to(connection, "0001")
        connection.exec_driver_sql(
            "INSERT INTO sources (id, fingerprint, failures, doubts, requested) "
            "VALUES ('world', 'abc', 2, '{}', '2026-02-06 12:00:00')"
        )
    database.close()
    with open_store(place) as store:
        state = store.state("world")
        assert (state.fingerprint, state.failures) == ("abc", 2)
        assert store.requested() == {"world": datetime(2026, 2, 6, 12, tzinfo=UTC)}
        assert store.host_waits() == []


def test_processes_that_open_a_new_store_together_make_it_once(tmp_path: Path) -> None:
    path = tmp_path / "feedbuilder.db"
    program = (
        "import sys, pathlib; from feedbuilder.store import open_store; open_store(pathlib.Path(sys.argv[1])).close()"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", program, str(path)], stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert [process.communicate(timeout=PATIENCE)[1] for process in processes] == [""] * 4
    open_store(path).close()


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"is a folder; name a file in it"):
        open_store(tmp_path)


def test_a_file_where_the_folder_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    with pytest.raises(StoreError, match=r"folder of the store .* cannot be made"):
        open_store(tmp_path / "var" / "feedbuilder.db")


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Buy milk, " * 1000)
    with pytest.raises(StoreError, match=r"not a database.* belongs to something else or is damaged"):
        open_store(path)
    assert path.read_text() == "Buy milk, " * 1000


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE cookies (id)")
    connection.close()
    with pytest.raises(StoreError, match=r"another program: it holds cookies, and no feedbuilder_version"):
        open_store(path)


def test_a_shared_postgresql_database_is_taken(fresh_postgres: str) -> None:
    engine = sa.create_engine(fresh_postgres)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE procrastinate_jobs (id integer)")
    engine.dispose()
    with open_store(fresh_postgres) as store:
        assert store.is_empty()


@pytest.mark.parametrize("url", ["mysql://localhost/x", "no url at all", "oracle+nonsense://x"])
def test_databases_that_we_do_not_speak_are_refused(url: str) -> None:
    with pytest.raises(StoreError, match="neither an SQLite nor a PostgreSQL database"):
        open_store(url)


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be used"):
        open_store(f"postgresql+psycopg://postgres@/postgres?host={tmp_path}")


def test_a_damaged_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "feedbuilder.db"
    open_store(path).close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"damaged: move it away; a new store takes ids"):
        open_store(path)


def test_sqlite_waits_is_durable_and_checks_its_references(tmp_path: Path) -> None:
    database = connect(tmp_path / "feedbuilder.db")
    with database.engine.connect() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    database.close()
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


def test_reading_does_not_wait_for_writing(tmp_path: Path) -> None:
    with open_store(tmp_path / "feedbuilder.db") as store, store.transaction() as memory:
        memory.count_bug("world")
        assert store.is_empty()
        assert store.states() == {}
