"""Where a store is: the path of an SQLite file, or the URL of a PostgreSQL database.

Owns how such a place is named to people, and whether there is a store at all. Looking makes none.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from feedbuilder.masking import mask_text

Place: TypeAlias = Path | str


def shown(place: Place) -> str:
    """Return `place` as people may see it: a URL without its password, which may stand in a parameter too."""
    if isinstance(place, Path):
        return str(place)
    try:
        url = make_url(place)
        return mask_text(url.set(drivername=url.get_backend_name()).render_as_string())
    except ArgumentError:
        return "at an address that is none"


def is_there(place: Place) -> bool:
    """Return whether there is a store at `place`. Raises StoreError for a server that does not answer."""
    if isinstance(place, Path):
        return place.exists()
    from feedbuilder.store.database import connect  # noqa: PLC0415 - most stores are files
    from feedbuilder.store.migrate import is_made  # noqa: PLC0415 - likewise

    database = connect(place)
    try:
        return is_made(database)
    finally:
        database.close()
