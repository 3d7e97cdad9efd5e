"""The memories of cards of many sources, within one bound: see `card_memory`.

What is forgotten of a source is taken up again from what was kept of it, far sooner than its cards are read again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

from feedbuilder.extract.card_memory import CardMemory
from feedbuilder.extract.kept_cards import unpacked
from feedbuilder.extract.moving_parts import Watched
from feedbuilder.model import Item, Selectors

if TYPE_CHECKING:
    from feedbuilder.extract.steady_list import SteadyList

MOST_BYTES = 24_000_000
"""Of all that is remembered in a process: some 120 sources with 40 cards each."""
AT_FIRST = 6_000_000
"""The same until a source comes again that would be remembered still with more: of thousands none does that within the
life of a process, and what is remembered of them serves nobody."""


class CardCache:
    """What was read from cards. Safe to use from several threads; sources unused for longest are forgotten first."""

    def __init__(self, *, max_cards: int = 50_000, max_bytes: int = MOST_BYTES, max_sources: int = 10_000) -> None:
        self._max_cards, self._max_bytes, self._max_sources = max_cards, max_bytes, max_sources
        self._memories: OrderedDict[str, CardMemory] = OrderedDict()
        self._cards = self._bytes = 0
        """Of all memories together, as they were when each was used last."""
        self._counted: dict[str, tuple[int, int]] = {}
        self._room = min(AT_FIRST, max_bytes)
        self._forgotten: OrderedDict[str, int] = OrderedDict()
        """How many bytes there were of the sources that were forgotten last, as far as there would be room for them."""
        self._missed = 0
        """Of all these together."""
        self._lock = Lock()

    def __len__(self) -> int:
        return sum(map(len, self._memories.values()))

    @contextmanager
    def reading(self, mark: str, selectors: Selectors) -> Iterator[CardMemory]:
        """Give for one page what is known of the cards that are read by the settings `mark`, `selectors` among them.

        A mark is that of one source: all that may make a card say something else is in it.
        """
        with self._lock:
            memory = self._memories.get(mark)
            if memory is None:
                self._welcome_back(mark)
                memory = self._memories[mark] = CardMemory(Watched.by(selectors))
            self._memories.move_to_end(mark)
        memory.begin()
        try:
            yield memory
        finally:
            memory.end()
            self._make_room(mark, memory)

    def knows(self, mark: str) -> bool:
        """Return whether any cards are known that are read by the settings `mark`."""
        with self._lock:
            return bool(self._memories.get(mark))

    def steady_list(self, mark: str, items: tuple[Item, ...]) -> SteadyList | None:
        """Return the list whose `items` were just read by the settings `mark`, if it may be steady."""
        with self._lock:
            memory = self._memories.get(mark)
        steady = memory.steady if memory is not None else None
        return steady if steady is not None and steady.items is items else None

    def take_up(self, mark: str, selectors: Selectors, content: bytes) -> None:
        """Take up what was kept of cards that are read by the settings `mark`; what was kept of others does nothing."""
        kept = unpacked(content, mark)
        if kept is not None:
            with self._lock:
                self._welcome_back(mark)
                self._memories[mark] = CardMemory.of(kept, Watched.by(selectors))

    def to_be_kept(self, mark: str, now: datetime) -> bytes | None:
        """Return what is to be kept of cards that are read by the settings `mark`, for `take_up` in other processes.

        None where what was kept before will do, or nothing may be kept.
        """
        with self._lock:
            memory = self._memories.get(mark)
        if memory is None or not memory.is_worth_keeping(now):
            return None
        return memory.kept(now).packed(mark)

    def _make_room(self, mark: str, memory: CardMemory) -> None:
        """Forget what is too much after `memory` was used: other sources, and if it alone is too much, cards of it."""
        with self._lock:
            if self._memories.get(mark) is not memory:  # forgotten meanwhile
                return
            memory.forget_down_to(self._max_cards, self._max_bytes)
            self._count(mark, (len(memory), memory.size))
            while len(self._memories) > 1 and self._is_too_much():
                oldest = next(iter(self._memories))
                del self._memories[oldest]
                self._note_forgotten(oldest, self._counted.get(oldest, (0, 0))[1])
                self._count(oldest, (0, 0))
                del self._counted[oldest]

    def _note_forgotten(self, mark: str, size: int) -> None:
        """Note that a source was forgotten, as long as more could be remembered."""
        if self._room < self._max_bytes:
            self._forgotten[mark] = size
            self._missed += size
            while self._missed > self._max_bytes - self._room:
                self._missed -= self._forgotten.popitem(last=False)[1]

    def _welcome_back(self, mark: str) -> None:
        """Remember as much as may be from now on if the source with this mark was forgotten for want of room."""
        if mark in self._forgotten:
            self._room = self._max_bytes
            self._forgotten.clear()

    def _is_too_much(self) -> bool:
        is_full = self._cards > self._max_cards or self._bytes > self._room
        return is_full or len(self._memories) > self._max_sources

    def _count(self, mark: str, now: tuple[int, int]) -> None:
        cards, size = self._counted.get(mark, (0, 0))
        self._cards += now[0] - cards
        self._bytes += now[1] - size
        self._counted[mark] = now
