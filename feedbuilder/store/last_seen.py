"""When a list last showed an item: as long as it is listed, when its source was last read well.

That stands with the source once, so that a poll need not say it anew of each item. Beside the item stands when it was
last seen by what wrote of it: that holds once it is listed no more.
"""

from __future__ import annotations

from sqlalchemy import case, exists, select

from feedbuilder.store.tables import sources, statements

_READ_LATER = sources.c.last_success > statements.c.last_seen
_ITS_SOURCE = sources.c.id == statements.c.source

LAST_SEEN = case((statements.c.listed & _READ_LATER, sources.c.last_success), else_=statements.c.last_seen).label(
    "last_seen"
)
"""For queries in which the source of each statement is joined."""
SEEN_THEN = case(
    (exists().where(_ITS_SOURCE, _READ_LATER), select(sources.c.last_success).where(_ITS_SOURCE).scalar_subquery()),
    else_=statements.c.last_seen,
)
"""The same for an update of statements that are listed."""
