"""Documents instead of pages: of which kind an answer is, and the lists of articles that it may be read as. Pure.

A page is what is left.
"""

from __future__ import annotations

from collections.abc import Iterator
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
from feedbuilder.parse.documents.sitemap import is_sitemap, nested_sitemaps

_ARTICLES = {SourceKind.FEED: "a feed", SourceKind.JSON: "in JSON", SourceKind.SITEMAP: "a sitemap"}
_NOTHING = {
    SourceKind.FEED: "It is a feed in which nothing stands now.",
    SourceKind.JSON: "It is an answer in JSON in which no list of articles was found: titles with dates or summaries.",
    SourceKind.SITEMAP: "It is a sitemap that names no pages.",
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
) -> Detection:
    """Return the lists of articles of a document of this `kind`, which is no page; see `detect`."""
    found: list[Candidate] = []
    for number, selectors in enumerate(_selectors(page, kind)):
        items = _items(page, kind, selectors, language, zone)
        if items and (not example or any(_holds(item, example) for item in items)):
            reason = Reason("document", 1.0 - number / 10, f"the answer is {_ARTICLES[kind]}")
            found.append(
                Candidate(Selectors.model_validate(selectors), items, reason.points, (reason,), {"kind": kind})
            )
    return Detection(tuple(found), None if found else _why_none(page, kind), language)


def _selectors(page: Page, kind: SourceKind) -> Iterator[dict[str, Any]]:
    if kind is not SourceKind.JSON:
        yield {"from": DataPlace.DOCUMENT}
        return
    for found in find_lists(parse(decode(page)), ()):
        yield {"from": DataPlace.DOCUMENT, "item": found.item, **found.rules}


def _items(
    page: Page, kind: SourceKind, selectors: dict[str, Any], language: str | None, zone: ZoneInfo | None
) -> tuple[Item, ...]:
    source = {"id": "found", "url": page.url, "kind": kind, "selectors": selectors}
    try:
        return extract(page, Source.model_validate({**source, "language": language, "timezone": zone}))
    except (ExtractError, ValidationError):
        return ()


def _holds(item: Item, example: str) -> bool:
    return example.casefold() in (item.title or "").casefold()


def _why_none(page: Page, kind: SourceKind) -> str:
    if kind is SourceKind.SITEMAP and (nested := nested_sitemaps(page)):
        return (
            f"It is an index of {len(nested)} sitemaps. Add the one that names the articles, such as {nested[0]}, or "
            'write a source with kind = "sitemap", which reads those that were modified last.'
        )
    return _NOTHING[kind]
