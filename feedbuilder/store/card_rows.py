"""What is kept of the cards of sources, for processes that have not read them.

Owns the table `kept_cards`. What is in it, and of which sources, is not decided here.
"""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, select

from feedbuilder.store.database import DialectTraits
from feedbuilder.store.tables import kept_cards
from feedbuilder.store.upsert import put

_CARDS = select(kept_cards.c.content).where(kept_cards.c.source == bindparam("of"))


def keep(connection: Connection, dialect: DialectTraits, source: str, content: bytes) -> None:
    """Keep `content` of the cards of `source`."""
    put(connection, dialect, kept_cards, [{"source": source, "content": content}])


def forget(connection: Connection, source: str) -> None:
    """Keep nothing of the cards of `source`."""
    connection.execute(delete(kept_cards).where(kept_cards.c.source == source))


def cards_of(connection: Connection, source: str) -> bytes | None:
    """Return what is kept of the cards of `source`."""
    content = connection.execute(_CARDS, {"of": source}).scalar_one_or_none()
    return None if content is None else bytes(content)
