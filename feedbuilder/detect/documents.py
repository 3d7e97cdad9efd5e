"""Documents instead of pages: of which kind an answer is, and the lists of articles that it may be read as. Pure.

A page is what is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from feedbuilder.detect.candidates import Candidate, Detection, Reason
from feedbuilder.detect.feed_summary import read_feed
from feedbuilder.extract import extract
from feedbuilder.model import DataPlace, ExtractError, Item, Page, Selectors, Source, SourceKind
from feedbuilder.parse.data.find_entries import find_lists
from feedbuilder.parse.data.lenient_json import parse
from feedbuilder.parse.decode import decode
from feedbuilder.parse.documents.sitemap import how_dated, is_sitemap, nested_sitemaps

_ARTICLES = {SourceKind.FEED: "a feed", SourceKind.JSON: "in JSON", SourceKind.SITEMAP: "a sitemap"}
"""What the answer is, of the kinds that are seen from it."""
MANY_PAGES = 200
"""Pages of a sitemap from which on only those modified last are read, where it says when they were."""
_MOSTLY = 0.9
_SHOWN = 8
"""Sitemaps of an index that are named."""
_UNDATED = (
    "The sitemap names {pages:,} pages and says of hardly any when it was modified: all are taken for new at first, in "
    "its order. A sitemap of news may be better, or only = with a part of the address."
)
_NOTHING = {
    SourceKind.FEED: "It is a feed in which nothing stands now.",
    SourceKind.JSON: "It is an answer in JSON in which no list of articles was found: titles with dates or summaries.",
    SourceKind.SITEMAP: "It is a sitemap that names no pages.",
    SourceKind.CHANGES: "It holds no text that could be watched; if a browser shows some, a script builds it.",
}


def document_kind(page: Page) -> SourceKind:
    """Return what `page` is. Never raises."""
    if read_feed(page) is not None:
        return SourceKind.FEED
    if page.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") and parse(decode(page)) is not None:
        return SourceKind.JSON
    return SourceKind.SITEMAP if is_sitemap(page) else SourceKind.PAGE


def detect_document(
    page: Page,
    kind: SourceKind,
    *,
    language: str | None = None,
    zone: ZoneInfo | None = None,
    example: str | None = None,
    watched: str | None = None,
    hrefs: Sequence[str] = (),
) -> Detection:
    """Return the lists of articles of a document of this `kind`, which is no page; see `detect`.

    `watched` is the selector of what is watched of a page without a list. `hrefs` are the links of the page for which
    data in JSON are made, as far as one is known.
    """
    found: list[Candidate] = []
    settings: dict[str, Any] = {"kind": kind}
    if watched is not None:
        settings["changes"] = {"selector": watched}
    doubts: tuple[str, ...] = ()
    if kind is SourceKind.SITEMAP:
        pages, dated = how_dated(page)
        if pages > MANY_PAGES and dated >= _MOSTLY * pages:
            settings["limit"] = MANY_PAGES  # those modified last
        elif pages > MANY_PAGES:
            doubts = (_UNDATED.format(pages=pages),)
    for number, selectors in enumerate(_selectors(page, kind, hrefs)):
        items = _items(page, settings, selectors, language, zone)
        if items and (not example or any(_holds(item, example) for item in items)):
            said = f"the answer is {_ARTICLES[kind]}" if kind in _ARTICLES else "each change of its text is an entry"
            reason = Reason("document", 1.0 - number / 10, said)
            found.append(
                Candidate(Selectors.model_validate(selectors), items, reason.points, (reason,), settings, doubts)
            )
    why_none = None if found else _why_none(page, kind)
    if why_none and watched is not None:
        why_none = f'The selector "{watched}" finds no text on it.'
    return Detection(tuple(found), why_none, language)


def _selectors(page: Page, kind: SourceKind, hrefs: Sequence[str]) -> Iterator[dict[str, Any]]:
    if kind is not SourceKind.JSON:
        yield {"from": DataPlace.DOCUMENT}
        return
    for found in find_lists(parse(decode(page)), hrefs):
        yield {"from": DataPlace.DOCUMENT, "item": found.item, **found.rules}


def _items(
    page: Page, settings: dict[str, Any], selectors: dict[str, Any], language: str | None, zone: ZoneInfo | None
) -> tuple[Item, ...]:
    source = {"id": "found", "url": page.url, **settings, "selectors": selectors}
    try:
        return extract(page, Source.model_validate({**source, "language": language, "timezone": zone}))
    except (ExtractError, ValidationError):
        return ()


def _holds(item: Item, example: str) -> bool:
    return example.casefold() in (item.title or "").casefold()


def _why_none(page: Page, kind: SourceKind) -> str:
    if kind is SourceKind.SITEMAP and (nested := nested_sitemaps(page)):
        named = ", ".join(nested[:_SHOWN]) + (", …" if len(nested) > _SHOWN else "")
        return f"It is an index of {len(nested)} sitemaps. Add the one that names the articles: {named}."
    return _NOTHING[kind]
