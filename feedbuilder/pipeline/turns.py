"""Who may go now: what is due, by the hosts that it asks, and how many may go at the same time.

Owns the order in which things get their turn, and that no host has two visitors at once. What cannot go yet is put
back until it can, and holds nothing up but what wants the same host. Pure: knows no thread, no clock and no network;
the present moment, in seconds, and how long hosts want to be left alone come in as arguments. Each decision costs the
logarithm of what is planned.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import TypeAlias

Key: TypeAlias = tuple[str, str]
"""What a turn is for, such as ("source", "world"): of each there is one plan, and one at a time goes."""


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """Something that is to be done once at `due` or later."""

    key: Key
    due: float
    places: frozenset[str] = frozenset()
    """Whom it asks: nobody else may ask any of them meanwhile."""
    is_doubtful: bool = False
    """Whether it may well hang: such turns never take all workers."""
    work: Callable[[], None] = field(default=lambda: None)
    """What is to be done; not called here."""

    @property
    def wanted(self) -> tuple[Hashable, ...]:
        """Return all that it wants for itself while it lasts."""
        return (self.key, *self.places)


_Entry: TypeAlias = tuple[float, int, Turn | None, str]
"""A moment, a number that makes entries comparable, and what comes then: a turn, or the end of a place's pause."""


class Turns:
    """What is planned and what goes. Calls must not overlap.

    While something is parked at a place, the place has a visitor, or its pause has an entry in `_later`, or the first
    that was parked there is among those that are due: somebody always comes to free the next.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._most_doubtful = max(workers // 2, 1)
        self._planned: dict[Key, Turn] = {}
        self._later: list[_Entry] = []
        self._due: dict[bool, list[_Entry]] = {False: [], True: []}
        """By whether they are doubtful."""
        self._parked: dict[Hashable, list[_Entry]] = {}
        self._pauses: dict[Hashable, float] = {}
        """For which moment a place has an entry in `_later`."""
        self._taken: set[Hashable] = set()
        self._going: set[Turn] = set()
        self._numbers = count()

    @property
    def going(self) -> int:
        """Return how many have their turn now."""
        return len(self._going)

    @property
    def is_idle(self) -> bool:
        """Return whether nothing is planned and nothing goes."""
        return not self._planned and not self._going

    def plan(self, turn: Turn) -> None:
        """Plan `turn` in place of what was planned for its key and has not begun."""
        self._planned[turn.key] = turn
        heappush(self._later, (turn.due, next(self._numbers), turn, ""))

    def drop(self, key: Key) -> None:
        """Plan nothing for `key`; what goes goes on."""
        self._planned.pop(key, None)

    def clear(self) -> None:
        """Plan nothing at all; what goes goes on."""
        self._planned.clear()

    def start(self, now: float, pause: Callable[[str], float]) -> list[Turn]:
        """Return who may go now, in the order in which they fell due; they have begun.

        `pause` tells for how many seconds a place is not to be asked yet, 0 or less if it may be.
        """
        self._ripen(now)
        begun: list[Turn] = []
        while (turn := self._first()) is not None:
            taken = next((one for one in turn.wanted if one in self._taken), None)
            if taken is not None:
                self._park(turn, taken)
                continue
            longest, place = max(((pause(place), place) for place in turn.places), default=(0.0, ""))
            if longest > 0:
                self._park(turn, place)
                self._wake(place, now + longest)
                continue
            del self._planned[turn.key]
            self._taken.update(turn.wanted)
            self._going.add(turn)
            begun.append(turn)
        return begun

    def end(self, turn: Turn) -> None:
        """Note that a turn is over."""
        self._going.remove(turn)
        self._taken.difference_update(turn.wanted)
        self._unpark(turn.wanted)

    def next_look(self) -> float | None:
        """Return when somebody may go next although nobody ends before; None where only an end changes anything."""
        return self._later[0][0] if self._later and self.going < self._workers else None

    def _ripen(self, now: float) -> None:
        while self._later and self._later[0][0] <= now:
            moment, number, turn, place = heappop(self._later)
            if turn is not None:
                heappush(self._due[turn.is_doubtful], (moment, number, turn, ""))
            elif self._pauses.get(place) == moment:
                del self._pauses[place]
                self._unpark([place])

    def _first(self) -> Turn | None:
        """Take the next that is due and for whom there is a worker; None if there is none."""
        while self.going < self._workers:
            doubtful = sum(turn.is_doubtful for turn in self._going)
            heaps = [self._due[False], *([self._due[True]] if doubtful < self._most_doubtful else [])]
            heap = min((heap for heap in heaps if heap), key=lambda heap: heap[0], default=None)
            if heap is None:
                return None
            turn = heappop(heap)[2]
            assert turn is not None
            if self._planned.get(turn.key) is turn:
                return turn
            self._unpark(turn.wanted)  # it was replaced while others stood behind it
        return None

    def _park(self, turn: Turn, at: Hashable) -> None:
        """Put `turn` back until the place `at` is free; who stood behind it elsewhere comes forward."""
        heappush(self._parked.setdefault(at, []), (turn.due, next(self._numbers), turn, ""))
        self._unpark(one for one in turn.wanted if one != at)

    def _wake(self, place: str, moment: float) -> None:
        if self._pauses.get(place, moment + 1) > moment:
            self._pauses[place] = moment
            heappush(self._later, (moment, next(self._numbers), None, place))

    def _unpark(self, places: Iterable[Hashable]) -> None:
        """Let the first that is parked at each of `places` come forward, where nobody is there."""
        for place in places:
            if place in self._taken:
                continue
            parked = self._parked.get(place, [])
            while parked:
                entry = heappop(parked)
                turn = entry[2]
                if turn is not None and self._planned.get(turn.key) is turn:
                    heappush(self._due[turn.is_doubtful], entry)
                    break
            if not parked:
                self._parked.pop(place, None)
