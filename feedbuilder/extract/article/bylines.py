"""The bylines that readers see on an article page, the likeliest first.

Owns how sites mark them: `rel=author`, links to the pages of authors, class names, "By" before a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborNode

from feedbuilder.extract.article.evidence import Evidence, Said
from feedbuilder.extract.article.names import BY, looks_like_name, names_in
from feedbuilder.extract.article.surroundings import names_of
from feedbuilder.extract.data import marked

_MOST = 6_000
_LONGEST = 120
"""Characters of a byline."""
_PAGES = re.compile(
    r"/(?:authors?|autor(?:en|es|a|as|i)?|auteurs?|autor[ei]|redaktion|redaktoer|redakteur(?:e)?|contributors?"
    r"|journalists?|journalistes?|reporters?|by|byline|writers?|columnists?|forfatter|skribent|av|firmas?|yazar(?:lar)?"
    r"|toimittaja|autoři)/[^/]",
    re.IGNORECASE,
)
_CLASSES = re.compile(
    r"(?:^|[\s_\-]|(?<=[a-z]))(?:by-?line|authors?|autor(?:en|es)?|auteurs?|writers?|contributors?|Byline|Authors?|reporter"
    r"|attribution|creator)(?:$|[\s_\-A-Z])"
)
_ELEMENTS = "h1, h2, h3, a[href], p, span, div, address, li, dt, em, strong, b, i, small, cite"


def bylines(page: Evidence) -> Iterator[Said]:
    """Yield the texts that may name the authors; those of one line of the page together, parted by "; "."""
    found = list(_marked(page))
    for kind in ("rel=author", "author page", "byline", "by"):
        # What names several people names them side by side: they are taken as long as they follow one another.
        run = [text for said, text in found if said == kind]
        if run:
            yield Said("; ".join(dict.fromkeys(run[:6])) if kind in ("rel=author", "author page") else run[0], kind)


def _marked(page: Evidence) -> Iterator[tuple[str, str]]:
    heading = page.heading
    after = heading is None
    early: list[tuple[str, str]] = []
    for node in page.tree.css(_ELEMENTS)[:_MOST]:
        after = after or (heading is not None and node.mem_id == heading.mem_id)
        kind = _kind(node)
        if not kind:
            continue
        text = _text(node)
        if not text or not _plausible(kind, text) or page.around.aside(node):
            continue
        if after:
            yield kind, text
        elif page.around.within(node):
            early.append((kind, text))
    yield from early


def _kind(node: LexborNode) -> str:
    if node.tag == "a":
        rel = (node.attributes.get("rel") or "").lower()
        if "author" in rel.split():
            return "rel=author"
        path = unquote(urlsplit((node.attributes.get("href") or "")[:500]).path)
        if _PAGES.search(path):
            return "author page"
    if node.tag in ("h1", "h2", "h3"):
        return ""
    if _CLASSES.search(names_of(node)):
        return "byline"
    return "by"


def _text(node: LexborNode) -> str:
    if len(node.text(deep=True)) > _LONGEST * 2:
        return ""
    text = marked.text_of(node)
    return text if 1 < len(text) <= _LONGEST else ""


def _plausible(kind: str, text: str) -> bool:
    names = list(names_in(text))
    if not names:
        return False
    if kind == "by":
        return BY.match(text) is not None and all(looks_like_name(name) for name in names)
    return looks_like_name(names[0]) or (kind == "rel=author") or (kind == "byline" and BY.match(text) is not None)
