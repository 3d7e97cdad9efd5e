"""Who may work on a store: one process at a time.

Owns the lock file beside the database, and the one that says by which configuration its holder works. It is the
operating system's lock, not a file with a number in it: it is gone when its process is, however that ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from feedbuilder.model import AlreadyRunningError, StoreError


def lock_path(path: Path) -> Path:
    """Return where the lock of the store at `path` lies: `feedbuilder.db.lock` beside `feedbuilder.db`."""
    return path.with_name(path.name + ".lock")


def _holder_path(path: Path) -> Path:
    return path.with_name(path.name + ".holder")


@contextmanager
def hold(path: Path, *, by: Path | None = None) -> Iterator[None]:
    """Hold the store at `path` while the block runs; its folder is made if need be. Never waits.

    `by` is the configuration that the holder works by, if it stays and others may ask it for something: see `holder`.
    Raises AlreadyRunningError if it is held already, by another process or by this one, and StoreError if the folder
    cannot be written to. The lock file stays behind: removing it would let a third process lock another file.
    """
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


def holder(path: Path) -> Path | None:
    """Return the configuration that the holder of the store at `path` works by.

    None if nobody holds it, if its holder does not stay, and if there is no such file here: a holder in a container
    may call it by another name.
    """
    try:
        by = Path(_holder_path(path).read_text("utf-8"))
    except OSError:
        return None
    return by if by.is_file() and is_held(path) else None


def is_held(path: Path) -> bool:
    """Return whether someone holds the store at `path` at this moment; creates nothing."""
    if not lock_path(path).exists():
        return False
    try:
        with hold(path):
            return False
    except AlreadyRunningError:
        return True
