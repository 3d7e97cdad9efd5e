"""Where two words meet with nothing but a tag between them: "<span>Traffic</span>Harbour bridge". Pure text.

A style sheet sets such words apart, and the markup does not. Knows which tags builders part words with, and when the
letters on both sides show that these are two words rather than one word in two styles.
"""

from __future__ import annotations

import re

SEAMS = frozenset("a b data em font i label mark small span strong time u".split())  # noqa: SIM905 - as everywhere
"""Inline elements that may hold words of their own. Not `sub`, `sup`, `wbr`, `ruby`, `q`, which stand within words."""

_LAST_WORD = re.compile(r"[^\W\d_]{1,40}$")
_SPACED_CASELESS = re.compile(r"[\u0590-\u05ff\u0600-\u06ff\u0750-\u077f\u0900-\u0d7f\u10d0-\u10ff]")
"""Letters of scripts that part words by spaces and have no capitals: Hebrew, Arabic, those of India, Georgian."""
_ENDS_A_PHRASE = frozenset(":!?.;…)")
_SHORTEST = 3
"""Letters of a word before a capital: "Mc|Donald", "i|Phone" and a large first letter are one word."""
_SHORTEST_CASELESS = 2
_SHORTEST_BEFORE_DATE = 2
_LONG_NUMBER = re.compile(r"\d{2}|\d[./:-]")
"""More than one digit: a date, a time, a year."""


def are_two_words(before: str, after: str) -> bool:
    """Return whether `before` and `after`, which meet at an element of SEAMS, end and begin with words of their own."""
    if not before or not after:
        return False
    last, first = before[-1], after[0]
    if last in _ENDS_A_PHRASE:
        return first.isupper() and not last.isspace()
    if not (last.isalnum() and first.isalnum()):
        return False
    found = _LAST_WORD.search(before[-40:])
    word = found[0] if found else ""
    if first.isdigit():
        return last.islower() and len(word) >= (_SHORTEST_BEFORE_DATE if _LONG_NUMBER.match(after) else _SHORTEST)
    if first.isupper():
        return last.isdigit() or ((last.islower() or last.isupper()) and len(word) >= _SHORTEST)
    if _SPACED_CASELESS.match(last) and _SPACED_CASELESS.match(first):
        return len(word) >= _SHORTEST_CASELESS
    return False
