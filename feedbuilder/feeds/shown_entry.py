"""An entry as all formats show it: texts, addresses and dates decided once, so that all formats agree.

Knows nothing of XML, JSON and HTML pages, but for the fragment of HTML that readers show as an entry.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lxml.html import fragment_fromstring

from feedbuilder.feeds.tagging import Tagging
from feedbuilder.feeds.xml_texts import (
    beginning,
    clean,
    language_code,
    local,
    public_address,
    readable_address,
    web_address,
)
from feedbuilder.model import ImageDetails, Precision, Source, StoredItem
from feedbuilder.model.enclosures import MediaFile, enclosure_type
from feedbuilder.model.entry_rules import EntryRules
from feedbuilder.model.markup import sanitise

EXCERPT_LENGTH = 300
"""Characters of the text that stand for a summary where a format needs one."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The site that an entry comes from: RSS `<source>`, `atom:source` (RFC 4287 §4.2.11)."""

    title: str
    """What people call it; never empty."""
    address: str
    """Of its page, in ASCII, without what may be secret."""
    language: str | None
    """BCP 47; None where the configuration does not name it."""

    @classmethod
    def of(cls, item: StoredItem, sources: Sequence[Source], link: str) -> Origin:
        """Return the first of `sources` that lists `item`; the site that `link` leads to where none does any more."""
        for source in sources:
            if source.id in item.sources:
                address = web_address(public_address(source.home or source.url)) or link
                return cls(clean(source.name) or source.id, address, language_code(source.language))
        return cls(readable_address(link).partition("/")[0] or link, link, None)


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as all formats show it."""

    id: str
    title: str
    """Never empty: the site's, else the beginning of the summary, else the address."""
    link: str
    """An ASCII http(s) address."""
    summary: str | None
    authors: tuple[str, ...]
    image: str | None
    """An ASCII http(s) address."""
    image_details: ImageDetails
    """What is known of the picture; nothing where there is none."""
    enclosures: tuple[MediaFile, ...]
    """ASCII http(s) addresses of sound and video."""
    tags: tuple[str, ...]
    published: datetime
    """To the second, with the offset of the site's zone."""
    updated: datetime
    """As `published`; the same where nothing changed since."""
    has_time: bool
    """Whether the time of `published` means something; else the site gave only the day."""
    content: str | None
    """The whole text: a fragment of HTML with nothing in it that `model.markup` does not allow."""
    origin: Origin

    @property
    def html(self) -> str:
        """Return what a reader shows below the title: the whole text, else picture and summary; may be empty."""
        if self.content:
            return self.content
        picture = f"<p>{self._picture()}</p>" if self.image else ""
        summary = f"<p>{html.escape(self.summary, quote=False)}</p>" if self.summary else ""
        return "\n".join(part for part in (picture, summary) if part)

    @property
    def full(self) -> str | None:
        """Return what RSS and Atom hold as the content of the entry, besides its summary; None for a summary alone.

        A picture with a caption makes one: feedparser takes `media:description` for the content where there is none.
        """
        return self.content or (self.html if self.image_details.description else None)

    def _picture(self) -> str:
        known = self.image_details
        given = {"src": self.image, "alt": known.description or "", "width": known.width, "height": known.height}
        written = (f'{name}="{html.escape(str(one))}"' for name, one in given.items() if one is not None)
        return f"<img {' '.join(written)}>"

    @property
    def excerpt(self) -> str | None:
        """Return the summary as plain text, else the beginning of the whole text; None where there is neither."""
        if self.summary or not self.content:
            return self.summary
        text = clean(" ".join(fragment_fromstring(self.content, create_parent="div").itertext()))
        return beginning(text, EXCERPT_LENGTH) if text else None


def cleaned(item: StoredItem) -> StoredItem:
    """Return `item` with clean texts. Extraction cleans them too; a seeded or older store may hold others.

    Markup is sanitised here once more, for this is the last gate before it is published.
    """
    return replace(
        item,
        title=clean(item.title),
        summary=clean(item.summary),
        authors=tuple(name for author in item.authors if (name := clean(author))),
        tags=tuple(name for tag in item.tags if (name := clean(tag))),
        own_tags=tuple(name for tag in item.own_tags if (name := clean(tag))),
        link=clean(item.link) or "",
        canonical=clean(item.canonical) or "",
        image=clean(item.image),
        content_html=sanitise(item.content_html) if item.content_html else None,
    )


def show(
    item: StoredItem, sources: Sequence[Source], page: str, tagging: Tagging, change: EntryRules | None = None
) -> Entry:
    """Return the clean `item` as a feed shows it that words it by `change`.

    `page` is the address that an entry without one leads to.
    """
    # A link that is no web address cannot come from extraction. The entry is kept, for its id is out.
    link = web_address(item.link) or page
    title = item.title or (beginning(item.summary) if item.summary else beginning(readable_address(link)))
    entry = Entry(
        id=item.id,
        title=title,
        link=link,
        summary=item.summary,
        authors=item.authors,
        image=(image := web_address(item.image)),
        image_details=_details(item.image_details) if image and item.image_details else ImageDetails(),
        enclosures=tuple(_files(item)),
        tags=tuple(name for tag in tagging.shown(item.tags) if (name := clean(tag))),
        published=local(item.published, item.zone),
        updated=local(item.updated, item.zone),
        has_time=item.precision is not Precision.DAY,
        content=item.content_html,
        origin=Origin.of(item, sources, link),
    )
    return _worded(entry, change) if change is not None and change.model_fields_set else entry


def _worded(entry: Entry, change: EntryRules) -> Entry:
    """Return `entry` as its feed words it."""
    said = {
        "title": entry.title,
        "summary": entry.summary or "",
        "source": entry.origin.title,
        "author": ", ".join(entry.authors),
        "tags": ", ".join(entry.tags),
        "date": entry.published.date().isoformat(),
    }
    title = clean(change.title.made("title", said)) if change.title else None
    summary = clean(change.summary.made("summary", said)) if change.summary else entry.summary
    return replace(entry, title=title or entry.title, summary=summary)


def _files(item: StoredItem) -> Iterator[MediaFile]:
    """Yield the files of `item`, each with a media type; their sizes where servers told them."""
    told = {file.url: file for file in item.files}
    for one in item.enclosures:
        if url := web_address(clean(one)):
            known = told.get(one, MediaFile(one))
            yield MediaFile(url, known.kind or enclosure_type(url), known.size)


def _details(known: ImageDetails) -> ImageDetails:
    return replace(known, description=clean(known.description), credit=clean(known.credit))
