"""A feed as a value: everything its files say, decided once, so that all formats say the same.

Owns titles, dates, language, lifetime and addresses of a feed. Knows nothing of XML, JSON and HTML, and has no clock:
a feed is as old as its newest change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from uuid import uuid5
from zoneinfo import ZoneInfo

from feedbuilder.feeds.tagging import Tagging
from feedbuilder.feeds.xml_texts import beginning, clean, language_code, local, readable_address, web_address
from feedbuilder.model import Feed, Precision, Site, Source, StoredItem, TagFeed
from feedbuilder.model.ids import NAMESPACE
from feedbuilder.model.markup import sanitise

GENERATOR = "feedbuilder"
"""Without a version: a release that changes no entry must not change every file. `status.json` names the version."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as all formats show it."""

    id: str
    title: str
    """Never empty: the site's, else the beginning of the summary, else the address."""
    link: str
    """An ASCII http(s) address."""
    summary: str | None
    authors: tuple[str, ...]
    image: str | None
    """An ASCII http(s) address."""
    tags: tuple[str, ...]
    published: datetime
    """To the second, with the offset of the site's zone."""
    updated: datetime
    """As `published`; the same where nothing changed since."""
    has_time: bool
    """Whether the time of `published` means something; else the site said only the day."""
    content: str | None
    """The whole text: a fragment of HTML with nothing in it that `model.markup` does not allow."""


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
    entries: tuple[StoredItem, ...]
    """Sorted by published, newest first; texts cleaned."""
    created: datetime
    """Since when the feed exists."""
    updated: datetime
    """When an entry last came or changed, else `created`; to the second, with the offset of that entry's zone."""
    language: str | None
    """BCP 47; None: not known, or mixed."""
    ttl: timedelta | None
    """The shortest configured interval of its sources; None without sources."""
    history: History = History()
    tagging: Tagging = field(default_factory=Tagging)
    """What the tags of entries mean, and how they are shown."""
    tag_feeds: tuple[TagFeed, ...] = ()
    """The addresses among its folders that a tag was given by a table with `auto`."""

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
    def home(self) -> str:
        """Return the public address of its page."""
        return self.address("")

    def address(self, name: str) -> str:
        """Return the public address of the file called `name` in its folder, in ASCII."""
        address = self.site.address(f"{self.slug}/{name}")
        return web_address(address) or address

    def place(self, name: str) -> str:
        """Return where its file called `name` stands in the feed's folder: an archive document has a folder there."""
        return page_place(self.history.name, name) if self.history.name else name

    @cached_property
    def shown(self) -> tuple[Entry, ...]:
        """Return the entries as the formats show them, in the same order."""
        return tuple(_show(item, self.home, self.tagging) for item in self.entries)


def page_place(page: str, name: str) -> str:
    """Return where the file called `name` of that archive document stands in the feed's folder."""
    return f"archive/{page}/{name}"


def compose(
    feed: Feed,
    entries: Sequence[StoredItem],
    sources: Sequence[Source],
    site: Site,
    created: datetime,
    history: History | None = None,
    *,
    tagging: Tagging | None = None,
    tag_feeds: Sequence[TagFeed] = (),
) -> FeedDocument:
    """Return `feed` with its `entries` (as `route` gives them) as a document.

    `sources` are all that are configured: those which feed this one give its lifetime and, if they share one and
    nothing better is known, its language. `created` dates a feed without entries; now is never asked. `history` says
    where the document stands among archive documents (see `archive`).
    """
    tagging = tagging or Tagging()
    feeding = _feeding(feed, entries, sources, tagging)
    newest = max(entries, key=lambda item: (item.changed, item.id), default=None)
    return FeedDocument(
        feed=feed,
        site=site,
        entries=tuple(_cleaned(item) for item in entries),
        created=created,
        updated=local(newest.changed, newest.zone) if newest else local(created, ZoneInfo("UTC")),
        language=language_code(feed.language) or _shared_language(feeding) or language_code(site.language),
        ttl=min((source.interval for source in feeding), default=None),
        history=history or History(),
        tagging=tagging,
        tag_feeds=tuple(tag_feeds),
    )


def _feeding(feed: Feed, entries: Sequence[StoredItem], sources: Sequence[Source], tagging: Tagging) -> list[Source]:
    """Return the sources that feed `feed`: by their own tags, or because an entry is theirs."""
    seen = {source for item in entries for source in item.sources}
    return [
        source
        for source in sources
        if source.id in seen
        or (feed.sources.admits(frozenset({source.id})) and feed.tags.admits(tagging.keys(source.tags)))
    ]


def _shared_language(sources: Sequence[Source]) -> str | None:
    codes = {code.lower() if (code := language_code(source.language)) else None for source in sources}
    return language_code(sources[0].language) if len(codes) == 1 else None


def _cleaned(item: StoredItem) -> StoredItem:
    """Return `item` with clean texts. Extraction cleans them too; a seeded or older store may hold others.

    Markup is sanitised here once more, for this is the last gate before it is published.
    """
    return replace(
        item,
        title=clean(item.title),
        summary=clean(item.summary),
        authors=tuple(name for author in item.authors if (name := clean(author))),
        tags=tuple(name for tag in item.tags if (name := clean(tag))),
        own_tags=tuple(name for tag in item.own_tags if (name := clean(tag))),
        link=clean(item.link) or "",
        canonical=clean(item.canonical) or "",
        image=clean(item.image),
        content_html=sanitise(item.content_html) if item.content_html else None,
    )


def _show(item: StoredItem, home: str, tagging: Tagging) -> Entry:
    # A link that is no web address cannot come from extraction. The entry is kept, for its id is out, and leads home.
    link = web_address(item.link) or home
    title = item.title or (beginning(item.summary) if item.summary else beginning(readable_address(link)))
    return Entry(
        id=item.id,
        title=title,
        link=link,
        summary=item.summary,
        authors=item.authors,
        image=web_address(item.image),
        tags=tuple(name for tag in tagging.shown(item.tags) if (name := clean(tag))),
        published=local(item.published, item.zone),
        updated=local(item.updated, item.zone),
        has_time=item.precision is not Precision.DAY,
        content=item.content_html,
    )
