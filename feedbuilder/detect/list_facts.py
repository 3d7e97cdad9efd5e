"""What the rules look at: the items of a list, or what promises to be items, and where they stand. Knows no rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from feedbuilder.detect.outline import HEADINGS, Element, Outline
from feedbuilder.model import Item

Finding = tuple[float, str]
"""How much a rule speaks for a list, -1 to 1, and the sentence that says why."""


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where on the page a list stands, and what can be seen of it there."""

    starts: tuple[Element, ...]
    """The elements that its items begin with; empty if that is not known."""
    text_share: float
    """Of all the page's words."""
    headed: float
    """The share of items whose title is in a heading."""
    boxes: float = 0.0
    """The share of items that are boxes of several stories rather than cards of a single story."""
    cost: float = 0.0
    """How hard its selectors are to read."""


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What is known of a list."""

    outline: Outline
    place: ListPlace
    titles: Sequence[str]
    """Of each item its title, "" where none is known; before the items are read, what their links or headings say."""
    items: Sequence[Item] = ()
    """What the ordinary extraction gives; none before it was run."""
    structured: bool = False
    """Whether it is read from data rather than from markup."""
    guessed_dates: bool = False
    """Whether its dates are those of headings around alone, which is a guess and must not pay for itself."""

    def share(self, count: float) -> float:
        """Return `count` as a share of the items."""
        return count / max(len(self.titles), 1)


def percent(share: float) -> str:
    """Return `share` as people write it."""
    return f"{100 * share:.0f} %"


def heading_share(starts: Sequence[Sequence[Element]]) -> float:
    """Return the share of records, given by their parts, that hold a heading or stand in one."""
    headed = 0
    for parts in starts:
        headed += any(part.headed for part in parts) or any(up.tag in HEADINGS for up in islice(parts[0].up(), 3))
    return headed / max(len(starts), 1)
