"""The whole of a summary that a list cuts: the description or the first paragraphs of the article's own page.

Owns when a summary counts as cut, and which of the page's texts it was cut from. A list that shows no summary gets none
here: what a page describes itself with is often the same for all of its site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from feedbuilder.article.evidence import Claim, Evidence
from feedbuilder.model.wording import SHORTEST_CUT, is_cut_of, without_ellipsis
from feedbuilder.parse.plain_text import SUMMARY_LIMIT

LONGEST = 1_000
"""Characters after which a paragraph is no summary: of such a one the sentence that was cut is completed."""
_MOST = 300
"""Paragraphs that are looked at."""
_ENDS = ".!?。！？।॥۔؟։"
_CLOSING = "\"'»”’)]」』›“"
_SENTENCE_END = re.compile(r"[.!?][\"'»”’)\]›“]?(?=\s)|[。！？।॥۔؟։][」』”’»]?")


def read_cut_summary(page: Evidence, listed: str | None) -> Claim | None:
    """Return the whole text that `listed` is the beginning of, as the page has it; None if it is whole, or not there.

    Of several the shortest that ends as sentences do, for descriptions are cut too; else the longest.
    """
    cut = without_ellipsis(listed or "")
    if listed is None or not is_cut(listed) or len(cut) < SHORTEST_CUT:
        return None
    found = [
        Claim(_to_the_sentence(claim.value, len(cut)), claim.origin)
        for claim in (*_descriptions(page), *_paragraphs(page, cut))
        if is_cut_of(listed, claim.value) and _says_more(claim.value, cut)
    ]
    whole = [claim for claim in found if not is_cut(claim.value)]
    if whole:
        return min(whole, key=lambda claim: len(claim.value))
    return max(found, key=lambda claim: len(claim.value), default=None)


def is_cut(text: str) -> bool:
    """Return whether `text` may be the beginning of a longer one: it ends in an ellipsis, or as no sentence does."""
    return without_ellipsis(text) != text or not text.rstrip(_CLOSING).endswith(tuple(_ENDS))


def _says_more(text: str, cut: str) -> bool:
    """Return whether `text` is more than another cut at the same place, and none that says of itself that it is one."""
    return without_ellipsis(text) == text and (len(text) > len(cut) or not is_cut(text))


def _descriptions(page: Evidence) -> Iterator[Claim]:
    yield from page.meta("description", "og:description", "twitter:description", "dc.description")
    yield from page.data_claims("description", "abstract")


def _paragraphs(page: Evidence, cut: str) -> Iterator[Claim]:
    """Yield the paragraphs that `cut` may have been taken from: several where it goes on from one to the next."""
    words = [page.words(node, SUMMARY_LIMIT) for node in page.tree.css("p, h2")[:_MOST]]
    for place, text in enumerate(words):
        if text and (text.startswith(cut) or cut.startswith(text)):
            yield Claim(_joined(words[place:], cut), "p")


def _joined(words: Sequence[str], cut: str) -> str:
    """Return as many of the paragraphs `words` on one line as it takes to be longer than `cut`."""
    text = words[0]
    for following in islice(words, 1, None):
        if len(text) > len(cut) or not cut.startswith(text):
            break
        text = f"{text} {following}"
    return text


def _to_the_sentence(text: str, length: int) -> str:
    """Return `text`, over `LONGEST` characters only to the end of the sentence in which its first `length` end."""
    if len(text) <= LONGEST:
        return text
    end = _SENTENCE_END.search(text, length)
    return text[: end.end()] if end else text
