"""Decisions about memory, as values: what merging a page with what is known has to change."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from feedbuilder.model.article_visit import ArticleStatement
from feedbuilder.model.items import Precision, Statement, StoredItem


@dataclass(frozen=True, slots=True)
class Identity:
    """What outlives everything else about an item, retention included."""

    id: str
    canonical: str
    published: datetime
    precision: Precision
    zone: ZoneInfo
    first_seen: datetime
    """When a reading first met it. Guessed where a lost store was filled again; see `Backlog`."""
    position: int = 0
    """Its place on the page at first sight, 0 being the top: the order of items that share their dates."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the store holds of one canonical address. `item` is None where retention has dropped the texts."""

    identity: Identity
    item: StoredItem | None = None
    statements: tuple[Statement, ...] = ()
    announced: bool = False
    """Whether it has stood in a published feed; from then on its date is fixed."""
    article: ArticleStatement | None = None
    """What its own page said; None if that was not read."""
    awaits_page: bool = False
    """Whether its own page is to be read, for the first time or again."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An item that its list may show again as it did, with nothing to be done; see `pipeline.standing_items`."""

    item: str
    """Its id."""
    dated: datetime | None
    """The moment that the list gave as its date; see `Statement.dated`."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is left of a source's past after its store was lost and filled again from the published feeds.

    It holds until the source is read. Only what the feeds showed is remembered, and most of a page may be something
    else: what is unknown on it need not be new.
    """

    shown: bool
    """Whether any of the source's items stood in the feeds."""
    oldest: datetime
    """The earliest `first_seen` in the feeds."""
    newest: datetime
    """The latest `first_seen` in the feeds: the store was alive then."""


@dataclass(frozen=True, slots=True)
class Change:
    """One item of the page and what becomes of it."""

    identity: Identity
    statement: Statement
    """What the list says now; replaces what it said before."""
    item: StoredItem
    """The entry computed from all statements."""
    is_new: bool = False
    """Never seen before: not even an identity was known, nor is it likely that one was lost."""
    is_changed: bool = False
    """Known, and different for a reader."""
    is_redated: bool = False
    """Known, and dated later than before by its list: its own page may say something else now."""


@dataclass(frozen=True, slots=True)
class Completion:
    """One item whose own page was read, and what becomes of it."""

    identity: Identity
    article: ArticleStatement
    item: StoredItem


@dataclass(frozen=True, slots=True)
class Changes:
    """What one page changes, in page order. Merging the same page again gives no new and no changed ones."""

    source: str
    now: datetime
    changes: tuple[Change, ...] = field(default=())
    standing: tuple[str, ...] = ()
    """The ids of the items that the page shows besides, word for word as before: nothing is to be done for them."""

    @property
    def new(self) -> tuple[Change, ...]:
        """Return the items never seen before, in page order."""
        return tuple(change for change in self.changes if change.is_new)

    @property
    def changed(self) -> tuple[Change, ...]:
        """Return the known items that became different for a reader, in page order."""
        return tuple(change for change in self.changes if change.is_changed)
