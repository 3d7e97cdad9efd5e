"""Our one feedgen extension: it mends what feedgen 1.0 leaves out or writes wrongly, in RSS and in Atom.

- RSS: `sy:` elements (feedgen's own have invalid names), `dc:creator` (feedgen drops authors without an e-mail
  address), `source` without a feed of its own, `atom:updated`, `content:encoded` (feedgen makes it the description of
  an entry without a summary).
- Atom: entry links keep their `rel` (feedgen sets it on the wrong object), `atom:source` of a site.
- Both: where links stand, archive documents and the links between them (RFC 5005), the language of an entry, Media RSS
  (feedgen's media extension writes a name that no reader knows).

Knows lxml trees and plain values; texts come in clean.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from feedbuilder.feeds.shown_entry import Origin
from feedbuilder.model import ImageDetails
from feedbuilder.model.enclosures import MediaFile

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
FH = "http://purl.org/syndication/history/1.0"
MEDIA = "http://search.yahoo.com/mrss/"
SY = "http://purl.org/rss/1.0/modules/syndication/"

NAME = "feedbuilder"
"""The attribute under which feedgen hangs the extension on feeds and entries."""

_PERIODS = (
    ("hourly", timedelta(hours=1)),
    ("daily", timedelta(days=1)),
    ("weekly", timedelta(weeks=1)),
    ("monthly", timedelta(days=30)),
    ("yearly", timedelta(days=365)),
)


def update_rhythm(interval: timedelta) -> tuple[str, int]:
    """Return `interval` as `sy:updatePeriod` and `sy:updateFrequency`: 30 minutes are ("hourly", 2).

    The shortest period that the interval divides, else the shortest that holds it, rounded down, so that no reader
    is told to come more often than the source is read.
    """
    holding = [(name, period) for name, period in _PERIODS if period >= interval] or [_PERIODS[-1]]
    name, period = next((pair for pair in holding if not pair[1] % interval), holding[0])
    return name, max(period // interval, 1)


def _link(name: str, rel: str, media_type: str | None, address: str) -> Any:
    return etree.Element(name, {"href": address, "rel": rel, **({"type": media_type} if media_type else {})})


class FeedExtension(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """What feedgen leaves out of the feed itself."""

    def __init__(self) -> None:
        self.interval: timedelta | None = None
        self.links: Sequence[tuple[str, str | None, str]] = ()
        """Links besides that to the home page: rel, media type (None: it has none), address.

        feedgen would refuse those of RFC 5005.
        """
        self.is_archive = False
        """Whether the feed is an archive document (RFC 5005 §4)."""
        self.has_contents = False
        """Whether an entry of the RSS channel has its whole text."""

    def extend_ns(self) -> dict[str, str]:
        """Return all namespaces; those that a format does not use are taken away again below."""
        return {"dc": DC, "fh": FH, "media": MEDIA, "sy": SY}

    def extend_rss(self, feed: Any) -> Any:
        """Add links and rhythm to the channel.

        The links go before the channel's own: readers that know no namespaces take the last `link` for the home page.
        """
        channel = feed[0]
        for place, (rel, media_type, address) in enumerate(self.links):
            channel.insert(place, _link(f"{{{ATOM}}}link", rel, media_type, address))
        if self.is_archive:
            etree.SubElement(channel, f"{{{FH}}}archive")
        if self.interval:
            period, frequency = update_rhythm(self.interval)
            etree.SubElement(channel, f"{{{SY}}}updatePeriod").text = period
            etree.SubElement(channel, f"{{{SY}}}updateFrequency").text = str(frequency)
        # Entries are added after this: what they use has to be named here.
        prefixes = ["atom", "dc", "media", "sy", *(["content"] if self.has_contents else [])]
        etree.cleanup_namespaces(feed, keep_ns_prefixes=prefixes)
        return feed

    def extend_atom(self, feed: Any) -> Any:
        """Add links behind that to the home page, and leave only the namespaces that are used."""
        home = feed.find("link")
        # feedgen writes the namespace of Atom as an attribute: for lxml its elements are in none, and so are ours.
        for rel, media_type, address in reversed(self.links):
            home.addnext(_link("link", rel, media_type, address))
        if self.is_archive:
            etree.SubElement(feed, f"{{{FH}}}archive")
        etree.cleanup_namespaces(feed, keep_ns_prefixes=["media"])
        return feed


class EntryExtension(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """What feedgen leaves out of an entry."""

    def __init__(self) -> None:
        self.content: str | None = None
        """For RSS: the whole text, as HTML."""
        self.creators: Sequence[str] = ()
        self.image: str | None = None
        self.image_details = ImageDetails()
        self.enclosures: Sequence[MediaFile] = ()
        self.language: str | None = None
        """None where it is that of the feed, or not known."""
        self.origin: Origin | None = None
        """None where all entries of the feed come from one source."""
        self.updated: datetime | None = None
        """For RSS, which has no such date of its own; None where nothing changed since publication."""

    def extend_rss(self, entry: Any) -> Any:
        """Add the whole text, authors, origin, language, date of change and picture to an RSS item."""
        if self.content:
            etree.SubElement(entry, f"{{{CONTENT}}}encoded").text = self.content
        for creator in self.creators:
            etree.SubElement(entry, f"{{{DC}}}creator").text = creator
        for file in self.enclosures[:1]:  # readers take one per item; 0 is what is written where nobody said how long
            length, kind = str(file.size or 0), file.kind or ""
            etree.SubElement(entry, "enclosure", url=file.url, length=length, type=kind)
        if self.origin:
            etree.SubElement(entry, "source", url=self.origin.address).text = self.origin.title
        if self.language:
            etree.SubElement(entry, f"{{{DC}}}language").text = self.language
        if self.updated:
            etree.SubElement(entry, f"{{{ATOM}}}updated").text = self.updated.isoformat()
        return self._add_picture(entry)

    def extend_atom(self, entry: Any) -> Any:
        """Name the relation of the link to the article; add origin, language and picture."""
        for link in entry.findall("link"):
            link.set("rel", "alternate")
        for file in self.enclosures:
            length = {"length": str(file.size)} if file.size else {}
            etree.SubElement(entry, "link", href=file.url, rel="enclosure", type=file.kind or "", **length)
        if self.language:
            entry.set("{http://www.w3.org/XML/1998/namespace}lang", self.language)
        if self.origin:
            source = etree.SubElement(entry, "source")
            etree.SubElement(source, "id").text = self.origin.address
            etree.SubElement(source, "title").text = self.origin.title
            etree.SubElement(source, "link", href=self.origin.address, rel="alternate", type="text/html")
        return self._add_picture(entry)

    def _add_picture(self, entry: Any) -> Any:
        """Add the picture as Media RSS 1.5 has it: readers look for either element."""
        if self.image:
            known = self.image_details
            content = etree.SubElement(entry, f"{{{MEDIA}}}content", url=self.image, medium="image")
            for side, pixels in (("width", known.width), ("height", known.height)):
                if pixels:
                    content.set(side, str(pixels))
            if known.description:
                etree.SubElement(content, f"{{{MEDIA}}}description", type="plain").text = known.description
            if known.credit:
                etree.SubElement(content, f"{{{MEDIA}}}credit").text = known.credit
            etree.SubElement(entry, f"{{{MEDIA}}}thumbnail", url=self.image)
        return entry
