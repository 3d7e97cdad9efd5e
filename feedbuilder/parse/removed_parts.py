"""A page without the elements that its source says do not belong: as if they had never stood there."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from feedbuilder.model import ExtractError
from feedbuilder.parse.compiled_css import compiled
from feedbuilder.parse.limits import MOST_PLAIN, refuse_monsters
from feedbuilder.parse.xpath import is_xpath

_FRAME = frozenset(("html", "head", "body"))
"""What every page has: of these only what is in them can go."""


def without_parts(html: str, remove: Sequence[str]) -> str:
    """Return `html`, of a page or a part of one, without what the selectors `remove` find, which must be valid.

    Raises ExtractError for absurdly deep pages, and where selectors that only soupsieve or libxml2 knows meet too
    large a page.
    """
    if not remove:
        return html
    refuse_monsters(html)
    parser = LexborHTMLParser(html)
    slow = []
    for selector in remove:
        nodes = None if is_xpath(selector) else _matches(parser, selector)
        if nodes is None:
            slow.append(selector)
            continue
        for node in _outermost(nodes):
            node.decompose()
    left = parser.html or ""
    return _slowly(left, slow) if slow else left


def _matches(parser: LexborHTMLParser, selector: str) -> list[LexborNode] | None:
    with suppress(SelectolaxError):
        return [node for node in parser.css(selector) if node.tag not in _FRAME]
    return None


def _outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """Return those of `nodes` that stand in no other, for these go with it, and may not be touched afterwards.

    In document order, a node within another comes right behind it or behind others within that one.
    """
    matched = {node.mem_id for node in nodes}
    inside: set[int] = set()
    for node in nodes:
        # Each element below an outermost match is looked at once, whatever is matched within it.
        if node.mem_id not in inside:
            inside.update(one.mem_id for one in node.css("*") if one.mem_id != node.mem_id and one.mem_id in matched)
    return [node for node in nodes if node.mem_id not in inside]


def _slowly(html: str, selectors: Sequence[str]) -> str:
    if html.count("<") > MOST_PLAIN:
        raise ExtractError(f'It has too many elements for the selector "{selectors[0]}"; use plain CSS in remove.')
    soup = BeautifulSoup(html, "lxml")
    for selector in selectors:
        for tag in compiled(selector).select(soup):
            if tag.name not in _FRAME and not tag.decomposed:
                tag.decompose()
    return soup.decode(formatter="minimal")
