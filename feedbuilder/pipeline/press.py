"""What has to be made anew of the output, and why: an item, a tag's name, a setting or the program changed.

Owns this decision and what is kept in memory between two publishings so that it is quick: the feeds of today, what tags
mean, what stands in the output. All of it can be had from the store again, which is what a new process does. Changes
nothing; knows stores as a protocol only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime

from feedbuilder.feeds import FeedIndex, FeedSummary, SourceIndex, Tagging, reroute
from feedbuilder.model import ArchivePage, Feed, Outline, Placed, PrintedFeed, Printing, StoredItem, TagFeed, Touched
from feedbuilder.model.printed import LIVE
from feedbuilder.model.wording import tag_key
from feedbuilder.pipeline.catalogue import Catalogue
from feedbuilder.pipeline.due import Due
from feedbuilder.pipeline.marks import Marks
from feedbuilder.pipeline.outline_memory import OutlineMemory
from feedbuilder.pipeline.ports import Publisher, Store
from feedbuilder.pipeline.routes import Routes, routes

SITE = ""
"""The slug under which the files at the top of the output are remembered."""


AT_A_TIME = 10
"""Of how many feeds each publishing looks whether their files still stand there; after a start it is all of them."""
FEW = 50
"""So many items that changed are kept while feeds are made, for these want their texts."""


class Press:
    """Knows the output under one configuration. For one thread at a time."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.marks = Marks(catalogue)
        self.printed: dict[str, PrintedFeed] = {}
        self.summaries: dict[str, FeedSummary] = {}
        self.created: dict[str, datetime] = {}
        self.icons: dict[str, str] = {}
        """The kinds of the icons of sites that are known, by source."""
        self._routes: Routes | None = None
        self._makes_feeds = any(feed.auto for feed in catalogue.feeds)
        self._marks: dict[str, str] = {}
        """Those of today, by slug."""
        self.is_fresh = True
        """Whether nothing was published since everything was looked up: also what lists feeds may be another."""
        self.lists_wait = False
        """Whether files that list feeds may say what is so no longer."""
        self._left: Due | None = None
        """What the last publishing has left for the next one."""
        self._pages: dict[str, Sequence[ArchivePage]] = {}
        """Those of feeds that were asked for since `look`."""
        self._news: dict[str, StoredItem] = {}
        """Items that changed and were read for that by the last `look`, by id; none where these are many."""
        self._read: AbstractSet[str] = frozenset()
        """The ids of all items that changed, where these were read; `_news` has none that have gone or wait."""
        self.outlines = OutlineMemory()
        self._unchecked: list[str] = []
        """The slugs of feeds whose files are to be looked at next."""

    @property
    def routes(self) -> Routes:
        """Return the feeds of today; only after `look`."""
        assert self._routes is not None
        return self._routes

    @property
    def tagging(self) -> Tagging:
        """Return what tags mean today; only after `look`."""
        return self.routes.tagging

    def forget(self) -> None:
        """Have everything looked up in the store again, because what was being made may not have got there."""
        self._routes, self._left = None, None

    @property
    def has_more(self) -> bool:
        """Return whether the last publishing has left something for the next one."""
        return self._left is not None

    @property
    def has_news(self) -> bool:
        """Return whether news is among what was left."""
        return self._left is not None and bool(self._left.documents)

    def look(self, store: Store) -> Due:
        """Return what is to be made anew, by what the store says; what stands on the disk is the publisher's to say."""
        self._pages.clear()
        self._news.clear()
        self._read = frozenset()
        if self._routes is None:
            return self._looked_up(store, store.touched())
        left = self._left
        news = store.touched(left.until if left else 0)
        due = Due(news.until, items=news.items)
        if news.icons:
            self._redraw(store, due)
        if news.items or news.tags:
            keys = self._refresh(store, news, due)
            self._reroute(store, keys, due)
        return due.after(left) if left else due

    def _looked_up(self, store: Store, news: Touched) -> Due:
        """Look everything up, as in a new process."""
        uses = store.tag_uses()
        tagging = Tagging.of(self.catalogue.tags, uses)
        self.created = dict(store.feeds())
        self.icons, self.marks.icons = dict(store.icon_kinds()), dict(store.icon_stamps())
        self.printed = dict(store.printed())
        self.summaries = {
            slug: FeedSummary.from_note(feed.summary) for slug, feed in self.printed.items() if slug != SITE
        }
        self._marks = {}
        self.outlines.clear()
        self._take(routes(self.catalogue, store, tagging, uses))
        self._unchecked, self.is_fresh = list(self.printed), True
        due = Due(news.until, items=news.items, names=_differing(store.tag_names(), tagging.names))
        due.anew.update(self._unlike())
        if self.printed:  # else everything is news
            self._touch(store, news, due)
        return due

    def _redraw(self, store: Store, due: Due) -> None:
        """Take in the icons of sites that came or were replaced."""
        self.icons, self.marks.icons = dict(store.icon_kinds()), dict(store.icon_stamps())
        self._marks = {feed.slug: self.mark(feed, own, self._origins(feed.slug)) for feed, own in self.routes.feeds}
        due.anew.update(self._unlike())

    def _refresh(self, store: Store, news: Touched, due: Due) -> frozenset[str]:
        """Note what `news` touch; return the keys of tags whose feeds may be others for it."""
        if news.tags:
            uses = store.tag_uses(news.tags)
            tagging = self.tagging.recounted(self.catalogue.tags, uses, news.tags)
            due.names = _differing(self.tagging.names, tagging.names, news.tags)
            self._take(Routes(self.routes.feeds, tagging, ()))
        return self._touch(store, news, due)

    def _touch(self, store: Store, news: Touched, due: Due) -> frozenset[str]:
        """Note in which documents items stand or stood that changed, or tags that are shown otherwise now."""
        due.whole |= store.showing((), due.names.keys()) if due.names else set()
        for slug, name in (*due.whole, *store.showing(news.items, ())):
            due.add(slug, name)
        keys = set(news.tags)
        if are_few := len(news.items) <= FEW:
            self._read = news.items
        for item in store.released(news.items) if news.items else ():
            if are_few:
                self._news[item.id] = item
            keys.update(map(tag_key, item.tags))
            for feed in self._index.holding(item):
                due.add(feed.slug, LIVE)
                if feed.archive and (page := self._page_of(store, feed.slug, item)) is not None:
                    due.add(feed.slug, page)
        due.documents = dict(sorted(due.documents.items()))
        return frozenset(keys)

    def _page_of(self, store: Store, slug: str, item: StoredItem) -> str | None:
        """Return the name of the page of a feed's history in which `item` stands."""
        from feedbuilder.feeds import page_of  # noqa: PLC0415 - it comes with all that entries are written with

        pages = self.pages(store, slug)
        place = page_of(pages, item)
        return None if place is None else pages[place].name

    def _reroute(self, store: Store, keys: frozenset[str], due: Due) -> None:
        """Take in the feeds that tags make: one may have got its address, another its title."""
        if not self._makes_feeds:
            return
        alike = self.tagging.behind(self.tagging.key(key) for key in keys)
        self._take(routes(self.catalogue, store, self.tagging, store.tag_uses(alike)))
        due.anew.update(self._unlike())

    def _take(self, found: Routes) -> None:
        before = self._routes
        self._routes = found
        if before is None:
            self.sources = SourceIndex(self.catalogue.sources, found.tagging)
        if before is None or before.feeds != found.feeds:
            self._index = FeedIndex((feed for feed, _ in found.feeds), found.tagging)
            known = {feed.slug: (feed, own) for feed, own in before.feeds} if before else {}
            self._marks = {
                feed.slug: self._marks[feed.slug]
                if known.get(feed.slug) == (feed, own)
                else self.mark(feed, own, self._origins(feed.slug))
                for feed, own in found.feeds
            }

    def rerouted(self, feed: Feed, due: Due) -> Sequence[Outline] | None:
        """Return the entries of `feed` by what stood there and by what changed; None where they are to be looked up."""
        before = self.outlines.of(feed.slug)
        if before is None or due.is_whole(feed.slug, LIVE) or not due.items <= self._read:
            return None
        return reroute(feed, before, due.items, self._news.values(), self.tagging)

    def whole(self, store: Store, outlined: Mapping[str, Placed]) -> dict[str, StoredItem]:
        """Return the items of which these are the outlines, by id, but for those that have gone meanwhile."""
        found = {
            one.id: item
            for one in outlined.values()
            if (item := self._news.get(one.id)) is not None and Outline.of(item) == one  # else it changed since
        }
        if missing := outlined.keys() - found.keys():
            found.update((item.id, item) for item in store.released(missing))
        return found

    def pages(self, store: Store, slug: str) -> Sequence[ArchivePage]:
        """Return the pages of the history of a feed, as they were when they were asked for first since `look`."""
        if slug not in self._pages:
            self._pages[slug] = store.archive_pages(slug)
        return self._pages[slug]

    def gone(self) -> set[str]:
        """Return the slugs of feeds that were made, and are not any more."""
        return self.printed.keys() - self._marks.keys() - {SITE}

    def check(self, publisher: Publisher, due: Due) -> None:
        """Add to `due` the documents whose files do not stand there as they were written: some of them at a time."""
        count = len(self.printed) if self.is_fresh else AT_A_TIME
        for slug in self._next(count):
            for path in publisher.altered(self.printed[slug].files):
                due.add(slug, document_at(path))

    def _next(self, count: int) -> list[str]:
        """Return the slugs of feeds whose files are to be looked at now."""
        if not self._unchecked:
            self._unchecked = list(self.printed)
        here = [slug for slug in self._unchecked[:count] if slug in self.printed]
        self._unchecked = self._unchecked[count:]
        return here

    def settle(self, printings: Iterable[Printing], left: Due) -> None:
        """Note that `printings` stand in the output, that the store knows it, and what is left to be made."""
        self._left = left or None
        for slug in self.gone():
            del self.printed[slug]
            del self.summaries[slug]
        for one in printings:
            before = self.printed.get(one.slug)
            if before is None or one.anew:
                before = PrintedFeed(one.mark, {}, {})
            note = before.summary if one.summary is None else one.summary
            self.printed[one.slug] = PrintedFeed(one.mark, note, {**before.files, **one.files})
            if one.slug != SITE:
                self._marks[one.slug] = one.mark
        self._routes, self.is_fresh = replace(self.routes, granted=()), False

    def listed(self) -> list[FeedSummary]:
        """Return the feeds that stand in the output, in their order."""
        return [self.summaries[slug] for slug in self._marks if slug in self.summaries]

    def _origins(self, slug: str) -> tuple[str, ...]:
        return self.summaries[slug].origins if slug in self.summaries else ()

    def mark(self, feed: Feed, tag_feeds: tuple[TagFeed, ...], origins: Iterable[str]) -> str:
        """Return the mark of `feed`, whose entries come from the sources `origins`."""
        feeding, tagged = self.sources.feeding(feed, origins), self.sources.tagged(feed)
        return self.marks.of_feed(feed, tag_feeds, feeding, tagged)

    def _unlike(self) -> Iterator[str]:
        """Yield the slugs of feeds that were made by other settings, or not at all."""
        for slug, mark in self._marks.items():
            if slug not in self.printed or self.printed[slug].mark != mark:
                yield slug


def document_at(path: str) -> str:
    """Return in which document of its feed the file at `path` stands."""
    parts = path.split("/")
    return parts[2] if len(parts) == 4 else LIVE


def _differing(
    before: Mapping[str, str], now: Mapping[str, str], keys: Iterable[str] | None = None
) -> dict[str, str | None]:
    """Return what each of `keys` (None: any) is called now, where that is something else than before."""
    asked = before.keys() | now.keys() if keys is None else keys
    return {key: now.get(key) for key in asked if now.get(key) != before.get(key)}
