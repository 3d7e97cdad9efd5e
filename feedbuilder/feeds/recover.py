"""What our own feed.json files remember: the items of a lost store, ids and dates included.

The other half of `jsonfeed`. The bytes come from outside: nothing in them is trusted, and nothing in them raises. What
cannot be read is told, not passed over: it may be all that is left of an id that readers know.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from feedbuilder.feeds.jsonfeed import FORMAT
from feedbuilder.feeds.xml_texts import clean, web_address
from feedbuilder.model import ArticleStatement, Identity, ImageDetails, Known, Precision, Statement, StoredItem, TagFeed
from feedbuilder.model.feed import SLUG_PATTERN
from feedbuilder.model.formats import OUR_MARK
from feedbuilder.model.markup import sanitise
from feedbuilder.model.wording import tag_key

MOST_POSITION = 2**31 - 1
"""What the databases hold; no page is so long."""

MOST_PIXELS = 99_999
"""Of a side of a picture."""

_BROKEN = (AttributeError, KeyError, OverflowError, RecursionError, TypeError, ValueError, OSError)
"""What reading a value of the wrong kind raises: ZoneInfo alone four of these, and IsADirectoryError."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What one file remembers."""

    known: tuple[Known, ...] = ()
    """The items that can be read, in its order."""
    tag_feeds: tuple[TagFeed, ...] = ()
    """The addresses that tags were given."""
    damage: str | None = None
    """What in it cannot be read and may have been ours, as part of a sentence about the file; None for a whole one."""


def read_feed_json(content: bytes) -> Recovered:
    """Return what the feed.json `content` remembers; nothing, and no damage, for a JSON Feed that others have made.

    Ids, dates, texts and sources are those of the items that were published. What only the store knew is assumed:
    each source is taken to have listed the whole entry, with all its own tags, and for the last time when it last
    changed. All items count as announced, for readers know their dates. An item may stand in several feeds, with the
    same values.
    """
    if not content.strip():
        return Recovered(damage="is empty")
    try:
        feed = json.loads(content)
    except json.JSONDecodeError as error:
        return Recovered(damage=f"is no whole JSON (line {error.lineno}: {error.msg})")
    except (ValueError, RecursionError):
        return Recovered(damage="is no JSON that can be read")
    if not isinstance(feed, dict):
        return Recovered(damage="is no feed")
    if OUR_MARK not in feed:
        return Recovered()
    mark, items = feed[OUR_MARK], feed.get("items")
    if not isinstance(mark, dict) or not isinstance(items, list):
        return Recovered(damage="lacks parts that feedbuilder writes")
    if mark.get("format") != FORMAT:
        return Recovered(damage=f"has a format that this feedbuilder does not know ({str(mark.get('format'))[:20]})")
    known = [_known(item) for item in items]
    addresses = _tag_feeds(mark.get("tag_feeds", []))
    broken = [str(place) for place, one in enumerate(known, 1) if one is None]
    damage = None
    if broken:
        more = f" and {len(broken) - 3} more" if len(broken) > 3 else ""
        damage = f"holds entries that cannot be read (number {', '.join(broken[:3])}{more} of {len(known)})"
    elif addresses is None:
        damage = "holds addresses of tags that cannot be read"
    return Recovered(tuple(one for one in known if one), addresses or (), damage)


def _tag_feeds(made: Any) -> tuple[TagFeed, ...] | None:
    try:
        return tuple(_tag_feed(entry["slug"], entry["table"], entry["tag"]) for entry in made)
    except _BROKEN:
        return None


def _tag_feed(slug: Any, table: Any, tag: Any) -> TagFeed:
    key = tag_key(_text(tag))
    if not re.fullmatch(SLUG_PATTERN, slug) or (table != "" and not re.fullmatch(SLUG_PATTERN, table)) or not key:
        raise ValueError("no address of ours")
    return TagFeed(slug, table, key, tag)


def _known(item: Any) -> Known | None:
    try:
        stored = _stored(item, item[OUR_MARK])
    except _BROKEN:
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
            content_html=stored.listed_html,
            tags=stored.own_tags,
            first_seen=stored.first_seen,
            last_seen=stored.last_seen,
            assumed=True,
        )
        for source in stored.sources
    )
    article = ArticleStatement(
        title=stored.title,
        authors=stored.authors,
        image=stored.image,
        image_details=stored.image_details,
        tags=stored.own_tags,
        content_html=None if stored.listed_html else stored.content_html,
    )
    return Known(identity, stored, statements, announced=True, article=article if stored.was_read else None)


def _stored(item: Mapping[str, Any], ours: Mapping[str, Any]) -> StoredItem:
    held = {"title": item.get("title"), "link": item["url"], "image": item.get("image")}
    held |= {"published": item["date_published"], "tags": item.get("tags", [])}
    # Files of 0.1 have the summary of an entry without a whole text as `content_text`.
    held |= {"summary": item.get("summary") or item.get("content_text")}
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
        summary=_optional(held["summary"] or None),
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
        listed_html=content if ours.get("listed") is True else None,
        image_details=_details(ours.get("picture")),
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


def _details(value: Any) -> ImageDetails | None:
    if value is None:
        return None
    sides = {name: value.get(name) for name in ("width", "height")}
    if not all(side is None or (type(side) is int and 0 < side <= MOST_PIXELS) for side in sides.values()):
        raise ValueError("no size of a picture")
    return ImageDetails(**sides, description=_optional(value.get("description")), credit=_optional(value.get("credit")))


def _optional(value: Any) -> str | None:
    return None if value is None else _text(value)


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError("not a list")
    return tuple(_text(value) for value in values)
