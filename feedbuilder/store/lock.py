"""Who may work on a store: one process at a time.

Owns the lock file beside an SQLite store, and the one that says by which configuration its holder works. It is the
operating system's lock, not a file with a number in it: it is gone when its process is, however that ended. A store on
a server is held there, see `server_lock`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from feedbuilder.model import AlreadyRunningError, StoreError
from feedbuilder.store.place import Place


class Hold(Protocol):
    """A store that is held."""

    def check(self) -> bool:
        """Make sure that it still is; return whether it had to be taken again, for a server may have failed meanwhile.

        Then another process may have held it in between, and written what nobody here knows of.

        Raises AlreadyRunningError if another process holds it now, StoreError if that is not known at present.
        """


class _FileHold:
    """The lock of a file, which nothing takes away while its process lives."""

    def check(self) -> bool:
        """Do nothing."""
        return False


def lock_path(path: Path) -> Path:
    """Return where the lock of the store at `path` lies: `feedbuilder.db.lock` beside `feedbuilder.db`."""
    return path.with_name(path.name + ".lock")


def _holder_path(path: Path) -> Path:
    return path.with_name(path.name + ".holder")


@contextmanager
def hold(place: Place, *, by: Path | None = None) -> Iterator[Hold]:
    """Hold the store at `place` while the block runs; the folder of a file is made if need be. Never waits.

    `by` is the configuration that the holder works by, if it stays and others may ask it for something: see `holder`.
    Raises AlreadyRunningError if it is held already, by another process or by this one, and StoreError if the folder
    cannot be written to or the server does not answer.
    """
    if isinstance(place, Path):
        with _hold_file(place, by):
            yield _FileHold()
        return
    from feedbuilder.store.server_lock import hold_server  # noqa: PLC0415 - most stores are files

    with hold_server(place, by=by) as held:
        yield held


def holder(place: Place) -> Path | None:
    """Return the configuration that the holder of the store at `place` works by.

    None if nobody holds it, if its holder does not stay, and if there is no such file here: a holder in a container
    or on another machine may call it by another name.
    """
    if not isinstance(place, Path):
        from feedbuilder.store.server_lock import holder_on_server  # noqa: PLC0415 - most stores are files

        return holder_on_server(place)
    try:
        by = Path(_holder_path(place).read_text("utf-8"))
    except OSError:
        return None
    return by if by.is_file() and is_held(place) else None


def is_held(place: Place) -> bool:
    """Return whether someone holds the store at `place` at this moment; creates nothing."""
    if not isinstance(place, Path):
        from feedbuilder.store.server_lock import is_held_on_server  # noqa: PLC0415 - most stores are files

        return is_held_on_server(place)
    if not lock_path(place).exists():
        return False
    try:
        with hold(place):
            return False
    except AlreadyRunningError:
        return True


@contextmanager
def _hold_file(path: Path, by: Path | None) -> Iterator[None]:
    """Hold the file at `path`. Its lock file stays behind: removing it would let a third process lock another file."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(lock_path(path), blocking=False)
        lock.acquire()
        note = _holder_path(path)
        note.unlink(missing_ok=True)  # of a process that was killed
        if by is not None:
            note.write_text(str(by.resolve()), "utf-8")
    except Timeout as error:
        raise AlreadyRunningError(
            f"Another feedbuilder is working on the store {path}. Stop it first, or give this one a store of its own "
            "(path under [store])."
        ) from error
    except OSError as error:
        raise StoreError(
            f"The store {path} cannot be locked: {error}. Check that its folder can be written to."
        ) from error
    try:
        yield
    finally:
        if by is not None:
            note.unlink(missing_ok=True)
        lock.release()
