"""Items -> what is remembered.

Owns what merging a page with the memory means (`merge`, pure) and the memory itself (`SqlStore`, on SQLite or
PostgreSQL). Knows nothing of how pages are fetched and read, nor of what feeds look like; asks no clock.
"""

from feedbuilder.store.completion_from_article import complete, survivor, without_page
from feedbuilder.store.differences import leaves_as_it_was
from feedbuilder.store.lock import Hold, hold, holder, is_held
from feedbuilder.store.merge import merge
from feedbuilder.store.place import Place, is_there, shown
from feedbuilder.store.sql import SourceCount, SqlStore, open_store

__all__ = [
    "Hold",
    "Place",
    "SourceCount",
    "SqlStore",
    "complete",
    "hold",
    "holder",
    "is_held",
    "is_there",
    "leaves_as_it_was",
    "merge",
    "open_store",
    "shown",
    "survivor",
    "without_page",
]
