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
_WITHOUT_ZONE = len("2026-02-06 10:00:00.000000")


def _text_of_moment(value: datetime | None) -> str | None:
    return None if value is None else _aware(value).isoformat(" ", "microseconds")[:_WITHOUT_ZONE]


def _moment_of_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value + "+00:00")


def _moment_in_utc(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


def _bound_moment(value: datetime | None) -> datetime | None:
    return None if value is None else _aware(value)


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(f"the moment {value.isoformat()} has no time zone")
    return value.astimezone(UTC)


@lru_cache(maxsize=4096)
def _texts(value: str | None) -> tuple[str, ...] | None:
    return None if value is None else tuple(json.loads(value))


def _array(texts: tuple[str, ...] | None) -> str | None:
    if not texts:  # most are empty
        return None if texts is None else "[]"
    return json.dumps(texts)


def storable(text: str) -> str:
    """Return `text` as columns hold it. What no database and no file takes becomes a replacement mark."""
    if text.isascii() and "\0" not in text:  # most are, and are told so at once
        return text
    return text.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")


def _storable_or_none(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _without_secrets(text: str | None) -> str | None:
    return None if text is None else storable(mask_text(text))


class UtcMoment(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC and handed back in UTC, to the microsecond.

    SQLite knows no zones: `DateTime(timezone=True)` alone stores the local time of whatever zone came in, and hands it
    back naive. Binding a naive datetime raises ValueError.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], str | datetime | None]:
        """Return what makes of a moment what the driver takes; one call, for there are hundreds of them."""
        return _text_of_moment if dialect.name == "sqlite" else _bound_moment

    def result_processor(self, dialect: Dialect, _coltype: object) -> Callable[[Any], datetime | None]:
        """Return what makes a moment in UTC of what the driver gives; one call, for there are thousands of them."""
        return _moment_of_text if dialect.name == "sqlite" else _moment_in_utc


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

    def bind_processor(self, _dialect: Dialect) -> Callable[[str | None], str | None]:
        """Return what makes text of one that can be encoded; one call, for there are hundreds of them."""
        return _storable_or_none


class Told(WordList):
    """Text that tells people of an address or a failure: without secrets, for a store is copied and looked into."""

    cache_ok = True

    def bind_processor(self, _dialect: Dialect) -> Callable[[str | None], str | None]:
        """Return what makes of a text one without secrets that can be encoded."""
        return _without_secrets


class Texts(TypeDecorator[tuple[str, ...]]):
    """An ordered list of texts, as a JSON array."""

    impl = Text
    cache_ok = True

    def bind_processor(self, _dialect: Dialect) -> Callable[[tuple[str, ...] | None], str | None]:
        """Return what makes JSON in ASCII of texts: every text there is can be stored."""
        return _array

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
