"""What the pipeline asks of the world, as protocols: fetcher, reader, store, publisher. Knows nobody who answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from feedbuilder.heal import KnownList, Verdict
from feedbuilder.health import PATIENCE
from feedbuilder.model import (
    ONLY_ITEMS,
    AddressRule,
    Article,
    ArticleStatement,
    ArticleVisit,
    AskedOfList,
    Backlog,
    Changes,
    Completion,
    Edition,
    FamiliarList,
    FeedFile,
    FileStamp,
    HealthEvent,
    Icon,
    Identity,
    Item,
    KeptKind,
    KeptPage,
    Known,
    KnownNames,
    ListMemory,
    ListProfile,
    NotModified,
    Outline,
    Page,
    PageFacts,
    PageTurn,
    PrintedFeed,
    Printing,
    Run,
    Source,
    SourceState,
    Standing,
    StoredItem,
    TagFeed,
    TagUse,
    Touched,
    Validators,
    Watched,
)
from feedbuilder.model.enclosures import MediaFile
from feedbuilder.pipeline.archive_memory import Archives


class Fetcher(Protocol):
    """Gets pages. Safe to call from several threads."""

    def fetch(self, source: Source, validators: Validators) -> Page | NotModified:
        """Return the page of `source`, or that it is still the one `validators` describe. Raises FetchError."""
        ...

    def further(self, source: Source, url: str) -> Page:
        """Return the page at `url`: an article of `source`, or where its list goes on. Raises FetchError."""
        ...


class Reader(Protocol):
    """Reads pages, whatever they hold. Safe to call from several threads, and slow: not to be called in a transaction.

    All raise ExtractError for a page that cannot be read, and for one whose reading took too much time or memory.
    """

    def read_list(self, page: Page, source: Source) -> tuple[Item, ...]:
        """Return the items of a list page as `source` reads it, in page order, each story once."""
        ...

    def read_familiar(
        self, page: Page, source: Source, kept: Callable[[], bytes | None], asked: AskedOfList = ONLY_ITEMS
    ) -> FamiliarList:
        """Return what `read_list` does of a list that is read again and again, and what is to be kept of its cards.

        `kept` returns what was kept of them, None if nothing was; it is asked only where they are not known already.
        What else it says, and that its items are left out where they are those of before, is as `asked`.
        """
        ...

    def read_article(self, page: Page, source: Source, listed: Item, *, full: bool) -> Article:
        """Return what an article's own page says; `listed` is what the list said. The text is read only if `full`."""
        ...

    def reconsider(
        self,
        page: Page,
        source: Source,
        items: tuple[Item, ...],
        profile: ListProfile,
        known: KnownList,
        names: KnownNames | None = None,
    ) -> Verdict:
        """Return what is to be believed of a page whose reading, `items`, is strange; see `heal.reconsider`."""
        ...

    def further(self, page: Page, source: Source, number: int, first: str) -> PageTurn | None:
        """Return the page `number` of a list that goes on after `page`; None if there is none.

        `first` is the address of its first page.
        """
        ...

    def kept_copy(self, page: Page, source: Source) -> bytes | None:
        """Return `page` as it may be kept to be looked into; None for one that is too large. See `parse.kept_copy`."""
        ...

    def facts(self, page: Page, source: Source, titles: Collection[str]) -> PageFacts:
        """Return what `page` says of itself beside its list; `titles` of stories say nothing of it."""
        ...

    def watch(self, page: Page, source: Source, before: Edition | None) -> Watched:
        """Return what has changed on `page`, which `source` watches, since `before` (None: it is read first)."""
        ...


class Pictures(Protocol):
    """Gets pictures. Safe to call from several threads."""

    def picture(self, url: str, longest: int) -> bytes:
        """Return what is at `url`, at most `longest` bytes, whatever it is called. Raises FetchError."""
        ...


class MediaServers(Protocol):
    """Asks for files of sound and video, without fetching them. Safe to call from several threads."""

    def measure(self, source: Source, url: str) -> MediaFile:
        """Return what the server says of the file of `source` at `url`. Raises FetchError."""
        ...


class Transaction(Protocol):
    """One all-or-nothing change of the store, alone while it lasts. For one thread."""

    def known(self, canonicals: Iterable[str]) -> Mapping[str, Known]:
        """Return what is known of these addresses; those never seen are absent."""
        ...

    def address_rules(self, source: str) -> Sequence[AddressRule]:
        """Return what `source` has learnt about the addresses of its articles, the first lesson first."""
        ...

    def learn(self, source: str, rules: Iterable[AddressRule]) -> None:
        """Remember `rules` of `source`; what it knows already stays as it is."""
        ...

    def candidates(
        self, source: str, titles: Collection[str], resolved: Collection[str], keys: Collection[str] = ()
    ) -> Sequence[Known]:
        """Return the stories of `source` that may stand under unknown addresses, without the items `resolved` (ids).

        Those that it listed at its last reading, and those that it ever listed under one of `titles`; first seen last,
        first. Then those of any source that are known by one of `keys` (see `add_aliases`). Reads some texts: to be
        asked only where a page has unknown addresses.
        """
        ...

    def backlog(self, source: str) -> Backlog | None:
        """Return what the loss of the store left of `source`; None once it was read, and where nothing was lost."""
        ...

    def apply(self, changes: Changes) -> None:
        """Carry out `changes`; the source now lists exactly their items, those that stand included.

        To be called before the run is recorded: what is listed no more was last seen at the good run before it.
        """
        ...

    def standing(self, source: str) -> Mapping[str, Standing]:
        """Return the items that `source` lists and of which nothing has changed since, by their marks (see `stand`)."""
        ...

    def all_stand(self, source: str, count: int) -> bool:
        """Return whether `source` lists so many items, of none of which anything has changed since, and lost none."""
        ...

    def stand(self, source: str, marks: Mapping[str, str]) -> None:
        """Remember by what marks items (ids) that `source` lists are known again when it shows them as it does now.

        A mark goes as soon as anything that is known of its item changes: what a list or its page says of it, its
        dates, its address. To be called when all other changes were carried out.
        """
        ...

    def plan(self, planned: Iterable[ArticleVisit]) -> None:
        """Note that these article pages are to be read, and that their new items wait for that."""
        ...

    def known_item(self, item: str) -> Known | None:
        """Return what is known of the item with this id, None if nothing is."""
        ...

    def complete(self, visit: ArticleVisit, completion: Completion, now: datetime) -> None:
        """Carry out what the article's own page at `visit` changed; the item waits no longer."""
        ...

    def postpone(self, visit: ArticleVisit) -> None:
        """Note that an article page could not be read, and when it will be tried again."""
        ...

    def give_up(self, visit: ArticleVisit, item: StoredItem, article: ArticleStatement | None) -> None:
        """Note that an article page will not be tried again; its entry is `item` from now on, and waits no longer.

        `article` is what the page said before, as far as it holds; None if it never was read.
        """
        ...

    def count_bug(self, source: str) -> None:
        """Count one more bug of ours that the pages of `source` brought to light; see `SourceState.bugs`."""
        ...

    def add_aliases(self, items: Mapping[str, str]) -> None:
        """Remember further addresses of `items`, the id of each by one; those that are known stay what they were."""
        ...

    def absorb(self, twin: Identity, item: str) -> None:
        """Make the unpublished `twin` part of `item`: its lists and its addresses."""
        ...

    def remember_list(self, source: str, memory: ListMemory) -> None:
        """Remember `memory` of the list of `source`, in place of what was remembered before."""
        ...

    def keep_page(self, source: str, page: KeptPage) -> None:
        """Keep `page` of `source` in place of the one of its kind; the oldest of all go where there are many."""
        ...

    def forget_pages(self, source: str) -> None:
        """Keep no page of `source`, and nothing of its cards."""
        ...

    def keep_cards(self, source: str, cards: bytes) -> None:
        """Keep `cards` of the list of `source` in place of what was kept of them; see `Reader.read_familiar`."""
        ...

    def remember_edition(self, source: str, edition: Edition) -> None:
        """Remember what the page of `source`, which is watched, says now."""
        ...

    def record(self, run: Run, state: SourceState) -> None:
        """Add `run` to the history, which is bounded, and replace what is known of its source by `state`.

        After a good run, a 304 too, what the source lists was last seen when it was last read well.
        """
        ...

    def tell(self, events: Collection[HealthEvent]) -> None:
        """Remember what people should hear of sources, in this order; the history is bounded."""
        ...


class Output(Protocol):
    """What is remembered of the output, and what has changed since it was made."""

    def touched(self, after: int = 0) -> Touched:
        """Return what has come, gone or changed since the last `settle`, and after the change of that number.

        Whatever a transaction changes is in it.
        """
        ...

    def released(self, ids: Iterable[str]) -> Iterator[StoredItem]:
        """Yield the items with these ids, in no order, without those that are forgotten or wait (see `release`)."""
        ...

    def showing(self, items: Collection[str], tags: Collection[str]) -> AbstractSet[tuple[str, str]]:
        """Return the documents (slug of the feed, name) in which one of `items` stands, or an entry with one of `tags`.

        As they were when they were last made. `items` are ids, `tags` keys.
        """
        ...

    def printed(self) -> Mapping[str, PrintedFeed]:
        """Return what stands in the output, by slug; the files at its top are those of an empty slug."""
        ...

    def tag_names(self) -> Mapping[str, str]:
        """Return the spelling in which each tag was last shown, by key."""
        ...

    def settle(
        self, printings: Sequence[Printing], gone: Collection[str], names: Mapping[str, str | None], until: int
    ) -> None:
        """Remember what now stands in the output, after it does: nothing up to the change `until` is touched any more.

        `gone` are slugs of feeds that are made no longer; `names` how tags are shown from now on (None: not at all).
        """
        ...


class Store(Archives, Output, Protocol):
    """What is remembered. Safe to call from several threads; all datetimes in and out are aware and in UTC."""

    def state(self, source: str) -> SourceState:
        """Return what is known of the source with this id; an empty state if nothing is."""
        ...

    def state_and_list(self, source: str) -> tuple[SourceState, ListMemory]:
        """Return both: the state of the source with this id, and what is remembered of its list."""
        ...

    def list_memory(self, source: str) -> ListMemory:
        """Return what is remembered of the list of this source; an empty memory if nothing is."""
        ...

    def edition(self, source: str) -> Edition | None:
        """Return what the watched page of `source` said when it was last read; None if it never was."""
        ...

    def kept_moments(self, source: str) -> Mapping[KeptKind, datetime]:
        """Return when the pages that are kept of `source` were fetched, by their kind."""
        ...

    def kept_cards(self, source: str) -> bytes | None:
        """Return what is kept of the cards of `source`, None if nothing is."""
        ...

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Open a transaction that is alone in writing: committed when the block ends, undone when it raises.

        The block may read from the store beside it, and sees what was there before; another transaction within it would
        wait for ever. Raises StoreError.
        """
        ...

    def newest(self, *, tags: frozenset[str], sources: frozenset[str]) -> Iterator[StoredItem]:
        """Yield the items first seen last, first; of one moment, the one published last first.

        What shares both dates comes as it stood on its page, then by id.

        `tags` are tag keys (`model.wording.tag_key`): items must carry one of them, their own or, as configured today,
        their sources'. `sources` are ids: items must come from one of them. An empty set admits all. Items that wait
        for their own page are left out (see `release`). Items come in batches from the store as it was when the first
        one was asked for, whatever is written meanwhile.
        """
        ...

    def outlines(self, *, tags: frozenset[str], sources: frozenset[str]) -> Iterator[Outline]:
        """Yield the same items without their texts; see `newest`."""
        ...

    def release(self, now: datetime | None, patient: Collection[str] = ()) -> int:
        """Let the items into the feeds that have waited for their own page until `now`.

        For None: all of them, but for those of the sources `patient` (ids) whose page was not tried yet. Return how
        many those are. Pages that are due are still to be read.
        """
        ...

    def tag_uses(self, keys: frozenset[str] | None = None) -> Sequence[TagUse]:
        """Return how often each tag is there in each of its spellings, or each with one of `keys`; in no order."""
        ...

    def tag_items(self, keys: frozenset[str], sources: frozenset[str]) -> Mapping[str, int]:
        """Return how many items carry each of the tags with these keys, their own or their source's; 0 may be absent.

        Of those only that come from one of `sources` (ids; none: from any), and do not wait for their own page.
        """
        ...

    def tag_feeds(self) -> Sequence[TagFeed]:
        """Return the addresses that tags were ever given, sorted by slug."""
        ...

    def remember_tag_feeds(self, addresses: Sequence[TagFeed]) -> None:
        """Remember that these addresses were given; those that are known stay as they are."""
        ...

    def due_files(self, source: str, now: datetime, limit: int) -> Sequence[tuple[str, int]]:
        """Return the addresses of files of `source` that are due at `now`, and how often each was asked for in vain."""
        ...

    def remember_file(self, file: MediaFile) -> None:
        """Remember what a server said of a file; it is not due any more."""
        ...

    def postpone_file(self, url: str, tries: int, due: datetime | None) -> None:
        """Remember that a file was asked for in vain, `tries` times, and when it is due again; None: not any more."""
        ...

    def lacks_icon(self, source: str, since: datetime) -> bool:
        """Return whether the site of `source` has not been asked for its icon after `since`."""
        ...

    def remember_icon(self, source: str, icon: Icon | None, now: datetime) -> None:
        """Remember that the site of `source` was asked at `now`, and what came; for None a former icon stays."""
        ...

    def icon_kinds(self) -> Mapping[str, str]:
        """Return the kind of each icon that is known, by source."""
        ...

    def icon_stamps(self) -> Mapping[str, str]:
        """Return what tells each icon that is known from a former one of its source, by source."""
        ...

    def icon(self, source: str) -> Icon | None:
        """Return the icon of `source`, None if none is known."""
        ...

    def feeds(self) -> Mapping[str, datetime]:
        """Return since when each feed exists, by slug; also of those that are in the configuration no longer."""
        ...

    def register_feeds(self, slugs: Iterable[str], now: datetime) -> Mapping[str, datetime]:
        """Return since when each of these feeds exists; the unknown ones since `now`, which is remembered."""
        ...


class Publisher(Protocol):
    """Puts files where readers find them."""

    def publish(self, files: Iterable[FeedFile]) -> Sequence[str]:
        """Write each file whose bytes differ, atomically; return the paths written. Raises PublishError."""
        ...

    def stamp(self, path: str) -> FileStamp:
        """Return the stamp of a file that `publish` was given before, as it was then."""
        ...

    def altered(self, files: Mapping[str, FileStamp]) -> AbstractSet[str]:
        """Return those paths at which no file with that stamp stands. Reads none. Raises PublishError."""
        ...

    def unaltered(self, files: Mapping[str, FileStamp]) -> Mapping[str, bytes] | None:
        """Return the content of each of `files`; None where one does not stand there with that stamp.

        May be called by what `publish` is given. Raises PublishError.
        """
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """The outside world of a reading. `chance` gives numbers from 0 to 1; `clock` aware datetimes in UTC."""

    fetcher: Fetcher
    store: Store
    reader: Reader
    clock: Callable[[], datetime]
    chance: Callable[[], float]
    wants_icons: bool = False
    """Whether sites are asked for their icons."""
    needs_tags: bool = False
    """Whether feeds are chosen by tags, which an article's own page may have to give."""
    patience: int = PATIENCE
    """Failed runs in a row after which people hear of them."""
