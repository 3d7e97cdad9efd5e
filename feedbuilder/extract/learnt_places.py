"""What was learnt about the places of one source's cards at which something moves: whether it is ever read there.

Owns how often a place has to stand the trial before it is believed. What a trial is, `remembered_card` knows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

ENOUGH = 2
"""So often a place has to stand the trial before it is believed; and so often it may fail."""
MOST_TRIED = 100
"""Parts of one card that are tried: where many fail, each takes up to four readings. The next cards have the others."""
MOST_PLACES = 500
"""Places of one source about which something is learnt."""


@dataclass(slots=True)
class LearntPlaces:
    """How often each place stood the trial, and failed it. A place is named by its role and where it stands."""

    stood: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    known: set[str] = field(default_factory=set)
    """Places of which nothing was read though other values stood there."""

    @classmethod
    def of(cls, stood: Counter[str], failed: Counter[str]) -> LearntPlaces:
        """Return what follows from these trials."""
        known = {place for place, times in stood.items() if times >= ENOUGH and not failed[place]}
        return cls(stood, failed, known)

    def is_open(self, place: str) -> bool:
        """Return whether there is something to learn about a place."""
        if len(self.stood) + len(self.failed) >= MOST_PLACES:
            return False
        return self.stood[place] < ENOUGH and self.failed[place] < ENOUGH

    def open_among(self, parts: Iterable[tuple[int, str]]) -> list[int]:
        """Return which parts of a card, each with its place, are to be tried: of no place more than need be."""
        chosen, times = list[int](), Counter[str]()
        for part, place in parts:
            if len(chosen) < MOST_TRIED and times[place] < ENOUGH and self.is_open(place):
                chosen.append(part)
                times[place] += 1
        return chosen

    def note(self, place: str, *, stands: bool) -> bool:
        """Note how a trial of a place went; return whether that ends what is to be learnt about it.

        One that failed is believed in no more.
        """
        (self.stood if stands else self.failed)[place] += 1
        if self.stood[place] >= ENOUGH and not self.failed[place]:
            self.known.add(place)
        else:
            self.known.discard(place)
        return not self.is_open(place)
