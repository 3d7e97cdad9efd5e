"""A text as a row of words and numbers whose roles in dates are known, in any language.

Owns the parting of a folded text into words, and the index of all words in `languages`. Knows no form of a date: a
`Shape` is a string with one character for each word, number or mark, and forms are patterns on it (`shape_patterns`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from feedbuilder.parse.dates.folding import fold
from feedbuilder.parse.dates.languages import LANGUAGES, Language


class Role(StrEnum):
    """What a word may be in a date. The value is its character in a shape."""

    MONTH = "M"
    JALALI_MONTH = "F"
    ROMAN = "R"
    WEEKDAY = "W"
    UNIT = "U"
    TWO_UNITS = "D"
    YEAR_MARK = "y"
    MONTH_MARK = "m"
    DAY_MARK = "d"
    HOUR_MARK = "h"
    MINUTE_MARK = "i"
    SECOND_MARK = "s"
    ORDINAL = "O"
    OF = "f"
    AT = "t"
    AND = "n"
    FORENOON = "a"
    AFTERNOON = "p"
    NIGHT = "g"
    NOON = "o"
    MIDNIGHT = "q"
    ZONE = "Z"
    BEFORE_SPAN = "b"
    AFTER_SPAN = "e"
    ONE = "u"
    FEW = "v"
    NOW = "N"
    TODAY = "T"
    YESTERDAY = "J"
    DAY_BEFORE_YESTERDAY = "V"
    PUBLISHED = "P"
    UPDATED = "C"
    EVENT = "E"
    ERA = "G"
    VERSION = "r"


NUMBERS = {1: "1", 2: "2", 3: "3", 4: "4", 8: "8"}
"""Characters of numbers in shapes, by how many digits they have; all others are "9"."""
WORD, CHARACTER = "w", "c"
"""Characters of unknown words, and of unknown characters of scripts that do not part words by spaces."""

MARK = "•"
"""Stands for all marks that ASCII does not know."""

Values = Mapping[object, frozenset[str]]
"""What a word means in a role -> the languages in which it does; "" stands for all."""


class Token(NamedTuple):
    """A word (of several parts maybe, "de la tarde"), a number or a mark."""

    text: str
    roles: Mapping[Role, Values]


@dataclass(frozen=True, slots=True)
class Shape:
    """A folded text, token by token."""

    line: str
    """One character per token: what a pattern is matched on. Positions in it are positions in `tokens`."""
    tokens: tuple[Token, ...]

    def number(self, place: int) -> int:
        """Return the number at `place`."""
        return int(self.tokens[place].text)

    def values(self, place: int, role: Role) -> Values:
        """Return what the word at `place` means as `role`; empty if it has no such role."""
        return self.tokens[place].roles.get(role, {})


_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_INDIC = "\u0900-\u0963\u0966-\u0dff"
_PARTS = re.compile(rf"\d+|[{_UNSPACED}]|(?:[{_INDIC}]|[^\W\d_{_UNSPACED}])+|.", re.DOTALL)


_FIRST_PART = _PARTS.match


def _parts(folded: str) -> list[str]:
    return _PARTS.findall(folded)


UNITS = (
    timedelta(seconds=1),
    timedelta(minutes=1),
    timedelta(hours=1),
    timedelta(days=1),
    timedelta(days=7),
    timedelta(days=30),
    timedelta(days=365),
)

_ZONE_ROWS = {
    -8: "pst", -7: "pdt mst", -6: "mdt", -5: "est", -4: "edt", -3: "brt", 0: "z utc gmt wet", 1: "cet west mez",
    2: "cest eet mesz", 3: "eest msk мск trt", 5: "pkt", 7: "wib ict", 8: "hkt sgt pht wita myt awst",
    9: "jst kst wit", 10: "aest", 11: "aedt", 12: "nzst", 13: "nzdt",
}  # fmt: skip
ZONES = {name: timedelta(hours=hours) for hours, names in _ZONE_ROWS.items() for name in names.split()}
"""Abbreviations that mean one zone in practice. Not: IST (India, Israel, Ireland), CST (America, China), BST, AST."""
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911, "พ.ศ": -543, "ค.ศ": 0}
"""Words before a year that say from where it is counted, and what is to be added to it."""
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii"
_ORDINALS = "st nd rd th er re eme o a e ro ra st. го е й я р ий ого lla n nin"
_VERSIONS = "v ver version versions release rel rev build version werkversie versie verze wersja versao versione"
_PLAIN_FIELDS = {
    "forenoon": Role.FORENOON, "afternoon": Role.AFTERNOON, "night": Role.NIGHT, "noon": Role.NOON,
    "midnight": Role.MIDNIGHT, "before_span": Role.BEFORE_SPAN, "after_span": Role.AFTER_SPAN, "one": Role.ONE,
    "few": Role.FEW, "conjunction": Role.AND, "now": Role.NOW, "today": Role.TODAY, "yesterday": Role.YESTERDAY,
    "day_before_yesterday": Role.DAY_BEFORE_YESTERDAY, "of": Role.OF, "at": Role.AT, "year_mark": Role.YEAR_MARK,
    "month_mark": Role.MONTH_MARK, "day_mark": Role.DAY_MARK, "hour_mark": Role.HOUR_MARK,
    "minute_mark": Role.MINUTE_MARK, "second_mark": Role.SECOND_MARK, "published": Role.PUBLISHED,
    "updated": Role.UPDATED, "event": Role.EVENT,
}  # fmt: skip
_PLACED_FIELDS = {
    "months": (Role.MONTH, range(1, 13)),
    "jalali_months": (Role.JALALI_MONTH, range(1, 13)),
    "weekdays": (Role.WEEKDAY, range(7)),
    "units": (Role.UNIT, UNITS),
    "two_units": (Role.TWO_UNITS, UNITS),
}


def _words_of(language: Language) -> Iterator[tuple[str, Role, object]]:
    for name, role in _PLAIN_FIELDS.items():
        if words := getattr(language, name):
            for word in fold(words).split():
                yield word, role, None
    for name, (role, meanings) in _PLACED_FIELDS.items():
        places = fold(getattr(language, name)).split()
        for names, meaning in zip(places, meanings, strict=bool(places)):
            for word in names.split("/"):
                if word != "-":
                    yield word, role, meaning
                    if language.code == "he":  # "in", written together with its noun
                        yield f"ב{word}", role, meaning


def _all_words() -> Iterator[tuple[str, Role, object, str]]:
    for language in LANGUAGES:
        yield from ((*row, language.code) for row in _words_of(language))
    yield from ((name, Role.ZONE, offset, "") for name, offset in ZONES.items())
    yield from ((fold(name), Role.ERA, offset, "") for name, offset in _ERAS.items())
    yield from ((name, Role.ROMAN, number, "") for number, name in enumerate(_ROMAN.split(), 1))
    yield from ((name, Role.ORDINAL, None, "") for name in _ORDINALS.split())
    yield from ((name, Role.VERSION, None, "") for name in _VERSIONS.split())
    yield "t", Role.AT, None, ""  # ISO 8601
    yield "h", Role.HOUR_MARK, None, ""
    yield from ((name, Role.MINUTE_MARK, None, "") for name in ("min", "mins", "мин"))


_Said = list[tuple[Role, object, str]]
"""What a word means: the role, the meaning in it, the language."""


class _Words(dict[str, Sequence[tuple[list[str], Token, str]]]):
    """The words that begin with a part, the longest first: what else they are made of, the token, its character.

    Put together when a part is asked for: few of the words of all languages ever are.
    """

    def __init__(self, said: Mapping[str, _Said], characters: Mapping[str, str]) -> None:
        super().__init__()
        self._said = said
        self._characters = characters
        self._by_first: defaultdict[str, list[str]] = defaultdict(list)
        for word in said:
            self._by_first[_FIRST_PART(word)[0]].append(word)  # type: ignore[index]  # every word has a part

    def __missing__(self, part: str) -> Sequence[tuple[list[str], Token, str]]:
        if part not in self._by_first:
            return ()  # and nothing is kept: the words of pages are many
        row = [
            (parts[1:], self._token(word, parts), self._characters[word])
            for word in self._by_first[part]
            if (parts := _parts(word))
        ]
        self[part] = row = sorted(row, key=lambda one: -len(one[0]))
        return row

    def _token(self, word: str, parts: list[str]) -> Token:
        meanings: dict[Role, dict[object, set[str]]] = {}
        for role, meaning, code in self._said[word]:
            meanings.setdefault(role, {}).setdefault(meaning, set()).add(code)
        roles = {role: {what: frozenset(codes) for what, codes in by.items()} for role, by in meanings.items()}
        return Token(" ".join(parts), roles)


@cache
def _index() -> tuple[_Words, dict[str, str]]:
    """Return the words, and for each role the characters that show it. Made when the first date is read."""
    said: defaultdict[str, _Said] = defaultdict(list)
    for word, role, meaning, code in _all_words():
        said[word.replace("_", " ")].append((role, meaning, code))
    characters: dict[frozenset[Role], str] = {frozenset([role]): role.value for role in Role}
    of_words = {
        word: characters.setdefault(frozenset([one[0] for one in meanings]), chr(0xE000 + len(characters)))
        for word, meanings in said.items()
    }
    shown = {role.value: "".join(char for roles, char in characters.items() if role in roles) for role in Role}
    return _Words(dict(said), of_words), shown


def characters_of(*roles: Role) -> str:
    """Return the characters of shapes that stand for a word with one of `roles`."""
    return "".join(dict.fromkeys("".join(_index()[1][role] for role in roles)))


_UNKNOWN: Mapping[Role, Values] = {}


@lru_cache(maxsize=2048)
def shape_of(folded: str) -> Shape:
    """Return the shape of a text that was folded. Takes time in proportion to its length."""
    parts = _parts(folded)
    line, tokens = [], []
    index = _index()[0]
    place, end = 0, len(parts)
    while place < end:
        part = parts[place]
        place += 1
        if part.isdigit():
            line.append(NUMBERS.get(len(part), "9"))
            tokens.append(Token(part, _UNKNOWN))
            continue
        for rest, token, character in index[part]:
            if not rest or parts[place : place + len(rest)] == rest:
                line.append(character)
                tokens.append(token)
                place += len(rest)
                break
        else:
            line.append(_unknown(part))
            tokens.append(Token(part, _UNKNOWN))
    return Shape("".join(line), tuple(tokens))


def _unknown(part: str) -> str:
    """Return the character that stands for a part that is no word of the index."""
    if not part[0].isalpha():
        return part if part.isascii() or part == "°" else MARK
    return CHARACTER if len(part) == 1 and part > "\u0dff" else WORD
