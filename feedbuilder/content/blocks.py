"""The shape of an article: a sequence of paragraphs, headings, lists, quotes, tables and figures.

Owns what makes a paragraph, which elements are only wrapping, and what is empty. Works on the parsed body, in place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bs4.element import NavigableString, PageElement, Tag

from feedbuilder.content.fragment import holds, stands_in
from feedbuilder.model.markup import TAGS
from feedbuilder.parse.plain_text import attribute

_BLOCKS = frozenset(
    """
    blockquote caption dd dl dt figcaption figure h2 h3 h4 h5 h6 hr li ol p pre table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
"""Blocks that are kept. An element that holds one of them is not inline."""
_WRAPPERS = frozenset(
    """
    address article aside body center details dir div fieldset footer header hgroup html main section summary
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
"""Blocks that are not kept: their contents become paragraphs."""
_LINES = frozenset(("h2", "h3", "h4", "h5", "h6", "dt", "caption", "pre"))
"""Blocks that may hold no other blocks."""
_CELLS = frozenset(("li", "dd", "td", "th", "figcaption", "blockquote"))
_FILLED = ("img", "hr", "br", "wbr")
_SPACE = re.compile(r"[ \t\n\f\r]+")
_NOTHING = re.compile(r"[\s\u200b\u2060\ufeff\u00ad]*")
_LITERAL, _TABLE = frozenset(("pre",)), frozenset(("table",))
_SHOWN = frozenset(("img", "table", "pre", "blockquote", "a", "p"))
"""A figure without any of these is empty."""
_SEEN = frozenset(("img", "hr"))
"""Elements that are visible without text."""
_PARTS_OF_TABLES = frozenset(("td", "th", "tr", "tbody", "thead", "tfoot"))


def shape(root: Tag) -> None:
    """Make the children of `root` blocks; the title of the article goes, other headings stay, empty things go too."""
    _settle_headings(root)
    _collapse_spaces(root)
    # Children stand after their parents: the innermost are settled first.
    for element in reversed(root.find_all(True)):
        if element.name in _WRAPPERS or (element.name == "p" and _holds_blocks(element)):
            _unwrap_block(element)
        elif element.name not in TAGS:
            _unwrap(element)
        elif element.name == "p":
            _split(element)
    _into_paragraphs(root)
    _unwrap_lone_cells(root)
    _remove_empty(root)
    for loose in [child for child in root.contents if isinstance(child, NavigableString)]:
        loose.extract()


def _settle_headings(root: Tag) -> None:
    """Remove the first h1, which is the title that entries have already; further ones become headings like others."""
    for number, heading in enumerate(root.find_all("h1")):
        if number:
            heading.name = "h2"
        else:
            heading.decompose()


def _collapse_spaces(root: Tag) -> None:
    for text in root.find_all(string=True):
        single = _SPACE.sub(" ", text)
        if single != text and not stands_in(text, _LITERAL):
            text.replace_with(single)


def _unwrap(element: Tag) -> None:
    """Take `element` away and leave what it holds, with its language and direction."""
    for name in ("dir", "lang"):
        if value := attribute(element, name):
            for child in element.find_all(True, recursive=False):
                child.attrs.setdefault(name, value)
    element.unwrap()


def _unwrap_block(element: Tag) -> None:
    parent = element.parent
    if stands_in(element, _LINES):
        # A heading or a line of code holds no blocks: a space is what is left of their edges.
        element.insert_before(" ")
        element.insert_after(" ")
    elif parent is None or parent.name not in _CELLS or len(parent.find_all(True, recursive=False)) > 1:
        _into_paragraphs(element)
    _unwrap(element)


def _holds_blocks(element: Tag) -> bool:
    return holds(element, _BLOCKS)


def _is_inline(node: PageElement) -> bool:
    return not isinstance(node, Tag) or (
        node.name not in _BLOCKS and node.name not in _WRAPPERS and not _holds_blocks(node)
    )


def _into_paragraphs(container: Tag) -> None:
    """Put what stands loose in `container` into paragraphs; empty lines part them."""
    for run in list(_runs(container.contents)):
        paragraph = Tag(name="p")
        run[0].insert_before(paragraph)
        paragraph.extend(run)
        _trim(paragraph)
    for gap in [node for node in container.contents if _is_gap(node)]:
        gap.extract()


def _split(paragraph: Tag) -> None:
    """Make of a paragraph with empty lines in it as many as there are; a single one loses the breaks at its ends."""
    runs = list(_runs(paragraph.contents))
    for run in runs[:-1]:
        before = Tag(name="p", attrs={name: paragraph[name] for name in ("dir", "lang") if paragraph.has_attr(name)})
        paragraph.insert_before(before)
        before.extend(run)
        _trim(before)
    last = {id(node) for node in runs[-1]} if runs else set()
    for node in list(paragraph.contents):
        if id(node) not in last:
            node.extract()
    _trim(paragraph)


def _trim(paragraph: Tag) -> None:
    """Remove the spaces at both ends of `paragraph`."""
    if paragraph.contents and isinstance(first := paragraph.contents[0], NavigableString):
        first.replace_with(first.lstrip())
    if paragraph.contents and isinstance(last := paragraph.contents[-1], NavigableString):
        last.replace_with(last.rstrip())


def _runs(nodes: Iterable[PageElement]) -> Iterator[list[PageElement]]:
    """Yield what stands in a line together: parted by blocks, and by two or more breaks; without those at its ends."""
    run: list[PageElement] = []
    breaks = 0
    for node in [*nodes, None]:
        blank = isinstance(node, NavigableString) and not node.strip()
        if node is not None and _is_inline(node):
            is_break = isinstance(node, Tag) and node.name == "br"
            breaks += is_break
            if breaks >= 2 and not is_break and not blank:
                yield from _trimmed(run)
                run = []
            if not is_break and not blank:
                breaks = 0
            run.append(node)
        else:
            yield from _trimmed(run)
            run, breaks = [], 0


def _trimmed(run: list[PageElement]) -> Iterator[list[PageElement]]:
    start, end = 0, len(run)
    while start < end and _is_gap(run[start]):
        start += 1
    while end > start and _is_gap(run[end - 1]):
        end -= 1
    if start < end:
        yield run[start:end]


def _is_gap(node: PageElement) -> bool:
    return (isinstance(node, Tag) and node.name == "br") or (isinstance(node, NavigableString) and not node.strip())


def _unwrap_lone_cells(root: Tag) -> None:
    """Tables of one cell are frames around a text."""
    for table in reversed(root.find_all("table")):
        if len(table.find_all(["td", "th"])) == 1:
            for part in reversed(table.find_all(list(_PARTS_OF_TABLES))):
                if part.name in {"td", "th"}:
                    _into_paragraphs(part)
                part.unwrap()
            table.unwrap()


def _remove_empty(root: Tag) -> None:
    """Remove elements without a text or a picture, figures that hold only a caption, and what they leave empty."""
    for element in reversed(root.find_all(True)):
        if element.name in _FILLED:
            continue
        if element.name in _PARTS_OF_TABLES and stands_in(element, _TABLE):
            continue
        if element.name == "figure" and not holds(element, _SHOWN):
            element.decompose()
        elif _NOTHING.fullmatch(element.get_text()) and not holds(element, _SEEN):
            if element.get_text():
                element.insert_before(" ")
            element.decompose()
