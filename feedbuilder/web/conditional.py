"""Whether a client's copy is still the current one (RFC 9110 §13): the rule by which a server answers 304.

Pure. Knows headers and validators, no files and no server.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

_ENTITY_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a request makes its answer depend on; None where it does not say."""

    if_none_match: str | None = None
    if_modified_since: str | None = None

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> Conditions:
        """Return the conditions in `headers`, whose names are in small letters."""
        return cls(headers.get("if-none-match"), headers.get("if-modified-since"))


def http_date(moment: datetime) -> str:
    """Return `moment` as HTTP writes it, in whole seconds (RFC 9110 §5.6.7): "Fri, 06 Feb 2026 10:28:00 GMT"."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def is_current(conditions: Conditions, *, etag: str | None, modified: datetime | None) -> bool:
    """Return whether the copy that a GET or HEAD asks about is current, so that 304 is the answer.

    Entity tags are compared weakly, and where they are asked about the date does not count (RFC 9110 §13.2.2).
    A date that cannot be read is no condition. `etag` is a whole tag with its quotes, `modified` an aware datetime;
    None where the answer has none.
    """
    if conditions.if_none_match is not None:
        if conditions.if_none_match.strip() == "*":
            return True
        return etag is not None and _opaque(etag) in _ENTITY_TAG.findall(conditions.if_none_match)
    if conditions.if_modified_since is None or modified is None:
        return False
    try:
        since = parsedate_to_datetime(conditions.if_modified_since)
    except ValueError:
        return False
    if since.tzinfo is None:  # "-0000" is read as naive; HTTP dates are always in UTC
        since = since.replace(tzinfo=UTC)
    return modified.astimezone(UTC).replace(microsecond=0) <= since


def _opaque(etag: str) -> str:
    return etag.removeprefix("W/")
