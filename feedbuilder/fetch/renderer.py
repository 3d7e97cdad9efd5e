"""What `fetcher` asks of a browser, as values and a protocol. Knows nobody who answers.

A page that a script builds is asked for like any other: robots.txt, one's turn at the host, the answer's status. Only
the request itself is another one.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from feedbuilder.model import BrowserView, Page


@dataclass(frozen=True, slots=True)
class Opening:
    """A page that is to be opened."""

    url: str
    """ASCII, IDNA applied, without user information; with its fragment, by which some scripts know what to show."""
    origin: str
    """Scheme, host and port, to which `private` goes, and to no other."""
    view: BrowserView
    private: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Headers, Authorization and Cookie among them."""
    user_agent: str | None = None
    """What the browser calls itself; None: what it is, with `our_name` behind."""
    our_name: str = ""
    language: str | None = None
    """BCP 47."""
    zone: str = "UTC"
    """The IANA name of the zone in which scripts write times."""
    watches: bool = False
    """Whether what the page loads as JSON is wanted too."""


@dataclass(frozen=True, slots=True)
class LoadedData:
    """An answer in JSON that a page asked for while it was opened."""

    url: str
    body: bytes
    content_type: str | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A page as its scripts have built it."""

    url: str
    """Where it is in the end."""
    status: int
    headers: Mapping[str, str]
    """Of the last answer that was a whole page, names in small letters."""
    html: bytes = b""
    """In UTF-8. Empty where `status` is none that carries a page, and where `headers` say that it is none."""
    data: tuple[LoadedData, ...] = ()
    refused: tuple[str, ...] = ()
    """Hosts on private addresses that scripts asked for; nothing was sent there."""
    missed: tuple[str, ...] = ()
    """Keys of the view whose selectors found nothing."""


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as its scripts have built it, and the JSON that they asked for, where that was wanted."""

    page: Page
    data: tuple[Page, ...] = ()


class Renderer(Protocol):
    """Opens pages in a browser, one at a time. Safe to use from several threads."""

    def turn(self) -> AbstractContextManager[object]:
        """Wait until nobody else opens a page, and be the only one in this block. Raises FetchError."""
        ...

    def open(self, opening: Opening) -> Opened:
        """Open a page, and close it again; to be called in one's turn.

        Raises FetchError, PrivateAddressError; also where there is no browser, which the message tells.
        """
        ...

    def close(self) -> None:
        """End the browser, whatever it does; who waits for it gets a FetchError."""
        ...
