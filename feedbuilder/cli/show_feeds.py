"""How the feeds look in a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from feedbuilder.cli.show_tables import moment, plain_table
from feedbuilder.feeds import FeedDocument


def feeds_table(documents: Iterable[FeedDocument], folder: Path) -> Table:
    """Return the feeds with how many entries they hold, the newest, and where they stand."""
    table = plain_table("Feed", "Entries", "Newest", "Path")
    for document in documents:
        newest = document.entries[0] if document.entries else None
        table.add_row(
            escape(document.feed.name),
            str(len(document.entries)),
            moment(newest.published, newest.zone) if newest else "–",
            escape(str(folder / document.feed.slug)),
        )
    return table


def near(path: Path) -> Path:
    """Return `path` relative to the working folder, where that is shorter to read."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
