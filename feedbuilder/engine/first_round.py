"""How the first round of readings after a start went, to be told once. Knows no clock and no log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class FirstRound:
    """Counts until each of the sources `expected` was read once. Calls must not overlap."""

    def __init__(self, expected: Iterable[str]) -> None:
        self._waiting = set(expected)
        self._well = 0
        self._failed = 0
        self._told = False

    def ended(self, source: str, *, well: bool) -> None:
        """Note that a reading of `source` ended."""
        if source in self._waiting:
            self._waiting.remove(source)
            self._well += well
            self._failed += not well

    def report(self, *, at_once: bool = False) -> Mapping[str, int] | None:
        """Return how many were read well, failed, and still wait: once, when none waits or `at_once` if that is set."""
        if self._told or (self._waiting and not at_once):
            return None
        self._told = True
        return {"well": self._well, "failed": self._failed, "waiting": len(self._waiting)}
