"""The parts of a card that may change from one reading to the next: counters, ages, numbers and ids made for a script.

Owns where they can stand and what makes two of them alike. That a part stands at such a place says nothing yet: whether
it is read is for `card_memory` to find out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from feedbuilder.model import Selectors
from feedbuilder.model.field_selectors import XPATH

_PLACES = re.compile(
    # Lexbor wrote this HTML: names are in small letters, and one space stands before an attribute.
    # Headings are left as they are: what they hold is weighed in many ways before it is a title or none.
    r"<(?P<heading>/?(?:h[1-6]|summary))(?=[ >])"
    # An attribute that scripts work with.
    r"| (?P<name>data-[\w-]{1,80}|id|nonce|for|aria-(?:controls|describedby|labelledby|owns))"
    r"=\"(?P<data>[^\"<>]{1,200})\""
    # A short text without elements.
    r"|>(?P<text>[^<>\d]{0,40}\d[^<>]{0,40})(?=<)"
)
_ADDRESSES = re.compile(
    r"src|href|url|link|bg|background|image|img|original|lazy|audio|video|mp3|media|poster|date|time"
)
"""In the name of an attribute: it may say where something is, or when, and be read without any rule."""
_SAID = re.compile(r"\s(?:title|aria-label|alt)=\"([^\"]{0,2000})\"", re.IGNORECASE)
_VALUE = re.compile(r"(?<! class)=\"[^\"]*\"?")
_DIGIT = re.compile(r"\d")
_ANY = "<"
"""Stands for what moves in an attribute, and is in none of those that are looked at."""
_ZEROS = str.maketrans("123456789", "000000000")
_DIGITS = re.compile(r"\d+")
_TOKEN = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[A-Za-z0-9]+")
"""A word, a number, or an id of letters and digits."""
_WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Part:
    """One such part."""

    value: str
    """As it stands in the HTML."""
    start: int
    is_text: bool

    def may_be(self, value: str) -> bool:
        """Return whether `value`, which is as long, may stand in the place of this part."""
        if self.is_text:
            return value.translate(_ZEROS) == alike(self.value, is_text=True)
        if value.isdecimal() and value.isascii() and self.value.isdecimal() and self.value.isascii():
            return True
        return alike(value, is_text=False) == alike(self.value, is_text=False)

    def with_number(self, number: Callable[[int], str]) -> str:
        """Return a value like this one with other digits, and with other letters in what is no word.

        `number` gives the digits, as many as it is asked for.
        """
        digits = iter(number(len(_DIGIT.findall(self.value))))
        if self.is_text:
            return _DIGIT.sub(lambda _: next(digits), self.value)
        return _TOKEN.sub(lambda token: _made(token[0], digits), self.value)


@dataclass(frozen=True, slots=True)
class Watched:
    """What the rules of a source look at, as far as a part may not be left out for it."""

    words: frozenset[str]
    """Every word of the selectors: an attribute whose name is among them may be what they ask for."""
    texts: bool
    """Whether a rule looks into texts with a pattern: there any text may matter without being read."""
    attributes: bool
    """Whether names may be written in a way that `words` does not show."""

    @classmethod
    def by(cls, selectors: Selectors) -> Watched:
        """Return what `selectors` look at."""
        written = selectors.model_dump_json().lower()
        words = {*_WORD.findall(written), *(("id",) if "#" in written else ())}
        escapes = r"\\\\" in written  # a backslash, as JSON writes it
        patterns = any(f'"{key}":"' in written for key in ("match", "template")) or "contains" in written
        if XPATH in written or written.count('"steps":[') > written.count('"steps":[]'):  # which may look at anything
            return cls(frozenset(words), texts=True, attributes=True)
        return cls(frozenset(words), patterns or escapes, escapes)


def moving_parts(html: str, watched: Watched) -> tuple[str, tuple[Part, ...]]:
    """Return the HTML of a card with all that may move made alike, and these parts in document order."""
    parts: list[Part] = []
    depth = 0

    def masked(found: re.Match[str]) -> str:
        nonlocal depth
        # The last group that took part: `data` stands behind `name`.
        kind = found.lastgroup
        if kind == "heading":
            depth = max(depth + (-1 if found["heading"][0] == "/" else 1), 0)
            return found[0]
        if depth:
            return found[0]
        if kind == "text":
            if watched.texts:
                return found[0]
            parts.append(Part(found["text"], found.start("text"), True))
            return alike(found[0], is_text=True)
        value, name = found["data"], found["name"]
        made = alike(value, is_text=False)
        if made == value or watched.attributes or name in watched.words or _may_be_read(name):
            return found[0]
        parts.append(Part(value, found.start("data"), False))
        return f' {name}="{made}"'

    return _PLACES.sub(masked, html), tuple(parts)


def values_in(html: str, parts: Sequence[Part]) -> list[str]:
    """Return what stands in the HTML of a card in the places of the `parts` of another, which is as long."""
    return [html[part.start : part.start + len(part.value)] for part in parts]


def without(html: str, parts: Sequence[Part]) -> str:
    """Return `html` without what stands where a card like it has these `parts`, which are in document order."""
    pieces, end = [], 0
    for part in parts:
        pieces.append(html[end : part.start])
        end = part.start + len(part.value)
    return "".join((*pieces, html[end:]))


def with_values(html: str, values: Mapping[Part, str]) -> str:
    """Return `html` with other values, each as long as the one that stands there, in the places of these parts."""
    for part, value in values.items():
        html = html[: part.start] + value + html[part.start + len(part.value) :]
    return html


def place_of(html: str, part: Part) -> str:
    """Return what the places of the same part in all cards have in common: their tag, up to there, without numbers.

    Of its attributes only classes count: others tell the cards apart.
    """
    begin = max(html.rfind("<", 0, part.start), 0)
    before = _VALUE.sub("", html[begin : part.start])[:300]
    return f"{_TOKEN.sub(_short, before)}|{_TOKEN.sub(_short, part.value)}"


def said_numbers(html: str) -> frozenset[str]:
    """Return the numbers in the attributes of a card that people read."""
    return frozenset(number for said in _SAID.findall(html) for number in _DIGITS.findall(said))


def numbers_of(value: str) -> list[str]:
    """Return the numbers in the value of a part, as it is read."""
    return _DIGITS.findall(unescape(value) if "&" in value else value)


def is_held(part: Part, texts: Sequence[str], addresses: Sequence[str]) -> bool:
    """Return whether a number or an id of `part` stands in what was read from its card."""
    where = texts if part.is_text else (*texts, *addresses)
    tokens = numbers_of(part.value) if part.is_text else [one for one in _TOKEN.findall(part.value) if _moves(one)]
    return any(_holds(token, text) for token in tokens for text in where)


@lru_cache(maxsize=1024)
def _may_be_read(name: str) -> bool:
    return _ADDRESSES.search(name) is not None


def _holds(token: str, text: str) -> bool:
    if token not in text:
        return False
    edge = r"\d" if token.isdigit() else r"[A-Za-z0-9]"
    return re.search(rf"(?<!{edge}){re.escape(token)}(?!{edge})", text) is not None


def _moves(token: str) -> bool:
    return _DIGIT.search(token) is not None


@lru_cache(maxsize=4096)
def alike(value: str, *, is_text: bool) -> str:
    """Return what all values have in common that may stand in one place."""
    if is_text:
        return value.translate(_ZEROS)
    return _ANY * len(value) if value.isdecimal() and value.isascii() else _TOKEN.sub(_mask, value)


def _mask(token: re.Match[str]) -> str:
    return _ANY * len(token[0]) if _moves(token[0]) else token[0]


def _short(token: re.Match[str]) -> str:
    return "0" if _moves(token[0]) else token[0]


def _made(token: str, digits: Iterator[str]) -> str:
    if not _moves(token):
        return token
    return "".join(next(digits) if one.isdigit() else "q" for one in token)
