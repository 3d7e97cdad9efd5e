"""Limits on what pages may hold: how long an address is, how many elements a page has, how deep they are nested.

Pages beyond them are recognised by their text alone, before any parser sees them: lexbor's time grows with the square
of the depth, and each element takes memory.
"""

from __future__ import annotations

import re

from feedbuilder.model import ExtractError

LONGEST_ADDRESS = 4_000
"""Characters of a web address that is looked at. Servers refuse longer ones, and hostile pages write megabytes."""
_DEEPEST = 10_000
"""Browsers stop at some hundred; 10,000 take the parser 0.2 s, 80,000 take it 15."""
_MOST_ELEMENTS = 150_000
"""Elements of a page: each takes the parser some 400 bytes. A page of 10,000 articles has half as many."""
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
MOST_PLAIN = 100_000
"""Tags of a page that BeautifulSoup is given in one piece: it takes about a kilobyte for each."""
_UNNESTED = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "path",
        "circle",
        "rect",
        "line",
        "polygon",
        "polyline",
        "use",
        "ellipse",
        "stop",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "option",
        "optgroup",
        "colgroup",
        "rp",
        "rt",
        "html",
        "head",
        "body",
    ]
)
"""Elements that are empty, or that the next one of their kind closes: a thousand unclosed ones are not nested."""


def refuse_monsters(text: str) -> None:
    """Raise ExtractError if the HTML `text` has absurdly many elements, or absurdly deep ones."""
    opened = text.count("<")
    elements = opened - text.count("</") if opened > _DEEPEST else opened
    if elements > _MOST_ELEMENTS:
        raise ExtractError(f"It has more than {_MOST_ELEMENTS:,} elements; no list of articles has.")
    if elements > _DEEPEST and _is_too_deep(text):
        raise ExtractError(f"Its elements are nested more than {_DEEPEST:,} deep; no list of articles is.")


def refuse_monster_page(text: str, url: str) -> None:
    """Raise ExtractError, which names the page at `url`, for an HTML `text` that `refuse_monsters` refuses."""
    try:
        refuse_monsters(text)
    except ExtractError as error:
        raise ExtractError(f"{url} cannot be read. {error}") from error


def _is_too_deep(text: str) -> bool:
    """Return whether more than `_DEEPEST` elements are nested; parsing takes time by the square of the depth."""
    depth = 0
    for found in _TAG.finditer(text):
        closing, name = found.groups()
        if name.lower() not in _UNNESTED:
            depth = max(depth - 1, 0) if closing else depth + 1
            if depth > _DEEPEST:
                return True
    return False
