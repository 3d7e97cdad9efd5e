"""The bylines that readers see on an article page, the likeliest first.

Owns how sites mark them: `rel=author`, links to the pages of authors, class names, "By" before a name, a name alone in
the first line of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from selectolax.lexbor import LexborNode

from feedbuilder.article.article_place import names_of
from feedbuilder.article.evidence import Claim, Evidence
from feedbuilder.article.own_address import path_of
from feedbuilder.article.person_names import BY, looks_like_name, names_in
from feedbuilder.parse.plain_text import letters

_MOST = 30_000
"""Elements of a page that are looked at."""
_NEAR = 1_500
"""Elements after the heading among which "By" begins a byline."""
_FAR = 25
"""Elements between two author links from which on they belong to different bylines."""
_MANY = 8
_SHORT_WORD = 6
"""Letters of the "By" that may stand loose before names side by side."""
_AGENCY = 5
"""Letters of an agency's name: AFP, dpa."""
LINKED = "rel=author"
_KINDS = (LINKED, "author page", "byline", "by", "first line", "last line")
_SIDE_BY_SIDE = _KINDS[:2]
"""Kinds that name one author each."""
_LONGEST = 120
"""Characters of a byline."""
_PAGES = re.compile(
    r"(?<!/licenses)/(?:authors?|autor(?:en|es|a|as|i)?|auteurs?|autor[ei]|redaktion|redaktoer|redakteur(?:e)?|contributors?"
    r"|journalists?|journalistes?|reporters?|by|byline|writers?|columnists?|forfatter|skribent|av|firmas?|yazar(?:lar)?"
    r"|toimittaja|autoři)/[^/]",
    re.IGNORECASE,
)
"""In the address of an author's page; ".../licenses/by/4.0/" is that of a licence."""
_CLASSES = re.compile(
    r"(?:^|[\s_\-]|(?<=[a-z]))(?:by-?lines?|authors?|author-?lines?|autor(?:en|es)?|auteurs?|writers?|contributors?|Bylines?|Authors?|reporter"
    r"|attribution|creator)(?:$|[\s_\-A-Z])"
)
_ELEMENTS = "h1, h2, h3, h4, h5, h6, a[href], p, span, div, address, li, dt, em, strong, b, i, small, cite"


def bylines(page: Evidence) -> Iterator[Claim]:
    """Yield the texts that may name the authors, the likeliest first; names side by side together, parted by "; "."""
    found = [*_marked(page, _kind), *_lines(page)]
    for kind in _KINDS:
        yield from _of_kind(kind, found)


def linked_authors(page: Evidence) -> Claim | None:
    """Return the one of `bylines` that is of links with `rel=author`; quickly, for most pages have none."""
    if page.tree.css_first("a[rel*=author i]") is None:
        return None
    return next(_of_kind(LINKED, list(_marked(page, lambda node: LINKED if _is_linked(node) else ""))), None)


def _of_kind(kind: str, found: Sequence[tuple[int, str, str]]) -> Iterator[Claim]:
    same = [(place, text) for place, claim, text in found if claim == kind]
    if same and kind in _SIDE_BY_SIDE:
        run = [
            text for (place, text), (before, _) in zip(same, [same[0], *same], strict=False) if place - before < _FAR
        ]
        yield Claim("; ".join(dict.fromkeys(run[:_MANY])), kind)
    elif same:
        yield Claim(same[0][1], kind)


def _marked(page: Evidence, kind_of: Callable[[LexborNode], str]) -> Iterator[tuple[int, str, str]]:
    """Yield place, kind and text of what may be a byline: after the heading, in page order, then what is over it."""
    heading = page.heading
    start: int | None = 0 if heading is None else None
    early: list[tuple[int, str, str]] = []
    for place, node in enumerate(page.tree.css(_ELEMENTS)[:_MOST]):
        if start is None and heading is not None and node.mem_id == heading.mem_id:
            start = place
        kind = kind_of(node)
        if not kind or (kind == "by" and (start is None or place - start > _NEAR)):
            continue
        text = _together(node, page)
        if not text or not (_plausible(kind, text) or _is_nickname(node, text)) or page.surroundings.aside(node):
            continue
        if start is not None:
            yield place, kind, _without_town(text)
        elif page.surroundings.within(node):
            early.append((place, kind, _without_town(text)))
    yield from early


def _lines(page: Evidence) -> Iterator[tuple[int, str, str]]:
    """Yield the same of the names that are alone in a line of the text."""
    if line := _last_line(page):
        yield _MOST, "last line", line
    if line := _first_line(page):
        yield _MOST, "first line", line


def _first_line(page: Evidence) -> str:
    """Return the first paragraph after the heading if it is nothing but a name in bold or italics, else ""."""
    after = False
    for node in page.tree.css("h1, h2, h3, p")[:_MOST]:
        if node.tag != "p":
            after = after or (page.heading is not None and node.mem_id == page.heading.mem_id)
        elif after and not page.surroundings.aside(node) and page.size(node):
            text = page.words(node, _LONGEST)
            loud = node.css_first("strong, b, em, i")
            alone = bool(text) and loud is not None and page.size(loud) == page.size(node)
            return text if alone and looks_like_name(text) else ""
    return ""


def _last_line(page: Evidence) -> str:
    """Return the last paragraph of the article if it is nothing but a name in bold or italics, else ""."""
    last = ""
    for node in page.tree.css("article p, main p")[:_MOST]:
        if page.surroundings.within(node) and not page.surroundings.aside(node) and page.size(node):
            loud = node.css_first("strong, b, em, i")
            text = page.words(node, _LONGEST) if loud is not None and page.size(loud) == page.size(node) else ""
            last = text if text and looks_like_name(text) else ""
    return last


def _together(node: LexborNode, page: Evidence) -> str:
    """Return the text of `node`; names in elements side by side are parted by commas, and a "By" before them goes."""
    text = page.words(node, _LONGEST)
    inner = [child for child in node.iter() if page.size(child)]
    alike = {(child.tag, child.attributes.get("class")) for child in inner}
    if len(inner) < 2 or len(alike) > 1 or inner[0].tag != "span" or not text:
        return text
    parts = [page.words(child, _LONGEST) for child in inner]
    if sum(len(letters(part)) for part in parts) + _SHORT_WORD < len(letters(text)):
        return text
    whole = [part for part in parts if looks_like_name(part)]
    return ", ".join(parts) if whole and all(len(part.split()) > 1 or part == parts[-1] for part in parts) else text


def _is_nickname(node: LexborNode, text: str) -> bool:
    """Return whether `text` is the name in an hCard, which may be a nickname in one word."""
    names = names_of(node).split()
    return len(text.split()) == 1 and text.isalnum() and ("vcard" in names or "fn" in names or "nickname" in names)


def _kind(node: LexborNode) -> str:
    if _is_linked(node):
        return LINKED
    if node.tag == "a":
        path = path_of(node.attributes.get("href") or "")
        if _PAGES.search(path):
            return "author page"
    if node.tag in ("h1", "h2", "h3"):
        return ""
    if _CLASSES.search(names_of(node)):
        return "byline"
    return "by"


def _is_linked(node: LexborNode) -> bool:
    return node.tag == "a" and "author" in (node.attributes.get("rel") or "").lower().split()


def _without_town(text: str) -> str:
    """Return `text` without the one word after a comma that follows "By" and a name: "By Ann Lee, London"."""
    name, comma, town = text.rpartition(",")
    alone = comma and len(town.split()) == 1 and "," not in name and len(name.split()) > 2
    return name if alone and BY.match(text) else text


def _plausible(kind: str, text: str) -> bool:
    if kind == "by" and BY.match(text) is None:  # as most lines: what their names are takes longer to find
        return False
    names = list(names_in(text))
    if not names or any(map(str.isdigit, names[0])):
        return False
    if kind == "by":
        return all(looks_like_name(name) for name in names)
    if kind == "byline" and names[0].isupper() and len(names[0]) <= _AGENCY:
        return True
    return looks_like_name(names[0]) or (kind == LINKED) or (kind == "byline" and BY.match(text) is not None)
