"""The memories of cards of many sources, within one bound: see `card_memory`."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from feedbuilder.extract.card_memory import CardMemory
from feedbuilder.extract.moving_parts import Watched
from feedbuilder.model import Selectors


class CardCache:
    """What was read from cards. Safe to use from several threads; sources unused for longest are forgotten first."""

    def __init__(self, *, max_cards: int = 50_000, max_bytes: int = 64_000_000, max_sources: int = 10_000) -> None:
        self._max_cards, self._max_bytes, self._max_sources = max_cards, max_bytes, max_sources
        self._memories: OrderedDict[str, CardMemory] = OrderedDict()
        self._cards = self._bytes = 0
        """Of all memories together, as they were when each was used last."""
        self._counted: dict[str, tuple[int, int]] = {}
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
                memory = self._memories[mark] = CardMemory(Watched.by(selectors))
            self._memories.move_to_end(mark)
        try:
            yield memory
        finally:
            self._make_room(mark, memory)

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
                self._count(oldest, (0, 0))
                del self._counted[oldest]

    def _is_too_much(self) -> bool:
        is_full = self._cards > self._max_cards or self._bytes > self._max_bytes
        return is_full or len(self._memories) > self._max_sources

    def _count(self, mark: str, now: tuple[int, int]) -> None:
        cards, size = self._counted.get(mark, (0, 0))
        self._cards += now[0] - cards
        self._bytes += now[1] - size
        self._counted[mark] = now
