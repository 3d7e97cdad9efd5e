"""Who is let in: browsers that once showed the token or the password, known by a cookie of random letters."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from secrets import token_urlsafe
from threading import Lock

LONGEST = 14 * 24 * 3600.0
"""Seconds without a request after which a browser has to show it again."""
MOST = 100


class Sessions:
    """The browsers that are let in, while the program runs. Safe to use from several threads."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._seen: dict[str, float] = {}
        self._lock = Lock()

    def begin(self) -> str:
        """Let one more browser in; return what its cookie is to hold. Of too many, the one longest away goes."""
        name = token_urlsafe(32)
        with self._lock:
            if len(self._seen) >= MOST:
                del self._seen[min(self._seen, key=self._seen.__getitem__)]
            self._seen[name] = self._seconds()
        return name

    def knows(self, name: str) -> bool:
        """Return whether a browser that shows `name` was let in."""
        with self._lock:
            now = self._seconds()
            for known, seen in self._seen.items():
                if hmac.compare_digest(known.encode(), name.encode()):
                    if seen < now - LONGEST:
                        del self._seen[known]
                        return False
                    self._seen[known] = now
                    return True
        return False

    def end(self, name: str) -> None:
        """Let this browser in no more."""
        with self._lock:
            self._seen.pop(name, None)
