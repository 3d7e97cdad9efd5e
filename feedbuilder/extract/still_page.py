"""A page on which nothing moved but what was seen to move without anything else coming of it: it need not be read.

Owns what may stand in the place of what moved, and how all of it is written for the next process. Which places those
are is learnt by `moving_places`. Pure.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Self
from zlib import crc32

from feedbuilder.model import Page

ZEROS = bytes.maketrans(b"123456789", b"000000000")
_DIGITS = re.compile(rb"\d+")
_MADE = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_-"
"""What programs make ids of."""
_HEAD = struct.Struct("<16s16sIIII")


class Kind(IntEnum):
    """What may stand in a place: always as many bytes as stood there before."""

    NUMBER = 0
    """Other digits, where digits stand."""
    READ = 1
    """The same, where people read it: none that an attribute says to people, for titles are compared with such."""
    MIXED = 2
    """Letters and digits; letters alone may be a word."""
    MADE = 3
    """Whatever ids are made of."""


_FIRST_ID = int(Kind.MIXED)  # asked of each place: as an attribute of an enum it takes as long as all else of it


@dataclass(frozen=True, slots=True)
class StillPage:
    """What is remembered of a page for knowing it again. Nothing that it says is in it."""

    rest: bytes
    """A digest of what stands between its tokens; see `moving_places`."""
    marks: bytes
    """Two bytes for each token: by them the next reading sees which have moved."""
    numbers: tuple[int, ...] = ()
    """Of the places in which it may move, in their order: which of its tokens stands there,"""
    starts: tuple[int, ...] = ()
    """where that begins,"""
    sizes: tuple[int, ...] = ()
    """how many bytes it has,"""
    kinds: bytes = b""
    """and its `Kind`. There are none as long as that was not learnt."""
    said: frozenset[int] = frozenset()
    """Checksums of the numbers in attributes that people read."""
    length: int = 0
    digest: bytes = bytes(16)
    """Of all of it but for what may move."""

    def shown_by(self, page: Page) -> Self:
        """Return it as `page` shows it."""
        return replace(self, length=len(page.body), digest=self._digest(page) or bytes(16))

    def is_shown_by(self, page: Page) -> bool:
        """Return whether `page` is this one but for what may move."""
        return bool(self.kinds) and len(page.body) == self.length and self._digest(page) == self.digest

    def packed(self) -> bytes:
        """Return it as bytes."""
        places = len(self.kinds)
        head = _HEAD.pack(self.rest, self.digest, self.length, len(self.marks), places, len(self.said))
        written = (*self.numbers, *self.starts, *sorted(self.said), *self.sizes)
        return b"".join((head, self.marks, struct.pack(_columns(places, len(self.said)), *written), self.kinds))

    @classmethod
    def unpacked(cls, content: bytes | None) -> Self | None:
        """Return what was `packed`; None where nothing was, or it is damaged."""
        content = content or b""
        try:
            rest, digest, length, size, places, said = _HEAD.unpack_from(content)
            columns, begin = _columns(places, said), _HEAD.size + size
            read = struct.unpack_from(columns, content, begin)
        except struct.error:
            return None
        marks, kinds = content[_HEAD.size : begin], content[begin + struct.calcsize(columns) :]
        if len(kinds) != places:
            return None
        numbers, starts, sizes = read[:places], read[places : 2 * places], read[2 * places + said :]
        checksums = frozenset(read[2 * places : 2 * places + said])
        return cls(rest, marks, numbers, starts, sizes, kinds, checksums, length, digest)

    def _digest(self, page: Page) -> bytes | None:
        """Return a digest of all of `page` but for what may move; None where something stands there that may not."""
        body = page.body
        zeros, rest, read = body.translate(ZEROS), bytearray(body), list[bytes]()
        for start, size, kind in zip(self.starts, self.sizes, self.kinds, strict=True):
            end = start + size
            if kind < _FIRST_ID:
                rest[start:end] = zeros[start:end]
                if kind:
                    read.append(body[start:end])
            elif _is_made(body[start:end], kind):
                rest[start:end] = bytes(size)
            else:
                return None
        if not self.said.isdisjoint(numbers_in(b" ".join(read))):
            return None
        return digest_of(f"{page.url}\0{page.content_type}\0".encode("utf-8", "surrogatepass"), rest)


def digest_of(*parts: bytes | bytearray) -> bytes:
    """Return what tells these bytes from any others."""
    made = hashlib.blake2b(digest_size=16)
    for part in parts:
        made.update(part)
    return made.digest()


def numbers_in(text: bytes) -> Iterator[int]:
    """Return checksums of the numbers in `text`."""
    return map(crc32, _DIGITS.findall(text))


def _columns(places: int, said: int) -> str:
    return f"<{2 * places + said}I{places}H"


def _is_made(value: bytes, kind: int) -> bool:
    if kind == Kind.MADE:
        return not value.translate(None, _MADE)
    letters = value.replace(b"_", b"")
    return letters.isalnum() and not letters.isalpha()
