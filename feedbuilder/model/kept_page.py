"""A page that is kept to be looked into: the last one that was read well, the first one that was not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class KeptKind(StrEnum):
    """Why a page is kept."""

    GOOD = "good"
    """It was read well; taken again once a day at most."""
    BAD = "bad"
    """It was the first that was not read well since then, or on which the list was found again by other selectors."""


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A copy of a page."""

    kind: KeptKind
    url: str
    fetched: datetime
    content: bytes
    """See `parse.kept_copy`."""
