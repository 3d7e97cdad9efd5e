"""A copy of a store, taken while others write to it, and the mark of one that is just being put back.

Owns what is said of a store as a file: its version, whether it is whole, that nobody works on it half restored. Knows
no table but the one with the version.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from feedbuilder.model import StoreError
from feedbuilder.store import tables
from feedbuilder.store.database import BUSY_TIMEOUT
from feedbuilder.store.migrate import VERSION_TABLE

_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file of its own; with another file of that name it would be taken for its own."""


def copy_store(path: Path, target: Path) -> None:
    """Copy the SQLite store at `path` to `target`: what it held at one moment, whoever writes to it meanwhile.

    Writers are not held up: SQLite itself makes the copy, within one transaction that only reads. Raises StoreError
    if it cannot be read, if the copy cannot be written, and if the store is damaged.
    """
    try:
        # Not "ro": beside a store that nobody has open, SQLite has to make its own files first.
        with (
            closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=BUSY_TIMEOUT)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)  # all pages in one step: a copy in several begins anew with each write of others
            copy.execute("PRAGMA journal_mode=DELETE").close()  # one file, whole in itself
            damage = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise StoreError(f"The store {path} cannot be copied: {error}.") from error
    if damage != "ok":
        raise StoreError(f"The store {path} is damaged ({damage}): a copy of it would help nobody.")


def version_of(file: Path) -> str:
    """Return the version of the store in `file`, which nobody works on. Raises StoreError if it is none of ours."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()  # noqa: S608 - our own constant
    except sqlite3.Error as error:
        raise StoreError(f"{file} is no store of feedbuilder: {error}.") from error
    if found is None:
        raise StoreError(f"{file} is no store of feedbuilder: it says no version.")
    return str(found[0])


def printed_folders(file: Path) -> set[str]:
    """Return the folders of the output that the store in `file`, which nobody works on, has made feeds in."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return {path.partition("/")[0] for (path,) in connection.execute("SELECT path FROM printed_files")}
    except sqlite3.OperationalError:  # one of a version that did not note them
        return set()


def is_newer(version: str) -> bool:
    """Return whether a store of this version was written by a newer feedbuilder."""
    return version > tables.VERSION  # numbers of four digits


def is_older(version: str) -> bool:
    """Return whether a store of this version is brought up to date when it is opened."""
    return version < tables.VERSION


def bring_to_rest(path: Path) -> None:
    """Have SQLite put all that it keeps beside the store at `path` into it, so that another file may take its place.

    Raises StoreError while another program has it open, be it to read: it would go on with files of the new one. What
    is no database any more is nobody's.
    """
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=1)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE").close()  # for whoever is alone with it
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise StoreError(f"Another program has the store {path} open: end it first.") from error


@contextmanager
def being_restored(path: Path) -> Iterator[None]:
    """Let the block put another file in the place of the store at `path`; nobody opens the store till then.

    To be entered by whoever holds the store, and has brought it to rest. If the block does not end well, the mark
    stays (see `refuse_half_restored`): there is no telling what stands there.
    """
    mark = _mark(path)
    mark.write_text("feedbuilder restore has not ended; run it again, with --overwrite\n", "utf-8")
    for name in _BESIDE:
        path.with_name(path.name + name).unlink(missing_ok=True)
    yield
    mark.unlink()


def refuse_half_restored(path: Path) -> None:
    """Raise StoreError if putting the store at `path` back was begun and has not ended."""
    if _mark(path).exists():
        raise StoreError(
            f"A restore of the store {path} is under way, or was interrupted. If none is under way, run it again: "
            "feedbuilder restore FILE --overwrite."
        )


def _mark(path: Path) -> Path:
    return path.with_name(path.name + ".restoring")
