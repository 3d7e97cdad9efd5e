"""How the feeds look in a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from feedbuilder.cli.show_tables import moment, plain_table
from feedbuilder.feeds import FeedSummary


def feeds_table(feeds: Iterable[FeedSummary], output: Path | str) -> Table:
    """Return the feeds with how many entries they hold, the newest, and where they stand."""
    table = plain_table("Feed", "Entries", "Newest", "Path")
    for feed in feeds:
        table.add_row(
            escape(feed.title),
            str(feed.count),
            moment(feed.newest.published, feed.newest.published.tzinfo) if feed.newest else "–",
            escape(f"{output}/{feed.slug}"),
        )
    return table


def near(place: Path | str) -> Path | str:
    """Return a path relative to the working folder, where that is shorter to read; a URL as it is."""
    here = Path.cwd()
    return place.relative_to(here) if isinstance(place, Path) and place.is_relative_to(here) else place
