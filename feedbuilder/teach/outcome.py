"""What comes of teaching: better selectors with what changed and what is doubtful, or why there are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from feedbuilder.model import Selectors


@dataclass(frozen=True, slots=True)
class Taught:
    """Selectors that read all examples as a person showed them."""

    selectors: Selectors
    changes: tuple[str, ...]
    """What is read otherwise than before, as sentences; empty where nothing had to change."""
    cards: int
    """How many articles they find on the page."""
    doubts: tuple[str, ...] = ()
    """What a person should look at, as sentences."""
    came: tuple[str, ...] = ()
    """The addresses of articles that were not in the list before."""
    went: tuple[str, ...] = ()
    """The addresses of articles that were in the list before."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What the source must say besides, such as `keep_fragment`."""


@dataclass(frozen=True, slots=True)
class Unteachable:
    """No selectors do what the examples ask for."""

    reason: str
    """Why, and what to do, as sentences for the person who showed them."""
