"""JSON Feed 1.1 (jsonfeed.org) of a document, with what a lost store is rebuilt from (`recover` reads it again).

Each entry carries an object `_feedbuilder`:

- `canonical`: the address that the id was made from;
- `first_seen`, `changed`: RFC 3339, in UTC, to the microsecond;
- `precision`: of the date of publication ("instant", "day", "seen");
- `zone`: the site's IANA zone;
- `position`: its place on the page at first sight, where that is not the top (0);
- `sources`: the ids of the sources that list it, sorted;
- `own_tags`: those of its tags that are not from the configuration; missing where there are none;
- `picture`: what the page says of the image: `width`, `height`, `description`, `credit`; missing where nothing;
- `listed`: true where the text is that of a list;
- `read`: true where the article's own page had its say;
- `said`: what the item holds where the entry shows something else: a title that was made up is null here, a link or
  image as the site wrote it, a `published` with its fractions of a second, its `tags` before those were renamed or
  dropped, `content_html` null where the text is made of picture and summary. Missing where nothing differs.

The feed itself carries `_feedbuilder` with `about`, `format` (1) and `slug`; by it our files are known. Where a tag was
given the address, `tag_feeds` lists such addresses: `slug`, `table` and `tag` as in `model.tags.TagFeed`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from feedbuilder.feeds.feed_document import FeedDocument
from feedbuilder.feeds.shown_entry import Entry
from feedbuilder.model import StoredItem
from feedbuilder.model.enclosures import MediaFile
from feedbuilder.model.formats import JSON_FEED, OUR_MARK

FORMAT = 1
VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(document: FeedDocument, places: Iterable[int]) -> bytes:
    """Return `document` as JSON Feed 1.1 in UTF-8, with the entries in `places`; empty keys are left out."""
    feed = {
        "version": VERSION,
        "title": document.title,
        "home_page_url": document.website,
        "feed_url": document.address(JSON_FEED.file),
        "description": document.description,
        "language": document.language,
        "icon": document.icon,
        "favicon": document.icon,
        "hubs": [{"type": "WebSub", "url": hub}] if (hub := document.site.hub_in_use) else None,
        OUR_MARK: {
            "about": "feedbuilder: what a lost store is rebuilt from",
            "format": FORMAT,
            "slug": document.slug,
            **_tag_feeds(document),
        },
        "items": [_item(document, document.item(place), document.entry(place)) for place in places],
    }
    return to_json(_without_nothing(feed, keep="items"))


def to_json(value: Any) -> bytes:
    """Return `value` as indented JSON in UTF-8 with a newline at its end; keys stay in their order."""
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _tag_feeds(document: FeedDocument) -> dict[str, Any]:
    made = [{"slug": address.slug, "table": address.table, "tag": address.name} for address in document.tag_feeds]
    return {"tag_feeds": made} if made else {}


def _item(document: FeedDocument, item: StoredItem, shown: Entry) -> dict[str, Any]:
    entry = {
        "id": shown.id,
        "url": shown.link,
        "title": shown.title,
        "content_html": shown.html,
        "summary": shown.summary,
        "image": shown.image,
        "attachments": [_attachment(file) for file in shown.enclosures],
        "date_published": shown.published.isoformat(),
        "date_modified": shown.updated.isoformat() if shown.updated != shown.published else None,
        "authors": [{"name": name} for name in shown.authors],
        "tags": list(shown.tags),
        "language": document.language_of(shown),
        OUR_MARK: _without_nothing(
            {
                "canonical": item.canonical,
                "first_seen": _utc(item.first_seen),
                "changed": _utc(item.changed),
                "precision": item.precision.value,
                "zone": item.zone.key,
                "position": item.position,
                "sources": list(item.sources),
                "own_tags": list(item.own_tags),
                "picture": item.image_details.known() if item.image_details else None,
                "listed": (item.content_html is not None and item.content_html == item.listed_html) or None,
                "read": item.was_read or None,
                "said": _differing(item, shown),
            }
        ),
    }
    # JSON Feed requires a content, and FreshRSS shows nothing of an entry that has none in HTML.
    return _without_nothing(entry, keep="content_html")


def _attachment(file: MediaFile) -> dict[str, Any]:
    return _without_nothing({"url": file.url, "mime_type": file.kind, "size_in_bytes": file.size})


def _differing(item: StoredItem, shown: Entry) -> dict[str, Any]:
    """Return what the item holds where the entry shows something else."""
    pairs: dict[str, tuple[Any, Any]] = {
        "title": (item.title, shown.title),
        "summary": (item.summary, shown.summary),
        "link": (item.link, shown.link),
        "image": (item.image, shown.image),
        "published": (_utc(item.published), _utc(shown.published)),
        "tags": (list(item.tags), list(shown.tags)),
        "content_html": (item.content_html or None, shown.html or None),
    }
    return {name: held for name, (held, published) in pairs.items() if held != published}


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _without_nothing(values: dict[str, Any], keep: str = "") -> dict[str, Any]:
    return {key: value for key, value in values.items() if value or key == keep}
