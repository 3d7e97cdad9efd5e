"""The parts of records that are written flat: elements with links, and what stands around them as their siblings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from feedbuilder.detect.link_groups import shape
from feedbuilder.detect.outline import Element
from feedbuilder.detect.text_features import looks_like_date

_LONGEST_DATE = 60

Look = tuple[str, bool]
"""The tag and lasting classes of an element, and whether it says a date."""


@dataclass(frozen=True, slots=True)
class SiblingRun:
    """One record."""

    parts: tuple[Element, ...]
    link: int
    """Which of the links it is made of."""


@dataclass(frozen=True, slots=True)
class Row:
    """The elements with links that share a parent, and what stands around them; only what says something."""

    siblings: list[Element]
    members: list[tuple[int, int]]
    """Of each link its number and its place among the siblings."""

    @classmethod
    def of(cls, parent: Element, members: Sequence[tuple[int, Element]]) -> Row:
        """Return the row of `members`, links by their numbers, within `parent`."""
        wanted = {id(element) for _, element in members}
        siblings = [one for one in parent.children if id(one) in wanted or _says_something(one)]
        places = {id(one): place for place, one in enumerate(siblings)}
        return cls(siblings, [(number, places[id(element)]) for number, element in members])

    def gaps(self) -> Iterator[list[Element]]:
        """Yield what stands between neighbouring links."""
        ends = [place for _, place in self.members]
        for start, end in pairwise(ends):
            yield self.siblings[start + 1 : end]

    @property
    def before(self) -> list[Element]:
        """What stands before the first link."""
        return self.siblings[: self.members[0][1]]

    @property
    def behind(self) -> list[Element]:
        """What stands behind the last link."""
        return self.siblings[self.members[-1][1] + 1 :]

    def parted(self, begin: Callable[[int, int], int]) -> list[SiblingRun]:
        """Return the record of each link, which ends where the next one begins.

        `begin` says where, for the place behind the link before and that of the link itself.
        """
        free = [0, *(place + 1 for _, place in self.members)]
        begins = [begin(start, place) for start, (_, place) in zip(free, self.members, strict=False)]
        ends = [*begins[1:], len(self.siblings)]
        return [
            SiblingRun(tuple(self.siblings[start:end]), number)
            for start, end, (number, _) in zip(begins, ends, self.members, strict=True)
        ]


def look(element: Element) -> Look:
    """Return what `element` has in common with the same part of other records."""
    return shape(element), looks_like_date(element.text[:_LONGEST_DATE])


def _says_something(element: Element) -> bool:
    return any(character.isalnum() for character in element.text) or any(one.tag == "img" for one in element.down())
