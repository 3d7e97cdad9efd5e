"""A page whose changes are watched -> the lines of the part that is watched, as a reader sees them.

Owns what that part is where nobody names it: the one main element, else the body without what stands around. A line is
what a browser would put on one: a paragraph, an entry of a list, a row of a table with its cells in order.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PageElement, Tag

from feedbuilder.masking import mask_known
from feedbuilder.model import ExtractError, Page, Source
from feedbuilder.parse.compiled_css import compiled, css_mistake
from feedbuilder.parse.data.read_data import Findings
from feedbuilder.parse.decode import decode
from feedbuilder.parse.limits import refuse_monster_page
from feedbuilder.parse.plain_text import SUMMARY_LIMIT, TITLE_LIMIT, clean
from feedbuilder.parse.raw_card import RawCard, RawLink

MOST_LINES = 5_000
LONGEST_LINE = 2_000
"""Characters; what is longer is parted."""
_CELL = " | "
_LINES = frozenset(
    """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody tfoot thead tr ul
    br
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
_CELLS = frozenset(("td", "th"))
_LONG = frozenset(("table", "ul", "ol"))
_FEW, _MANY = 2, 60
"""Paragraphs, and elements, of a cell that is short."""
_TABLES = frozenset(("table", "tbody", "thead", "tfoot", "tr"))
_SILENT = frozenset(
    """
    script style template noscript svg math textarea select button input iframe object embed audio video canvas head
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none", re.IGNORECASE)
_SPOKEN = (NavigableString, CData)
"""Exactly these: comments are subclasses."""
_AROUND = (
    "nav, aside, dialog, [role=navigation], [role=banner], [role=contentinfo], [role=complementary], [role=search]"
)
_FRAME = "header, footer"
"""Around the text where they are the page's own; an article's head is its own."""
_OWN_HEAD = ("article", "section", "main")


@dataclass(frozen=True, slots=True)
class WatchedPart:
    """What is watched of a page."""

    title: str
    """Of the page; "" where it has none."""
    lines: tuple[str, ...]
    """None of them empty; known secrets are masked."""
    is_there: bool = True
    """Whether the selector of the source found anything."""


def read_part(page: Page, source: Source) -> WatchedPart:
    """Return what is watched of `page`. Raises ExtractError for selectors that are none and for absurd pages."""
    text = decode(page, source.language)
    refuse_monster_page(text, page.url)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of pages that begin as XML, or are nothing but an address
        soup = BeautifulSoup(text, "lxml")
    wanted = source.changes
    for css in wanted.remove:
        _take_out(_matches(soup, css, "remove"))
    title = soup.find("title")
    heading = soup.find("h1")
    named = next((one.get_text(" ") for one in (title, heading) if isinstance(one, Tag) and one.get_text().strip()), "")
    parts: list[Tag]
    left_out: AbstractSet[int] = frozenset()
    if wanted.selector:
        parts = _outermost(soup, _matches(soup, wanted.selector, "selector"))
    else:
        parts, left_out = _main(soup)
    lines = tuple(part for line in _lines(parts, left_out) for part in _bounded(mask_known(line)))
    if len(lines) > MOST_LINES:
        raise ExtractError(
            f"What is watched of {page.url} has {len(lines):,} lines, and {MOST_LINES:,} are compared at the most. "
            "Name the part that matters: selector in [source.changes]."
        )
    return WatchedPart(clean(named, TITLE_LIMIT) or "", lines, bool(parts))


def read_watched(page: Page, source: Source) -> Findings:
    """Return what is watched of `page` as if it were an article: what it says now; nothing where it says nothing."""
    part = read_part(page, source)
    if not part.lines:
        return Findings((), part.is_there, None, part.title)
    card = RawCard(
        links=(RawLink(page.url),),
        title=part.title or clean(part.lines[0], TITLE_LIMIT),
        guess=False,
        summary=clean(" ".join(part.lines), SUMMARY_LIMIT),
    )
    return Findings((card,), True, None, part.title)


def _matches(soup: BeautifulSoup, css: str, key: str) -> list[Tag]:
    mistake = css_mistake(css)
    if mistake is not None:
        raise ExtractError(f'The {key} "{css}" of [source.changes] is not valid: {mistake}')
    return list(compiled(css).iselect(soup))


def _outermost(soup: Tag, found: Iterable[Tag]) -> list[Tag]:
    """Return `found` without those that stand in another one, each once; texts that XPath made stand nowhere."""
    wanted = {id(tag): tag for tag in found}
    made = [tag for tag in wanted.values() if tag.parent is None and tag is not soup]
    return [*_tops(soup, lambda tag, _: id(tag) in wanted), *made]


def _tops(root: Tag, is_wanted: Callable[[Tag, bool], bool]) -> Iterator[Tag]:
    """Yield the elements below `root` that are wanted, in order, and none that stands in one of them.

    Each is asked about once, with whether it stands in an article or a section.
    """
    stack = [(iter(root.contents), root.name in _OWN_HEAD)]
    while stack:
        nodes, has_own = stack[-1]
        for node in nodes:
            if isinstance(node, Tag):
                if is_wanted(node, has_own):
                    yield node
                    continue
                stack.append((iter(node.contents), has_own or node.name in _OWN_HEAD))
                break
        else:
            stack.pop()


def _main(soup: BeautifulSoup) -> tuple[list[Tag], AbstractSet[int]]:
    """Return what holds the main text, and the elements in it (by their `id`) that stand around it."""
    mains = _outermost(soup, soup.select("main, [role=main]"))
    chosen = mains[0] if len(mains) == 1 and any(_lines(mains)) else soup.body
    if not isinstance(chosen, Tag):
        return [], frozenset()
    around = {id(tag) for tag in chosen.select(_AROUND)}
    frame = {id(tag) for tag in chosen.select(_FRAME)}
    left_out = {id(tag) for tag in _tops(chosen, lambda tag, own: id(tag) in around or (id(tag) in frame and not own))}
    # A page that is nothing but its navigation is taken whole.
    return [chosen], left_out if any(_lines([chosen], left_out)) else frozenset()


def _take_out(tags: Iterable[Tag]) -> None:
    for tag in tags:
        tag.extract()


def _lines(parts: Iterable[Tag], left_out: AbstractSet[int] = frozenset()) -> Iterator[str]:
    """Yield the lines of `parts`, without the elements that are `left_out` (by their `id`)."""
    words: list[str] = []
    for part in parts:
        for text in _pieces(part, left_out):
            if text is not None:
                words.append(text)
            elif line := _line(words):
                yield line
                words = []
            else:
                words = []
        if line := _line(words):
            yield line
        words = []


def _line(words: list[str]) -> str | None:
    cells = [clean(cell, 1_000_000) or "" for cell in "".join(words).split("\x00")]
    return _CELL.join(cell for cell in cells if cell) or None


def _pieces(part: Tag, left_out: AbstractSet[int]) -> Iterator[str | None]:
    """Yield the strings within `part`; None where a line ends, a zero where a cell does."""
    # A stack of our own: a page nested ten thousand deep must not end in a RecursionError.
    stack: list[tuple[Iterator[PageElement], bool, bool]] = [(iter(part.contents), True, False)]
    while stack:
        nodes, ends_line, in_cell = stack[-1]
        for node in nodes:
            if isinstance(node, Tag):
                if node.name in _SILENT or id(node) in left_out or _is_hidden(node):
                    continue
                in_cell = in_cell and node.name not in _TABLES
                is_line = node.name in _LINES and not in_cell
                if is_line:
                    yield None
                elif node.name in _CELLS:
                    yield "\x00"
                    in_cell = _is_short(node)  # the row of a table of short ones stays a line
                elif node.name in _LINES or node.name == "img":
                    yield " "
                stack.append((iter(node.contents), is_line, in_cell))
                break
            if type(node) in _SPOKEN:
                yield str(node).replace("\x00", "")
        else:
            stack.pop()
            if ends_line:
                yield None


def _is_short(cell: Tag) -> bool:
    """Return whether what `cell` holds is no text of its own: no lists in it, no tables, hardly paragraphs."""
    seen, paragraphs, stack = 0, 0, [iter(cell.contents)]
    while stack:
        for node in stack[-1]:
            if isinstance(node, Tag):
                seen, paragraphs = seen + 1, paragraphs + (node.name == "p")
                if node.name in _LONG or paragraphs > _FEW or seen > _MANY:
                    return False
                stack.append(iter(node.contents))
                break
        else:
            stack.pop()
    return True


def _is_hidden(tag: Tag) -> bool:
    return tag.has_attr("hidden") or bool(_HIDDEN.search(str(tag.get("style") or "")[:500]))


def _bounded(line: str) -> Iterator[str]:
    for start in range(0, len(line), LONGEST_LINE):
        yield line[start : start + LONGEST_LINE]
