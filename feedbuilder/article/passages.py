"""The text of an article -> the parts of its page that this text stands in, as they are written there.

trafilatura returns plain lines, or markup in which captions, lists and embeds are lost. So its lines are looked up on
the page: the elements that hold them are kept as they are, with pictures and embeds between them; all else is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from feedbuilder.article.article_place import upwards
from feedbuilder.article.evidence import Evidence, letters

_BLOCKS = "p, li, h2, h3, h4, h5, h6, blockquote, dt, dd, td, th, pre, figcaption, div, section, span"
_INNER = "p, li, h1, h2, h3, h4, h5, h6, blockquote, dl, table, pre, figure, div, section, article, ul, ol"
"""Elements that separate passages: an element that holds none of them is a single passage."""
_MEDIA = frozenset(("img", "picture", "figure", "video", "audio", "iframe", "embed", "object", "amp-img", "amp-video"))
_EMBEDS = ("twitter-tweet", "instagram-media", "tiktok-embed", "bluesky-embed", "reddit-embed", "fb-post")
_KEPT_AROUND = frozenset(("ul", "ol", "blockquote", "table", "tbody", "thead", "tr", "dl", "li", "figure"))
"""Elements that stay around their passages, because passages mean something else without them."""
_SURE = 20
"""Letters of a passage that may occur anywhere in the text; shorter passages must equal a line of it."""
_MOST_BLOCKS = 20_000
_MOST_LETTERS = 1_000_000
_ENOUGH = 0.5
"""The share of the text that must be found again on the page."""
_NEARLY_ALL = 0.9
_CAPTION = 300
"""Characters that may stand with a picture."""


@dataclass(frozen=True, slots=True)
class Passages:
    """Where a text stands on its page."""

    text: str
    """The text without the lines that stand beside the article: in adverts, in lists of others."""
    html: str | None
    """The HTML of the rest, unsafe; None where less than half of the text is found again."""


def find_passages(page: Evidence, text: str) -> Passages:
    """Return the parts of `page` that `text` stands in, in page order."""
    whole = letters(text)[:_MOST_LETTERS]
    lines = {letters(line) for line in text.splitlines()} - {""}
    own: list[tuple[LexborNode, int]] = []
    foreign: set[str] = set()
    for node, words in _blocks(page, whole, lines):
        if page.surroundings.aside(node):
            foreign.add(words)
        else:
            own.append((node, len(words)))
    if not own or sum(size for _, size in own) < _ENOUGH * len(whole):
        return Passages(text, None)
    kept = "\n".join(line for line in text.splitlines() if letters(line) not in foreign)
    holder = _holder(own)
    wanted = {node.mem_id for node, _ in own}
    around = {up.mem_id for node, _ in own for up in upwards(node.parent)}
    html = "".join(_Collector(page, wanted, around).parts(holder)) if holder is not None else None
    return Passages(kept, html)


def _blocks(page: Evidence, whole: str, lines: set[str]) -> Iterator[tuple[LexborNode, str]]:
    """Yield the elements that hold one passage of the text each, and its letters."""
    seen: set[int] = set()
    for node in page.tree.css(_BLOCKS)[:_MOST_BLOCKS]:
        if any(up.mem_id in seen for up in upwards(node.parent)) or node.css_first(_INNER) not in (None, node):
            continue
        own = letters(node.text(deep=True))
        if own and (own in lines or (len(own) >= _SURE and own in whole)):
            seen.add(node.mem_id)
            yield node, own


def _holder(found: list[tuple[LexborNode, int]]) -> LexborNode | None:
    """Return the smallest element that holds nearly all of the passages."""
    total = sum(size for _, size in found)
    held: dict[int, int] = {}
    for node, size in found:
        for up in upwards(node.parent):
            held[up.mem_id] = held.get(up.mem_id, 0) + size
    largest = max(found, key=lambda one: one[1])[0]
    return next((up for up in upwards(largest.parent) if held.get(up.mem_id, 0) >= _NEARLY_ALL * total), None)


class _Collector:
    """Walks an element and takes what is wanted of it."""

    def __init__(self, page: Evidence, wanted: set[int], around: set[int]) -> None:
        self._page, self._wanted, self._around = page, wanted, around

    def parts(self, holder: LexborNode) -> Iterator[str]:
        """Yield the HTML of passages and media in `holder`, in page order, up to the last passage."""
        waiting: list[str] = []
        for is_passage, html in self._walk(holder, 0):
            waiting.append(html)
            if is_passage:
                yield from waiting
                waiting.clear()

    def _walk(self, node: LexborNode, depth: int) -> Iterator[tuple[bool, str]]:
        for child in node.iter():
            if child.mem_id in self._wanted:
                yield True, child.html or ""
            elif child.mem_id in self._around and depth < 60:
                kept = child.tag in _KEPT_AROUND
                inner = list(self._walk(child, depth + 1))
                if kept:
                    inside = "".join(html for _, html in inner)
                    yield any(passage for passage, _ in inner), f"<{child.tag}>{inside}</{child.tag}>"
                else:
                    yield from inner
            elif html := self._media(child):
                yield False, html

    def _media(self, node: LexborNode) -> str:
        """Return the HTML of `node` if it is a picture or an embed, or holds one and hardly anything else."""
        if self._page.surroundings.aside(node):
            return ""
        names = (node.attributes.get("class") or "").split()
        if node.tag in _MEDIA or any(name in _EMBEDS for name in names):
            return node.html or ""
        media = node.css_first(", ".join((*_MEDIA, *(f".{name}" for name in _EMBEDS))))
        if media is None or node.css_first("a[href] h2, a[href] h3, h2 a, h3 a, h4 a") is not None:
            return ""
        return node.html or "" if self._page.size(node) <= _CAPTION else ""
