"""Taking up a store that was lost: what the published feeds still tell goes into the empty one.

Owns which files are asked; what can be told from them is `feeds.recover`, what has to be assumed is `store.recovery`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from feedbuilder.feeds import read_feed_json, read_tag_feeds
from feedbuilder.model import Known
from feedbuilder.publish import Folder
from feedbuilder.store import SqlStore


def refill(store: SqlStore, folder: Folder, now: datetime) -> int:
    """Fill an empty store from the feeds in `folder`; return how many items that are, 0 for one that is not empty."""
    if not store.is_empty():
        return 0
    addresses = [one for content in folder.feed_files() for one in read_tag_feeds(content)]
    store.remember_tag_feeds(list({one.slug: one for one in addresses}.values()))
    known = _distinct(read_feed_json(content) for content in folder.feed_files())
    return store.seed(known, now) if known else 0


def _distinct(files: Iterable[Iterable[Known]]) -> list[Known]:
    """Return what the files know, each address once: an item stands in every feed that shows it."""
    return list({known.identity.canonical: known for file in files for known in file}.values())
