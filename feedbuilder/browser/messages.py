"""What the program and the process that drives its browser say to each other: whole values, in both directions.

Both are the same program under the same user, so that they may trust each other; of a page there are only texts in it.
"""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass
from typing import Any, BinaryIO

from feedbuilder.fetch.renderer import Opened
from feedbuilder.model import BrowserSettings, FetchSettings

_LENGTH = struct.Struct("=Q")


@dataclass(frozen=True, slots=True)
class Setup:
    """What the process is told first."""

    browser: BrowserSettings
    fetch: FetchSettings


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a page was not opened, for people."""

    text: str
    host: str | None = None
    """What would have to be admitted, where its address is private."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of one page."""

    outcome: Opened | Failure
    goes_on: bool
    """Whether the process opens further pages; else it is at its end."""


def send(way: BinaryIO, message: object) -> None:
    """Send a message. Raises OSError, ValueError for a way that is closed."""
    content = pickle.dumps(message)
    way.write(_LENGTH.pack(len(content)) + content)
    way.flush()


def receive(way: BinaryIO) -> Any:
    """Return the next message; wait for it. Raises EOFError if nobody is there to send one."""
    return pickle.loads(_exactly(way, _LENGTH.unpack(_exactly(way, _LENGTH.size))[0]))  # noqa: S301 - our own process


def _exactly(way: BinaryIO, size: int) -> bytes:
    content = way.read(size)
    if len(content) < size:
        raise EOFError
    return content
