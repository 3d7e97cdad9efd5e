"""An answer in JSON that carries a piece of HTML, as buttons "load more" ask for -> that piece, as a page. Pure."""

from __future__ import annotations

from dataclasses import replace

from feedbuilder.model import Page
from feedbuilder.parse.data.lenient_json import parse
from feedbuilder.parse.data.paths import walk
from feedbuilder.parse.decode import decode

_HTML = "text/html; charset=utf-8"


def as_markup(page: Page) -> Page:
    """Return the longest piece of HTML in `page` as a page at the same address; `page` itself where it holds none."""
    value = parse(decode(page))
    pieces = [
        text
        for _, node in walk(value)
        for text in (node.values() if isinstance(node, dict) else node)
        if isinstance(text, str) and "<" in text
    ]
    if not pieces:
        return page
    return replace(page, body=max(pieces, key=len).encode("utf-8", "replace"), content_type=_HTML)
