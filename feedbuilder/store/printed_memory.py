"""What the store answers about the output: what changed since feeds were published, and what stands in them.

Owns the tables `printed…`, `touched` and `tag_names`. Rows of `touched` are written by triggers of the database, and go
when all feeds that they concern are in their place: what a crash leaves in between is published again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import bindparam, delete, or_, select

from feedbuilder.model import FileStamp, PrintedFeed, Printing, StoredItem, Touched
from feedbuilder.store.database import Database
from feedbuilder.store.feed_queries import released
from feedbuilder.store.one_of import one_of
from feedbuilder.store.ready import Ready, Session
from feedbuilder.store.rows import RowReader, chunks
from feedbuilder.store.tables import (
    article_tags,
    identities,
    printed,
    printed_entries,
    printed_files,
    source_tags,
    statement_tags,
    statements,
    tag_names,
    touched,
)
from feedbuilder.store.upsert import put

# Made once: to build a statement takes longer than to run it.
_HERE = (printed_entries.c.slug == bindparam("of"), printed_entries.c.document == bindparam("called"))
_TOUCHED = Ready(select(touched).where(touched.c.number > bindparam("after")))
_GONE = Ready(delete(printed).where(one_of(printed.c.slug, "slugs")))
_UNNAMED = Ready(delete(tag_names).where(one_of(tag_names.c.key, "keys")))
_SETTLED = Ready(delete(touched).where(touched.c.number <= bindparam("until")))
_RELEASED = Ready(released().where(one_of(identities.c.id, "ids")))
_DOCUMENTS = select(printed_entries.c.slug, printed_entries.c.document).distinct()
_NAMED = select(source_tags.c.source).where(one_of(source_tags.c.key, "keys"))
_CARRIERS = (
    select(statement_tags.c.item).where(one_of(statement_tags.c.key, "keys")),
    select(article_tags.c.item).where(one_of(article_tags.c.key, "keys")),
    select(statements.c.item).where(statements.c.source.in_(_NAMED)),
)
_CARRYING = Ready(
    _DOCUMENTS.where(
        or_(*(one.where(one.selected_columns.item == printed_entries.c.item).exists() for one in _CARRIERS))
    )
)
_SHOWING = Ready(_DOCUMENTS.where(one_of(printed_entries.c.item, "ids")))
_LISTED = Ready(select(printed_entries.c.item).where(*_HERE))
_UNLISTED = Ready(delete(printed_entries).where(*_HERE, one_of(printed_entries.c.item, "ids")))


class PrintedMemory:
    """The part of `SqlStore` that knows the output."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def touched(self, after: int = 0) -> Touched:
        """See `Output.touched`."""
        with self._database.quickly_looking() as connection:
            rows = _TOUCHED.rows(connection, {"after": after})
        return Touched(
            max((row.number for row in rows), default=0),
            frozenset(row.item for row in rows if row.item is not None),
            frozenset(row.tag for row in rows if row.tag is not None),
            frozenset(row.source for row in rows if row.source is not None),
        )

    def released(self, ids: Iterable[str]) -> Iterator[StoredItem]:
        """See `Output.released`."""
        with self._database.quickly_reading() as connection:
            reader = RowReader(connection)
            for chunk in chunks(sorted(ids)):
                yield from reader.stored_items(_RELEASED.rows(connection, {"ids": chunk}))

    def showing(self, items: Collection[str], tags: Collection[str]) -> set[tuple[str, str]]:
        """See `Output.showing`."""
        found: set[tuple[str, str]] = set()
        with self._database.quickly_reading() as connection:
            if items:
                found.update((row.slug, row.document) for row in _SHOWING.rows(connection, {"ids": items}))
            if tags:
                found.update((row.slug, row.document) for row in _CARRYING.rows(connection, {"keys": tags}))
        return found

    def printed(self) -> dict[str, PrintedFeed]:
        """See `Output.printed`."""
        files: dict[str, dict[str, FileStamp]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(select(printed_files)):
                files.setdefault(row.slug, {})[row.path] = FileStamp(row.size, row.modified, row.etag or "")
            return {
                row.slug: PrintedFeed(row.mark, row.summary, files.get(row.slug, {}))
                for row in connection.execute(select(printed))
            }

    def tag_names(self) -> dict[str, str]:
        """See `Output.tag_names`."""
        with self._database.reading() as connection:
            return {row.key: row.name for row in connection.execute(select(tag_names))}

    def shown(self) -> set[str]:
        """Return the ids of the items that stand in live files."""
        query = select(printed_entries.c.item).where(printed_entries.c.document == "").distinct()
        with self._database.reading() as connection:
            return set(connection.execute(query).scalars())

    def settle(
        self, printings: Sequence[Printing], gone: Collection[str], names: Mapping[str, str | None], until: int
    ) -> None:
        """See `Output.settle`."""
        with self._database.quickly_writing() as connection:
            if gone:
                _GONE.run(connection, {"slugs": gone})
            self._print(connection, printings)
            if names:
                _UNNAMED.run(connection, {"keys": names})
            rows = [{"key": key, "name": name} for key, name in sorted(names.items()) if name is not None]
            put(connection, self._database.dialect, tag_names, rows)
            _SETTLED.run(connection, {"until": until})

    def _print(self, connection: Session, printings: Sequence[Printing]) -> None:
        dialect = self._database.dialect
        if anew := [one.slug for one in printings if one.anew]:
            _GONE.run(connection, {"slugs": anew})
        rows = [
            {"slug": one.slug, "mark": one.mark, "summary": dict(one.summary)}
            for one in printings
            if one.summary is not None
        ]
        put(connection, dialect, printed, rows)
        for one in printings:
            for document, ids in one.documents.items():
                self._list(connection, one.slug, document, ids)
        stamps = [
            {"slug": one.slug, "path": path, "size": stamp.size, "modified": stamp.modified, "etag": stamp.etag or None}
            for one in printings
            for path, stamp in one.files.items()
        ]
        put(connection, dialect, printed_files, stamps)

    def _list(self, connection: Session, slug: str, document: str, ids: Collection[str]) -> None:
        """Note that exactly the items `ids` stand in a document; mostly one came, and one went."""
        here = {"of": slug, "called": document}
        before = {row.item for row in _LISTED.rows(connection, here)}
        if gone := before.difference(ids):
            _UNLISTED.run(connection, {**here, "ids": gone})
        rows = [{"slug": slug, "document": document, "item": item} for item in sorted(set(ids) - before)]
        put(connection, self._database.dialect, printed_entries, rows, ())
