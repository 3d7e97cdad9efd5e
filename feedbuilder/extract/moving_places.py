"""Where a page moves from one reading to the next while its list says the same: numbers, and ids made by programs.

Owns what a token is, where one may move, and with which values that is tried. A place is learnt when the same list was
read off two pages that differ there, and off two more on which values that nobody would write stand in all such places.
Pure.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from zlib import crc32

from feedbuilder.extract.moving_parts import Watched
from feedbuilder.extract.still_page import Kind, StillPage, digest_of, numbers_in
from feedbuilder.model import Page, Selectors

LARGEST = 500_000
"""Bytes of a page of which this is learnt: it is read three times for that."""
MOST_TOKENS = 20_000
"""Of a page; each takes two bytes of what is remembered."""
MOST_PLACES = 2_000
"""In which a page may move."""
_LONGEST = 1_000
"""Bytes of what moves in one place."""
_FARTHEST = 100_000
"""Bytes before a place in which its tag begins."""
_ID = 8
"""Bytes of what may be an id made of letters and digits, be it that it happens to have none of the former."""
_TOKENS = re.compile(
    # A whole attribute that nobody wrote: within its first characters are small letters, great ones and digits.
    rb"(\b(?:(?<=[\"'])(?=[A-Z\d+/_-]{0,20}[a-z])(?=[a-z\d+/_-]{0,20}[A-Z])(?=[a-zA-Z+/_-]{0,40}\d)"
    rb"[A-Za-z\d+/_-]{16,1000}={0,2}(?=[\"'])"
    rb"|[\da-fA-F]{8}-[\da-fA-F]{4}-[\da-fA-F]{4}-[\da-fA-F]{4}-[\da-fA-F]{12}\b"
    rb"|[A-Za-z_]*\d\w*))"
)
"""What may move: a number, a word with digits in it, an id."""
_SAID = re.compile(
    rb"[\s\"'/](?:title|aria-label|alt)\s*=\s*(\"[^\"]{0,2000}|'[^']{0,2000}|[^\s\"'>]{1,2000})", re.IGNORECASE
)
_NAMES = frozenset(("class", "title", "aria-label", "alt"))
"""Attributes that name what they stand at, for rules or for people."""
_SCRIPTS = (b"<script>", b"<script ", b"<style>", b"<style ")
_DIGIT = re.compile(rb"\d")
_SPACES = (b" ", b"\t", b"\n", b"\r", b"\f")
_CODES = (b"&", b"&#", b"&#x", b"&#X", b"\\")
"""Behind these stands what means a character."""
_TRIED = ((9, -1), (1, 1))
"""Of which digits the values are made that are tried, and how these go on from place to place: 99, 98, … and 11, 12, …

The former are no days of any month, the latter are; no two places have the same.
"""


def moving_places(page: Page, before: bytes, selectors: Selectors, is_same: Callable[[Page], bool]) -> bytes | None:
    """Return by what `page`, which lists what the last one did, is known again; None where what was `before` will do.

    `is_same` is asked of pages with other values in all places in which this one moves: whether they list it too.
    """
    tokens = Tokens.of(page)
    still = tokens and tokens.still(StillPage.unpacked(before), Watched.by(selectors), is_same)
    return still.packed() if still else None


@dataclass(frozen=True, slots=True)
class Tokens:
    """A page, taken apart."""

    page: Page
    values: tuple[bytes, ...]
    starts: tuple[int, ...]
    rest: bytes
    """A digest of what stands between them."""

    @classmethod
    def of(cls, page: Page) -> Tokens | None:
        """Return the tokens of `page`; None where nothing is to be learnt of it.

        As where its bytes may stand for other letters than they seem to: a digit of UTF-16, or a part of a kanji.
        """
        body = page.body
        if len(body) > LARGEST or b"\0" in body or b"\x1b" in body or not _is_utf8(body):
            return None
        parts = _TOKENS.split(body)
        values = tuple(parts[1::2])
        if len(values) > MOST_TOKENS:
            return None
        starts = tuple(accumulate(map(len, parts)))[::2]
        return cls(page, values, starts[: len(values)], digest_of(b"\0".join(parts[::2])))

    @property
    def marks(self) -> bytes:
        """Return two bytes for each."""
        whole, marks = struct.pack(f"<{len(self.values)}I", *map(crc32, self.values)), bytearray(2 * len(self.values))
        marks[::2], marks[1::2] = whole[::4], whole[1::4]
        return bytes(marks)

    def still(self, before: StillPage | None, watched: Watched, is_same: Callable[[Page], bool]) -> StillPage | None:
        """Return by what the page is known again; None where what was known `before` will do.

        Its places are learnt if it differs from the one before in nothing but tokens that may move, and `is_same` says
        of pages with other values there that they list the same.
        """
        begun = StillPage(self.rest, self.marks)
        if before is None or before.rest != self.rest or len(before.marks) != len(begun.marks):
            return begun
        pairs = zip(memoryview(before.marks).cast("H"), memoryview(begun.marks).cast("H"), strict=True)
        moved = {number for number, (then, now) in enumerate(pairs) if then != now}
        if not moved and not before.kinds:
            return None
        numbers = sorted(moved.union(before.numbers))
        if len(numbers) > MOST_PLACES:
            return begun
        kinds = [kind for number in numbers if (kind := self._kind(number, watched)) is not None]
        if len(kinds) < len(numbers) or not all(is_same(self._with(numbers, kinds, *tried)) for tried in _TRIED):
            return begun
        starts = tuple(self.starts[number] for number in numbers)
        sizes = tuple(len(self.values[number]) for number in numbers)
        said = frozenset(number for text in _SAID.findall(self.page.body) for number in numbers_in(text))
        places = replace(begun, numbers=tuple(numbers), starts=starts, sizes=sizes, kinds=bytes(kinds), said=said)
        return places.shown_by(self.page)

    def _kind(self, number: int, watched: Watched) -> Kind | None:
        """Return what may stand in the place of a token; None where it may not move.

        As where it is, or may be, what something else is called or told apart by.
        """
        start, value = self.starts[number], self.values[number]
        body, first = self.page.body, max(start - _FARTHEST, 0)
        opened = body.rfind(b"<", first, start)
        tag = body[opened:start] if opened >= 0 else b">"
        if len(value) > _LONGEST or body.endswith(_CODES, first, start):
            return None
        if not _is_unseen(tag):
            if b">" in tag:
                return None if watched.texts else Kind.READ
            name = _attribute(tag)
            if name is None or name in _NAMES or watched.attributes:
                return None
            if name in watched.words and not tag.startswith(b"<meta "):
                return None
        elif watched.texts:
            return None
        if len(value) < _ID:
            return Kind.NUMBER
        return Kind.MIXED if value.replace(b"_", b"").isalnum() else Kind.MADE

    def _with(self, numbers: Sequence[int], kinds: Sequence[Kind], digit: int, step: int) -> Page:
        """Return the page with values of `digit` in these places."""
        body = bytearray(self.page.body)
        for nth, (number, kind) in enumerate(zip(numbers, kinds, strict=True)):
            start, value = self.starts[number], self.values[number]
            body[start : start + len(value)] = _other(value, kind, digit, step * nth)
        return replace(self.page, body=bytes(body))


def _other(value: bytes, kind: Kind, digit: int, further: int) -> bytes:
    """Return what may stand in place of `value`: a number of the same digit, or one so much further on, or an id."""
    size = len(value) if kind >= Kind.MIXED or value.isdigit() else len(_DIGIT.findall(value))
    number = b"%0*d" % (size, ((10**size - 1) // 9 * digit + further) % 10**size)
    if kind >= Kind.MIXED:
        return b"".join(b"q%c" % one for one in number)[-size:]
    if len(value) == size:
        return number
    digits = iter(number)
    return _DIGIT.sub(lambda _: bytes((next(digits),)), value)


def _is_unseen(tag: bytes) -> bool:
    """Return whether what stands behind `tag`, its beginning and perhaps more, is in a comment, a script or a style."""
    if tag.startswith(b"<!--"):
        return b">" not in tag
    return tag.startswith(_SCRIPTS) and b">" in tag and b"/>" not in tag


def _attribute(tag: bytes) -> str | None:
    """Return the name of the attribute in which something stands behind `tag`, the beginning of one; None for none."""
    opened = max(tag.rfind(b'="'), tag.rfind(b"='"))
    quote = tag[opened + 1 : opened + 2]
    if opened >= 0 and quote not in (value := tag[opened + 2 :]):
        return _last_word(tag[:opened])
    bare = _last_word(value.rpartition(quote)[2] if opened >= 0 else tag)
    name, equals, _ = bare.partition("=")
    return name if equals else None


def _last_word(text: bytes) -> str:
    """Return what stands behind the last space in `text`, in small letters."""
    return text[max(map(text.rfind, _SPACES)) + 1 :].decode("ascii", "replace").lower()


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
