"""Which charset a page is in that declares none: the old one of its language, if the text then looks like one.

Owns the table of languages and what makes a text look wrongly decoded. Knows nothing of headers and declarations.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_WESTERN = ("cp1252",)
_CENTRAL = ("cp1250", "iso8859_2")
_CYRILLIC = ("cp1251", "koi8_r")
_CHARSETS = (
    ("ar fa ug ur", ("cp1256",)),
    ("az ku tr", ("cp1254",)),
    ("ba be bg kk ky mk sah sr tg tt", ("cp1251",)),
    ("ru", _CYRILLIC),
    ("uk", ("cp1251", "koi8_u")),
    ("cs hr sk", _CENTRAL),
    ("hu pl sl", _CENTRAL[::-1]),
    ("el", ("iso8859_7", "cp1253")),
    ("et lt lv", ("cp1257",)),
    ("he yi", ("cp1255",)),
    ("ja", ("cp932", "euc_jp")),
    ("ko", ("cp949",)),
    ("th", ("cp874",)),
    ("vi", ("cp1258",)),
    ("zh zh-cn zh-sg zh-hans", ("gb18030",)),
    ("zh-hant zh-hk zh-mo zh-tw", ("big5hkscs",)),
)
"""Languages (BCP 47, lower case) and their charsets, by Python's names: the one that HTML suggests first (§13.2.3.2,
"determining the character encoding"), then what else their sites were written in. All others: windows-1252."""
_BY_LANGUAGE = {language: charsets for languages, charsets in _CHARSETS for language in languages.split()}

_ALPHABETS = {
    "cs": "áčďéěíňóřšťúůýž",
    "hr": "čćđšž",
    "hu": "áéíóöőúüű",
    "pl": "ąćęłńóśźż",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čćđšž",
}
"""The letters beyond ASCII of the languages whose two charsets both give letters: "sąd" or "sšd"."""

_MARKUP = re.compile(rb"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1|\Z)|<[^<>]*>", re.IGNORECASE | re.DOTALL)
_SAMPLE = 65_536
"""Bytes of text that are enough to judge a charset by."""
_FEW = 0.1
"""The share of the characters beyond ASCII that may look wrong in a text that is right."""
_MANY_ACCENTS = 0.4
"""No language of the Latin script accents so large a share of its letters; Cyrillic read as Latin is all accents."""
_BROKEN = re.compile("[\x80-\x9f\ufffd\ue000-\uf8ff\uff61-\uff9f]")
"""What no page means: C1 controls, undecodable bytes, private characters, and half-width kana (EUC-JP read wrongly)."""
_SIGN_IN_WORD = re.compile(r"(?<=[^\W\d_])[¡¢£¤¥¦§¨¬¯°±²³´¶¸¹¼½¾¿](?!\d)")
"""A sign at the end or in the middle of a word: "ma³y" is Polish read as French."""
_TWO_SCRIPTS = re.compile("[a-zA-Z][\u0370-\u1fff]|[\u0370-\u1fff][a-zA-Z]")
"""A Latin letter beside a Greek, Cyrillic, Hebrew, Arabic or Thai one: "Aprиs" is French read as Russian."""
_LAST_LATIN = "\u024f"


def sample_of(body: bytes) -> bytes:
    """Return as much of the text of a page as it takes to judge it; without markup, scripts and comments."""
    return _MARKUP.sub(b" ", body)[:_SAMPLE]


def charset_for(sample: bytes, language: str, *, most_foreign: float = 1.0) -> str | None:
    """Return Python's name of the charset of `language` in which `sample` looks most like a text, None if in none.

    `language` is a BCP 47 tag; what is none, or not in the table, has windows-1252. A text of which more than the share
    `most_foreign` of the accented letters belongs to other languages is in none, where the letters are known.
    """
    candidates = _charsets(language)
    alphabet = _ALPHABETS.get(language.lower().replace("_", "-").partition("-")[0])
    texts = {name: sample.decode(name, "replace") for name in candidates}
    best = min(candidates, key=lambda name: _oddness(texts[name]) + _foreign(texts[name], alphabet))
    fits = _oddness(texts[best]) <= _FEW and _foreign(texts[best], alphabet) <= most_foreign
    return best if fits else None


def _charsets(language: str) -> tuple[str, ...]:
    tag = language.lower().replace("_", "-")
    parts = tag.split("-")
    longest_first = ("-".join(parts[:length]) for length in range(min(len(parts), 3), 0, -1))
    return next((_BY_LANGUAGE[tag] for tag in longest_first if tag in _BY_LANGUAGE), _WESTERN)


def _oddness(text: str) -> float:
    """Return the share, from 0 to 1, of the characters beyond ASCII that look wrongly decoded."""
    beyond = sum(character > "\x7f" for character in text)
    accented = sum("\x7f" < character <= _LAST_LATIN and character.isalpha() for character in text)
    plain = sum(character.isascii() and character.isalpha() for character in text)
    if accented > (accented + plain) * _MANY_ACCENTS:
        return 1.0
    odd = sum(len(pattern.findall(text)) for pattern in (_BROKEN, _SIGN_IN_WORD, _TWO_SCRIPTS))
    return min((odd + _turned_cases(text)) / max(beyond, 1), 1.0)


def _foreign(text: str, alphabet: str | None) -> float:
    """Return the share, from 0 to 1, of the accented letters that are not in `alphabet`; 0 without one."""
    accented = [character for character in text.lower() if "\x7f" < character <= _LAST_LATIN and character.isalpha()]
    if alphabet is None or not accented:
        return 0.0
    return sum(character not in alphabet for character in accented) / len(accented)


def _turned_cases(text: str) -> int:
    """Return how often a capital beyond ASCII follows a small letter: "оЕПЕЦНБНПШ" is KOI8 read as windows-1251."""
    return sum(
        right > "\x7f" and unicodedata.category(right) == "Lu" and unicodedata.category(left) == "Ll"
        for left, right in pairwise(text)
    )
