"""The password of a studio that others can reach: kept as a hash, and not to be guessed by trying."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

SHORTEST = 10
"""Characters of a password, at the least."""
_COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}
"""What OWASP asks of scrypt at this memory (16 MiB), and what a Raspberry Pi answers in well under a second."""
PER_PLACE, IN_ALL = 5, 30
"""How many wrong passwords are looked at within `WINDOW`, of one address and of all."""
WINDOW = 300.0
"""Seconds."""
_MOST_PLACES = 1_000


@dataclass(frozen=True, slots=True)
class PasswordHash:
    """A password as it is kept while the studio runs."""

    salt: bytes = field(repr=False)
    digest: bytes = field(repr=False)

    @classmethod
    def of(cls, password: str) -> PasswordHash:
        """Return the hash of `password`."""
        salt = os.urandom(16)
        return cls(salt, _hashed(password, salt))

    def matches(self, password: str) -> bool:
        """Return whether it is this one. Takes a while, so that nobody can try many."""
        return hmac.compare_digest(self.digest, _hashed(password, self.salt))


def _hashed(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, maxmem=64 * 2**20, **_COST)


class Attempts:
    """Counts wrong passwords, by where they came from and in all. Safe to use from several threads."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._wrong: deque[tuple[float, str]] = deque(maxlen=_MOST_PLACES)
        self._lock = Lock()

    def begin(self, place: str) -> float:
        """Return after how many seconds `place` may try again; 0: now, and then it counts as wrong until `forgive`."""
        with self._lock:
            now = self._seconds()
            while self._wrong and self._wrong[0][0] <= now - WINDOW:
                self._wrong.popleft()
            mine = [at for at, who in self._wrong if who == place]
            for seen, most in ((mine, PER_PLACE), ([at for at, _ in self._wrong], IN_ALL)):
                if len(seen) >= most:
                    return seen[-most] + WINDOW - now
            self._wrong.append((now, place))
            return 0.0

    def forgive(self, place: str) -> None:
        """Forget what `place` did: it knew the password."""
        with self._lock:
            self._wrong = deque((one for one in self._wrong if one[1] != place), maxlen=_MOST_PLACES)
