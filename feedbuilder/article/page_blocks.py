"""A page as a sequence of blocks: paragraphs, headings, list items, loose lines, pictures and embeds, in page order.

Owns what separates blocks. Judges nothing: whether a block belongs to the article, others decide.
"""

# ruff: noqa: E501 - tables of words

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape

from selectolax.lexbor import LexborNode

from feedbuilder.article.article_place import names_of
from feedbuilder.article.evidence import Evidence
from feedbuilder.content.surrounding_names import is_named, plain_names
from feedbuilder.parse.plain_text import letters

_BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
_SILENT = frozenset(
    "script style template svg select option textarea input button canvas math head link meta datalist map area".split()  # noqa: SIM905
)
_MEDIA = frozenset(
    """
    img picture figure video audio iframe embed object amp-img amp-video amp-youtube
    amp-twitter amp-instagram amp-iframe amp-facebook amp-audio lite-youtube twitter-widget noscript
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
_EMBEDS = frozenset(
    ("twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "bluesky-embed", "reddit-embed", "fb-post", "fb-video")
)  # fmt: skip
_MOST = 6_000
"""Blocks of a page that are looked at."""
_DEEPEST = 150
_LONGEST_CREDIT = 60
"""Characters beside a caption that name who made the picture; longer ones are labels and alternatives for players."""
SENTENCE = 40
"""Letters of a block that is text by itself."""
_LARGEST_FIGURE = 700
"""Characters of a figure; in larger ones stand paragraphs of the article."""


@dataclass(frozen=True)
class Block:
    """A line of text, or a picture or embed with its caption. Compares by identity of its place."""

    nodes: tuple[LexborNode, ...]
    """One element, or the texts and inline elements of a loose line."""
    place: int
    """Its number among the blocks of the page."""
    tag: str
    """The element that it is: "p" for a loose line, "media" for pictures and embeds."""
    words: str
    """Its text with single spaces, as readers see it: no scripts, no icons."""
    linked: int
    """How many of its letters stand in links."""
    caption: str = ""
    """What stood as a line beside a picture and belongs to it."""

    @cached_property
    def letters(self) -> str:
        """Return the letters and digits of its words, in small letters."""
        return letters(self.words)

    @property
    def node(self) -> LexborNode:
        """Return its element, or the first of its loose nodes."""
        return self.nodes[0]

    @property
    def is_media(self) -> bool:
        """Return whether it is a picture or an embed."""
        return self.tag == "media"

    @property
    def is_heading(self) -> bool:
        """Return whether it is a heading."""
        return self.tag in ("h1", "h2", "h3", "h4", "h5", "h6")

    @property
    def is_sentence(self) -> bool:
        """Return whether it is text by itself: a line long enough, and not mostly links."""
        return (
            not self.is_media
            and not self.is_heading
            and len(self.letters) >= SENTENCE
            and self.linked * 2 < len(self.letters)
        )

    def share_within(self, tags: Collection[str]) -> float:
        """Return the share of its letters that stand in elements of these `tags`, from 0 to 1."""
        inside = "".join(words for node in self.nodes for words in _words_within(node, tags))
        return len(letters(inside)) / len(self.letters) if self.letters else 0.0

    @property
    def has_picture(self) -> bool:
        """Return whether a picture stands in it."""
        return any(
            node.tag == "img" or (node.tag != "-text" and node.css_first("img") is not None) for node in self.nodes
        )

    def links(self) -> list[LexborNode]:
        """Return the links in it, and the link that it stands in."""
        inner = [link for node in self.nodes for link in _links_of(node)]
        up, outer = self.node.parent, []
        while up is not None and up.tag not in ("body", "html"):
            if up.tag == "a" and up.attributes.get("href"):
                outer.append(up)
            up = up.parent
        return inner + outer

    def html(self) -> str:
        """Return it as HTML, as the page has it; an h1 is a chapter's, for the title is no part of a text."""
        inner = "".join(_html_of(node) for node in self.nodes)
        if self.tag == "h1":
            return f"<h2>{''.join(map(_html_of, self.node.iter(include_text=True)))}</h2>"
        if self.caption:
            return f"<figure>{inner}<figcaption>{escape(self.caption, quote=False)}</figcaption></figure>"
        return inner if (len(self.nodes) == 1 and self.node.tag == self.tag) or self.is_media else f"<p>{inner}</p>"


def page_blocks(page: Evidence) -> list[Block]:
    """Return the blocks of `page`, in page order; those with nothing to see are left out."""
    body = page.tree.body
    if body is None:
        return []
    walk = _Walk(page)
    walk.into(body)
    return walk.found


class _Walk:
    def __init__(self, page: Evidence) -> None:
        self.found: list[Block] = []
        self._page = page
        self._count = 0
        self._holds_blocks, self._holds_media = _holders(page)

    def into(self, node: LexborNode, depth: int = 0) -> None:
        """Find the blocks in `node`."""
        line: list[LexborNode] = []
        for child in node.iter(include_text=True):
            if self._count >= _MOST:
                return
            tag = child.tag or ""
            if tag in _SILENT or (tag.startswith("-") and tag != "-text"):
                continue
            if tag == "-text" or self._is_inline(child, tag):
                line.append(child)
                continue
            self._line(line)
            line = []
            if self._is_medium(child, tag):
                self.found.append(self._media(child))
            elif child.mem_id not in self._holds_blocks and (
                child.mem_id not in self._holds_media or (tag in _BLOCKS and self._page.size(child))
            ):
                self._leaf(child)
            elif depth < _DEEPEST:
                self.into(child, depth + 1)
        self._line(line)

    def _is_inline(self, node: LexborNode, tag: str) -> bool:
        return (
            tag not in _BLOCKS
            and tag not in _MEDIA
            and node.mem_id not in self._holds_blocks
            and not (node.mem_id in self._holds_media and not self._page.size(node))
        )

    def _is_medium(self, node: LexborNode, tag: str) -> bool:
        """Return whether `node` is a picture or an embed, or a box around one with nothing else but its caption."""
        if tag in _MEDIA:
            return tag != "figure" or self._page.size(node) <= _LARGEST_FIGURE
        if not _EMBEDS.isdisjoint((node.attributes.get("class") or "").split()):
            return True
        if node.mem_id not in self._holds_media or tag in ("body", "main", "article"):
            return False
        size = self._page.size(node)
        if not size:
            return True
        if size > _LARGEST_FIGURE // 2 or node.css_first("h1, h2, h3, h4, li, blockquote") is not None:
            return False
        caption = node.css_first("figcaption, [class*=aption], [class*=redit], [class*=egend], [class*=opyright]")
        if caption is None or len(node.css("img, video, iframe")) > 2:
            return False
        captions = sum(self._page.size(one) for one in node.css("figcaption") or _captions(node))
        return captions >= size

    def _media(self, node: LexborNode) -> Block:
        self._count += 1
        posts = not _EMBEDS.isdisjoint((node.attributes.get("class") or "").split())
        words = _read([node])[0] if node.tag not in _MEDIA or node.tag == "figure" else ""
        shown = node.css_first("img, video, audio, iframe, picture, noscript") is not None
        if posts or not shown or node.css_first("blockquote, table, pre") is not None or not words:
            return Block((node,), self._count, "media", words, 0)
        captions = [text for one in node.css("figcaption")[:3] if (text := _read([one])[0])]
        rest = words
        for text in captions:
            rest = rest.replace(text, " ")
        rest = " ".join(rest.split())
        if captions and len(rest) <= _LONGEST_CREDIT:
            captions.append(rest)
        caption = " ".join(dict.fromkeys(filter(None, captions))) or words
        return Block(tuple(_outer_media(node)), self._count, "media", caption, 0, caption)

    def _leaf(self, node: LexborNode) -> None:
        words, linked = _read([node])
        if words:
            self._count += 1
            self.found.append(Block((node,), self._count, node.tag or "p", words, linked))

    def _line(self, nodes: list[LexborNode]) -> None:
        if not nodes or (len(nodes) == 1 and nodes[0].tag == "-text" and not (nodes[0].text_content or "").strip()):
            return  # as between most elements
        words, linked = _read(nodes)
        if words:
            self._count += 1
            self.found.append(Block(tuple(nodes), self._count, "p", words, linked))


def _outer_media(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the pictures and players in `node`, the outermost only."""
    taken: set[int] = set()
    for one in node.css("picture, img, noscript, video, audio, iframe, embed, object, amp-img, amp-video"):
        up = one.parent
        while up is not None and up.mem_id != node.mem_id and up.mem_id not in taken:
            up = up.parent
        if up is None or up.mem_id not in taken:
            taken.add(one.mem_id)
            yield one


def _captions(node: LexborNode) -> list[LexborNode]:
    found: list[LexborNode] = []
    for one in node.css("div, p, span, small, em, cite"):
        if is_named("caption", plain_names(names_of(one))) and not any(one.parent == other for other in found):
            found.append(one)
    return found


def _holders(page: Evidence) -> tuple[set[int], set[int]]:
    """Return the elements that hold a block, and those that hold a picture or an embed."""
    blocks: set[int] = set()
    media: set[int] = set()
    for own, outer, tag in reversed(page.texts.elements):
        if tag in _BLOCKS or own in blocks:
            blocks.add(outer)
        if (tag in _MEDIA and tag != "noscript") or own in media:
            media.add(outer)
    return blocks, media


def _read(nodes: list[LexborNode]) -> tuple[str, int]:
    """Return the words in `nodes`, and how many letters of them stand in links."""
    parts: list[str] = []
    in_links: list[str] = []
    for node in nodes:
        _collect(node, parts, in_links, node.tag == "a")
    return " ".join("".join(parts).split()), len(letters("".join(in_links)))


def _collect(node: LexborNode, parts: list[str], in_links: list[str], in_link: bool, depth: int = 0) -> None:
    """Add the texts in `node` to `parts`, and those in links to `in_links` too."""
    tag = node.tag or ""
    if tag == "-text":
        text = node.text_content or ""
        parts.append(text)
        if in_link:
            in_links.append(text)
    elif tag in ("br", "hr"):
        parts.append(" ")
    elif tag not in _SILENT and not tag.startswith("-") and depth < _DEEPEST:
        for child in node.iter(include_text=True):
            _collect(child, parts, in_links, in_link or child.tag == "a", depth + 1)


def _words_within(node: LexborNode, tags: Collection[str]) -> Iterator[str]:
    if node.tag in tags:
        yield _read([node])[0]
    elif node.tag != "-text":
        for child in node.iter():
            yield from _words_within(child, tags)


def _links_of(node: LexborNode) -> list[LexborNode]:
    own = [node] if node.tag == "a" and node.attributes.get("href") else []
    return own + (node.css("a[href]") if node.tag != "-text" else [])


def _html_of(node: LexborNode) -> str:
    return escape(node.text_content or "", quote=False) if node.tag == "-text" else node.html or ""
