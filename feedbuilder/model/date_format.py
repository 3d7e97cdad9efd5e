"""Formats of dates in the signs of strptime: how they are written, and what they make of a text."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from feedbuilder.model.setting_types import as_list

_YEAR = re.compile(r"%[-_]?[YyGcxs]")
_ZONE = re.compile(r"%[-_]?Z")
_CLOCK = re.compile(r"%[-_]?[HIMSXcT]")


def _checked(text: str) -> str:
    """Return a format of dates if it can read what it writes. Raises ValueError."""
    if _YEAR.search(text) is None:
        raise ValueError('expected a format of dates with a year in it, such as "%d.%m.%Y"')
    try:
        datetime.strptime(datetime(2026, 2, 3, 4, 5, tzinfo=UTC).strftime(text), text)  # noqa: DTZ007 - only tried
    except (ValueError, re.error) as error:
        raise ValueError(f'expected a format of dates such as "%d.%m.%Y": {error}') from error
    return text


DateFormat = Annotated[str, AfterValidator(_checked)]
DateFormats = Annotated[
    tuple[DateFormat, ...],
    BeforeValidator(as_list, json_schema_input_type=str | list[str]),
]
"""Formats, one or several."""


def as_iso(text: str, written: str) -> str | None:
    """Return the date that `text` is in the format `written`, as ISO 8601; a day alone where no time is written.

    None where it does not fit. Names of months and days are English; a zone is only in it if the format has one, and of
    names UTC and GMT are known: strptime takes that of the machine besides, and forgets which it was.
    """
    said = " ".join(text.split())
    try:
        moment = datetime.strptime(said, written)  # noqa: DTZ007 - the source has the zone
        if _ZONE.search(written) and moment.tzinfo is None:
            if (time.strptime(said, written).tm_zone or "").upper() not in ("UTC", "GMT"):
                return None
            moment = moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return moment.isoformat() if _CLOCK.search(written) else moment.date().isoformat()
