"""What else a site offers where its page shows no list and no feed is there: lists in JSON, and sitemaps.

Only what the page or its robots.txt names is asked for, a few addresses at the most: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from feedbuilder.detect.documents import detect_document, document_kind
from feedbuilder.detect.site_systems import system_places
from feedbuilder.fetch import HttpFetcher
from feedbuilder.model import ExtractError, FetchError, NotModified, Page, SourceKind
from feedbuilder.parse.decode import decode
from feedbuilder.parse.documents.sitemap import nested_sitemaps

MOST = 2
"""Addresses of each kind that are asked for: somebody waits."""


@dataclass(frozen=True, slots=True)
class OtherWay:
    """An address that lists the articles of a site for programs."""

    url: str
    kind: SourceKind
    count: int
    """Articles that it names, or sitemaps if it is an index of such."""
    reason: str
    """How it is known, as a part of a sentence."""
    is_index: bool = False


def other_ways(page: Page, fetcher: HttpFetcher) -> list[OtherWay]:
    """Return what the site of `page` offers, of each kind the first that holds something."""
    found: dict[SourceKind, OtherWay] = {}
    for url, kind, reason in _named(page, fetcher):
        if kind not in found and (way := _tried(url, kind, reason, fetcher)):
            found[kind] = way
    return list(found.values())


def _named(page: Page, fetcher: HttpFetcher) -> Iterator[tuple[str, SourceKind, str]]:
    tree = LexborHTMLParser(decode(page))
    lists = [place for place in system_places(tree, page.url) if place.is_json]
    yield from ((place.url, SourceKind.JSON, f"the page is made by {place.system}") for place in lists[:MOST])
    host = urlsplit(page.url).netloc
    own = [url for one in fetcher.sitemaps(page.url) if urlsplit(url := urljoin(page.url, one)).netloc == host]
    yield from ((url, SourceKind.SITEMAP, "robots.txt names it") for url in own[:MOST])


def _tried(url: str, kind: SourceKind, reason: str, fetcher: HttpFetcher) -> OtherWay | None:
    """Return what is at `url` if it is of this `kind` and holds something."""
    try:
        answer = fetcher.get(url)
        if isinstance(answer, NotModified) or document_kind(answer) is not kind:
            return None
        candidates = detect_document(answer, kind).candidates
        nested = nested_sitemaps(answer) if kind is SourceKind.SITEMAP and not candidates else []
    except (FetchError, ExtractError):
        return None
    if candidates:
        return OtherWay(url, kind, len(candidates[0].items), reason)
    return OtherWay(url, kind, len(nested), reason, is_index=True) if nested else None
