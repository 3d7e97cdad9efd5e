"""In which language a short text is written, as far as that is sure: by its script, and by its small words.

Titles are short and full of names. So nothing is said where little was found, or two languages have nearly the same:
wrong is worse than missing. No statistics, no model: what is told can be looked up in `function_words`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from feedbuilder.model.function_words import FUNCTION_WORDS

_LOOKED_AT = 4_000
"""Characters of a text that are enough."""
_FEWEST = 3
"""Small words that a text must show of its language."""
_SHARE = 0.15
"""The share of its words that such words have; a fifth to a half is usual, less is a language that is not known."""
_MOST = 3
"""So often one word counts."""
_OF_SCRIPT = {
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "GREEK": "el",
    "HEBREW": "he",
    "THAI": "th",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "TELUGU": "te",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "SINHALA": "si",
    "KHMER": "km",
    "LAO": "lo",
    "MYANMAR": "my",
}
"""Scripts in which nearly all that is published is of one language."""
_OF_MANY = frozenset(("LATIN", "CYRILLIC", "ARABIC", "DEVANAGARI"))
"""Scripts of many languages, which small words tell apart."""
_CHINESE = frozenset("这们说对时为发关从让还进东问门见题并與們這說麼")
"""Characters that Japanese writes otherwise."""
_LONG = 25
"""Characters of a text in which Japanese would have shown letters of its own."""
_WORD = re.compile(r"[^\W\d_]+(?:[\u0900-\u0903\u093a-\u094f\u0962\u0963]+[^\W\d_]*)*")
_SAME = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "ms": "id", "bs": "hr", "cmn": "zh", "fil": "tl", "prs": "fa"}
"""Codes of languages that are not told apart here, or have two."""


def primary(code: str) -> str:
    """Return the language of a BCP 47 code as it is compared here: "pt" of "pt-BR", "no" of "nb"."""
    first = code.strip().lower().replace("_", "-").partition("-")[0]
    return _SAME.get(first, first)


def language_of(text: str) -> str | None:
    """Return the language of `text` (ISO 639-1), None where that is not sure."""
    return _language_of(text[:_LOOKED_AT])


@lru_cache(maxsize=4096)
def _language_of(text: str) -> str | None:
    script = _script(text)
    if script in _OF_SCRIPT:
        return _OF_SCRIPT[script]
    if script == "CJK":
        return "zh" if _is_chinese(text) else None
    return _by_words(text.lower()) if script in _OF_MANY else None


def _is_chinese(text: str) -> bool:
    """Return whether a text in Chinese characters is no title in Japanese, which may do without all others."""
    letters = [letter for letter in text if letter.isalpha()]
    if any(_name(letter) in ("HIRAGANA", "KATAKANA") for letter in letters):
        return False
    return len(letters) >= _LONG or not _CHINESE.isdisjoint(letters)


def _script(text: str) -> str | None:
    """Return the script of most letters; one of Japan where even a tenth is, for its names are Chinese characters."""
    found = Counter(_name(letter) for letter in text if letter.isalpha())
    letters = sum(found.values())
    if letters < _FEWEST:
        return None
    if found["HIRAGANA"] + found["KATAKANA"] >= letters / 10:
        return "HIRAGANA"
    script, count = found.most_common(1)[0]
    return script if count > letters * 0.6 else None


@lru_cache(maxsize=8192)
def _name(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _by_words(text: str) -> str | None:
    words = Counter(_WORD.findall(text))
    letters = frozenset(text)
    shares = _shares()
    counts: dict[str, float] = {}
    met: dict[str, int] = {}
    for language, signs in FUNCTION_WORDS.items():
        found = [word for word in words if word in signs.words]
        said = sum(min(words[word], _MOST) / shares[word] for word in found)
        counts[language] = said + sum(1 / shares[letter] for letter in letters & signs.letters)
        met[language] = sum(words[word] for word in found)
    (best, most), (_, second) = sorted(counts.items(), key=lambda pair: pair[1], reverse=True)[:2]
    is_written = met[best] >= max(_FEWEST, _SHARE * words.total())
    return best if is_written and most >= 1 and most >= 1.3 * second + 0.4 else None


@lru_cache(maxsize=1)
def _shares() -> Counter[str]:
    """Return in how many languages each sign stands: what is said of many says less of each."""
    return Counter(sign for signs in FUNCTION_WORDS.values() for sign in (*signs.words, *signs.letters))
