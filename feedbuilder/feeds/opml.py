"""feeds.opml: all feeds in one file that readers import (OPML 2.0, opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from feedbuilder.feeds.feed_summary import FeedSummary, MadeOfEach
from feedbuilder.feeds.xml_texts import clean
from feedbuilder.model import Site
from feedbuilder.model.formats import RSS


def opml(site: Site, feeds: Sequence[FeedSummary]) -> bytes:
    """Return the list of `feeds`, in their order. It is undated, so that it changes only when the feeds do."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = clean(site.title) or "Feeds"
    body = etree.SubElement(root, "body")
    if feeds:
        etree.SubElement(body, "outline")
    content: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return content.replace(_PLACE, b"".join(_PLACE.replace(b"<outline/>", outline) for outline in _outlines(feeds)))


_PLACE = b"    <outline/>\n"
"""Where the outlines of feeds stand: each of them is written once, and kept."""


@MadeOfEach
def _outlines(feed: FeedSummary) -> bytes:
    """Return what the list says of `feed`."""
    attributes = {
        "type": "rss",
        "text": feed.title,
        "title": feed.title,
        "description": feed.description,
        "xmlUrl": feed.address(RSS.file),
        "htmlUrl": feed.website,
    }
    if feed.language:
        attributes["language"] = feed.language
    return etree.tostring(etree.Element("outline", attributes), encoding="UTF-8")  # type: ignore[no-any-return]
