"""The health feed: what happened to sources as entries, for the reader in which the operator reads all else.

It is an ordinary document for the ordinary writers, in a folder whose name no feed can have: so it is in no list of
feeds, never stale, never pruned, and no store is filled from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from feedbuilder.feeds import FeedDocument, compose
from feedbuilder.health.wording import told
from feedbuilder.model import EventKind, Feed, HealthEvent, Precision, Site, StoredItem, formats

ENTRIES = 100
"""How many events the feed holds."""

_TAGS: Mapping[EventKind, str] = {
    EventKind.FAILING: "Cannot be read",
    EventKind.RECOVERED: "Read again",
    EventKind.REPAIRED: "Found again",
}


def health_feed(events: Sequence[HealthEvent], names: Mapping[str, str], site: Site, created: datetime) -> FeedDocument:
    """Return the feed of `events`, the last one first; `names` are what people call sources, by id.

    `created` dates a feed without events.
    """
    feed = Feed.model_construct(
        slug=formats.HEALTH,
        title=f"Health of {site.title}",
        description="What happened to sources: which cannot be read, which are read again, which were repaired.",
        language="en",
        entries=ENTRIES,
    )
    entries = [_entry(event, names.get(event.source, event.source), site) for event in events[:ENTRIES]]
    return compose(feed, entries, (), site, created)


def _entry(event: HealthEvent, name: str, site: Site) -> StoredItem:
    words = told(event, name)
    return StoredItem(
        id=event.id,
        canonical=event.id,
        link=site.address(f"{formats.STATUS_PAGE.file}#{event.source}"),
        title=words.title,
        summary=words.text,
        authors=(),
        image=None,
        tags=(_TAGS[event.kind],),
        sources=(event.source,),
        published=event.at,
        precision=Precision.INSTANT,
        zone=ZoneInfo("UTC"),
        first_seen=event.at,
        last_seen=event.at,
        changed=event.at,
        own_tags=(_TAGS[event.kind],),
    )
