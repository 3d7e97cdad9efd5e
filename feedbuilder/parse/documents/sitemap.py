"""A sitemap -> the articles that it names, those modified last first; an index of sitemaps -> where those are.

https://www.sitemaps.org/protocol.html, with the extensions for news and pictures, packed or not, and plain lists of
addresses. `lastmod` says when a page was last touched, not when its article appeared: it orders, and dates nothing.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from feedbuilder.model import ExtractError, Page
from feedbuilder.model.source_kind import LARGEST_SITEMAP
from feedbuilder.parse.data.read_data import Findings
from feedbuilder.parse.limits import LONGEST_ADDRESS
from feedbuilder.parse.plain_text import TITLE_LIMIT, clean
from feedbuilder.parse.raw_card import RawCard, RawLink

MOST = 50_000
"""Addresses of one sitemap, as the protocol allows."""
_PACKED = b"\x1f\x8b"
_ROOT = re.compile(rb"<(?:\w{1,20}:)?(?:urlset|sitemapindex)[\s>]")
_BEFORE = b"\xef\xbb\xbf \t\r\n"
_HEAD = 4_000
"""Bytes within which the root stands, below comments and instructions."""
_MOMENT = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T[\d:.]{4,20}(?:Z|[+-]\d\d:?\d\d)?)?)?)?")


@dataclass(frozen=True, slots=True)
class _Named:
    """One `<url>` or `<sitemap>`."""

    texts: dict[str, str]
    """By local name, those of the extensions after a colon: "loc", "news:title"."""

    @property
    def modified(self) -> str:
        """Return when it was last modified, comparable as far as it is written; "" if it does not say."""
        said = self.texts.get("lastmod", "") or self.texts.get("news:publication_date", "")
        return said if _MOMENT.fullmatch(said) else ""


def read_sitemap(page: Page) -> Findings:
    """Return what the sitemap `page` says of articles, those modified last first, of one moment in its order.

    An index names none. Raises ExtractError for one that is too large.
    """
    named, kind = _read(page)
    newest = sorted(named, key=lambda one: one.modified, reverse=True) if kind == "url" else []
    return Findings(tuple(map(_card, newest)), kind is not None, None, "", names_others=kind == "sitemap")


def is_sitemap(page: Page) -> bool:
    """Return whether `page` is a sitemap or an index of some, by its root; a list of lines is only by its source."""
    return _ROOT.search(page.body[:_HEAD]) is not None or page.body.startswith(_PACKED)


def nested_sitemaps(page: Page) -> list[str]:
    """Return the addresses of the sitemaps that the index `page` names, those modified last first; of others none.

    Where none says when it was modified, the last ones come first: sites number them, and fill the last.
    """
    named, kind = _read(page)
    if kind != "sitemap":
        return []
    if not any(one.modified for one in named):
        named.reverse()
    ordered = sorted(named, key=lambda one: one.modified, reverse=True)
    return [one.texts["loc"] for one in ordered]


def of_one_kind(addresses: Sequence[str]) -> bool:
    """Return whether sitemaps hold the same kind of pages, by their names: sitemap-1.xml, sitemap-2.xml.gz.

    Others are of posts, of categories, of authors; which of them was modified last says nothing.
    """
    return len({re.sub(r"\d+", "", address.removesuffix(".gz")) for address in addresses}) <= 1


def how_dated(page: Page) -> tuple[int, int]:
    """Return how many pages the sitemap `page` names, and of how many it says when they were modified."""
    named, kind = _read(page)
    pages = named if kind == "url" else []
    return len(pages), sum(bool(one.modified) for one in pages)


def _read(page: Page) -> tuple[list[_Named], str | None]:
    """Return what `page` names and as what ("url", "sitemap"; None: it is no sitemap)."""
    body = _unpacked(page)
    if not body.lstrip(_BEFORE).startswith(b"<"):
        return _lines(body.lstrip(_BEFORE))
    kind: str | None = None
    found: list[_Named] = []
    try:
        for _, element in etree.iterparse(
            BytesIO(body), events=("end",), resolve_entities=False, no_network=True, recover=True, load_dtd=False
        ):
            name = _parted(element)[1]
            if name in ("url", "sitemap"):
                kind = kind or name
                one = _Named(dict(_texts(element)))
                if name == kind and 0 < len(one.texts.get("loc", "")) <= LONGEST_ADDRESS:
                    found.append(one)
                element.clear()
                if len(found) >= MOST:
                    break
            elif name in ("urlset", "sitemapindex"):
                kind = kind or {"urlset": "url", "sitemapindex": "sitemap"}[name]
    except etree.XMLSyntaxError:
        pass  # what could be read before it counts
    return found, kind


def _lines(body: bytes) -> tuple[list[_Named], str | None]:
    """Return what a sitemap of lines names: one address in each."""
    lines = body.decode("utf-8", "replace").split()
    found = [_Named({"loc": line}) for line in lines[:MOST] if line.startswith(("http://", "https://"))]
    return found, "url" if found and len(found) == len(lines[:MOST]) else None


def _texts(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the texts below a `<url>`, the innermost last, by local name; those of extensions with their prefix."""
    for inner in element.iter():
        if inner is element or not (inner.text or "").strip():
            continue
        space, local = _parted(inner)
        extension = next((one for one in ("news", "image", "video") if one in space.rpartition("/schemas/")[2]), None)
        if local:
            yield f"{extension}:{local}" if extension else local, " ".join((inner.text or "").split())


def _parted(element: etree._Element) -> tuple[str, str]:
    """Return the name space of an element and its name; a prefix that nobody declared is all there is of the first."""
    if not isinstance(element.tag, str):
        return "", ""
    space, _, name = element.tag.rpartition("}")
    prefix, _, local = name.rpartition(":")
    return space or f"/schemas/{prefix}", local


def _card(named: _Named) -> RawCard:
    texts = named.texts
    return RawCard(
        links=(RawLink(texts["loc"]),),
        title=clean(texts.get("news:title", ""), TITLE_LIMIT),
        guess=False,
        dates=(texts["news:publication_date"],) if "news:publication_date" in texts else (),
        images=(texts["image:loc"],) if "image:loc" in texts else (),
        tags=tuple(filter(None, (one.strip() for one in texts.get("news:keywords", "").split(","))))[:20],
    )


def _unpacked(page: Page) -> bytes:
    if not page.body.startswith(_PACKED):
        return page.body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        body = unpacker.decompress(page.body, LARGEST_SITEMAP)
    except zlib.error as error:
        raise ExtractError(f"{page.url} cannot be unpacked: {error}. Is it a sitemap?") from error
    if unpacker.unconsumed_tail:
        raise ExtractError(f"{page.url} has more than {LARGEST_SITEMAP:,} bytes unpacked, which no sitemap may have.")
    return body
