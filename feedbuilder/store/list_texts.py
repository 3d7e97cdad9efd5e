"""When the text that a list shows of an article is another one: what is edited, and what only counts on.

Lists show counters, ages and votes among the words, and some rotate a hint to other stories; an entry that changed with
each of those would be new at every poll. Pure.
"""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass

MOST_TEXTS = 8
"""How often a list may change the text of one item; what changes more often is decoration."""
MOST_RETURNS = 2
"""How often a list may have given up a wording and still come back to it: less often than this."""
_FEW_WORDS = 8
"""Words of a line that may only count: "12 comments", "By Ann Lee, updated 3 hours ago"."""
_SENTENCE = re.compile(r"[.!?\u2026\u3002\uff01\uff1f][\"'\u00bb\u201c\u201d\u2019)\]]{0,3}$")
_BLOCK = re.compile(
    r"</?(?:p|li|h[1-6]|blockquote|d[td]|t[dhr]|caption|pre|figure|figcaption|ul|ol|table|hr|br)\b[^<>]*>"
)
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class ListedText:
    """The text of an item that holds after a reading."""

    html: str | None
    given_up: tuple[str, ...]
    """Marks of those that were given up for another one so far."""
    is_another: bool = False
    """Whether a reader would see another text than before."""


def after_listing(former: str | None, listed: str | None, given_up: tuple[str, ...]) -> ListedText:
    """Return what holds now that a list shows the text `listed`, after `former` and the ones `given_up` before.

    A list that leaves the text out has said it all the same. One that says the same words keeps the former text,
    whatever became of its counters, addresses and pictures; one that goes back and forth between words, or changes them
    too often, is followed no more.
    """
    if former is None or listed is None or former == listed:
        return ListedText(former or listed, given_up)
    before, now = text_mark(former), text_mark(listed)
    if before == now or given_up.count(now) >= MOST_RETURNS or len(given_up) >= MOST_TEXTS:
        return ListedText(former, given_up)
    return ListedText(listed, (*given_up, before), is_another=True)


def text_mark(content: str) -> str:
    """Return by what a text is known again: its words, and the numbers that stand in sentences."""
    lines = (" ".join(html.unescape(_TAG.sub(" ", line)).split()) for line in _BLOCK.split(content))
    said = "\n".join(filter(None, map(_without_counters, lines)))
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _without_counters(line: str) -> str:
    """Return `line`; without its numbers where it is a label, and no sentence, so that they count or age."""
    words = _WORD.findall(line)
    return " ".join(words) if len(words) <= _FEW_WORDS and not _SENTENCE.search(line) else line
