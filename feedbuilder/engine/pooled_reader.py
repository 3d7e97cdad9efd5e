"""Reading pages in processes of their own, which end what takes too long: one page must not stop the others.

Owns how many there are, that they know what is secret, and what is told of a page whose reading was ended.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Any, cast

from feedbuilder import masking
from feedbuilder.heal import KnownList, Verdict
from feedbuilder.model import (
    ONLY_ITEMS,
    Article,
    AskedOfList,
    Edition,
    ExtractError,
    FamiliarList,
    Item,
    KnownNames,
    ListProfile,
    Page,
    PageFacts,
    PageTurn,
    ReadingSettings,
    ReadingStoppedError,
    Source,
    Watched,
)
from feedbuilder.model.units import format_duration
from feedbuilder.processes import Budget, CallEndedError, Ending, Nursery, Pool, PoolClosedError

FEWEST, MOST = 2, 4
"""Processes where the configuration leaves it open: two on one core too, so that a page that never ends leaves one."""


def local_reader(settings: ReadingSettings, secrets: AbstractSet[str]) -> object:
    """Return what reads in a worker, which masks these `secrets` from now on.

    Imported there, for the program itself may never need it.
    """
    masking.learn(secrets)
    from feedbuilder.pipeline.local_reader import LocalReader  # noqa: PLC0415

    return LocalReader(settings)


def pooled_reader(settings: ReadingSettings, nursery: Nursery) -> PooledReader | None:
    """Return a reader by the settings, with processes of `nursery`; None, and that is closed, if they want none."""
    if settings.processes == 0:
        nursery.close()
        return None
    return PooledReader(settings, nursery)


class PooledReader:
    """Reads pages in a pool of processes. Safe to use from several threads; to be closed."""

    def __init__(self, settings: ReadingSettings, nursery: Nursery) -> None:
        self._settings = settings
        self._secrets = masking.known()
        """What the processes that are started now know to be secret."""
        self._taught: set[str] = set()
        """The sources of which some process was taught the cards; it may have ended since, or forgotten them."""
        budget = Budget(settings.deadline.total_seconds(), settings.memory)
        count = settings.processes or min(max(_cores(), FEWEST), MOST)
        self._pool = Pool(nursery, partial(local_reader, settings, self._secrets), budget, count)

    def read_list(self, page: Page, source: Source) -> tuple[Item, ...]:
        """Return the items of a list page as `source` reads it. Raises ExtractError."""
        return cast(tuple[Item, ...], self._called("read_list", page, source))

    def read_familiar(
        self, page: Page, source: Source, kept: Callable[[], bytes | None], asked: AskedOfList = ONLY_ITEMS
    ) -> FamiliarList:
        """Return what `read_list` does, by what is `kept` of its cards where the process that reads knows none.

        All that is `asked` in the same call.
        """
        known = None
        if source.id in self._taught:
            known = cast(FamiliarList | None, self._called("read_known", page, source, asked))
        self._taught.add(source.id)
        return known or cast(FamiliarList, self._called("read_taught", page, source, kept(), asked))

    def read_article(self, page: Page, source: Source, listed: Item, *, full: bool) -> Article:
        """Return what an article's own page says, its text only if `full`. Raises ExtractError."""
        return cast(Article, self._called("read_article", page, source, listed, full=full))

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
        return cast(Verdict, self._called("reconsider", page, source, items, profile, known, names))

    def further(self, page: Page, source: Source, number: int, first: str) -> PageTurn | None:
        """Return where the list goes on after `page`; None if there is none. Raises ExtractError."""
        return cast(PageTurn | None, self._called("further", page, source, number, first))

    def kept_copy(self, page: Page, source: Source) -> bytes | None:
        """Return `page` as it may be kept to be looked into; None for one that is too large. Raises ExtractError."""
        return cast(bytes | None, self._called("kept_copy", page, source))

    def facts(self, page: Page, source: Source, titles: Collection[str]) -> PageFacts:
        """Return what a page says of itself beside its list. Raises ExtractError."""
        return cast(PageFacts, self._called("facts", page, source, titles))

    def watch(self, page: Page, source: Source, before: Edition | None) -> Watched:
        """Return what has changed on a page since `before`. Raises ExtractError."""
        return cast(Watched, self._called("watch", page, source, before))

    def close(self) -> None:
        """End the processes; what they read is lost, and who waits for it gets ReadingStoppedError."""
        self._pool.close()

    def _called(self, name: str, page: Page, source: Source, *others: Any, **named: Any) -> Any:
        if self._secrets is not (secrets := masking.known()):  # as after a reload
            self._pool.renew(partial(local_reader, self._settings, secrets))
            self._secrets = secrets
        try:
            return self._pool.call(source.id, name, page, source, *others, **named)
        except CallEndedError as error:
            raise ExtractError(self._told(page, error)) from error
        except PoolClosedError as error:
            raise ReadingStoppedError(f"{page.url} was not read: the program is ending.") from error
        except OSError as error:
            raise ExtractError(
                f"{page.url} was not read, for no process could be started for it: {error}. Let the system have more "
                "processes or memory, or set processes = 0 under [reading] to read pages in the program itself."
            ) from error

    def _told(self, page: Page, error: CallEndedError) -> str:
        """Return for people what a reading came to that was ended."""
        settings = self._settings
        key: str | None = None
        match error.ending:
            case Ending.TIME:
                limit = format_duration(settings.deadline)
                what, key = f"took more than {limit} of processor time and was ended", "deadline"
            case Ending.MEMORY:
                limit = settings.memory.human_readable(decimal=True, separator=" ")
                what, key = f"took more than {limit} of memory and was ended", "memory"
            case Ending.PATIENCE:
                what = "did not come to an end, though it used little processor time, and was ended"
            case Ending.CRASH:
                how = "" if error.code is None else f" (code {error.code})"
                what = f"ended the process that read it{how}; the memory of the machine may be short"
        remedy = f", or raise {key} under [reading]" if key else ""
        return (
            f"Reading {page.url}, a page of {len(page.body):,} bytes, {what}. Open it in a browser. If it is what it "
            f'should be, look for a "match" of the source that takes too long{remedy}; if it is not, remove the source.'
        )


def _cores() -> int:
    """Return on how many cores this program may run."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
