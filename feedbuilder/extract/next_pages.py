"""Where a list goes on: how a page names its next one, and where that is. Pure.

Owns the table of what links to further pages say, and how a scheme is written: the selector of the link, or an address
with {n} for the number of the page ("?page={n}").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import soupsieve
from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from feedbuilder.model import Page, Pick
from feedbuilder.parse.boilerplate import PAGER_LABELS, text_key
from feedbuilder.parse.compiled_css import compiled
from feedbuilder.parse.decode import decode
from feedbuilder.parse.links import absolute

_ARROWS = frozenset(("»", "›", ">", "→", ">>", "⟩", "❯", "▶", "►", "≫"))
_NUMBERED = (
    # A number of its own in an address: /page/2/, ?page=2, list_2.html, /p2.
    r"(?<![\d.])(?:(?<=[/=_-])|(?<=/p)|(?<=page)|(?<=index))({n})(?=$|[/?&#._-])"
)
_PAGE_WORD = re.compile(
    r"(?:page|paged|pg|pagina|seite|strona|stranica|str|p|pn|pageno|pagenum|currentpage|list|index|offset|start|from|older"
    r"|archive)s?(?:_?n(?:o|um(?:ber)?)?)?\]?[/=_-]?\{n\}",
    re.IGNORECASE,
)
_PAGER = re.compile(r"pag(?:e|er|ing|ination)|navi|nav-|pages|wp-pagenavi|seiten|numbers", re.IGNORECASE)
_SEMANTIC = re.compile(
    r"(?:^|[-_])(?:next|older|more|weiter|suivant|siguiente|nav-previous|previous)(?:$|[-_])", re.IGNORECASE
)
_HIGHEST = 6
"""Levels that are climbed in search of what holds the links of a pager."""
_MANY = 5_000


def next_page(page: Page) -> str | None:
    """Return how `page` names its next page, as a source's `next` has it; None if it names none. Never raises.

    The link that says `rel=next` is the surest, then the links with page numbers, then one that says "Older posts" in
    some language. What is returned finds the second page from the first (`address_of`).
    """
    tree = LexborHTMLParser(decode(page))
    base = _base(tree, page.url)
    here = _Here(page.url)
    for css in ("a[rel~=next]", "link[rel~=next]"):
        node = tree.css_first(f"{css}[href]")
        if node is not None and here.may_turn(absolute(base, node.attributes.get("href") or "")):
            return css
    anchors = tree.css("a[href]")[:_MANY]
    return _by_number(anchors, base, here) or _by_label(tree, anchors, base, here)


def address_of(page: Page, scheme: str, number: int) -> str | None:
    """Return the address of the page `number` (2 is the second), None if there is none.

    `scheme` is a source's `next`. With {n} in it, it is relative to `page`, the first page; else it is looked up in
    `page`, which is the one before.
    """
    if "{n}" in scheme:
        return absolute(page.url, scheme.replace("{n}", str(number)))
    text = decode(page)
    tree = LexborHTMLParser(text)
    try:
        pick = Pick.parse(scheme)
    except ValueError:
        return None
    href = first_value(tree, text, Pick(css=pick.css, attribute=pick.attribute or "href"))
    url = absolute(_base(tree, page.url), href) if href else None
    return url if url and url != page.url else None


def first_value(tree: LexborHTMLParser, text: str, pick: Pick) -> str | None:
    """Return the first value that `pick` reads on a page, which is `text` and `tree`; without an attribute its text.

    An element that lacks the attribute may hold a link that has it.
    """
    css, attribute = pick.css or "*", pick.attribute
    try:
        nodes = tree.css(css)
    except SelectolaxError:
        try:  # what only soupsieve knows: ":-soup-contains"
            tags = compiled(css).select(BeautifulSoup(text, "lxml"), limit=20)
        except (soupsieve.SelectorSyntaxError, NotImplementedError, ValueError):
            return None
        values = (tag.get(attribute) if attribute else tag.get_text(strip=True) for tag in tags)
        return next((str(value) for value in values if value), None)
    if attribute is None:
        return next((said for node in nodes if (said := node.text(strip=True))), None)
    within = (inner for node in nodes for inner in (node, *node.css("a[href]")))
    return next((href for node in within if (href := node.attributes.get(attribute))), None)


class _Here:
    """The page that is being turned."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._parts = urlsplit(url)

    def may_turn(self, url: str | None) -> bool:
        """Return whether `url` may be another page of the same list: of this host, and not this page."""
        if url is None:
            return False
        parts = urlsplit(url)
        return parts.netloc.removeprefix("www.") == self._parts.netloc.removeprefix("www.") and (
            (parts.path.rstrip("/"), parts.query) != (self._parts.path.rstrip("/"), self._parts.query)
        )

    def relative(self, url: str) -> str:
        """Return `url` as short as it can be written beside this page's own address."""
        start = f"{self._parts.scheme}://{self._parts.netloc}"
        path, mark, query = url.removeprefix(start).partition("?")
        if mark and path == (self._parts.path or "/"):
            return f"?{query}"
        return url.removeprefix(start) if url.startswith(f"{start}/") else url


def _base(tree: LexborHTMLParser, url: str) -> str:
    element = tree.css_first("base[href]")
    return urljoin(url, (element.attributes.get("href") if element else None) or "")


def _by_number(anchors: list[LexborNode], base: str, here: _Here) -> str | None:
    """Return the address that links called "2", "3" … have in common."""
    counts: Counter[str] = Counter()
    second: set[str] = set()
    for node in anchors:
        label = node.text().strip(" []()\n\t")
        if not (label.isdecimal() and 2 <= int(label[:4]) <= 9999) or _is_calendar(node):
            continue
        url = absolute(base, node.attributes.get("href") or "")
        if url is None or not here.may_turn(url):
            continue
        url = url.partition("#")[0]
        for template in _templates(url, int(label)):
            if _PAGE_WORD.search(template) or _is_pager(node):
                counts[template] += 1
                if int(label) == 2:
                    second.add(template)
    best = next((template for template, _ in counts.most_common() if template in second), None)
    return here.relative(best) if best else None


def _templates(url: str, number: int) -> Iterator[str]:
    """Yield `url` with {n} for each place in which `number` stands alone."""
    for found in re.finditer(_NUMBERED.replace("{n}", str(number)), url):
        yield url[: found.start(1)] + "{n}" + url[found.end(1) :]


def _by_label(tree: LexborHTMLParser, anchors: list[LexborNode], base: str, here: _Here) -> str | None:
    for node in anchors:
        url = absolute(base, node.attributes.get("href") or "")
        if url is None or not here.may_turn(url) or not _says_next(node):
            continue
        if css := next((css for css in _selectors(node) if _is_first(tree, css, node)), None):
            return css
        template = next((one for one in _templates(url.partition("#")[0], 2) if _PAGE_WORD.search(one)), None)
        if template:
            return here.relative(template)
        if (text := _quotable(node.text())) is not None:
            return f'a:-soup-contains("{text}")'
    return None


def _says_next(node: LexborNode) -> bool:
    text = " ".join(node.text().split())
    href = node.attributes.get("href") or ""
    if text_key(text) in PAGER_LABELS or text_key(node.attributes.get("aria-label") or "") in PAGER_LABELS:
        return bool(re.search(r"\d", href)) or _is_pager(node) or "older" in href.lower()
    return text in _ARROWS and _is_pager(node) and bool(re.search(r"\d", href))


def _selectors(node: LexborNode) -> Iterator[str]:
    """Yield selectors that may find `node`, the most readable first."""
    for name in _classes(node):
        if _SEMANTIC.search(name):
            yield f"a.{name}"
    up = node.parent
    for _ in range(3):
        if up is None:
            break
        for name in _classes(up):
            if _SEMANTIC.search(name):
                yield f".{name} a"
        up = up.parent
    for attribute in ("aria-label", "title"):
        value = _quotable(node.attributes.get(attribute) or "")
        if value and text_key(value) in PAGER_LABELS:
            yield f'a[{attribute}="{value}"]'


def _quotable(text: str) -> str | None:
    """Return `text` as it may stand between quotation marks in a selector; None if it says too little or too much."""
    words = " ".join(text.split())
    return words if len(words) > 2 and '"' not in words and "\\" not in words else None


def _classes(node: LexborNode) -> list[str]:
    return [name for name in (node.attributes.get("class") or "").split() if re.fullmatch(r"[A-Za-z_][\w-]*", name)]


def _is_first(tree: LexborHTMLParser, css: str, node: LexborNode) -> bool:
    found = tree.css_first(f"{css}[href]")
    return found is not None and found.mem_id == node.mem_id


def _is_pager(node: LexborNode) -> bool:
    """Return whether `node` stands in what calls itself a pager, or beside links to other pages of the list."""
    up = node.parent
    for _ in range(_HIGHEST):
        if up is None or up.tag == "body":
            return False
        named = " ".join(up.attributes.get(name) or "" for name in ("class", "id", "aria-label", "role"))
        if _PAGER.search(named):
            return True
        up = up.parent
    return False


def _is_calendar(node: LexborNode) -> bool:
    """Return whether `node` is a day in a table of weeks."""
    up = node.parent
    for _ in range(_HIGHEST):
        if up is None:
            return False
        if "calendar" in (up.attributes.get("class") or "").lower() or (up.tag == "tr" and len(up.css("td")) == 7):
            return True
        up = up.parent
    return False
