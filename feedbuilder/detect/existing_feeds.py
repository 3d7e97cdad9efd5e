"""Which feeds a page offers already, and where others usually stand: addresses to try, the best first. Pure.

Whether an address answers with a feed is found out by whoever may fetch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feedbuilder.detect.site_systems import folder_of, root_of, system_places
from feedbuilder.model import Page
from feedbuilder.parse.decode import decode
from feedbuilder.parse.link_header import header_links
from feedbuilder.parse.links import absolute

_TYPES = {
    "application/rss+xml": "RSS",
    "application/atom+xml": "Atom",
    "application/rdf+xml": "RSS",
    "application/feed+json": "JSON Feed",
    "application/json": "JSON Feed",
    "text/xml": "RSS",
    "application/xml": "RSS",
}
_CERTAIN = frozenset(("application/rss+xml", "application/atom+xml", "application/feed+json"))
"""Types that only feeds have; of the others the address must say it too."""
_ADDRESS = re.compile(
    r"[./](?:rss|atom|rdf)(?:\d|\.xml|\.php)?/?$|/feeds?/?$|/feeds?/|[-_/](?:rss|atom|feed)[-_\w]{0,40}\.(?:xml|json|php|aspx?)$"
    r"|^/index\.xml$|/index\.xml$|/index\.rdf$|[?&](?:feed|format|alt|type|tempskin)=(?:_?rss\d?|atom|feed|rdf)"
    r"|^https?://feeds?\d?\.|feedburner\.com/",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?<!\w)(?:rss|atom|(?:news|web)?feeds?|xml|フィード|订阅|訂閱|лента)(?!\w)", re.IGNORECASE)
_READERS = re.compile(r"(?:feedly\.com|inoreader\.com|netvibes\.com|newsblur\.com|theoldreader\.com)/", re.IGNORECASE)
"""Services whose links carry the address of a feed."""
_WITHIN = re.compile(r"https?://[^&\s]+", re.IGNORECASE)
_COMMENTS = re.compile(
    r"comment|komment|coment[áa]rio|reacties|коммент|комент|评论|評論|コメント|댓글|تعليق|yorum|/replies/",
    re.IGNORECASE,
)
_OTHER = re.compile(r"oembed|wp-json|podcast|sitemap|opensearch|manifest|rsd$", re.IGNORECASE)

WELL_KNOWN = (
    "feed/",
    "rss.xml",
    "atom.xml",
    "index.xml",
    "feed.xml",
    "rss/",
    "feed.json",
    "?feed=rss2",
    "?format=feed&type=rss",
    "feeds/posts/default",
)
"""Where feeds stand without being announced, the commonest first; within the section, then at the top of the site."""
_MANY_ANCHORS = 5_000


class FeedOrigin(StrEnum):
    """How the address of a feed is known."""

    ANNOUNCED = "announced"
    """By a `<link rel="alternate">`, which is made for that."""
    LINKED = "linked"
    """By a link that says RSS, or whose address does."""
    USUAL = "usual"
    """Not at all: it is where such sites mostly have one."""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """The address of what may be a feed."""

    url: str
    found: FeedOrigin
    kind: str | None = None
    """"RSS", "Atom" or "JSON Feed" as the page says; None where it does not."""
    title: str | None = None
    system: str | None = None
    """The system that made the page and has its feeds there; None where another reason names it."""
    comments: bool = False
    """Whether it seems to hold comments rather than articles."""


def discover_feeds(page: Page) -> tuple[FeedLink, ...]:
    """Return where `page` may have feeds, each address once, the likeliest to hold its articles first.

    Announced ones come before linked ones, these before the usual places; of each kind those of the page's own section
    come first; feeds of comments come last of all. Absolute http and https addresses; never raises.
    """
    tree = LexborHTMLParser(decode(page))
    element = tree.css_first("base[href]")
    base = absolute(page.url, (element.attributes.get("href") if element else None) or "") or page.url
    links: dict[str, FeedLink] = {}
    announced = (*_announced(tree, base), *_in_header(page))
    for link in (*announced, *_linked(tree, base), *_usual(tree, page.url)):
        if link.url != page.url:
            links.setdefault(link.url.removesuffix("#"), link)
    section = urlsplit(folder_of(page.url)).path
    order = list(FeedOrigin)
    ranked = sorted(
        links.values(), key=lambda one: (one.comments, order.index(one.found), not _is_within(one, section))
    )
    return tuple(ranked)


def _in_header(page: Page) -> Iterator[FeedLink]:
    """Yield the feeds that the Link header names (RFC 8288)."""
    for link in header_links(page.links):
        kind = link.parameters.get("type", "").partition(";")[0].strip().lower()
        url = _absolute(page.url, link.address)
        if url and kind in _CERTAIN and "alternate" in link.relations:
            yield _link(url, FeedOrigin.ANNOUNCED, link.parameters.get("title") or None, _TYPES[kind])


def _absolute(base: str, address: str) -> str | None:
    """Return an address of a page as a web address; `feed:` is how some of them are written."""
    written = address.strip()
    if written[:5].lower() == "feed:":
        written = written[5:]
        written = f"http:{written}" if written.startswith("//") else written
    return absolute(base, written)


def _announced(tree: LexborHTMLParser, base: str) -> Iterator[FeedLink]:
    for node in tree.css("link[rel~=alternate i][href], link[rel~=feed i][href]"):
        kind = (node.attributes.get("type") or "").partition(";")[0].strip().lower()
        url = _absolute(base, node.attributes.get("href") or "")
        if url is None or _OTHER.search(url) or kind not in _TYPES:
            continue
        if kind in _CERTAIN or _ADDRESS.search(url):
            title = " ".join((node.attributes.get("title") or "").split()) or None
            yield _link(url, FeedOrigin.ANNOUNCED, title, _TYPES[kind])


def _linked(tree: LexborHTMLParser, base: str) -> Iterator[FeedLink]:
    for node in tree.css("a[href], area[href]")[:_MANY_ANCHORS]:
        url = _absolute(base, node.attributes.get("href") or "")
        if url is None or _OTHER.search(url):
            continue
        if _READERS.search(url):
            inner = _WITHIN.search(unquote(url[8:]))
            url = inner[0] if inner else None
        elif not (_is_address(url) or (_says_feed(node) and _is_close(url))):
            continue
        if url:
            yield _link(url, FeedOrigin.LINKED, " ".join(node.text().split())[:100] or None, None)


def _usual(tree: LexborHTMLParser, url: str) -> Iterator[FeedLink]:
    for own in system_places(tree, url):
        if not own.is_json:
            yield replace(_link(own.url, FeedOrigin.USUAL, None, None), system=own.system)
    folders = dict.fromkeys((folder_of(url), root_of(url)))
    for place in WELL_KNOWN:
        for folder in folders:
            yield _link(folder + place, FeedOrigin.USUAL, None, None)


def _link(url: str, found: FeedOrigin, title: str | None, kind: str | None) -> FeedLink:
    return FeedLink(
        url, found, kind, title, comments=bool(_COMMENTS.search(unquote(url)) or _COMMENTS.search(title or ""))
    )


def _is_address(url: str) -> bool:
    parts = urlsplit(url)
    return bool(
        _ADDRESS.search(parts.path) or _ADDRESS.search(f"?{parts.query}") or _ADDRESS.search(url.partition("?")[0])
    )


def _says_feed(node: LexborNode) -> bool:
    said = (node.text(), *(node.attributes.get(name) or "" for name in ("title", "aria-label")))
    if any(len(text) <= 40 and _LABEL.search(text) for text in said):
        return True
    return any(_LABEL.search(image.attributes.get("alt") or "") for image in node.css("img[alt]"))


def _is_close(url: str) -> bool:
    """Return whether the last part of an address says that it may be a feed, or a file of data."""
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2].lower()
    return bool(re.search(r"(?<![a-z])(?:rss|atom|feeds?)(?![a-z])|\.(?:xml|rdf|json)$", last))


def _is_within(link: FeedLink, section: str) -> bool:
    return section != "/" and urlsplit(link.url).path.startswith(section)
