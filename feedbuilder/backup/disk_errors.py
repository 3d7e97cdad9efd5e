"""What a disk refuses, as the error of a backup."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from feedbuilder.model import BackupError


@contextmanager
def disk_errors_told(failing: str) -> Iterator[None]:
    """Raise BackupError in place of an OSError: that `failing` ("x cannot be written"), why, and at which file."""
    try:
        yield
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        raise BackupError(f"{failing}: {error.strerror or error}{place}.") from error
