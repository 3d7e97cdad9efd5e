"""How our values lie in columns, alike on SQLite and PostgreSQL.

Owns the column types that no database has: an aware moment, a length of time, a list of texts, text from the web,
a note of any shape.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from feedbuilder.masking import mask_text

_MICROSECOND = timedelta(microseconds=1)


def _moment_in_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value + "+00:00")


def _moment_in_utc(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


@lru_cache(maxsize=4096)
def _texts(value: str | None) -> tuple[str, ...] | None:
    return None if value is None else tuple(json.loads(value))


def storable(text: str) -> str:
    """Return `text` as columns hold it. What no database and no file takes becomes a replacement mark."""
    if text.isascii() and "\0" not in text:  # most are, and are told so at once
        return text
    return text.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")


class UtcMoment(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC and handed back in UTC, to the microsecond.

    SQLite knows no zones: `DateTime(timezone=True)` alone stores the local time of whatever zone came in, and hands it
    back naive. Binding a naive datetime raises ValueError.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return `value` in UTC, without a zone where the database knows none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"the moment {value.isoformat()} has no time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def result_processor(self, dialect: Dialect, _coltype: object) -> Callable[[Any], datetime | None]:
        """Return what makes a moment in UTC of what the driver gives; one call, for there are thousands of them."""
        return _moment_in_text if dialect.name == "sqlite" else _moment_in_utc


class Duration(TypeDecorator[timedelta]):
    """A length of time in whole microseconds, so that adapted intervals come back as they were."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, _dialect: Dialect) -> int | None:
        """Return the microseconds in `value`."""
        return None if value is None else value // _MICROSECOND

    def process_result_value(self, value: int | None, _dialect: Dialect) -> timedelta | None:
        """Return what so many microseconds are."""
        return None if value is None else value * _MICROSECOND


class WordList(TypeDecorator[str]):
    """Text from the web, as `storable` has it: without NUL and lone surrogates."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """Return `value` as text that can be encoded."""
        return None if value is None else storable(value)


class Told(WordList):
    """Text that tells people of an address or a failure: without secrets, for a store is copied and looked into."""

    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return `value` without secrets, as text that can be encoded."""
        return super().process_bind_param(None if value is None else mask_text(value), dialect)


class Texts(TypeDecorator[tuple[str, ...]]):
    """An ordered list of texts, as a JSON array."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, _dialect: Dialect) -> str | None:
        """Return `value` as JSON in ASCII: every text there is can be stored."""
        if not value:  # most are empty
            return None if value is None else "[]"
        return json.dumps(value)

    def result_processor(self, _dialect: Dialect, _coltype: object) -> Callable[[Any], tuple[str, ...] | None]:
        """Return what makes texts of the array; most are empty, and the others are those of the page before."""
        return _texts


class Json(TypeDecorator[dict[str, Any]]):
    """A note whose shape is its reader's business, as a JSON object."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, _dialect: Dialect) -> str | None:
        """Return `value` as JSON in ASCII."""
        return None if value is None else json.dumps(value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> dict[str, Any] | None:
        """Return the object."""
        if value is None:
            return None
        note: dict[str, Any] = json.loads(value)
        return note
