"""A store on a PostgreSQL server in place of a file: moved there and back, and worked by one process at a time."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa

from feedbuilder.model import AlreadyRunningError, StoreError
from feedbuilder.store import hold, holder, is_held, is_there, open_store
from feedbuilder.store.copy_over import copy_over
from feedbuilder.store.database import connect
from feedbuilder.store.place import Place as StorePlace
from feedbuilder.store.server_lock import hold_server
from feedbuilder.store.tables import metadata
from tests.acceptance.place import Place, feedbuilder, story
from tests.patience import PATIENCE

HOLDER = """
import sys
from feedbuilder.store import hold
with hold(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def rows(place: StorePlace) -> Mapping[str, list[tuple[object, ...]]]:
    """Return all that a store remembers, by table."""
    database = connect(place)
    try:
        with database.reading() as connection:
            return {
                table.name: [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
                for table in metadata.sorted_tables
            }
    finally:
        database.close()


def use(place: Place, key: str, value: str) -> None:
    """Have the configuration, which names no store yet or one of these, name another one."""
    text = re.sub(r"\[store\]\n\w+ = .*\n", "", place.config_path.read_text("utf-8"))
    place.write_config(text.replace("[[source]]", f'[store]\n{key} = "{value}"\n\n[[source]]', 1))


def test_there_and_back_nothing_is_lost_and_feeds_stay_as_they_were(place: Place, fresh_postgres: str) -> None:
    place.build()
    first = place.config().store.place
    remembered, published = rows(first), place.files()
    copied = place.call("store", "copy", "--to", fresh_postgres)
    assert copied.exit_code == 0, copied.output
    assert f"{len(remembered['items'])} articles" in copied.stdout
    assert rows(fresh_postgres) == remembered

    use(place, "url", fresh_postgres)
    place.build()
    assert place.files() == published
    place.newsroom.add(story("by-the-server"))
    place.later()
    place.build()
    [title] = [entry.title for entry in place.feed("all").entries if entry.link.endswith("by-the-server")]
    on_server, published = rows(fresh_postgres), place.files()
    assert len(on_server["runs"]) > len(remembered["runs"])  # their numbers go on behind those that were copied

    back = place.folder / "var" / "back.db"
    copied = place.call("store", "copy", "--to", str(back))
    assert copied.exit_code == 0, copied.output
    assert rows(back) == on_server
    use(place, "path", "../var/back.db")
    place.build()
    assert place.files() == published
    assert "1 item" in place.call("items", "--search", title).stdout  # the index of texts came along


def test_what_is_remembered_already_is_replaced_only_when_that_is_said(place: Place, fresh_postgres: str) -> None:
    place.build()
    first = place.config().store.place
    copy_over(first, fresh_postgres)
    place.newsroom.add(story("newer"))
    place.later()
    place.build()
    before = rows(fresh_postgres)
    refused = place.call("store", "copy", "--to", fresh_postgres)
    assert refused.exit_code != 0
    assert "remembers something already" in refused.output
    assert rows(fresh_postgres) == before
    assert place.call("store", "copy", "--to", fresh_postgres, "--overwrite").exit_code == 0
    assert rows(fresh_postgres) == rows(first)
    itself = place.call("store", "copy", "--to", str(first))
    assert "is the store itself" in itself.output


def test_nothing_is_copied_from_nowhere_and_while_somebody_works(place: Place, fresh_postgres: str) -> None:
    assert "nothing was built yet" in place.call("store", "copy", "--to", fresh_postgres).output
    place.build()
    with hold(fresh_postgres):
        assert "Another feedbuilder is working on" in place.call("store", "copy", "--to", fresh_postgres).output
    with hold(place.config().store.place):
        assert "Another feedbuilder is working on" in place.call("store", "copy", "--to", fresh_postgres).output


def test_a_store_on_a_server_is_held_once(fresh_postgres: str, tmp_path: Path) -> None:
    config = tmp_path / "feedbuilder.toml"
    config.write_text("")
    assert not is_there(fresh_postgres)
    assert not is_held(fresh_postgres)
    with hold(fresh_postgres, by=config):
        assert is_held(fresh_postgres)
        assert holder(fresh_postgres) == config.resolve()
        with pytest.raises(AlreadyRunningError, match="Another feedbuilder is working on the store postgresql://"):
            hold(fresh_postgres).__enter__()
        assert holder(fresh_postgres) == config.resolve()
    assert holder(fresh_postgres) is None
    assert is_there(fresh_postgres)


def test_it_is_let_go_when_the_process_is_killed(fresh_postgres: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, fresh_postgres], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        assert is_held(fresh_postgres)
        process.kill()
        process.wait(PATIENCE)
    limit = time.monotonic() + PATIENCE
    while is_held(fresh_postgres):  # until the server has heard of it
        assert time.monotonic() < limit
        time.sleep(0.05)
    with hold(fresh_postgres):
        pass


def test_a_session_that_the_server_ended_takes_the_store_again_or_says_who_has_it(fresh_postgres: str) -> None:
    database = connect(fresh_postgres)

    def end_others() -> None:
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        limit = time.monotonic() + PATIENCE
        with database.committing() as connection:
            connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid) {others}")
            while connection.exec_driver_sql(f"SELECT count(*) {others}").scalar_one():
                assert time.monotonic() < limit
                time.sleep(0.05)

    with hold(fresh_postgres) as held:
        assert not held.check()
        end_others()
        assert held.check()
        assert is_held(fresh_postgres)
        end_others()
        with hold(fresh_postgres), pytest.raises(AlreadyRunningError):
            held.check()
    database.close()


def test_who_lost_the_store_leaves_what_its_new_holder_says_of_itself(fresh_postgres: str, tmp_path: Path) -> None:
    config = tmp_path / "feedbuilder.toml"
    config.write_text("")
    loser = hold_server(fresh_postgres)
    held = loser.__enter__()
    held.let_go()  # as when the server failed
    with hold(fresh_postgres, by=config):
        with pytest.raises(AlreadyRunningError):
            held.check()
        loser.__exit__(None, None, None)
        assert holder(fresh_postgres) == config.resolve()


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    nowhere = f"postgresql://somebody:hushhush@/feeds?host={tmp_path}"
    with pytest.raises(StoreError, match="cannot be used") as told:
        open_store(nowhere)
    assert "hushhush" not in str(told.value)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "feedbuilder.toml").write_text(
        f'store.url = "{nowhere}"\n[[source]]\nid = "a"\nurl = "https://example.org/"\nselectors = {{ item = "a" }}',
        "utf-8",
    )
    for command in ("status", "items", "build"):
        result = feedbuilder(tmp_path, command)
        assert result.exit_code != 0
        assert "cannot be used" in result.output
        assert "hushhush" not in result.output
        assert "Traceback" not in result.output


def test_a_backup_of_it_is_put_back_there_and_is_one_of_a_file_too(place: Place, fresh_postgres: str) -> None:
    use(place, "url", fresh_postgres)
    place.build()
    remembered, published = rows(fresh_postgres), place.files()
    backup = place.folder / "feeds.backup"
    assert place.call("backup", str(backup)).exit_code == 0
    place.newsroom.add(story("after-the-backup"))
    place.later()
    place.build()

    refused = place.call("restore", str(backup))
    assert refused.exit_code != 0
    assert "--overwrite" in refused.output
    place.config_path.unlink()
    refused = place.call("restore", str(backup))
    assert "remembers something already" in refused.output
    assert not place.config_path.exists()
    restored = place.call("restore", str(backup), "--overwrite")
    assert restored.exit_code == 0, restored.output
    assert rows(fresh_postgres) == remembered
    assert not list(place.config_path.parent.glob(".*"))
    with place.open() as installation:  # as it was published then
        installation.prepare()
        installation.publish()
    assert {path: content for path, (content, _) in place.files().items()} == {
        path: content for path, (content, _) in published.items()
    }


def test_a_store_that_is_being_brought_up_to_date_has_a_holder_that_says_nothing_yet(fresh_postgres: str) -> None:
    with hold(fresh_postgres):
        database = connect(fresh_postgres)
        with database.writing() as connection:
            connection.exec_driver_sql("DROP TABLE holders")
        assert holder(fresh_postgres) is None
        assert is_held(fresh_postgres)
        with database.writing() as connection:
            metadata.tables["holders"].create(connection)
        database.close()
