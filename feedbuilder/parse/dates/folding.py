"""A text as dates are read from it: in lower case, without accents, all digits and marks those of ASCII.

Owns what is taken for the same. Knows no word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MARKS = str.maketrans(
    dict.fromkeys("’‘ʼ`´׳ʻ", "'") | dict.fromkeys("“”״„", '"') | dict.fromkeys("–—−‐‑‒―", "-")
    | {"ی": "ي", "ى": "ي", "ک": "ك", "ı": "i", "،": ",", "॰": ".", "。": ".", "٫": ".", "∕": "/", "⁄": "/", "｜": "|"}
)  # fmt: skip
_VOWEL = re.compile("[\u0900-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Marks that are vowels in the scripts of India and South East Asia: without them ม.ค. and มี.ค. are the same."""


class _Bare(dict[int, str | None]):
    """What `str.translate` makes of each character: digits of all scripts are 0 to 9, accents and what is unseen go."""

    def __missing__(self, code: int) -> str | None:
        character: str | None = chr(code)
        category = unicodedata.category(chr(code))
        if category == "Nd":
            character = str(unicodedata.digit(chr(code)))
        elif category == "Cf" or (category[0] == "M" and not _VOWEL.match(chr(code))):
            character = None
        if len(self) < _CHARACTERS_KEPT:
            self[code] = character
        return character


_CHARACTERS_KEPT = 20_000
_BARE = _Bare()
_CHINESE_DIGITS = "〇一二三四五六七八九"
_CHINESE_NUMBER = re.compile(f"[{_CHINESE_DIGITS}零十]{{1,4}}(?=[年月日号號時时點点分])")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return `text` in lower case, on one line, without accents and invisible marks, all digits 0 to 9."""
    if text.isascii():
        return " ".join(text.lower().split())
    bare = unicodedata.normalize("NFKD", text.translate(_MARKS)).translate(_BARE)
    plain = unicodedata.normalize("NFC", bare).translate(_MARKS).casefold()
    return _CHINESE_NUMBER.sub(_chinese_number, " ".join(plain.replace("元年", "1年").split()))


def _chinese_number(found: re.Match[str]) -> str:
    """Return 二〇二六 as 2026, 十一 as 11, 二十 as 20."""
    digits = [_CHINESE_DIGITS.find(one.replace("零", "〇")) for one in found[0]]
    if -1 not in digits:
        return "".join(map(str, digits))
    tens, _, ones = found[0].partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return found[0]
    return str(10 * (_CHINESE_DIGITS.find(tens) if tens else 1) + (_CHINESE_DIGITS.find(ones) if ones else 0))
