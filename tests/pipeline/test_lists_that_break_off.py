"""Pages of a list that cannot be had, and what comes in meanwhile: nothing is lost without a word.

What is played is only which pages are read, and what of them is known by then; site and store are a few numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any, Self
from zoneinfo import ZoneInfo

import pytest

from feedbuilder.model import (
    FetchError,
    Identity,
    Item,
    Known,
    ListMemory,
    ListProfile,
    Page,
    PageTurn,
    Precision,
    Source,
)
from feedbuilder.pipeline.further_pages import gap_after, going_on

SIZE = 4
"""Stories on a page."""
OLD = 100
"""The newest story at the first reading."""
SITE = "https://news.example/"


@dataclass
class LongList:
    """A list of stories by number, the newest first, and what one source has of it."""

    pages: int
    """How many the source reads."""
    newest: int = OLD
    pinned: bool = False
    """Whether one story stands at the top of each page."""
    lasts: int = 40
    """How many pages the site has."""
    gone: Iterable[int] = ()
    """Pages that cannot be had now."""
    seen: dict[str, datetime] = field(default_factory=dict)
    asked: list[int] = field(default_factory=list)
    """The pages of the last reading."""
    memory: ListMemory = field(default_factory=ListMemory)
    now: datetime = datetime(2026, 2, 6, tzinfo=UTC)

    def read(self, newest: int | None = None, gone: Iterable[int] = ()) -> str:
        """Read the list once, and return what is told of it."""
        self.newest, self.gone = newest or self.newest, set(gone)
        began, at_first = self.clock(), 0 if self.seen else self.pages
        reader = SimpleNamespace(read_list=self.items_of, further=self.turn)
        tools: Any = SimpleNamespace(
            clock=self.clock, store=self, reader=reader, fetcher=SimpleNamespace(further=self.page)
        )
        self.asked = []
        first = self.page(None, SITE + "1")
        filled = going_on(first, self.items_of(first), self.source(), tools, self.memory)
        now = self.clock()
        for item in filled.items:
            self.seen.setdefault(item.canonical, now)
        usual = ListMemory(profile=ListProfile.of(filled.items))
        self.memory = gap_after(usual, self.memory, filled, began, at_first)
        return filled.note or ""

    def lacks(self) -> list[int]:
        """Return the stories that the source was to read and does not have."""
        oldest = OLD - self.pages * SIZE + 1
        return [number for number in range(oldest, self.newest + 1) if address(number) not in self.seen]

    def source(self) -> Source:
        keys = {"id": "news", "url": SITE, "selectors": {"item": "article"}, "next": "?{n}", "pages": self.pages}
        return Source.model_validate(keys)

    # The site

    def page(self, _: object, url: str) -> Page:
        number = int(url.removeprefix(SITE))
        self.asked.append(number)
        if number in self.gone or number > self.lasts:
            raise FetchError(f"{url} could not be had.", status=503 if number in self.gone else 404)
        return Page(url, b"", self.now)

    def items_of(self, page: Page, *_: object) -> tuple[Item, ...]:
        newest = self.newest - (int(page.url.removeprefix(SITE)) - 1) * SIZE
        numbers = [0] * self.pinned + list(range(newest, newest - SIZE, -1))
        return tuple(Item(address(number), f"https://{address(number)}", f"Story {number}") for number in numbers)

    def turn(self, _: object, __: object, number: int, ___: object) -> PageTurn:
        return PageTurn(f"{SITE}{number}", number)

    # The store, and the clock

    def clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    @contextmanager
    def transaction(self) -> Iterator[Self]:
        yield self

    def known(self, asked: Iterable[str]) -> Mapping[str, Known]:
        zone = ZoneInfo("UTC")
        return {
            one: Known(Identity(one, one, self.seen[one], Precision.INSTANT, zone, self.seen[one]))
            for one in asked
            if one in self.seen
        }


def address(number: int) -> str:
    return f"news.example/news/{number}-a-story-of-its-own"


def test_what_the_first_reading_missed_is_read_where_a_burst_has_moved_it() -> None:
    paper = LongList(pages=3)
    assert "1 could be read" in paper.read(gone=[2])
    assert not paper.read(OLD + SIZE + 1)
    assert (paper.lacks(), paper.asked) == ([], [1, 2, 3, 4, 5])
    assert not paper.read(OLD + SIZE + 2)
    assert paper.asked == [1]


def test_where_nothing_came_in_the_pages_that_were_missed_are_all_that_is_asked_for() -> None:
    """A site may have no more than the source reads."""
    paper = LongList(pages=3, lasts=3)
    paper.read(gone=[2])
    assert not paper.read()
    assert (paper.lacks(), paper.asked) == ([], [1, 2, 3])


def test_that_a_site_has_no_more_pages_than_are_read_is_no_error() -> None:
    paper = LongList(pages=3, lasts=3)
    paper.read(gone=[3])
    assert not paper.read(OLD + 1)
    assert (paper.memory.gap, paper.asked) == (None, [1, 2, 3, 4])


def test_what_the_first_reading_missed_is_found_by_what_it_read_however_often_it_is_tried() -> None:
    paper = LongList(pages=3)
    paper.read(gone=[2])
    for newest in (OLD + 2, OLD + 4, OLD + 7):
        assert "1 could be read" in paper.read(newest, gone=[2])
    assert not paper.read()
    assert not paper.lacks()


def test_a_burst_too_large_for_what_the_first_reading_missed_is_told() -> None:
    paper = LongList(pages=3)
    paper.read(gone=[2])
    assert "what the first reading could not read may stand behind them" in paper.read(OLD + 5 * SIZE)
    assert paper.lacks()


def test_what_only_the_first_reading_reads_is_not_owed() -> None:
    """Older pages are read once: what is missed there would come days later, as news."""
    paper = LongList(pages=2)
    paper.read(gone=[3])
    assert paper.memory.gap is None


def test_news_behind_a_page_that_was_given_up_is_owed_anew() -> None:
    paper = LongList(pages=3)
    paper.read()
    told = [paper.read(OLD + 8, gone=[2]) for _ in range(6)]
    assert ["last try" in note for note in told] == [False] * 4 + [True, False]
    paper.read(OLD + 16, gone=[2])
    assert not paper.read(OLD + 18)
    assert not [number for number in paper.lacks() if number > OLD + 8]


@pytest.mark.parametrize("part", range(4))
def test_nothing_is_lost_without_a_word(part: int) -> None:
    chance = Random(part)
    for _ in range(100):
        paper = LongList(chance.choice([2, 3, 5]), pinned=chance.random() < 0.3)
        told = paper.read(gone=chance.sample(range(2, paper.pages + 1), 1))
        for _ in range(6):
            burst = chance.choice([0, 0, 1, SIZE, SIZE + 2, SIZE * (paper.pages - 1), SIZE * paper.pages + 1])
            gone = chance.sample(range(2, paper.pages * 2 + 1), chance.choice([0, 0, 1, 2]))
            told += paper.read(paper.newest + burst, gone)
        told += paper.read() + paper.read()
        assert not paper.lacks() or "there may be more" in told or "last try" in told, paper
