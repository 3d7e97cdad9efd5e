"""A feed of somebody else -> what its entries say. RSS and Atom are read by feedparser, JSON Feed as data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import islice
from typing import Any

from bs4 import BeautifulSoup

from feedbuilder.model import Page, PageNames, Selectors, Source
from feedbuilder.parse.data.entries import read_entry
from feedbuilder.parse.data.paths import texts
from feedbuilder.parse.data.read_data import MANY, Findings
from feedbuilder.parse.documents.json_feed import entries_of, json_feed_in
from feedbuilder.parse.limits import LONGEST_ADDRESS
from feedbuilder.parse.plain_text import NAME_LIMIT, SUMMARY_LIMIT, TITLE_LIMIT, clean, text_of
from feedbuilder.parse.raw_card import RawCard, RawLink

_JSON_FEED = Selectors.model_validate(
    {
        "from": "document",
        "item": "items",
        "link": ["url", "external_url", "id"],
        "author": ["authors.name", "author.name"],
        "tags": "tags",
    }
)
"""https://www.jsonfeed.org/version/1.1/"""
_BLOCK = re.compile(r"<(?:p|li|h[1-6]|blockquote|figure|tr)\b", re.IGNORECASE)
_PARTS = 20
"""Links, authors, tags and files of one entry that are looked at."""
_LONGEST_DATE = 100
_LONGEST_HTML = 50_000
_LONGEST_CONTENT = 400_000


def read_foreign_feed(page: Page, source: Source) -> Findings:
    """Return what the entries of the feed `page` say, in its order. Never raises: what is no feed says nothing."""
    if page.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
        return _xml_feed(page)
    feed = json_feed_in(page, source.language)
    if feed is None:
        return Findings((), False, None, "")
    cards = tuple(_json_card(one) for one in entries_of(feed)[:MANY])
    return Findings(cards, True, None, str(feed.get("title") or ""))


def feed_names(page: Page, source: Source) -> PageNames:
    """Return how a feed calls itself."""
    return PageNames(_text(read_foreign_feed(page, source).title, NAME_LIMIT))


def _json_card(entry: Mapping[str, Any]) -> RawCard:
    said = next((one for key in ("summary", "content_text", "content_html") if (one := entry.get(key))), None)
    return replace(
        read_entry(entry, _JSON_FEED),
        summary=_text(said, SUMMARY_LIMIT),
        media=tuple(_attachments(entry)),
        content=_content(entry.get("content_html"), entry.get("content_text")),
    )


def _attachments(entry: Mapping[str, Any]) -> Iterator[str]:
    """Yield the addresses of sound and video of an entry."""
    for one in _parts(entry, "attachments"):
        if str(one.get("mime_type", "")).startswith(("audio/", "video/")):
            yield from islice(texts(one.get("url")), 1)


def _xml_feed(page: Page) -> Findings:
    import feedparser  # noqa: PLC0415 - loaded by who reads feeds

    # Bytes in a file: a text that looks like an address would be fetched.
    headers = {"content-type": page.content_type or "application/xml", "content-location": page.url}
    found = feedparser.parse(BytesIO(page.body), response_headers=headers, sanitize_html=False)
    cards = tuple(_card(entry) for entry in found.entries[:MANY])
    return Findings(cards, bool(found.get("version") or cards), None, str(found.feed.get("title", "")))


def _card(entry: dict[str, Any]) -> RawCard:
    links = [entry.get("feedburner_origlink"), entry.get("link")]
    links += [one.get("href") for one in _parts(entry, "links") if one.get("rel") == "alternate"]
    own = str(entry.get("id") or "")
    if own.startswith(("http://", "https://")):
        links.append(own)
    body = " ".join(str(one.get("value") or "") for one in _parts(entry, "content"))
    return RawCard(
        links=tuple(RawLink(one) for one in dict.fromkeys(filter(None, links)) if len(one) <= LONGEST_ADDRESS),
        title=_text(entry.get("title"), TITLE_LIMIT),
        guess=False,
        # Of the entry's own: feedparser would take one for the other, and warn of it.
        dates=tuple(str(said)[:_LONGEST_DATE] for key in ("published", "updated") if (said := dict.get(entry, key)))[
            :1
        ],
        summary=_text(entry.get("summary"), SUMMARY_LIMIT) or _text(body, SUMMARY_LIMIT),
        images=tuple(dict.fromkeys(_pictures(entry))),
        media=tuple(dict.fromkeys(one["href"] for one in _files(entry, "audio/", "video/"))),
        authors=_names(one.get("name") for one in _parts(entry, "authors")),
        tags=_names(one.get("label") or one.get("term") for one in _parts(entry, "tags")),
        content=_content(body, dict.get(entry, "summary")),
    )


def _parts(entry: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
    try:
        found = entry.get(key)
    except TypeError:  # feedparser makes enclosures of links, which may be a text
        return []
    return [one for one in found[:_PARTS] if isinstance(one, Mapping)] if isinstance(found, list) else []


def _files(entry: Mapping[str, Any], *kinds: str) -> Iterator[Mapping[str, Any]]:
    for one in (*_parts(entry, "enclosures"), *_parts(entry, "media_content")):
        kind = str(one.get("type") or f"{one.get('medium', '')}/")
        href = one.get("href") or one.get("url")
        if href and kind.startswith(kinds):
            yield {"href": str(href)}


def _pictures(entry: Mapping[str, Any]) -> Iterator[str]:
    for one in _parts(entry, "media_thumbnail"):
        if one.get("url"):
            yield str(one["url"])
    yield from (one["href"] for one in _files(entry, "image/"))
    image = entry.get("image")
    if isinstance(image, Mapping) and image.get("href"):
        yield str(image["href"])


def _content(whole: Any, other: Any) -> str | None:
    """Return the text of an entry: the `whole` one, else the `other` where that has several parts."""
    if text := str(whole or "").strip()[:_LONGEST_CONTENT]:
        return text
    text = str(other or "").strip()[:_LONGEST_CONTENT]
    return text if len(text) > SUMMARY_LIMIT or len(_BLOCK.findall(text)) > 1 else None


def _text(value: Any, limit: int) -> str | None:
    """Return the text of what may be HTML, as titles and summaries of feeds are."""
    text = str(value or "")
    if "<" in text or "&" in text:
        text = text_of(BeautifulSoup(text[:_LONGEST_HTML], "lxml"))
    return clean(text, limit)


def _names(values: Iterator[Any]) -> tuple[str, ...]:
    found = (_text(value, NAME_LIMIT) for value in values)
    return tuple(dict.fromkeys(name for name in found if name))
