"""A feed as a value: everything its files say, decided once, so that all formats say the same.

Owns titles, dates, language, lifetime and addresses of a feed. Knows nothing of XML, JSON and HTML, and has no clock:
a feed is as old as its newest change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from uuid import uuid5
from zoneinfo import ZoneInfo

from feedbuilder.feeds.feed_index import SourceIndex
from feedbuilder.feeds.shown_entry import Entry, cleaned, show
from feedbuilder.feeds.tagging import Tagging
from feedbuilder.feeds.xml_texts import clean, language_code, local, public_address, web_address
from feedbuilder.model import Feed, Placed, Site, Source, StoredItem, TagFeed, formats
from feedbuilder.model.icon import icon_file
from feedbuilder.model.item_ids import NAMESPACE

GENERATOR = "feedbuilder"
"""Without a version: a release that changes no entry must not change every file. `status.json` names the version."""


@dataclass(frozen=True, slots=True)
class History:
    """Where a document stands in the history of its feed (RFC 5005 §4): names of pages, None where there is none."""

    previous: str | None = None
    """The page with the entries before these."""
    next: str | None = None
    """The page with the entries after these; the live files lead back, never on."""
    name: str | None = None
    """Its own, in an archive document; None in the live files."""


@dataclass(frozen=True)
class FeedDocument:
    """One feed, ready to be written. Two equal documents give the same bytes."""

    feed: Feed
    site: Site
    entries: tuple[Placed, ...]
    """Sorted by published, newest first; as the store has them. What is shown of one is clean: `item`, `entry`.

    Of those that stand written and are not the first, outlines will do: nobody asks what they say.
    """
    created: datetime
    """Since when the feed exists."""
    updated: datetime
    """When an entry last came or changed, else `created`; to the second, with the offset of that entry's zone."""
    sources: tuple[Source, ...]
    """Those that feed it, in configuration order."""
    language: str | None
    """BCP 47; None: not known, or mixed."""
    ttl: timedelta | None
    """The shortest configured interval of its sources; None without sources."""
    history: History = History()
    tagging: Tagging = field(default_factory=Tagging)
    """What the tags of entries mean, and how they are shown."""
    icon_file: str | None = None
    """Where the icon of its only source stands in the output; None where there is none, or several sources."""
    tag_feeds: tuple[TagFeed, ...] = ()
    """The addresses among its folders that a tag was given by a table with `auto`."""
    holds_full: bool = False
    """Whether an entry that stands written has a content besides its summary."""

    @property
    def slug(self) -> str:
        """Return the folder of the feed."""
        return self.feed.slug

    @property
    def folders(self) -> tuple[str, ...]:
        """Return all folders its files stand in: the slug, then the aliases, each once."""
        return tuple(dict.fromkeys((self.slug, *self.feed.aliases)))

    @property
    def title(self) -> str:
        """Return what people call it; never empty."""
        return clean(self.feed.name) or self.slug

    @property
    def description(self) -> str:
        """Return one sentence about it, else its title; never empty (RSS 2.0 requires one)."""
        return clean(self.feed.description) or self.title

    @property
    def site_title(self) -> str:
        """Return the name of the whole site; never empty."""
        return clean(self.site.title) or self.title

    @property
    def id(self) -> str:
        """Return its permanent id, made from the slug: a move to another public address makes no new feed of it."""
        return uuid5(NAMESPACE, f"feed:{self.slug}").urn

    @property
    def page(self) -> str:
        """Return the public address of our page about it."""
        return self.address("")

    @property
    def merges(self) -> bool:
        """Return whether entries of several sources stand in it, so that each has to name its own."""
        return len(self.sources) > 1

    @cached_property
    def website(self) -> str:
        """Return what readers take for its home page: the page that its only source watches, else our page about it."""
        if len(self.sources) != 1:
            return self.page
        only = self.sources[0]
        return web_address(public_address(only.home or only.url)) or self.page

    @property
    def icon(self) -> str | None:
        """Return the address of its picture: that of its only source's site, else ours.

        None for one source whose icon we do not have: readers look for it at the site themselves.
        """
        if len(self.sources) == 1 and self.icon_file is None:
            return None
        address = self.site.address(self.icon_file or formats.ICON.file)
        return web_address(address) or address

    def address(self, name: str) -> str:
        """Return the public address of the file called `name` in its folder, in ASCII."""
        address = self.site.address(f"{self.slug}/{name}")
        return web_address(address) or address

    def place(self, name: str) -> str:
        """Return where its file called `name` stands in the feed's folder: an archive document has a folder there."""
        return page_place(self.history.name, name) if self.history.name else name

    @property
    def has_full(self) -> bool:
        """Return whether an entry has a content besides its summary (`Entry.full`)."""
        able = (
            place
            for place, item in enumerate(self.entries)
            if isinstance(item, StoredItem)
            and (item.content_html or (item.image_details and item.image_details.description))
        )
        return self.holds_full or any(self.entry(place).full for place in able)

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the entries, in their order."""
        return tuple(item.id for item in self.entries)

    @property
    def shown(self) -> tuple[Entry, ...]:
        """Return the entries as the formats show them, in the same order."""
        return tuple(map(self.entry, range(len(self.entries))))

    def item(self, place: int) -> StoredItem:
        """Return the item in this place with clean texts."""
        if place not in self._cleaned:
            item = self.entries[place]
            assert isinstance(item, StoredItem)
            self._cleaned[place] = cleaned(item)
        return self._cleaned[place]

    def entry(self, place: int) -> Entry:
        """Return the entry in this place as the formats show it."""
        if place not in self._shown:
            self._shown[place] = show(self.item(place), self.sources, self.page, self.tagging, self.feed.change)
        return self._shown[place]

    @cached_property
    def _cleaned(self) -> dict[int, StoredItem]:
        return {}  # of a feed in which little changed, most entries stand written and are not looked at

    @cached_property
    def _shown(self) -> dict[int, Entry]:
        return {}

    def language_of(self, entry: Entry) -> str | None:
        """Return the language of `entry` where it is known and not that of the feed, else None."""
        code = entry.origin.language
        return code if code and code.lower() != (self.language or "").lower() else None


def page_place(page: str, name: str) -> str:
    """Return where the file called `name` of that archive document stands in the feed's folder."""
    return f"archive/{page}/{name}"


def compose(
    feed: Feed,
    entries: Sequence[Placed],
    sources: Sequence[Source] | SourceIndex,
    site: Site,
    created: datetime,
    history: History | None = None,
    *,
    tagging: Tagging | None = None,
    tag_feeds: Sequence[TagFeed] = (),
    icons: Mapping[str, str] | None = None,
    holds_full: bool = False,
) -> FeedDocument:
    """Return `feed` with its `entries` (as `route` gives them) as a document.

    `sources` are all that are configured: those which feed this one give its lifetime and, if they share one and
    nothing better is known, its language. `created` dates a feed without entries; now is never asked. `history` says
    where the document stands among archive documents (see `archive`), `icons` the kinds of those that are known, by
    source.
    """
    tagging = tagging or Tagging()
    index = sources if isinstance(sources, SourceIndex) else SourceIndex(sources, tagging)
    feeding = index.feeding(feed, {source for item in entries for source in item.sources})
    newest = max(entries, key=lambda item: (item.changed, item.id), default=None)
    return FeedDocument(
        feed=feed,
        site=site,
        entries=tuple(entries),
        created=created,
        updated=local(newest.changed, newest.zone) if newest else local(created, ZoneInfo("UTC")),
        sources=tuple(feeding),
        language=language_code(feed.language) or _shared_language(feeding) or language_code(site.language),
        ttl=min((source.interval for source in feeding), default=None),
        history=history or History(),
        tagging=tagging,
        icon_file=_icon_file(feeding, icons or {}),
        tag_feeds=tuple(tag_feeds),
        holds_full=holds_full,
    )


def _icon_file(feeding: Sequence[Source], icons: Mapping[str, str]) -> str | None:
    if len(feeding) != 1 or feeding[0].id not in icons:
        return None
    return icon_file(feeding[0].id, icons[feeding[0].id])


def _shared_language(sources: Sequence[Source]) -> str | None:
    codes = {code.lower() if (code := language_code(source.language)) else None for source in sources}
    return language_code(sources[0].language) if len(codes) == 1 else None
