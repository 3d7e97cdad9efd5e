"""What our own feed.json files remember: the items of a lost store, ids and dates included.

The other half of `jsonfeed`. The bytes come from outside: nothing in them is trusted, and nothing in them raises.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from feedbuilder.feeds.jsonfeed import FORMAT
from feedbuilder.feeds.xml_texts import clean, web_address
from feedbuilder.model import ArticleStatement, Identity, Known, Precision, Statement, StoredItem, TagFeed
from feedbuilder.model.feed import SLUG_PATTERN
from feedbuilder.model.formats import OUR_MARK
from feedbuilder.model.markup import sanitise
from feedbuilder.model.wording import tag_key

MOST_POSITION = 2**31 - 1
"""What the databases hold; no page is so long."""


def read_feed_json(content: bytes) -> tuple[Known, ...]:
    """Return what the feed.json `content` remembers, in its order; () for a file that is not ours, or is broken.

    Ids, dates, texts and sources are those of the items that were published. What only the store knew is assumed:
    each source is taken to have listed the whole entry, with all its own tags, and for the last time when it last
    changed. All items count as announced, for readers know their dates. An item may stand in several feeds, with the
    same values. A broken item is left out.
    """
    try:
        feed = json.loads(content)
    except (ValueError, RecursionError):
        return ()
    if not _is_ours(feed):
        return ()
    return tuple(known for item in feed["items"] if (known := _known(item)))


def read_tag_feeds(content: bytes) -> tuple[TagFeed, ...]:
    """Return the addresses that the feed.json `content` says tags were given; () for a file that is not ours."""
    try:
        feed = json.loads(content)
        made = feed[OUR_MARK].get("tag_feeds", []) if _is_ours(feed) else []
        return tuple(_tag_feed(entry["slug"], entry["table"], entry["tag"]) for entry in made)
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        return ()


def _tag_feed(slug: Any, table: Any, tag: Any) -> TagFeed:
    key = tag_key(_text(tag))
    if not re.fullmatch(SLUG_PATTERN, slug) or (table != "" and not re.fullmatch(SLUG_PATTERN, table)) or not key:
        raise ValueError("no address of ours")
    return TagFeed(slug, table, key, tag)


def _is_ours(feed: Any) -> bool:
    return (
        isinstance(feed, dict)
        and isinstance(feed.get("items"), list)
        and isinstance(mark := feed.get(OUR_MARK), dict)
        and mark.get("format") == FORMAT
    )


def _known(item: Any) -> Known | None:
    try:
        stored = _stored(item, item[OUR_MARK])
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError, OSError):
        # ZoneInfo alone raises four of these, and IsADirectoryError, for names that a hostile file might hold.
        return None
    identity = Identity(
        stored.id,
        stored.canonical,
        stored.published,
        stored.precision,
        stored.zone,
        stored.first_seen,
        stored.position,
    )
    statements = tuple(
        Statement(
            source=source,
            link=stored.link,
            title=stored.title,
            summary=stored.summary,
            authors=stored.authors,
            image=stored.image,
            enclosures=stored.enclosures,
            tags=stored.own_tags,
            first_seen=stored.first_seen,
            last_seen=stored.last_seen,
            assumed=True,
        )
        for source in stored.sources
    )
    article = ArticleStatement(stored.title, stored.authors, stored.image, stored.own_tags, stored.content_html)
    return Known(identity, stored, statements, announced=True, article=article if stored.was_read else None)


def _stored(item: Mapping[str, Any], ours: Mapping[str, Any]) -> StoredItem:
    held = {"title": item.get("title"), "link": item["url"], "image": item.get("image")}
    held |= {"published": item["date_published"], "tags": item.get("tags", [])}
    held |= {"content_html": item.get("content_html")} | ours.get("said", {})
    first_seen, changed = _moment(ours["first_seen"]), _moment(ours["changed"])
    link = _text(held["link"])
    if web_address(link) is None or not item["id"].startswith("urn:uuid:"):
        raise ValueError("no entry of ours")
    content = _markup(held["content_html"] or None)
    return StoredItem(
        id=_text(item["id"]),
        canonical=_text(ours["canonical"]),
        link=link,
        title=_optional(held["title"]),
        # Files of 0.1 have the summary of an entry without a whole text as `content_text`.
        summary=_optional(item.get("summary") or item.get("content_text") or None),
        authors=tuple(_text(author["name"]) for author in item.get("authors", ())),
        image=_optional(held["image"]),
        enclosures=tuple(_text(one["url"]) for one in item.get("attachments", ())),
        tags=_texts(held["tags"]),
        sources=_texts(ours["sources"]),
        published=_moment(held["published"]),
        precision=Precision(ours["precision"]),
        zone=ZoneInfo(ours["zone"]),
        first_seen=first_seen,
        last_seen=max(first_seen, changed),
        changed=changed,
        position=_position(ours.get("position", 0)),
        own_tags=_texts(ours.get("own_tags", [])),
        content_html=content,
        was_read=ours.get("read") is True,
    )


def _moment(text: Any) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a date without an offset")
    return moment.astimezone(UTC)


def _position(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= MOST_POSITION:
        raise ValueError("no place on a page")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value or clean(value) != value:
        raise ValueError("not a clean text")
    return value


def _markup(value: Any) -> str | None:
    """Return `value` if it is markup of ours, which sanitising leaves as it is."""
    if value is not None and (not isinstance(value, str) or sanitise(value) != value):
        raise ValueError("not a text of ours")
    return value


def _optional(value: Any) -> str | None:
    return None if value is None else _text(value)


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError("not a list")
    return tuple(_text(value) for value in values)
