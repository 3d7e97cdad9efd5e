"""What a second look at a page says: what is suspicious, and where the list stands now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from feedbuilder.heal.suspicions import Suspicion
from feedbuilder.model import Item, Selectors


@dataclass(frozen=True, slots=True)
class FoundAgain:
    """The list of a source, found in new markup."""

    selectors: Selectors
    items: tuple[Item, ...]
    """What the ordinary extraction reads with them, in page order."""
    known: int
    """How many of its items are known stories."""
    listed: int
    """How many stories the source listed before."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What a source must say besides."""

    @property
    def evidence(self) -> str:
        """Return why it is believed, as a sentence."""
        if not self.known:
            return (
                f"none of the {self.listed} articles that were listed last is left on the page, but all of its "
                f"{len(self.items)} articles are of the same kind and later, and the page calls itself what it did."
            )
        return (
            f"{self.known} of the {self.listed} articles that were listed last are in it, with their titles and dates."
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be believed of a page."""

    suspicions: tuple[Suspicion, ...] = ()
    """What is wrong with the reading by the selectors of now; the gravest first."""
    found_again: FoundAgain | None = None
    """Where the list stands now, if that is proven; it is read in place of what the selectors found."""
