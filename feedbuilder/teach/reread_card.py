"""A card that is read again and again, by rules of which one is another each time: what the others give is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from feedbuilder.extract.field_rules import CardTree, Read

_MOST = 8
"""Readings of one part that are kept: what is tried for a field, and what was read before."""


class RereadCard(CardTree):
    """A card as a document of its own, which remembers what was read of it."""

    def __init__(self, html: str, around: str | None = None) -> None:
        super().__init__(html, around)
        self._parts: dict[str, list[tuple[object, Any]]] = {}

    def part(self, name: str, by: object, read: Callable[[], Read]) -> Read:
        """Return what `read` reads, or what it read the last times, by the same."""
        known = self._parts.setdefault(name, [])
        for other, value in known:
            if other == by:
                kept: Read = value
                return kept
        value = read()
        known.append((by, value))
        del known[:-_MOST]
        return value
