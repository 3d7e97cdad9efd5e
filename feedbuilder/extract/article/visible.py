"""The dates that readers see on an article page, the likeliest to be its own first.

Owns where pages show them: in `<time>`, near the heading, in small print under the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from feedbuilder.extract.article.evidence import Evidence, Said
from feedbuilder.extract.article.surroundings import stands_aside
from feedbuilder.extract.data import marked
from feedbuilder.extract.dates.written import Written, read

_MOST_TIMES = 40
_MOST_TEXTS = 3_000
"""Elements that are looked at; what is further down is no longer the article."""
_LONGEST = 160
"""Characters of a line that holds a date; longer ones are sentences."""
_WORDS = re.compile(r"date|time|publish|posted|created|meta|byline|stamp|info", re.IGNORECASE)
_CHANGED = re.compile(r"modif|updat|actuali|aktualis|mise à jour|güncelle|обновл|更新", re.IGNORECASE)
_TEXT_TAGS = "p, span, div, small, li, time, td, dd, strong, em, b, i, font, a"


def shown_dates(page: Evidence) -> Iterator[Said]:
    """Yield the texts that may say when the article was published."""
    times = [node for node in page.tree.css("time")[:_MOST_TIMES] if not _elsewhere(node)]
    times.sort(key=_is_changed)
    for node in times:
        if machine := node.attributes.get("datetime"):
            yield Said(machine, "time")
        yield Said(marked.text_of(node), "time")
    yield from sorted(_lines(page), key=lambda said: said.origin != "date")


def _lines(page: Evidence) -> Iterator[Said]:
    """Yield the lines of text that hold a date with its year, from the heading on; with the time next to it."""
    start = page.headings[0].mem_id if page.headings else None
    found = 0
    after = start is None
    for node in page.tree.css(f"h1, {_TEXT_TAGS}")[: _MOST_TEXTS * 3]:
        after = after or node.mem_id == start
        if not after or node.tag == "h1":
            continue
        line = _line(node)
        if line is None or _elsewhere(node):
            continue
        named = any(_WORDS.search(node.attributes.get(name) or "") for name in ("class", "id"))
        yield Said(line, "date" if named else "text")
        found += 1
        if found >= 12:
            return


def _line(node: LexborNode) -> str | None:
    """Return the text of `node`, or of the element around it where that adds the time; None for no date."""
    text = marked.text_of(node) if _is_short(node) else ""
    if not _dated(text) or _CHANGED.search(text[:20]):
        return None
    around = node.parent
    if around is not None and _is_short(around):
        wider = marked.text_of(around)
        said, own = read(wider), read(text)
        if isinstance(said, Written) and isinstance(own, Written) and own.clock is None and said.clock is not None:
            return wider
    return text


def _is_short(node: LexborNode) -> bool:
    return len(node.text(deep=True)) <= _LONGEST * 2


def _dated(text: str) -> bool:
    if not 6 <= len(text) <= _LONGEST or not any(map(str.isdigit, text)):
        return False
    said = read(text)
    return isinstance(said, Written) and said.year is not None


def _is_changed(node: LexborNode) -> bool:
    """Return whether `node` says when something was changed, not when it was published."""
    around = node.parent
    words = [node.attributes.get("class"), node.attributes.get("itemprop"), node.text()]
    if around is not None:
        words += [around.attributes.get("class"), around.text()[:60]]
    return any(_CHANGED.search(text[:100]) for text in words if text)


def _elsewhere(node: LexborNode) -> bool:
    """Return whether `node` belongs to another article, on whose card it stands, or to what surrounds this one."""
    up: LexborNode | None = node
    for _ in range(3):
        if up is None:
            return False
        if up.tag == "a" or up.css_first("h2 a[href], h3 a[href], h4 a[href]") is not None:
            return True
        up = up.parent
    return stands_aside(node)
