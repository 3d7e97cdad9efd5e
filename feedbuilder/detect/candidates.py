"""What detection hands out, and the table of proposers: what may be worth trying on a page.

A proposer only names selectors. What they give is found out by the ordinary extraction, and judged for all alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from feedbuilder.detect.parsed_page import ParsedPage
from feedbuilder.detect.propose_data import structured
from feedbuilder.model import Item, Selectors


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that spoke for a list, or against it."""

    name: str
    """Of the rule, such as "titles-long"; permanent, for it is stored."""
    points: float
    """What it added to the score; negative where it spoke against the list."""
    text: str
    """The rule's finding, as a sentence."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A list of articles that a page may be read as."""

    selectors: Selectors
    items: tuple[Item, ...]
    """What the ordinary extraction gives with these selectors, in page order; never empty."""
    score: float
    """The sum of the reasons' points; comparable between the lists of one page only."""
    reasons: tuple[Reason, ...]
    """The strongest first."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What a source must say besides the selectors, such as `keep_fragment`."""
    doubts: tuple[str, ...] = ()
    """Why a person should look before it is published, as sentences; empty where nothing speaks against that."""


@dataclass(frozen=True, slots=True)
class Detection:
    """The lists found on a page."""

    candidates: tuple[Candidate, ...]
    """The likeliest first; empty if the page holds no list of articles."""
    reason: str | None = None
    """Why there is none, for the person who asked; None where there are candidates."""
    language: str | None = None
    """What the dates were read in; a source made of a candidate must say the same (BCP 47)."""
    needs_browser: bool = False
    """Whether there may be a list once scripts have built the page: it holds hardly anything but them."""

    @property
    def doubts(self) -> tuple[str, ...]:
        """Return why the likeliest list is doubtful, as sentences; empty where it is not, or where there is none."""
        return self.candidates[0].doubts if self.candidates else ()


Proposer = Callable[[ParsedPage], Iterable[Selectors]]
"""Returns the selectors worth trying on a page, the likeliest first; none where it finds nothing of its kind."""

PROPOSERS: tuple[Proposer, ...] = (structured,)
