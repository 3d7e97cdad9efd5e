"""What the database notes by itself, whoever writes: what feeds have to be made anew for, counts of tags, arrivals.

In triggers, so that no way of writing can forget it: an item also goes by the cascade of another row, and its tags with
it. Each is said once and written in the words of either database.
"""

from __future__ import annotations

from collections.abc import Iterator

_TOUCHING = (
    # What is published of an item stands in these columns. When a list last showed it is none of them.
    ("items", "INSERT", "id"),
    ("items", "UPDATE", "id"),
    ("items", "DELETE", "id"),
    ("identities", "UPDATE OF published, precision, zone, first_seen, position", "id"),
    ("statements", "INSERT", "item"),
    ("statements", "UPDATE OF tags", "item"),
    ("statements", "DELETE", "item"),
    ("articles", "INSERT", "item"),
    ("articles", "UPDATE OF held_until, read", "item"),
)
_ARRIVING = (
    (
        "statements",
        "INSERT",
        """INSERT INTO arrivals (source, first_seen, item)
        SELECT NEW.source, first_seen, id FROM identities WHERE id = NEW.item""",
    ),
    (
        "statements",
        "DELETE",
        """DELETE FROM arrivals WHERE source = OLD.source AND item = OLD.item
        AND first_seen = (SELECT first_seen FROM identities WHERE id = OLD.item)""",
    ),
    (
        "identities",
        "UPDATE OF first_seen",
        """UPDATE arrivals SET first_seen = NEW.first_seen WHERE first_seen = OLD.first_seen AND item = NEW.id
        AND source IN (SELECT source FROM statements WHERE item = NEW.id)""",
    ),
)
_SAID = (
    "item, source, link, title, summary, authors, image, enclosures, tags, first_seen, revised, "
    "former_images, former_titles, former_summaries, dated, assumed"
)
_SAID_SINCE_20 = f"{_SAID}, content_html, former_contents"
_UNSETTLING = (
    # Whatever may make an item that is listed as before come out otherwise. That it is listed, when it was last seen
    # and that feeds have shown it does not.
    ("items", "UPDATE", "id"),
    ("identities", "UPDATE OF canonical, published, precision, zone, first_seen, position", "id"),
    ("statements", "INSERT", "item"),
    ("statements", f"UPDATE OF {_SAID}", "item"),
    ("statements", "DELETE", "item"),
    ("articles", "INSERT", "item"),
    ("articles", "UPDATE", "item"),
    ("articles", "DELETE", "item"),
)
_UNSETTLE = "UPDATE statements SET standing = NULL WHERE item = {row}.{column} AND standing IS NOT NULL"
_TAGGED = ("statement_tags", "article_tags")
_COUNTING_SOURCES = {
    "INSERT": """
        INSERT INTO source_counts (source, items, listed)
        VALUES (NEW.source, 1, CASE WHEN NEW.listed THEN 1 ELSE 0 END)
        ON CONFLICT (source) DO UPDATE
        SET items = source_counts.items + 1, listed = source_counts.listed + excluded.listed""",
    "DELETE": """
        UPDATE source_counts SET items = items - 1, listed = listed - CASE WHEN OLD.listed THEN 1 ELSE 0 END
        WHERE source = OLD.source""",
    "UPDATE OF listed": """
        UPDATE source_counts SET listed = listed + CASE WHEN NEW.listed THEN 1 ELSE -1 END
        WHERE source = NEW.source""",
}

# Not changed in place: a number that was read must not stand for what came after.
_TOUCH_ITEM = (
    "DELETE FROM touched WHERE item = {row}.{column}",
    "INSERT INTO touched (item) VALUES ({row}.{column})",
)
_TOUCH_SOURCE = (
    "DELETE FROM touched WHERE source = NEW.source",
    "INSERT INTO touched (source) VALUES (NEW.source)",
)
_TOUCH_TAG = ("DELETE FROM touched WHERE tag = {row}.key", "INSERT INTO touched (tag) VALUES ({row}.key)")
_COUNT_UP = """
    INSERT INTO tag_counts (key, name, items) VALUES (NEW.key, NEW.name, 1)
    ON CONFLICT (key, name) DO UPDATE SET items = tag_counts.items + 1"""
_COUNT_DOWN = (
    "UPDATE tag_counts SET items = items - 1 WHERE key = OLD.key AND name = OLD.name",
    "DELETE FROM tag_counts WHERE key = OLD.key AND name = OLD.name AND items < 1",
)


def statements(dialect: str) -> Iterator[str]:
    """Yield what makes the triggers of the first kinds, in the words of `dialect` ("sqlite", "postgresql")."""
    write = {"sqlite": _sqlite, "postgresql": _postgresql}[dialect]
    for table, event, column in _TOUCHING:
        row = "OLD" if event == "DELETE" else "NEW"
        yield from write(table, event, [one.format(row=row, column=column) for one in _TOUCH_ITEM])
    for event in ("INSERT", "UPDATE OF kind, content"):
        yield from write("icons", event, list(_TOUCH_SOURCE), "noted", "NEW.kind IS NOT NULL")
    for event, action in _COUNTING_SOURCES.items():
        when = "OLD.listed <> NEW.listed" if event.startswith("UPDATE") else ""
        yield from write("statements", event, [action], "counted", when)
    yield from of_tags(dialect)


def of_tags(dialect: str) -> Iterator[str]:
    """Yield what makes the triggers that count tags and note which were touched, in the words of `dialect`."""
    write = {"sqlite": _sqlite, "postgresql": _postgresql}[dialect]
    for table in _TAGGED:
        yield from write(table, "INSERT", [_COUNT_UP, *(one.format(row="NEW") for one in _TOUCH_TAG)])
        yield from write(table, "DELETE", [*_COUNT_DOWN, *(one.format(row="OLD") for one in _TOUCH_TAG)])


def of_tags_in_order(dialect: str) -> Iterator[str]:
    """Yield what makes the trigger that has tags follow when an item is said to have come at another moment."""
    write = {"sqlite": _sqlite, "postgresql": _postgresql}[dialect]
    follow = [f"UPDATE {table} SET first_seen = NEW.first_seen WHERE item = NEW.id" for table in _TAGGED]  # noqa: S608
    yield from write("identities", "UPDATE OF first_seen", follow, "tagged")


def of_arrivals(dialect: str) -> Iterator[str]:
    """Yield what makes the triggers that keep `arrivals`, in the words of `dialect`."""
    write = {"sqlite": _sqlite, "postgresql": _postgresql}[dialect]
    for table, event, action in _ARRIVING:
        yield from write(table, event, [action], "arrived")


def unsettling(dialect: str) -> Iterator[str]:
    """Yield what makes the triggers that empty `statements.standing`, in the words of `dialect`."""
    write = {"sqlite": _sqlite, "postgresql": _postgresql}[dialect]
    for table, event, column in _UNSETTLING:
        row = "OLD" if event == "DELETE" else "NEW"
        yield from write(table, event, [_UNSETTLE.format(row=row, column=column)], "unsettled")


def of_media_files(dialect: str) -> Iterator[str]:
    """Yield what makes the trigger that has entries made anew when more is known of their files."""
    write = {"sqlite": _sqlite, "postgresql": _postgresql}[dialect]
    actions = [one.format(row="NEW", column="item") for one in _TOUCH_ITEM]
    yield from write("media_files", "UPDATE OF kind, size", actions)


def of_listed_texts(dialect: str) -> Iterator[str]:
    """Yield what makes the trigger anew that empties `standing` when a statement changes, for its texts count too."""
    write = {"sqlite": _sqlite, "postgresql": _postgresql}[dialect]
    name = _name("statements", "UPDATE", "unsettled")
    yield f"DROP TRIGGER {name}" + (" ON statements" if dialect == "postgresql" else "")
    if dialect == "postgresql":
        yield f"DROP FUNCTION {name}()"
    yield from write(
        "statements", f"UPDATE OF {_SAID_SINCE_20}", [_UNSETTLE.format(row="NEW", column="item")], "unsettled"
    )


def _sqlite(table: str, event: str, actions: list[str], what: str = "noted", when: str = "") -> Iterator[str]:
    body = " ".join(f"{action};" for action in actions)
    yield f"CREATE TRIGGER {_name(table, event, what)} {_occasion(table, event, when)} BEGIN {body} END"


def _postgresql(table: str, event: str, actions: list[str], what: str = "noted", when: str = "") -> Iterator[str]:
    name, body = _name(table, event, what), " ".join(f"{action};" for action in actions)
    yield (f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $note$ BEGIN {body} RETURN NULL; END $note$")
    yield f"CREATE TRIGGER {name} {_occasion(table, event, when)} EXECUTE FUNCTION {name}()"


def _name(table: str, event: str, what: str) -> str:
    return f"{table}_{event.split(maxsplit=1)[0].lower()}_{what}"


def _occasion(table: str, event: str, when: str) -> str:
    condition = f" WHEN ({when})" if when else ""
    return f"AFTER {event} ON {table} FOR EACH ROW{condition}"
