"""A memory of cards already read, so that a page that hardly changed is hardly read again.

Owns when two cards are the same for a reading: same source settings, same HTML but for view counters.
"""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from threading import Lock

from feedbuilder.extract.split_cards import Fragment
from feedbuilder.parse.raw_card import RawCard

_COUNTER = re.compile(
    r"(?<=>)\s*(?P<text>\d[\d.,\s]*)(?:[KM]\s*)?(?:(?:views?|reads?|hits?)\s*)?(?=<)"
    r"|(?<=\sdata-)(?P<name>[\w-]+=\")(?P<data>\d+)(?=\")",
    re.IGNORECASE,
)
_OVERHEAD = 800
"""Bytes that a remembered card takes beside its texts, roughly."""


class CardCache:
    """What was read from cards. Safe to use from several threads; the cards unused for longest are forgotten first."""

    def __init__(self, *, max_cards: int = 50_000, max_bytes: int = 64_000_000) -> None:
        self._max_cards, self._max_bytes = max_cards, max_bytes
        self._known: OrderedDict[bytes, tuple[RawCard, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._known)

    def get(self, mark: str, fragment: Fragment) -> RawCard | None:
        """Return what was read from this card under the settings `mark`, None if it was not read yet."""
        exact, like, _ = _keys(mark, fragment)
        with self._lock:
            return self._touch(like) or self._touch(exact)

    def put(self, mark: str, fragment: Fragment, card: RawCard) -> None:
        """Remember that `card` was read from `fragment` under the settings `mark`.

        Where one of its bare numbers may have been read (the day of a date in an element of its own), only the very
        same card is known again; elsewhere cards that differ in such numbers alone are one.
        """
        exact, like, counters = _keys(mark, fragment)
        read = "\n".join(card.texts())
        addresses = "\n".join((*(link.href for link in card.links), *card.images, *card.media))
        counts = any(
            _holds(number, read) or (is_attribute and _holds(number, addresses)) for number, is_attribute in counters
        )
        size = _OVERHEAD + 2 * (len(read) + len(addresses))
        with self._lock:
            self._insert(exact if counts else like, card, size)

    def _touch(self, key: bytes) -> RawCard | None:
        found = self._known.get(key)
        if found is None:
            return None
        self._known.move_to_end(key)
        return found[0]

    def _insert(self, key: bytes, card: RawCard, size: int) -> None:
        old = self._known.pop(key, None)
        self._bytes += size - (old[1] if old else 0)
        self._known[key] = card, size
        while self._known and (len(self._known) > self._max_cards or self._bytes > self._max_bytes):
            _, (_, freed) = self._known.popitem(last=False)
            self._bytes -= freed


def _keys(mark: str, fragment: Fragment) -> tuple[bytes, bytes, list[tuple[str, bool]]]:
    """Return the key of this very card, that of all cards like it, and its bare numbers (True: of an attribute)."""
    counters: list[tuple[str, bool]] = []

    def placeholder(found: re.Match[str]) -> str:
        counters.append((" ".join((found["text"] or found["data"]).split()), found["data"] is not None))
        return f"{found['name'] or ''}0"

    stem = _COUNTER.sub(placeholder, fragment.html)
    return _key("exact", mark, fragment, fragment.html), _key("like", mark, fragment, stem), counters


def _key(kind: str, mark: str, fragment: Fragment, html: str) -> bytes:
    text = "\0".join((kind, mark, fragment.around or "", html))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _holds(number: str, text: str) -> bool:
    return number in text and re.search(rf"(?<!\d){re.escape(number)}(?!\d)", text) is not None
