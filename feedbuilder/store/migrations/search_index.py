"""How SQLite is made to find items by any part of their texts, without looking through all of them.

Owns the index that `items --search` asks: groups of three letters, kept by triggers, so that no way of writing can
forget it. PostgreSQL has none that means the same without an extension, and neither has an SQLite without FTS5: what is
searched there is looked through, see `feedbuilder.store.search`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

BATCH = 256
"""After how many new items the index takes them in: one by one costs a poll ten times as much for each."""

_TABLES = (
    # Not the row's own number in `items`: VACUUM may give those anew where the primary key is another.
    """CREATE TABLE searched (
        number INTEGER NOT NULL CONSTRAINT pk_searched PRIMARY KEY,
        item TEXT NOT NULL CONSTRAINT uq_searched_item UNIQUE,
        indexed BOOLEAN NOT NULL DEFAULT 0
    )""",
    "CREATE INDEX ix_searched_waiting ON searched (number) WHERE NOT indexed",
    # The texts stand in `items`. Where in a text three letters stand is not kept: that would be thrice the size.
    """CREATE VIRTUAL TABLE searched_parts USING fts5(
        folded, content='', columnsize=0, detail='none', tokenize='trigram case_sensitive 1'
    )""",
)
OF_TWO_LETTERS = (
    # Which groups of three letters there are: those that begin with two letters are found in order.
    "CREATE VIRTUAL TABLE searched_terms USING fts5vocab('searched_parts', 'row')",
    # The last two letters of a text begin no group.
    "CREATE INDEX searched_endings ON items (substr(folded, -2))",
)
_TAKE_IN = (
    """INSERT INTO searched_parts (rowid, folded)
    SELECT number, folded FROM searched JOIN items ON items.id = searched.item WHERE NOT indexed""",
    "UPDATE searched SET indexed = 1 WHERE NOT indexed",
)
# Without a text of its own, the index has to be told what it knew.
_TAKE_OUT = """INSERT INTO searched_parts (searched_parts, rowid, folded)
    SELECT 'delete', number, OLD.folded FROM searched WHERE item = OLD.id AND indexed"""
_TRIGGERS = (
    ("items_insert_searched", "INSERT ON items", ("INSERT INTO searched (item) VALUES (NEW.id)",)),
    (
        "items_update_searched",
        "UPDATE OF folded ON items FOR EACH ROW WHEN (OLD.folded <> NEW.folded)",
        (_TAKE_OUT, "UPDATE searched SET indexed = 0 WHERE item = NEW.id"),
    ),
    ("items_delete_searched", "DELETE ON items", (_TAKE_OUT, "DELETE FROM searched WHERE item = OLD.id")),
    ("searched_insert_batch", f"INSERT ON searched FOR EACH ROW WHEN (NEW.number % {BATCH} = 0)", _TAKE_IN),
)

# By when all items with at most this number had come. What comes has a higher one than what came before, mostly: polls
# that go on beside each other, moments that are put right, stores that were filled again are exceptions.
_BATCHES = """CREATE TABLE searched_batches (
        number INTEGER NOT NULL CONSTRAINT pk_searched_batches PRIMARY KEY,
        newest DATETIME NOT NULL
    )"""
NOTE_BATCHES = f"""INSERT INTO searched_batches (number, newest)
    SELECT number, max(newest) OVER (ORDER BY number) FROM (
        SELECT (number + {BATCH - 1}) / {BATCH} * {BATCH} AS number, max(first_seen) AS newest
        FROM searched JOIN identities ON id = item GROUP BY 1
    ) WHERE number <= (SELECT max(number) FROM searched)"""  # noqa: S608 - a number of our own
"""What notes it of all that is there."""
_NOTE_BATCH = (
    # Where the last items are gone, their numbers are given again.
    "DELETE FROM searched_batches WHERE number >= NEW.number",
    """INSERT INTO searched_batches (number, newest)
    SELECT NEW.number, max(newest) FROM (
        SELECT first_seen AS newest FROM searched JOIN identities ON id = item
        WHERE number > (SELECT coalesce(max(number), 0) FROM searched_batches)
        UNION ALL SELECT max(newest) FROM searched_batches
    )""",
)
_COME_LATER = """UPDATE searched_batches SET newest = NEW.first_seen
    WHERE newest < NEW.first_seen AND number >= (SELECT number FROM searched WHERE item = NEW.id)"""
_TRIGGERS_OF_BATCHES = (
    ("searched_insert_noted", f"INSERT ON searched FOR EACH ROW WHEN (NEW.number % {BATCH} = 0)", _NOTE_BATCH),
    (
        "identities_update_searched",
        "UPDATE OF first_seen ON identities FOR EACH ROW WHEN (NEW.first_seen > OLD.first_seen)",
        (_COME_LATER,),
    ),
)

KEPT_BY = frozenset(name for name, _, _ in (*_TRIGGERS, *_TRIGGERS_OF_BATCHES))
"""The names of the triggers that keep the index."""


def is_possible(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Return whether this SQLite (of `version`) has what the index is made of: FTS5, which a build may leave out."""
    if version < (3, 34):  # https://sqlite.org/releaselog/3_34_0.html
        return False
    connection = sqlite3.connect(":memory:")
    try:
        found: tuple[int] = connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()
        return found == (1,)
    finally:
        connection.close()


def statements() -> Iterator[str]:
    """Yield what makes the index, with the items that are there, and keeps it."""
    yield from _TABLES
    yield "INSERT INTO searched (item) SELECT id FROM items"
    yield from _TAKE_IN
    yield from map(_trigger, _TRIGGERS)


def in_order() -> Iterator[str]:
    """Yield what tells how far back what the index names can have come, for the items that are there, and keeps it."""
    yield _BATCHES
    yield NOTE_BATCHES
    yield from map(_trigger, _TRIGGERS_OF_BATCHES)


def _trigger(said: tuple[str, str, tuple[str, ...]]) -> str:
    name, occasion, actions = said
    return f"CREATE TRIGGER {name} AFTER {occasion} BEGIN {' '.join(f'{action};' for action in actions)} END"
