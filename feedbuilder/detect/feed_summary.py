"""Whether an answer is a feed, and which articles it holds. Pure; reads no more of a feed than that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin

from lxml import etree

from feedbuilder.model import Page
from feedbuilder.parse.documents.json_feed import entries_of, json_feed_in
from feedbuilder.parse.identity import canonical_url, host_of

_ROOTS = {"rss": "RSS", "RDF": "RSS", "feed": "Atom"}
_MOST = 1000


@dataclass(frozen=True, slots=True)
class FeedSeen:
    """A feed that a site offers."""

    url: str
    kind: str
    """"RSS", "Atom" or "JSON Feed"."""
    entries: int
    canonicals: frozenset[str]
    """The canonical addresses of its articles."""
    is_well_formed: bool = True
    """Whether it has no mistakes of syntax, over which many readers stumble."""
    system: str | None = None
    """The system that made the page and has its feed there, if that is how it was found."""

    @property
    def is_of_use(self) -> bool:
        """Return whether people can subscribe to it: it can be read, and something stands in it."""
        return self.is_well_formed and self.entries > 0

    def serves(self, page: Page) -> bool:
        """Return whether it is of use for the site of `page`: an address that was sold leads to another site's."""
        hosts = {canonical.partition("/")[0].partition("?")[0].partition(":")[0] for canonical in self.canonicals}
        own = any(_is_one_site(host_of(page.url), host) for host in hosts)
        return self.is_of_use and (own or _lists_any(page, self.canonicals))


def read_feed(page: Page) -> FeedSeen | None:
    """Return what `page` holds if it is an RSS, Atom or JSON feed, None if it is anything else.

    Mistakes in the XML are passed over, as readers do. A feed without entries is one.
    """
    start = page.body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return _json_feed(page)
    if not start.startswith(b"<"):
        return None
    # No entities and no network: the answer of a stranger.
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(page.body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    kind = _ROOTS.get(_name(root)) if root is not None else None
    if kind is None:
        return None
    entries = list(islice(root.iter("{*}item", "{*}entry"), _MOST))
    links = (link for entry in entries for link in _links(entry))
    return FeedSeen(page.url, kind, len(entries), _canonicals(page, links), not _has_mistakes(parser))


def _has_mistakes(parser: etree.XMLParser) -> bool:
    """Return whether something was no XML; entities that nobody declared are passed over by most readers."""
    return any(error.level >= etree.ErrorLevels.ERROR for error in parser.error_log)


def _is_one_site(one: str, other: str) -> bool:
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _lists_any(page: Page, canonicals: frozenset[str]) -> bool:
    """Return whether the page, which may list what stands on other sites, names one of these addresses."""
    text = page.body.decode("utf-8", "replace")
    return any(canonical in text for canonical in canonicals)


def _json_feed(page: Page) -> FeedSeen | None:
    feed = json_feed_in(page)
    if feed is None:
        return None
    entries = entries_of(feed)[:_MOST]
    links = (link for one in entries for link in [one.get("url")] if isinstance(link, str))
    return FeedSeen(page.url, "JSON Feed", len(entries), _canonicals(page, links))


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _links(entry: etree._Element) -> Iterator[str]:
    for element in entry:
        if _name(element) == "link" and element.get("rel", "alternate") == "alternate":
            yield (element.get("href") or element.text or "").strip()


def _canonicals(page: Page, links: Iterator[str]) -> frozenset[str]:
    found = (_canonical(page, link) for link in links if link)
    return frozenset(canonical for canonical in found if canonical)


def _canonical(page: Page, link: str) -> str | None:
    try:
        return canonical_url(urljoin(page.url, link))
    except ValueError:
        return None
