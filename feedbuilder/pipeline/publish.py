"""Bringing the output up to the store: what has changed is made anew, file by file.

Owns the order of these steps. What has to be made is decided by `press`, always from the store, never from the changes
in hand; and that it is done is noted only when it stands in the output. So a crash in between heals itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from feedbuilder.feeds import (
    FeedDocument,
    FeedSummary,
    WrittenEntries,
    asks_for_texts,
    render,
    render_archive,
    render_site,
    summarise,
)
from feedbuilder.feeds.feed_document import page_place
from feedbuilder.logger import log
from feedbuilder.model import (
    ArchivePage,
    Articles,
    Feed,
    FeedbuilderError,
    FeedFile,
    FileStamp,
    Placed,
    Printing,
    StoredItem,
    TagFeed,
    formats,
)
from feedbuilder.model.printed import LIVE
from feedbuilder.pipeline.archives import archive_documents, seal_archive
from feedbuilder.pipeline.documents import live_document
from feedbuilder.pipeline.due import Due
from feedbuilder.pipeline.ports import Publisher, Store
from feedbuilder.pipeline.press import SITE, Press
from feedbuilder.pipeline.routes import entries, outlines
from feedbuilder.pipeline.site_icon import icon_of


def publish(
    press: Press,
    store: Store,
    publisher: Publisher,
    now: datetime,
    *,
    patient: bool = False,
    goes_on: Callable[[], bool] = lambda: True,
    lists: bool = True,
) -> tuple[list[FeedSummary], Sequence[str]]:
    """Bring the output up to the store; return the feeds as published and the paths of the files that changed.

    As soon as `goes_on` says no, the rest is left for the next time (`press.has_more`): what news touched comes first,
    and at least one feed is made.

    Items that wait for their own page are left out if `patient`, until their time is over. Else they go in as they are,
    but for those whose whole text is asked for, and for whose page the reading had no time: the next one reads it.
    """
    texts = {source.id for source in press.catalogue.sources if source.articles is Articles.FULL}
    store.release(now if patient else None, texts)
    try:
        due = press.look(store)
        press.check(publisher, due)
        edition = _Edition(press, store, publisher, due, now, goes_on, lists=lists)
        any_due = due or press.gone() or press.is_fresh or (lists and press.lists_wait)
        written = publisher.publish(edition.files()) if any_due else ()
        printings, left = edition.printings(), edition.left
        # While something is left, nothing is settled but what was made: another process would find all the rest. What
        # a tag is called depends on the document meanwhile, so that its name is none that it could have.
        names, until = (dict.fromkeys(due.names, ""), 0) if left else (due.names, due.until)
        if printings or press.gone() or names or until:
            store.settle(printings, press.gone(), names, until)
        press.settle(printings, left)
    except BaseException:
        press.forget()
        raise
    return press.listed(), written


def _without_bugs(slug: str, make: Callable[[], Sequence[FeedFile]]) -> Sequence[FeedFile] | None:
    """Return the files that `make` makes of the feed `slug`; None where a bug of ours came in between.

    It costs this feed alone, the files of which stay what they were, until one of its entries changes.
    """
    try:
        return make()
    except FeedbuilderError:
        raise
    except Exception:
        log.exception("a bug, please report it: feed not written", feed=slug)
        return None


class _Edition:
    """What one publishing makes: its files, one feed after the other, and then what is to be remembered of them."""

    def __init__(
        self,
        press: Press,
        store: Store,
        publisher: Publisher,
        due: Due,
        now: datetime,
        goes_on: Callable[[], bool],
        *,
        lists: bool,
    ) -> None:
        self._press = press
        self._store = store
        self._publisher = publisher
        self._due = due
        self._now = now
        self._goes_on = goes_on
        self._lists = lists
        self.left = due
        """What is to be made when all that was asked for is."""
        self._made: list[tuple[Printing, list[str]]] = []

    def files(self) -> Iterator[FeedFile]:
        """Yield the files that are to be made anew, in the order of writing: those at the top of the output last."""
        press, store = self._press, self._store
        store.remember_tag_feeds(press.routes.granted)
        if missing := [feed.slug for feed, _ in press.routes.feeds if feed.slug not in press.created]:
            press.created |= store.register_feeds(missing, self._now)
        feeds = {feed.slug: (feed, tag_feeds) for feed, tag_feeds in press.routes.feeds}
        order = self._due.order(feeds)
        count = 0
        for count, slug in enumerate(order, start=1):  # noqa: B007 - counted on
            yield from self._of_feed(*feeds[slug])
            if not self._goes_on():
                break
        self.left = self._due.without(order[:count]) if count < len(order) else Due(0)
        yield from self._of_site()

    def printings(self) -> list[Printing]:
        """Return what was made, with the stamps that its files have now that they are written."""
        return [replace(one, files=self._fresh(one, paths)) for one, paths in self._made]

    def _fresh(self, one: Printing, paths: Iterable[str]) -> dict[str, FileStamp]:
        """Return the stamps that are others than before."""
        known = self._press.printed
        before = known[one.slug].files if one.slug in known and not one.anew else {}
        stamps = {path: self._publisher.stamp(path) for path in paths}
        return {path: stamp for path, stamp in stamps.items() if before.get(path) != stamp}

    def _of_feed(self, feed: Feed, tag_feeds: tuple[TagFeed, ...]) -> Iterator[FeedFile]:
        press, store, slug = self._press, self._store, feed.slug
        anew, names = slug in self._due.anew, self._due.documents.get(slug, set())
        live = anew or LIVE in names
        shown: Sequence[Placed] = self._shown(feed) if live else ()
        pages: Sequence[ArchivePage] = press.pages(store, slug) if feed.archive else ()
        if feed.archive and live:
            pages = seal_archive(feed, store, press.tagging, pages, shown)
        documents: dict[str, tuple[str, ...]] = {}
        paths: list[str] = []
        mark, note = ("", None) if anew else (press.printed[slug].mark, None)
        if live:
            before, mark = mark, press.mark(feed, tag_feeds, {source for one in shown for source in one.sources})
            written = self._written(slug) if mark == before else None
            if not all(isinstance(one, StoredItem) for one in shown):
                shown = self._with_texts(feed, shown, written)
            press.outlines.keep(slug, shown)
            document = live_document(press, feed, tag_feeds, shown, pages, self._now, written)
            summary = press.summaries[slug] = summarise(document)
            note, documents[LIVE] = summary.to_note(), document.ids
            # Before it is written: a crash in between leaves a date fixed that nobody saw, which harms nobody.
            store.announce(written.lacking(document.ids) if written else document.ids)
            files = _without_bugs(slug, lambda: (*icon_of(document, store), *render(document, written)))
            if files is None:
                mark = ""  # no feed has it: another program, and so a mended one, makes this one anew
            for file in files or ():
                paths.append(file.path)
                yield file
        wanted = [place for place in range(len(pages)) if anew or self._page_is_due(feed, pages, place, names)]
        for place, document in zip(wanted, self._archive(feed, pages, wanted), strict=True):
            documents[pages[place].name] = document.ids
            for file in _without_bugs(slug, partial(render_archive, document)) or ():
                paths.append(file.path)
                yield file
        self._made.append((Printing(slug, mark, anew, note, documents), paths))

    def _shown(self, feed: Feed) -> Sequence[Placed]:
        """Return what stands in the live files of `feed`, of which outlines will do but for what is to be written."""
        if (shown := self._press.rerouted(feed, self._due)) is not None:
            return shown
        is_whole = self._due.is_whole(feed.slug, LIVE) or asks_for_texts(feed)
        return (entries if is_whole else outlines)(feed, self._store, self._press.tagging)

    def _with_texts(self, feed: Feed, found: Sequence[Placed], written: WrittenEntries | None) -> Sequence[Placed]:
        """Return the entries that were `found`, whole where they are to be written, or stand first: lists show that."""
        outlined = {one.id: one for one in found}
        ids = list(outlined)
        wanted = {one: outlined[one] for one in (*(written.lacking(ids) if written else ids), *ids[:1])}
        texts = self._press.whole(self._store, wanted)
        if texts.keys() >= wanted.keys():
            return [texts.get(one.id, one) for one in found]
        return entries(feed, self._store, self._press.tagging)  # one of them has gone meanwhile

    def _written(self, slug: str) -> WrittenEntries | None:
        """Return the entries of the live files of a feed that would be written as they stand there."""
        if self._due.is_whole(slug, LIVE):
            return None
        known = self._press.printed[slug].files
        paths = {kind.key: f"{slug}/{kind.file}" for kind in formats.feed_files()}
        if not known.keys() >= set(paths.values()):
            return None
        found = self._publisher.unaltered({path: known[path] for path in paths.values()})
        if found is None:
            return None
        try:
            return WrittenEntries.of({key: found[path] for key, path in paths.items()}, self._due.items)
        except (ValueError, IndexError, KeyError):  # as large and as old as they were written, and something else
            return None

    def _archive(self, feed: Feed, pages: Sequence[ArchivePage], wanted: Sequence[int]) -> Iterator[FeedDocument]:
        press = self._press
        return archive_documents(
            feed,
            pages,
            wanted,
            press.catalogue,
            press.sources,
            press.created[feed.slug],
            press.tagging,
            self._store,
        )

    def _page_is_due(self, feed: Feed, pages: Sequence[ArchivePage], place: int, names: set[str]) -> bool:
        """Return whether a page has changed, is new, or leads to one that is new."""
        known = self._press.printed[feed.slug].files
        return pages[place].name in names or any(
            f"{feed.slug}/{page_place(page.name, kind.file)}" not in known
            for page in pages[place : place + 2]
            for kind in formats.archived_formats()
        )

    def _of_site(self) -> Iterator[FeedFile]:
        press = self._press
        if SITE in self._due.documents:
            press.printed.pop(SITE, None)  # it is to be made, whatever it shows and whenever that is
        press.lists_wait = not self._lists
        if press.lists_wait:
            return
        feeds = press.listed()
        mark, before = press.marks.of_site(feeds), press.printed.get(SITE)
        if before is not None and before.mark == mark:
            return
        files = render_site(press.catalogue.site, feeds)
        paths = [file.path for file in files]
        anew = before is None or before.files.keys() != set(paths)
        self._made.append((Printing(SITE, mark, anew, summary={}), paths))
        yield from files
