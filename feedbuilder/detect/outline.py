"""A page as light Python objects: its visible elements, their own words, and its links to possible articles.

One walk over the parser's tree; everything that looks for lists walks these objects, and asks the tree itself only to
run selectors. Knows nothing of lists.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from selectolax.lexbor import LexborNode

from feedbuilder.detect.parsed_page import ParsedPage
from feedbuilder.model import Source
from feedbuilder.parse.limits import LONGEST_ADDRESS
from feedbuilder.parse.link_attributes import hidden_address
from feedbuilder.parse.links import Links
from feedbuilder.parse.word_seams import SEAMS, are_two_words

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter output q ruby s samp small
    span strike strong sub sup time tt u var wbr img picture svg
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
_SILENT = frozenset(
    ("script", "style", "template", "noscript", "svg", "iframe", "object", "textarea", "select", "head")
)
DEEPEST_KEPT = 300
_LONGEST_KEPT = 2_000
"""Levels and characters: of deeper and larger elements no text is kept, or hostile pages would fill the memory. That of
all at the last level is, or all around them would put it together anew."""
MOST_ANCHORS = 20_000
"""Links that are looked at; no section page has so many, and hostile ones must end."""


class Element:
    """One element of the page."""

    __slots__ = (
        "_children", "_share", "_text", "attributes", "before", "classes", "contents", "depth", "headed", "last",
        "lead_in", "node", "notes", "order", "parent", "raw", "tag",
    )  # fmt: skip

    def __init__(self, node: LexborNode, tag: str, parent: Element | None, order: int) -> None:
        self.node = node
        self.tag = tag
        self.attributes = node.attributes
        self.classes = tuple((self.attributes.get("class") or "").split())
        self.parent = parent
        self.contents: list[Element | str] = []
        self.depth: int = parent.depth + 1 if parent else 0
        self.before: Element | None = None
        """The element right before it, None if it is the first within its parent."""
        if parent is not None:
            self.before = next((part for part in reversed(parent.contents) if isinstance(part, Element)), None)
        self.lead_in = next((part for part in parent.contents[-1:] if isinstance(part, str)), "") if parent else ""
        """The words right before it within its parent, "" where an element or nothing stands there."""
        self.headed = False
        """Whether it is a heading or holds one."""
        self.order = order
        """Its place in the page, in document order."""
        self.last = order
        """The place of the last element within it."""
        self.notes: dict[str, Any] = {}
        """What was found out about it, for those who ask again."""
        self._children: list[Element] | None = None
        self.raw: str | None = None
        """Its words as they are written, once somebody asked for them or for what holds them; None if they are long."""
        self._text: str | None = None
        self._share: float | None = None

    @property
    def share(self) -> float:
        """The part of the page's words that stand within it, 0 to 1."""
        if self._share is None:
            top = self
            while top.parent is not None:
                top = top.parent
            self._share = len(self.text) / max(len(top.text), 1)
        return self._share

    @property
    def children(self) -> list[Element]:
        """The elements directly within it; to be asked once the page is read."""
        if self._children is None:
            self._children = [part for part in self.contents if isinstance(part, Element)]
        return self._children

    @property
    def own_text(self) -> str:
        """Return the words directly within it, those of its children left out."""
        return " ".join(" ".join(part for part in self.contents if isinstance(part, str)).split())

    @property
    def text(self) -> str:
        """Return all words within it on one line; blocks part words, inline elements do not."""
        if self._text is None:
            self._text = " ".join(_raw(self).split())
        return self._text

    def up(self) -> Iterator[Element]:
        """Yield the element and its ancestors, the nearest first."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent

    def down(self) -> Iterator[Element]:
        """Yield the element and all within it, in document order."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(reversed(element.children))

    def __repr__(self) -> str:
        return f"<{self.tag}{''.join('.' + name for name in self.classes)}>"


class _Words:
    """The words of one element while they are put together."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.parts = iter(element.contents)
        self._pieces: list[str] = []
        self._at_seam = False

    def add(self, text: str, *, seam: bool) -> None:
        """Add the words of the next part; `seam` says whether it is an element that may hold words of its own."""
        if (seam or self._at_seam) and self._pieces and are_two_words(self._pieces[-1], text):
            self._pieces.append(" ")
        self._pieces.append(text)
        self._at_seam = seam

    def whole(self) -> str:
        """Return all words, as they are written."""
        joined = "".join(self._pieces)
        return joined if self.element.tag in INLINE else f" {joined} "


def _raw(top: Element) -> str:
    """Return the words within `top` as they are written; those of the elements within it are kept for later."""
    if top.raw is not None:
        return top.raw
    stack = [_Words(top)]
    while True:
        words = stack[-1]
        for part in words.parts:
            if isinstance(part, str):
                words.add(part, seam=False)
            elif part.raw is not None:
                words.add(part.raw, seam=part.tag in SEAMS)
            else:
                stack.append(_Words(part))
                break
        else:
            raw, element = words.whole(), words.element
            if element.depth == DEEPEST_KEPT or (len(raw) <= _LONGEST_KEPT and element.depth < DEEPEST_KEPT):
                element.raw = raw
            stack.pop()
            if not stack:
                return raw
            stack[-1].add(raw, seam=element.tag in SEAMS)


@dataclass(frozen=True, slots=True, eq=False)
class Anchor:
    """A link that may lead to an article."""

    element: Element
    canonical: str
    url: str


@dataclass(frozen=True)
class Outline:
    """The page's elements and links."""

    document: ParsedPage
    body: Element
    elements: tuple[Element, ...]
    """In document order; scripts, styles and the like are left out, with all within them."""
    by_node: dict[int, Element]
    """By the parser's `mem_id`."""
    anchors: tuple[Anchor, ...]
    """In document order: no share links, none to the page itself."""
    linked: frozenset[int]
    """The `order` of the elements that are such a link or hold one."""
    links: Links
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What a source must say besides selectors to see the page so."""
    selected: dict[str, list[Element]] = field(default_factory=dict)
    """What selectors match: several ways to part the page try the same ones."""

    @cached_property
    def anchor_orders(self) -> list[int]:
        """The places of the links in the page."""
        return [anchor.element.order for anchor in self.anchors]

    def links_in(self, element: Element) -> tuple[Anchor, ...]:
        """Return the links to possible articles that `element` is or holds, in document order."""
        first, end = (bisect_left(self.anchor_orders, place) for place in (element.order, element.last + 1))
        return self.anchors[first:end]

    def articles_in(self, element: Element) -> frozenset[str]:
        """Return the canonical addresses that `element` and what it holds lead to."""
        return frozenset(anchor.canonical for anchor in self.links_in(element))

    def canonical(self, element: Element) -> str | None:
        """Return the canonical address that the link `element` leads to, None if it leads to no article."""
        href = element.attributes.get("href") or ""
        return self.links.canonical(href) if len(href) <= LONGEST_ADDRESS else None

    def select(self, css: str) -> list[Element]:
        """Return the visible elements that `css` matches, in document order. `css` must be valid."""
        if css not in self.selected:
            nodes = (node.mem_id for node in self.document.tree.css(css))
            self.selected[css] = [self.by_node[key] for key in nodes if key in self.by_node]
        return self.selected[css]


def outline(document: ParsedPage, source: Source) -> Outline:
    """Return the outline of `document`; links are read as `source` would."""
    root = document.tree.body or document.tree.root
    assert root is not None  # lexbor makes a body out of nothing
    elements: list[Element] = []
    body = Element(root, root.tag or "body", None, 0)
    elements.append(body)
    stack: list[tuple[LexborNode | None, Element]] = [(root.first_child, body)]
    while stack:
        node, parent = stack.pop()
        while node is not None:
            if node.is_text_node:
                if text := node.text_content:
                    parent.contents.append(text)
            elif node.is_element_node and (tag := node.tag or "") not in _SILENT:
                element = Element(node, tag, parent, len(elements))
                parent.contents.append(element)
                elements.append(element)
                if tag in HEADINGS:
                    _mark_headed(element)
                stack.append((node.next, parent))
                node, parent = node.first_child, element
                continue
            node = node.next
    for element in reversed(elements):
        if element.parent is not None:
            element.parent.last = max(element.parent.last, element.last)
    links = Links.of(document.page, document.base, source)
    anchors = anchors_of(elements, links)
    by_node = {element.node.mem_id: element for element in elements}
    return Outline(document, body, tuple(elements), by_node, anchors, linked_elements(anchors), links)


def _mark_headed(heading: Element) -> None:
    for up in heading.up():
        if up.headed:
            return
        up.headed = True


def linked_elements(anchors: Sequence[Anchor]) -> frozenset[int]:
    """Return the `order` of the elements that are one of `anchors` or hold one."""
    found: set[int] = set()
    for anchor in anchors:
        for up in anchor.element.up():
            if up.order in found:
                break
            found.add(up.order)
    return frozenset(found)


def anchors_of(elements: Sequence[Element], links: Links) -> tuple[Anchor, ...]:
    """Return the links among `elements` that may lead to articles, as `links` reads them."""
    found: list[Anchor] = []
    clickable = {element.order: address for element in elements if (address := _hidden_address(element))}
    for element in elements:
        if href := clickable.get(element.order) or (element.tag == "a" and element.attributes.get("href")):
            link = links.article(href) if len(href) <= LONGEST_ADDRESS else None
            if link is not None:
                found.append(Anchor(element, link.canonical, link.url))
                if len(found) == MOST_ANCHORS:
                    break
    return tuple(found)


def _hidden_address(element: Element) -> str | None:
    """Return the address that a script opens when `element` is clicked, if there is no real link in it or around it."""
    address = hidden_address(element.tag, element.attributes)
    if address is None or any(
        one.tag == "a" and one.attributes.get("href") for one in (*element.down(), *element.up())
    ):
        return None
    return address
