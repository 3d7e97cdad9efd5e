"""Items -> what is remembered.

Owns what merging a page with the memory means (`merge`, pure) and the memory itself (`SqlStore`, on SQLite or
PostgreSQL). Knows nothing of how pages are fetched and read, nor of what feeds look like; asks no clock.
"""

from typing import TYPE_CHECKING

from feedbuilder.loading import on_demand
from feedbuilder.store.merge import merge
from feedbuilder.store.place import Place, is_there, shown
from feedbuilder.store.sql import SourceCount, SqlStore, open_store

if TYPE_CHECKING:
    from feedbuilder.store.completion_from_article import complete, survivor, without_page
    from feedbuilder.store.differences import leaves_as_it_was
    from feedbuilder.store.lock import Hold, hold, holder, is_held
else:
    __getattr__ = on_demand(
        __name__,
        {
            "Hold": "lock",
            "complete": "completion_from_article",
            "hold": "lock",
            "holder": "lock",
            "is_held": "lock",
            "leaves_as_it_was": "differences",
            "survivor": "completion_from_article",
            "without_page": "completion_from_article",
        },
    )

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
