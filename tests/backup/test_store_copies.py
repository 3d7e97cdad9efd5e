"""A store is copied while others write to it, and nobody works on one that is only half put back."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from feedbuilder.model import StoreError
from feedbuilder.store import open_store
from feedbuilder.store.snapshot import being_restored, bring_to_rest, copy_store, is_newer, is_older, version_of
from feedbuilder.store.tables import VERSION

COPIES = 10
PAIRS = """
CREATE TABLE left_half (number INTEGER PRIMARY KEY, filling BLOB);
CREATE TABLE right_half (number INTEGER PRIMARY KEY, filling BLOB);
"""


def _write_pairs(path: Path, until: threading.Event, written: list[int]) -> None:
    """Write the same number into both halves, in one transaction each, far from each other in the file."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=60)) as connection:
        while not until.is_set():
            number = len(written)
            connection.execute("BEGIN IMMEDIATE")
            for half in ("left_half", "right_half"):
                connection.execute(f"INSERT INTO {half} VALUES (?, zeroblob(4000))", (number,))
            connection.execute("COMMIT")
            written.append(number)
            until.wait(0.001)  # lets copies be made: the file grows


def test_a_copy_holds_what_the_store_held_at_one_moment(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL").close()
        connection.executescript(PAIRS)
    until, written = threading.Event(), list[int]()
    writer = threading.Thread(target=_write_pairs, args=(path, until, written))
    writer.start()
    try:
        for turn in range(COPIES):
            least = len(written)
            copy_store(path, copy := tmp_path / f"copy-{turn}.db")
            with closing(sqlite3.connect(copy)) as connection:
                halves = [
                    [number for (number,) in connection.execute(f"SELECT number FROM {half} ORDER BY number")]
                    for half in ("left_half", "right_half")
                ]
            assert halves[0] == halves[1] == list(range(len(halves[0])))
            assert len(halves[0]) >= least  # nothing that was committed before is missing
    finally:
        until.set()
        writer.join()
    assert not list(tmp_path.glob("copy-*.db-*"))  # each is one file


def test_what_waits_beside_the_file_is_in_the_copy(tmp_path: Path) -> None:
    path, copy = tmp_path / "store.db", tmp_path / "copy.db"
    with open_store(path):
        assert path.with_name("store.db-wal").stat().st_size > 0
        copy_store(path, copy)
    assert version_of(copy) == VERSION
    with open_store(copy) as store:
        assert store.is_empty()


def test_a_damaged_store_is_not_copied(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(PAIRS)
        connection.executemany("INSERT INTO left_half VALUES (?, zeroblob(4000))", [(one,) for one in range(50)])
        connection.commit()
    content = bytearray(path.read_bytes())
    content[4096 * 5 : 4096 * 9] = b"\xff" * (4096 * 4)
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"is damaged|malformed"):
        copy_store(path, tmp_path / "copy.db")
    path.write_bytes(b"no database at all, but long enough to be looked at" * 100)
    with pytest.raises(StoreError, match="cannot be copied: file is not a database"):
        copy_store(path, tmp_path / "other.db")


def test_a_store_of_another_program_has_no_version(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(PAIRS)
    with pytest.raises(StoreError, match="no store of feedbuilder"):
        version_of(path)


def test_versions_are_compared() -> None:
    assert not is_newer(VERSION)
    assert not is_older(VERSION)
    assert is_newer(f"{int(VERSION) + 1:04}")
    assert is_older("0001")


def test_a_store_that_is_half_put_back_is_opened_by_nobody(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with being_restored(path), pytest.raises(StoreError, match="feedbuilder restore FILE --overwrite"):
        open_store(path)
    open_store(path).close()

    def work() -> None:
        with being_restored(path):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        work()
    with pytest.raises(StoreError, match="interrupted"):
        open_store(path)
    with being_restored(path):
        pass
    open_store(path).close()


def test_a_store_that_others_have_open_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with open_store(path) as store:
        store.is_empty()
        with pytest.raises(StoreError, match="Another program has the store"):
            bring_to_rest(path)
    bring_to_rest(path)
    assert not path.with_name("store.db-wal").exists()
    path.write_bytes(b"no database")
    bring_to_rest(path)
    bring_to_rest(tmp_path / "nothing.db")
