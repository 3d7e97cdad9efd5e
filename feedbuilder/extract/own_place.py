"""An article without an address: what it is known by, and where on the page it stands.

Known by its title and its day as they are written: an id in the markup may count from the top, and move.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from feedbuilder.parse.dates.date_text import CalendarDate, read_date
from feedbuilder.parse.links import Link, Links
from feedbuilder.parse.raw_card import RawCard

_LONGEST = 80


def own_place(card: RawCard, links: Links) -> Link | None:
    """Return the place of `card` on its page; None without title or date, as for the head of a table."""
    title = card.title or next((heading.text for heading in card.headings), None)
    if not title or not card.dates:
        return None
    name = "-".join(re.findall(r"\w+", title.casefold()))[:_LONGEST]
    day = next((f"{said.year}-{said.month:02}-{said.day:02}" for text in card.dates if (said := _day(text))), None)
    name = f"{name}-{day}" if day and day not in name else name
    if not name:
        return None
    return Link(f"{links.page}#{name}", f"{links.address}#{quote(card.anchor or name)}")


def _day(text: str) -> CalendarDate | None:
    said = read_date(text)
    return said if isinstance(said, CalendarDate) and said.year is not None else None
