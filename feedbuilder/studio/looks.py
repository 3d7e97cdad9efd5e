"""The pages that are worked on just now, each under a name that nobody guesses. Kept in memory, few, not for long."""

from __future__ import annotations

from collections.abc import Callable
from secrets import token_urlsafe
from threading import Lock

from feedbuilder.studio.looking import Look

MOST = 12
"""Pages at a time: each may be 5 MB, and what was made of it. For one more, the one that was left longest goes."""
LONGEST = 12 * 3600.0
"""Seconds for which a page that nobody asks for is kept."""


class Looks:
    """Looks by name. Safe to use from several threads."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._kept: dict[str, tuple[float, Look]] = {}
        self._lock = Lock()

    def keep(self, look: Look) -> str:
        """Keep `look`; return its name."""
        name = token_urlsafe(9)
        with self._lock:
            self._drop_old()
            while len(self._kept) >= MOST:
                del self._kept[next(iter(self._kept))]
            self._kept[name] = (self._seconds(), look)
        return name

    def get(self, name: str) -> Look | None:
        """Return the look called `name`; None if there is none, or not any more."""
        with self._lock:
            self._drop_old()
            if name not in self._kept:
                return None
            _, look = self._kept.pop(name)
            self._kept[name] = (self._seconds(), look)  # last of all again
            return look

    def forget(self, name: str) -> None:
        """Drop a look that is of no use any more."""
        with self._lock:
            self._kept.pop(name, None)

    def _drop_old(self) -> None:
        oldest = self._seconds() - LONGEST
        for name in [name for name, (seen, _) in self._kept.items() if seen < oldest]:
            del self._kept[name]
