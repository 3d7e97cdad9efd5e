"""A feed in a few words: what the overview, the list of feeds and status.json say of it, without its entries.

Owns the form in which that is remembered, so that a feed in which nothing changed need not be made to be listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from feedbuilder.model import formats

if TYPE_CHECKING:
    from feedbuilder.feeds.feed_document import FeedDocument

FEEDS_KEPT = 5_000
"""Of so many feeds is kept in memory what lists say of them."""


@dataclass(frozen=True, slots=True)
class NewestEntry:
    """The entry that stands first in a feed; see `Entry`."""

    title: str
    link: str
    published: datetime
    has_time: bool


@dataclass(frozen=True, slots=True)
class FeedSummary:
    """What is said of a feed where it is listed among others; see `FeedDocument` for what its parts mean."""

    slug: str
    folders: tuple[str, ...]
    title: str
    description: str
    language: str | None
    website: str
    page: str
    addresses: tuple[tuple[str, str], ...]
    """The names of its files, each with its public address."""
    updated: datetime
    count: int
    """How many entries it has."""
    newest: NewestEntry | None
    """None for a feed without entries."""
    origins: tuple[str, ...]
    """The ids of the sources that its entries come from, sorted; also of those that are configured no longer."""

    def address(self, name: str) -> str:
        """Return the public address of the file called `name` in its folder."""
        return dict(self.addresses)[name]

    def to_note(self) -> dict[str, Any]:
        """Return this as a JSON object, from which `from_note` makes it again."""
        newest = self.newest and {
            "title": self.newest.title,
            "link": self.newest.link,
            "published": self.newest.published.isoformat(),
            "has_time": self.newest.has_time,
        }
        plain = ("slug", "title", "description", "language", "website", "page", "count")
        return {name: getattr(self, name) for name in plain} | {
            "folders": list(self.folders),
            "addresses": [list(pair) for pair in self.addresses],
            "updated": self.updated.isoformat(),
            "newest": newest,
            "origins": list(self.origins),
        }

    @classmethod
    def from_note(cls, note: Mapping[str, Any]) -> FeedSummary:
        """Return what `to_note` gave."""
        newest = note["newest"]
        made = {
            "folders": tuple(note["folders"]),
            "addresses": tuple((name, address) for name, address in note["addresses"]),
            "updated": datetime.fromisoformat(note["updated"]),
            "newest": newest and NewestEntry(**newest | {"published": datetime.fromisoformat(newest["published"])}),
            "origins": tuple(note["origins"]),
        }
        return cls(**dict(note) | made)


T = TypeVar("T")


class MadeOfEach(Generic[T]):
    """What is made of each feed where feeds are listed, kept in memory: of a thousand feeds mostly one has changed."""

    def __init__(self, make: Callable[[FeedSummary], T]) -> None:
        self._make = make
        self._made: dict[str, tuple[FeedSummary, T]] = {}

    def __call__(self, feeds: Iterable[FeedSummary]) -> list[T]:
        """Return what `make` returns of each of `feeds`, in their order."""
        known = self._made
        return [
            there[1] if (there := known.get(feed.slug)) is not None and there[0] is feed else self._of(feed)
            for feed in feeds
        ]

    def _of(self, feed: FeedSummary) -> T:
        known = self._made.get(feed.slug)
        if known is not None and known[0] == feed:
            self._made[feed.slug] = feed, known[1]  # the same one is known at once next time
            return known[1]
        if len(self._made) >= FEEDS_KEPT:
            self._made.clear()
        made = self._make(feed)
        self._made[feed.slug] = feed, made
        return made


Listed: TypeAlias = "FeedDocument | FeedSummary"
"""A feed that is to be listed among others."""


def summarise(feed: Listed) -> FeedSummary:
    """Return what the lists of feeds say of `feed`."""
    if isinstance(feed, FeedSummary):
        return feed
    newest = None
    if feed.entries:
        first = feed.entry(0)
        newest = NewestEntry(first.title, first.link, first.published, first.has_time)
    return FeedSummary(
        slug=feed.slug,
        folders=feed.folders,
        title=feed.title,
        description=feed.description,
        language=feed.language,
        website=feed.website,
        page=feed.page,
        addresses=tuple((kind.file, feed.address(kind.file)) for kind in formats.FEED_FORMATS),
        updated=feed.updated,
        count=len(feed.entries),
        newest=newest,
        origins=tuple(sorted({source for item in feed.entries for source in item.sources})),
    )


def summaries(feeds: Iterable[Listed]) -> list[FeedSummary]:
    """Return what the lists say of each of `feeds`, in their order."""
    return [summarise(feed) for feed in feeds]
