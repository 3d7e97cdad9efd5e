"""Reading pages where one stands: in a worker process as a rule, in the program itself for tests and small tools.

What `ports.Reader` asks for, answered by `extract` and `article`; the only place in which the pipeline meets them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from time import thread_time

from feedbuilder.extract import CardCache, extract, fingerprint
from feedbuilder.heal import KnownList, Verdict
from feedbuilder.model import (
    ONLY_ITEMS,
    Article,
    AskedOfList,
    Edition,
    FamiliarList,
    Item,
    KnownNames,
    ListProfile,
    Page,
    PageFacts,
    PageTurn,
    ReadingSettings,
    Source,
    SourceKind,
    Surroundings,
    Watched,
)

MOST_CARDS = 1_000
"""Of a page of which it is learnt where it moves: that may mean to read them twice more."""
_LEARNING = 0.1
"""The share of what one page may take after which learning about it does not begin; thrice that, and it ends."""


class LocalReader:
    """Reads pages, and remembers the cards of lists."""

    def __init__(self, settings: ReadingSettings | None = None) -> None:
        """By `settings` steps may leave this program; without them none does."""
        self._learning = _LEARNING * (settings or ReadingSettings()).deadline.total_seconds()
        if settings is not None and (settings.commands or settings.plugins):
            from feedbuilder.model.outside_steps import admit  # noqa: PLC0415 - hardly anybody allows it

            admit(commands=settings.commands, plugins=settings.plugins)
        self._cards = CardCache()
        self._nested: tuple[tuple[str, datetime, int], list[str]] | None = None
        """The sitemaps that an index names which was read last."""

    def read_list(self, page: Page, source: Source) -> tuple[Item, ...]:
        """Return the items of a list page as `source` reads it. Raises ExtractError."""
        return extract(_markup(page, source), source, self._cards)

    def read_familiar(
        self, page: Page, source: Source, kept: Callable[[], bytes | None], asked: AskedOfList = ONLY_ITEMS
    ) -> FamiliarList:
        """Return what `read_list` does, and what is `asked`, by what is `kept` of cards that are not known here."""
        known = self.read_known(page, source, asked)
        return known if known is not None else self.read_taught(page, source, kept(), asked)

    def read_known(self, page: Page, source: Source, asked: AskedOfList = ONLY_ITEMS) -> FamiliarList | None:
        """Return what `read_list` does; None, and nothing was read, where no cards of `source` are known."""
        is_known = self._cards.knows(fingerprint(source))
        return self._familiar(page, source, asked) if is_known else None

    def read_taught(
        self, page: Page, source: Source, kept: bytes | None, asked: AskedOfList = ONLY_ITEMS
    ) -> FamiliarList:
        """Return what `read_list` does, by what was `kept` of its cards."""
        if kept is not None:
            self._cards.take_up(fingerprint(source), source.selectors, kept)
        return self._familiar(page, source, asked)

    def _familiar(self, page: Page, source: Source, asked: AskedOfList) -> FamiliarList:
        begun = thread_time()
        items, settings = self.read_list(page, source), fingerprint(source)
        cards = self._cards.to_be_kept(settings, page.fetched_at)
        told = FamiliarList(items, cards, _surroundings_of(page, source) if asked.surroundings else None)
        steady = self._cards.steady_list(settings, items)
        # A list that has just changed will not be asked about: to make its mark takes as long as to make it.
        if steady is None or not (steady.is_repeated or asked.before) or not steady.lasts():
            return told
        mark = steady.mark(settings)
        told = replace(told, mark=mark)
        if mark != asked.before:
            return told
        is_quick = thread_time() < begun + self._learning
        is_learning = asked.still is not None and len(steady.cards) <= MOST_CARDS and is_quick
        until = begun + 3 * self._learning
        still = self._moving(page, source, asked.still or b"", items, until) if is_learning else None
        return replace(told, items=(), as_before=steady.usual, still=still)

    def _moving(self, page: Page, source: Source, before: bytes, items: tuple[Item, ...], until: float) -> bytes | None:
        """Return what follows of where `page` moves, on which `items` were read as on the one before."""
        from feedbuilder.extract.moving_places import moving_places  # noqa: PLC0415 - not for pages that are read once

        def is_same(other: Page) -> bool:
            try:
                return thread_time() < until and self.read_list(other, source) is items
            except Exception:  # noqa: BLE001 - of a page that no site sent; the one that it did was read
                return False

        return moving_places(page, before, source.selectors, is_same)

    def read_article(self, page: Page, source: Source, listed: Item, *, full: bool) -> Article:
        """Return what an article's own page says, its text only if `full`. Raises ExtractError."""
        from feedbuilder.article.read_article import read_article  # noqa: PLC0415 - many a run reads no article

        return read_article(page, source, listed, full=full)

    def reconsider(
        self,
        page: Page,
        source: Source,
        items: tuple[Item, ...],
        profile: ListProfile,
        known: KnownList,
        names: KnownNames | None = None,
    ) -> Verdict:
        """Return what is to be believed of a page whose reading, `items`, is strange. Raises ExtractError."""
        from feedbuilder.heal.reconsider import reconsider  # noqa: PLC0415 - loads detection, which is seldom needed

        return reconsider(page, source, items, profile, known, names)

    def further(self, page: Page, source: Source, number: int, first: str) -> PageTurn | None:
        """Return where the list goes on after `page`: its page `number`; None if there is none."""
        if source.kind is SourceKind.SITEMAP:
            return next((PageTurn(url, number) for url in self._nested_in(page)[number - 2 : number - 1]), None)
        from feedbuilder.extract.turn_page import turned  # noqa: PLC0415 - few sources turn pages

        return turned(_markup(page, source), source, number, first)

    def _nested_in(self, page: Page) -> list[str]:
        """Return the sitemaps that an index names; it is asked for one after the other, and read once."""
        from feedbuilder.parse.documents.sitemap import nested_sitemaps  # noqa: PLC0415 - few sources are such

        key = (page.url, page.fetched_at, len(page.body))
        if self._nested is None or self._nested[0] != key:
            self._nested = (key, nested_sitemaps(page))
        return self._nested[1]

    def kept_copy(self, page: Page, source: Source) -> bytes | None:
        """Return `page` as it may be kept to be looked into; None for one that is too large. Raises ExtractError."""
        from feedbuilder.parse.kept_copy import kept_copy  # noqa: PLC0415 - once a day

        return kept_copy(page, language=source.language, with_data=source.selectors.place is not None)

    def facts(self, page: Page, source: Source, titles: Collection[str]) -> PageFacts:
        """Return what `page` says of itself beside its list; `titles` say nothing. Raises ExtractError."""
        if source.kind is SourceKind.FEED:
            from feedbuilder.parse.documents.foreign_feed import feed_names  # noqa: PLC0415 - few sources are such

            return PageFacts(feed_names(page, source))
        from feedbuilder.parse.page_says import page_says  # noqa: PLC0415 - asked once a day, and of strange pages

        return page_says(page, titles, source.language)

    def watch(self, page: Page, source: Source, before: Edition | None) -> Watched:
        """Return what has changed on a page since `before`. Raises ExtractError."""
        from feedbuilder.watch.watch_page import watch_page  # noqa: PLC0415 - few sources are such

        return watch_page(page, source, before)

    def close(self) -> None:
        """Do nothing: it has what its process has."""


def _surroundings_of(page: Page, source: Source) -> Surroundings | None:
    """Return what is asked once a day of a page; None where that is better asked by itself, or will fail then."""
    from feedbuilder.parse.surroundings import LARGEST, surroundings_of  # noqa: PLC0415 - once a day

    if len(page.body) > LARGEST:
        return None
    try:
        return surroundings_of(page, source.language)
    except Exception:  # noqa: BLE001 - asked by itself, it says so; the list was read all the same
        return None


def _markup(page: Page, source: Source) -> Page:
    """Return `page`, or the piece of HTML that it carries where a list of a page goes on in an answer in JSON."""
    if source.kind is not SourceKind.PAGE or "json" not in (page.content_type or ""):
        return page
    from feedbuilder.parse.markup_in_json import as_markup  # noqa: PLC0415 - few lists go on so

    return as_markup(page)
