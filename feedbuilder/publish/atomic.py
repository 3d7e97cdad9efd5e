"""One file, whole or not at all: a temporary neighbour, flushed, takes the place of the old one.

Owns the names of the temporary files and the words for what a disk may refuse. Knows nothing of feeds.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

from feedbuilder.model import FileStamp, PublishError

LEFTOVERS = ".feedbuilder-*.tmp"
"""What a process that was killed may leave behind."""
_MODE = 0o644
"""A web server of another user must read the files; the umask may take more away."""

_REMEDIES = {
    errno.EACCES: "give this user the right to read and write there",
    errno.EPERM: "give this user the right to read and write there",
    errno.EROFS: "the disk is read-only: mount it writable, or set site.output to another folder",
    errno.ENOSPC: "the disk is full: make room",
    errno.EDQUOT: "the disk quota is used up: make room",
    errno.EFBIG: "the file is larger than the system allows here: lower `entries` of the feed",
    errno.ENOTDIR: "a file is in the way of a folder: move it, or set site.output to another folder",
    errno.EEXIST: "a file is in the way of a folder: move it, or set site.output to another folder",
    errno.EISDIR: "a folder is in the way of the file: move it",
    errno.ENXIO: "something else is in the way of the file: move it",
    errno.ENOTEMPTY: "a folder is in the way of the file: move it",
    errno.ENAMETOOLONG: "the path is too long: set site.output to a folder higher up",
}


@contextlib.contextmanager
def telling(path: Path, action: str) -> Iterator[None]:
    """Turn an OSError within the block into a PublishError that names `path`, what was tried and what helps."""
    try:
        yield
    except OSError as error:
        raise refused(path, action, error) from error


def refused(path: Path, action: str, error: OSError) -> PublishError:
    """Return what is to be raised where `action` on `path` ended in `error`."""
    remedy = _REMEDIES.get(error.errno or 0, "see to it and run again")
    return PublishError(f"cannot {action} {path}: {error.strerror or error}; {remedy}")


def stamp_of(state: os.stat_result) -> FileStamp:
    """Return the stamp of the file that `state` tells of."""
    return FileStamp(state.st_size, state.st_mtime_ns)


def read(path: Path) -> bytes | None:
    """Return the content of `path`, None where there is no such file. Raises PublishError if it cannot be read."""
    found = read_stamped(path)
    return found and found[0]


def read_stamped(path: Path) -> tuple[bytes, FileStamp] | None:
    """Return the content of `path` and the stamp that it has with this content; otherwise as `read`."""
    with telling(path, "read"):
        try:
            # Not blocking: opening a named pipe would wait until somebody writes to it.
            descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        except FileNotFoundError:
            return None
        try:
            state = os.fstat(descriptor)
            if not stat.S_ISREG(state.st_mode):
                raise OSError(errno.EISDIR if stat.S_ISDIR(state.st_mode) else errno.ENXIO, "it is no file")
            parts = iter(lambda: os.read(descriptor, state.st_size + 1), b"")
            return b"".join(parts), stamp_of(state)
        finally:
            os.close(descriptor)


def stamp_if(path: Path, content: bytes) -> FileStamp | None:
    """Return the stamp of the file at `path` where it has this content, None otherwise. Raises as `read`."""
    with contextlib.suppress(OSError):  # what that means, reading tells
        state = os.stat(path)  # noqa: PTH116 - as in `replace`
        if stat.S_ISREG(state.st_mode) and state.st_size != len(content):
            return None
    found = read_stamped(path)
    return found[1] if found and found[0] == content else None


def replace(path: Path, content: bytes) -> FileStamp:
    """Put `content` at `path`, whose folder exists; return its stamp. Raises PublishError; then the old file stays.

    The content is on the disk before the name changes; the name itself is when the folder is flushed (`flush_folder`).
    """
    # Plain calls of the system: a publication writes four files a feed, and objects around them took half of its time.
    temporary = f"{path.parent}/{LEFTOVERS.replace('*', secrets.token_hex(8))}"
    with telling(path, "write"):
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), _MODE)
            try:
                rest = memoryview(content)
                while rest:
                    rest = rest[os.write(descriptor, rest) :]
                os.fsync(descriptor)
                stamp = stamp_of(os.fstat(descriptor))
            finally:
                os.close(descriptor)
            os.replace(temporary, path)  # noqa: PTH105 - as above
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108 - as above
            raise
    return stamp


def flush_folder(path: Path) -> None:
    """Bring the names in the folder `path` to the disk, where the system can (Windows cannot open folders)."""
    if os.name == "nt":
        return
    with telling(path, "flush"):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            # Some network and user-space file systems know no fsync of folders; the files themselves are safe.
            if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
                raise
        finally:
            os.close(descriptor)
