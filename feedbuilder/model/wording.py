"""Small rules about wording that several stages must share, so that they agree."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

_HASHES = re.compile(r"(?:^|(?<=\s))[#\uFF03]+")
_ELLIPSES = ("[...]", "[…]", "...", "…")

NAMED = 60
"""Characters of a title or an address that a sentence for people quotes."""
SHORTEST_CUT = 20
"""Characters of a title that may be the beginning of another one: "Iran" begins many."""


_NUMBERS = re.compile(r"\d{1,30}(?:[.,:]\d{1,30}){0,6}")
_TAG = re.compile(r"<[^<>]{1,2000}>")
_BLOCK_END = re.compile(r"</(?:p|div|li|h[1-6]|tr|blockquote)\s{0,5}>|<br\s{0,5}/?>", re.IGNORECASE)


def words_of(markup: str) -> str:
    """Return the words of HTML, quickly, for searching and measuring; blocks part them."""
    return html.unescape(_TAG.sub("", _BLOCK_END.sub(" ", markup)))


@lru_cache(maxsize=20_000)  # asked of the same tags again and again
def tag_key(name: str) -> str:
    """Return what makes two spellings of a tag one tag: no `#`, one case, single spaces, NFKC. May be empty."""
    return " ".join(unicodedata.normalize("NFKC", name).replace("#", " ").casefold().split())


def tag_name(name: str) -> str:
    """Return the tag `name` as it is shown: in its own letters, with single spaces, no `#` in front of a word."""
    return " ".join(_HASHES.sub(" ", name).split())


def without_ellipsis(text: str) -> str:
    """Return `text` without a trailing ellipsis and the spaces before it."""
    for mark in _ELLIPSES:
        if text.endswith(mark):
            return text.removesuffix(mark).rstrip()
    return text


def is_cut_of(short: str, whole: str) -> bool:
    """Return whether `short` is the beginning of `whole`: with or without an ellipsis, in mid-word or not.

    No text is a cut of itself; "A b…" is a cut of "A b" and of "A bc", and of nothing shorter.
    """
    beginning, rest = without_ellipsis(short), without_ellipsis(whole)
    if not rest.startswith(beginning):
        return False
    return len(rest) > len(beginning) or (short != beginning and whole == rest)


def differs_in_numbers(one: str, other: str) -> bool:
    """Return whether two texts are the same but for their numbers: "5 hours ago" and "6 hours ago"."""
    return one != other and _NUMBERS.sub("0", one) == _NUMBERS.sub("0", other)


def titles_match(one: str, other: str) -> bool:
    """Return whether two titles may well be those of one article: half of the shorter one stands in the other.

    Compared by runs of three characters, so that words may be inflected, in another order, or not parted at all.
    """
    if one == other:  # as at most readings
        return True
    runs, others = _runs(one), _runs(other)
    return 2 * len(runs & others) >= min(len(runs), len(others))


def same_title(one: str, other: str) -> bool:
    """Return whether two titles are one wording, apart from case and white space, or one is a long cut of the other.

    Stricter than `titles_match`: two stories of one subject are not the same.
    """
    mine, theirs = " ".join(one.casefold().split()), " ".join(other.casefold().split())
    if mine == theirs:
        return True
    if min(len(mine), len(theirs)) < SHORTEST_CUT:
        return False
    return is_cut_of(mine, theirs) or is_cut_of(theirs, mine)


def _runs(text: str) -> set[str]:
    words = " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))
    return {words[start : start + 3] for start in range(max(len(words) - 2, 1))}


def shortened(text: str) -> str:
    """Return `text` as a sentence for people names it: at most `NAMED` characters, cut with an ellipsis."""
    return text if len(text) <= NAMED else f"{text[: NAMED - 1].rstrip()}…"


def fuller(one: str | None, other: str | None) -> str | None:
    """Return `other` if `one` is missing or a cut of it, else `one`; None where both are missing."""
    if one is None or other is None:
        return one or other
    return other if is_cut_of(one, other) else one
