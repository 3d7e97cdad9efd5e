"""How tables, items and dates look in a terminal, and items as JSON for other programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from rich import box
from rich.markup import escape
from rich.table import Table

from feedbuilder.model import Precision, StoredItem


def plain_table(*columns: str) -> Table:
    """Return an empty table in the house style."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def moment(value: datetime | None, zone: tzinfo | None = None) -> str:
    """Return a date for a table, in `zone` (else UTC) and to the minute; "never" for None."""
    if value is None:
        return "never"
    return value.astimezone(zone or ZoneInfo("UTC")).strftime("%Y-%m-%d %H:%M %z")


def local(value: datetime | None) -> str:
    """Return a date for a table in this machine's zone, to the minute; "never" for None."""
    return "never" if value is None else value.astimezone().strftime("%Y-%m-%d %H:%M")


def items_table(items: Iterable[StoredItem]) -> Table:
    """Return items as a table, in the order given."""
    table = plain_table("Published", "Title", "Summary", "Link")
    for item in items:
        table.add_row(
            _published(item),
            escape(item.title or "–"),
            escape(_short(item.summary)),
            escape(item.link),
        )
    return table


def _published(item: StoredItem) -> str:
    """Return the date of an item for a table: no time that the site did not give."""
    match item.precision:
        case Precision.INSTANT:
            return moment(item.published, item.zone)
        case Precision.DAY:
            return item.published.astimezone(item.zone).strftime("%Y-%m-%d")
        case _:
            return f"{moment(item.published, item.zone)} (first seen)"


def item_json(item: StoredItem) -> dict[str, Any]:
    """Return an item for `--json`: absolute URLs, ISO 8601 dates with the site's offset, null for what was not said."""
    return {
        "id": item.id,
        "url": item.link,
        "title": item.title,
        "published": item.published.astimezone(item.zone).isoformat(),
        "precision": item.precision.value,
        "updated": item.updated.astimezone(item.zone).isoformat(),
        "summary": item.summary,
        "image": item.image,
        "authors": list(item.authors),
        "tags": list(item.tags),
        "sources": list(item.sources),
    }


def preview_json(item: StoredItem) -> dict[str, Any]:
    """Return an item for `--json` as `detect` has it: a day alone, or null, where the page gives no more of a date."""
    there = item.published.astimezone(item.zone)
    dates = {Precision.INSTANT: there.isoformat(), Precision.DAY: there.date().isoformat()}
    return item_json(item) | {"published": dates.get(item.precision), "author": ", ".join(item.authors) or None}


def counted(number: int, noun: str) -> str:
    """Return "1 source", "2 sources"."""
    return f"{number} {noun}{'s' * (number != 1)}"


def _short(text: str | None, length: int = 100) -> str:
    return "" if text is None else text if len(text) <= length else text[: length - 1].rstrip() + "…"
