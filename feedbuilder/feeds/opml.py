"""feeds.opml: all feeds in one file that readers import (OPML 2.0, opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from feedbuilder.feeds.feed_document import FeedDocument
from feedbuilder.feeds.xml_texts import clean
from feedbuilder.model import Site
from feedbuilder.model.formats import RSS


def opml(site: Site, documents: Sequence[FeedDocument]) -> bytes:
    """Return the list of `documents`, in their order. It is undated, so that it changes only when the feeds do."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = clean(site.title) or "Feeds"
    body = etree.SubElement(root, "body")
    for document in documents:
        attributes = {
            "type": "rss",
            "text": document.title,
            "title": document.title,
            "description": document.description,
            "xmlUrl": document.address(RSS.file),
            "htmlUrl": document.website,
        }
        if document.language:
            attributes["language"] = document.language
        etree.SubElement(body, "outline", attributes)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)  # type: ignore[no-any-return]
