"""What a selector of any kind finds on a whole page, as elements of lexbor.

Plain CSS lexbor finds by itself. XPath, and what only soupsieve knows (":-soup-contains"), take BeautifulSoup, which is
ten times as slow: they mark what they find, and lexbor takes the marks up in a tree of its own.
"""

from __future__ import annotations

from contextlib import suppress

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from feedbuilder.model import ExtractError
from feedbuilder.parse.compiled_css import compiled
from feedbuilder.parse.limits import MOST_PLAIN
from feedbuilder.parse.xpath import is_xpath

_MARK = "data-feedbuilder-found"
_EMPTY = LexborHTMLParser("")


def is_plain(selector: str) -> bool:
    """Return whether lexbor finds what `selector` selects by itself."""
    if is_xpath(selector):
        return False
    try:
        _EMPTY.css_first(selector)
    except SelectolaxError:
        return False
    return True


def selected(parser: LexborHTMLParser, selector: str, role: str) -> tuple[list[LexborNode], LexborHTMLParser]:
    """Return the matches of `selector`, which must be valid, in page order, and the tree in which they stand.

    That may be another one than `parser`, of the same page. Raises ExtractError, which calls the selector by its
    `role`, for a page that is too large to be read the slow way.
    """
    if not is_xpath(selector):
        with suppress(SelectolaxError):
            return parser.css(selector), parser
    html = parser.html or ""
    if html.count("<") > MOST_PLAIN:
        raise ExtractError(f'It has too many elements for the {role} "{selector}"; use plain CSS without :-soup-….')
    soup = BeautifulSoup(html, "lxml")
    for tag in compiled(selector).select(soup):
        tag[_MARK] = ""
    parser = LexborHTMLParser(soup.decode(formatter="minimal"))
    nodes = parser.css(f"[{_MARK}]")
    for node in nodes:
        del node.attrs[_MARK]
    return nodes, parser
