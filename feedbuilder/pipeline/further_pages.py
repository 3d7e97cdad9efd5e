"""The further pages of a list: older ones, read once when its source is new; at each reading those with more news.

Owns in which order they are read and when there are no more. Gets pages only through the function it is given, reads
them by the reader, knows no store and no clock; what goes wrong here never costs the first page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit

from feedbuilder.extract.dedupe import merged
from feedbuilder.model import (
    ExtractError,
    FetchError,
    Gap,
    Item,
    Known,
    ListMemory,
    NoneWantedError,
    NothingFoundError,
    Page,
    PageTurn,
    Source,
    SourceKind,
    Validators,
)
from feedbuilder.pipeline.ports import Reader, Tools
from feedbuilder.pipeline.wanted_items import wanted

MOST_TRIES = 5
"""How many readings in a row may break off before what they missed is given up: a page may never come."""
_NO_SUCH_PAGE = (404, 410)


@dataclass(frozen=True, slots=True)
class Filled:
    """The items of the first page and those of the further ones."""

    items: tuple[Item, ...]
    """Those of the first page, then the ones that only further pages list, in page order; each story once."""
    note: str | None = None
    """Why fewer pages were read than the source asks for, for people; None if all were, or there are no more."""
    on_first: int | None = None
    """How many of the items the first page lists; None for all of them. What is usual is told by these."""
    broke_off: int | None = None
    """How many pages were read before one that could not be had; None if there is no such page.

    What is left unread may hold news: the next reading is not to stop at what this one read.
    """
    from_index: bool = False
    """Whether its page only names the lists: that it is as before says nothing of these."""
    sitemaps: Mapping[str, Validators] = field(default_factory=dict)
    """Those that it names and that were read, by address, with their validators."""
    is_open: bool = False
    """Whether as many pages were read as may be, and what is known was not met."""


def goes_on(source: Source) -> bool:
    """Return whether more than the first page is read at every reading."""
    return source.pages > 1 and source.turns_pages


def going_on(page: Page, items: tuple[Item, ...], source: Source, tools: Tools, memory: ListMemory) -> Filled:
    """Return `items`, which are those of `page`, with what the further pages hold, up to one that ends with a known.

    Not the first that shows one: what is pinned to the top of a page is known from the first day. What the source does
    not want is never known, and says nothing. After a reading that broke off only that is known which was so before it:
    the rest stands in front of what it missed; and its pages are owed, for what it missed may have moved on since. What
    the first reading of all missed stands behind what is known.
    """
    now, owed = tools.clock(), memory.gap if owes_pages(memory) else None
    since = owed.since if owed else None

    def shows_known(asked: Sequence[Item]) -> bool:
        with tools.store.transaction() as store:
            known = store.known([item.canonical for item in asked]).values()
        return any(_was_listed(one, source, since) for one in known)

    behind = _Behind(shows_known, owed.behind if owed else 0)
    pages = source.pages * 2 if owed else source.pages
    further = getter(source, tools)
    filled = with_further(
        page, items, source, tools.reader, further, pages, lambda found: behind.ends(wanted(found, source, now))
    )
    if filled.is_open and memory.profile is not None and wanted(filled.items, source, now):
        note = f"all {pages} pages were read, and {_missing(owed)}: there may be more. Raise pages"
        filled = replace(filled, note=note)
    if filled.broke_off and memory.gap is not None and memory.gap.tries + 1 == MOST_TRIES:
        note = f"{filled.note} This was the last try: what stands there is read no more, unless it comes up again"
        filled = replace(filled, note=note)
    return replace(filled, on_first=len(items) or None)


def _was_listed(known: Known, source: Source, before: datetime | None) -> bool:
    """Return whether `source` itself has listed a story, and did `before` a moment.

    Of other sources nobody knows what stands behind it here. What is forgotten but for its address was of any of them.
    """
    if not known.statements:
        return before is None or known.identity.first_seen < before
    own = (said for said in known.statements if said.source == source.id)
    return any(before is None or said.first_seen < before for said in own)


class _Behind:
    """Counts the pages of a list behind what is known of it."""

    def __init__(self, shows_known: Callable[[Sequence[Item]], bool], pages: int) -> None:
        self._shows_known = shows_known
        self._wanted = pages
        self._left: int | None = None
        self._follows_known = False

    def ends(self, found: Sequence[Item]) -> bool:
        """Return whether the next page with these items, all of them wanted, is the last one to be read.

        What is known may end within a page, where new stories have moved it on: such a page is not counted.
        """
        is_known = bool(found) and self._shows_known(found[-1:])
        if is_known:
            self._left = self._wanted
        elif self._left is not None and not (self._follows_known and self._shows_known(found)):
            self._left -= 1
        self._follows_known = is_known
        return self._left == 0


def _missing(owed: Gap | None) -> str:
    """Return what all pages that were read did not show, for people."""
    if owed is None:
        return "none ends with a known article"
    if owed.behind:
        return "what the first reading could not read may stand behind them"
    return "none ends with a known article from before pages could not be read"


def gap_after(usual: ListMemory, before: ListMemory, filled: Filled, began: datetime, at_first: int) -> ListMemory:
    """Return `usual` with the pages that the reading which `began` then could not read.

    `at_first` is how many pages are read at every reading if it was the first of all, else 0: the older ones that only
    that one reads are told, and not owed.
    """
    if filled.broke_off is None or 0 < at_first <= filled.broke_off:
        return replace(usual, gap=None)
    if not owes_pages(before):
        return replace(usual, gap=Gap(None, behind=at_first - filled.broke_off) if at_first else Gap(began))
    assert before.gap is not None, "pages are owed"
    return replace(usual, gap=replace(before.gap, since=before.gap.since or began, tries=before.gap.tries + 1))


def owes_pages(memory: ListMemory) -> bool:
    """Return whether pages that could not be had are still tried: a 304 would say that there is nothing to read."""
    return memory.gap is not None and memory.gap.tries < MOST_TRIES


def getter(source: Source, tools: Tools) -> Callable[[PageTurn], Page]:
    """Return what gets the further pages of `source`: as its first, where that takes a request."""
    request, site = source.request, urlsplit(source.url).netloc

    def get(turn: PageTurn) -> Page:
        if request is None or urlsplit(turn.url).netloc != site:
            return tools.fetcher.further(source, turn.url)
        asked = source.model_copy(update={"url": turn.url, "request": request.turned_to(turn)})
        page = tools.fetcher.fetch(asked, Validators())
        assert isinstance(page, Page), "nothing was asked for conditionally"
        return page

    return get


def with_further(
    first: Page,
    items: tuple[Item, ...],
    source: Source,
    reader: Reader,
    get: Callable[[PageTurn], Page],
    pages: int,
    is_known: Callable[[Sequence[Item]], bool] | None = None,
) -> Filled:
    """Return `items`, which are those of `first`, and after them those of the pages 2 to `pages` of its list.

    `get` returns a page or raises FetchError. A page that cannot be had or read, that was read before, or that lists
    nothing more is the end; so is one of whose items `is_known` says that what follows is known. One without an article
    that the source wants is passed over. That there are no more pages than every reading asks for is no error.
    """
    if not source.turns_pages:
        return Filled(items)
    page, read = first, {_place(PageTurn(first.url, 1), source)}
    found: tuple[Item, ...] = items
    for number in range(2, pages + 1):
        if found and is_known is not None and is_known(found):
            return Filled(items)
        turn = reader.further(page, source, number, first.url)
        if turn is None and number == 2 and source.cursor is None:
            where = f'next = "{source.next}" finds nothing on {first.url}'
            return Filled(items, f"no older articles were read: {where}")
        if turn is None or _place(turn, source) in read:
            return Filled(items)
        try:
            page = get(turn)
            found = reader.read_list(page, source)
        except NoneWantedError:
            found = ()
            read |= _places(turn, page, source)
            continue
        except NothingFoundError as error:
            if source.kind is SourceKind.JSON and items:
                return Filled(items)  # APIs answer what lies behind the last page with an empty list
            return _broken_off(items, error, pages, number)
        except (FetchError, ExtractError) as error:
            is_beyond = is_known is not None and number > source.pages
            if is_beyond and isinstance(error, FetchError) and error.status in _NO_SUCH_PAGE:
                return Filled(items)
            return _broken_off(items, error, pages, number)
        read |= _places(turn, page, source)
        # As on one page: a story that moved on to the next one, or stands on all, is linked with another "?ref=" there.
        together = merged((*items, *found))
        if len(together) == len(items):  # a site that answers any number with its first or last page
            return Filled(items)
        items = together
    return Filled(items, is_open=is_known is not None and not is_known(found))


def _places(turn: PageTurn, page: Page, source: Source) -> set[tuple[str, int, str | None]]:
    """Return what tells `page` from others: where it was asked for, and where it was found."""
    return {_place(turn, source), _place(replace(turn, url=page.url), source)}


def _place(turn: PageTurn, source: Source) -> tuple[str, int, str | None]:
    """Return what tells a page from those that were read: its address, and what the request says besides."""
    in_request = source.request is not None and source.request.turns
    return (turn.url, turn.number if in_request and turn.cursor is None else 0, turn.cursor)


def _broken_off(items: tuple[Item, ...], error: FetchError | ExtractError, last: int, number: int) -> Filled:
    """Return what was read before `error`."""
    return Filled(items, f"of the {last} pages to read, {number - 1} could be read: {error}", broke_off=number - 1)
