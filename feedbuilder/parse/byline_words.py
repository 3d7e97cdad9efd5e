"""The words before names in a byline: "By", "Posted by", "Author:". Pure."""

from __future__ import annotations

import re

_ALWAYS = re.compile(
    r"(?:(?:written|post(?:ed)?|words|story|text|reported)\s{1,3})?by(?:\s{0,3}:|\s)|author\s{0,3}:", re.IGNORECASE
)
"""What is no part of any name."""
_MOSTLY = re.compile(r"(?:von|par|por|di|door|av|af|от|автор)\s{0,3}[:\s]", re.IGNORECASE)
"""What begins names too: Von Trapp, Di Stefano."""


def without_byline_words(text: str) -> str:
    """Return `text` without the words before a name that begin none."""
    text = text.strip()
    found = _ALWAYS.match(text)
    return (text[found.end() :] if found else text).strip()


def word_before_name(text: str) -> str | None:
    """Return the word at the beginning of `text` that a list may put before all its names: "von"; None for none."""
    found = _MOSTLY.match(text.strip())
    return found[0].rstrip(" :\t\r\n\xa0").casefold() if found else None
