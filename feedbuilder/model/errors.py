"""The errors that feedbuilder raises on purpose.

Each message is written for the person who must act: it names the source, URL, key or selector, and says what to do
next. Whatever is not one of these is a bug and keeps its traceback.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from feedbuilder.model.host_wait import HostWait


class FeedbuilderError(Exception):
    """What went wrong, and the remedy, in one or two plain sentences."""


class ConfigError(FeedbuilderError):
    """One or more mistakes in the configuration; `problems` holds one message per mistake, in file order."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class FetchError(FeedbuilderError):
    """A page could not be had. `status` is the HTTP status, None where no answer came.

    `retry_after` is how long the site asked us to wait (RFC 9110 §10.2.3), None where it did not say. `finding` is the
    message without its remedy, which is for the page of a source; None where the message holds for any page.
    `is_lasting` says that it will hardly pass by itself, so that people are to be told at once.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        retry_after: timedelta | None = None,
        finding: str | None = None,
        is_lasting: bool = False,
    ) -> None:
        super().__init__(message)
        self.is_lasting = is_lasting
        self.status = status
        self.retry_after = retry_after
        self.finding = finding

    @property
    def is_about_us(self) -> bool:
        """Return whether it says nothing of the page, but that we are to come later."""
        return self.status == 429


class NotAskedError(FetchError):
    """A page was not asked for, because its host wants to be left alone, or its robots.txt cannot be had.

    `retry_after` is how long still.
    """

    @classmethod
    def until(cls, wait: HostWait, now: datetime) -> Self:
        """Return the error that says why and until when; `wait` is not over at `now`."""
        message = f"Not asked before {wait.until:%Y-%m-%d %H:%M:%S} UTC: {wait.reason}"
        return cls(message, retry_after=wait.until - now, finding=message)

    @property
    def is_about_us(self) -> bool:
        """Return True: nothing was asked for."""
        return True


class PrivateAddressError(FetchError):
    """A page was not asked for, because its host is of a private network and is not admitted.

    `host` is what would have to be admitted.
    """

    def __init__(self, message: str, host: str) -> None:
        super().__init__(message)
        self.host = host


class ExtractError(FeedbuilderError):
    """A page was had, but no list of articles could be read from it: a wrong selector, or a page that changed.

    `is_lasting` says that it will hardly pass by itself, so that people are to be told at once.
    """

    def __init__(self, message: str, *, is_lasting: bool = False) -> None:
        super().__init__(message)
        self.is_lasting = is_lasting


class NothingFoundError(ExtractError):
    """A page was read, and the selectors found no article on it."""


class NoneWantedError(NothingFoundError):
    """A page was read, and lists articles, but none with an address that the source wants (`only`)."""


class ReadingStoppedError(FeedbuilderError):
    """A page was not read because the program is ending; nothing is known of the page."""


class ClockError(FeedbuilderError):
    """This machine's clock is off by more than is possible: dates and due times would be wrong."""


class StoreError(FeedbuilderError):
    """The store cannot be opened or is of a version that this feedbuilder does not know."""


class StoreAwayError(StoreError):
    """The server of the store does not answer, or cannot at this moment."""


class StoreRefusedError(StoreError):
    """The server of the store answers, and does not let us in: a name or a password is wrong, or nothing is there."""


class OutdatedError(StoreError):
    """A newer feedbuilder has made the store, or changed it while this one had it open."""


class LostStoreError(StoreError):
    """The store is empty, and a published feed that it would be filled from is damaged."""


class BackupError(FeedbuilderError):
    """A backup cannot be written, or a file is none that can be restored here."""


class PublishError(FeedbuilderError):
    """The output cannot be written: a missing permission, a full disk, a file where a folder should be."""


class AlreadyRunningError(FeedbuilderError):
    """Another feedbuilder process holds this store."""
