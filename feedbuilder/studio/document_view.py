"""A document that is made for programs, a feed or an answer in JSON, as text that people can look through. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from feedbuilder.model import SourceKind
from feedbuilder.parse.data.lenient_json import parse

MOST = 30_000
"""Characters that are shown: enough to see how it is made."""
_CALLED = {SourceKind.FEED: "a feed", SourceKind.JSON: "an answer in JSON", SourceKind.SITEMAP: "a sitemap"}
"""Of the kinds that are made for programs."""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What is shown in place of a page."""

    called: str
    """"a feed"."""
    text: str
    is_cut: bool


@lru_cache(maxsize=4)
def document_view(text: str, kind: SourceKind) -> DocumentView:
    """Return the beginning of a document; an answer in JSON with a line for each of its parts."""
    shown = text.lstrip("\ufeff \t\r\n")
    if kind is SourceKind.JSON and (data := parse(text)) is not None:
        shown = json.dumps(data, indent=2, ensure_ascii=False)
    printable = shown[:MOST].encode("utf-8", "replace").decode()
    return DocumentView(_CALLED.get(kind, "a document"), printable, len(shown) > MOST)
