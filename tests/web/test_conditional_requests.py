"""When 304 is the answer (RFC 9110 §13)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from feedbuilder.web import Conditions, http_date, is_current

NOON = datetime(2026, 2, 6, 12, 0, 0, 900_000, UTC)


@pytest.mark.parametrize(
    ("asked", "etag", "current"),
    [
        ('"a"', '"a"', True),
        ('"b"', '"a"', False),
        ('"b", "a"', '"a"', True),
        ('W/"a"', '"a"', True),  # weak comparison is the rule for If-None-Match
        ('"a"', 'W/"a"', True),
        ("*", '"a"', True),
        ('"a,b", "c"', '"a,b"', True),  # a comma may stand within a tag
        ("a", '"a"', False),
        ('"a"', None, False),
        ("", '"a"', False),
    ],
)
def test_entity_tags(asked: str, etag: str | None, current: bool) -> None:
    assert is_current(Conditions(if_none_match=asked), etag=etag, modified=None) is current


@pytest.mark.parametrize(
    ("asked", "current"),
    [
        ("Fri, 06 Feb 2026 12:00:00 GMT", True),  # the fraction of a second cannot be said in HTTP
        ("Fri, 06 Feb 2026 12:00:01 GMT", True),
        ("Fri, 06 Feb 2026 11:59:59 GMT", False),
        ("Fri, 06 Feb 2026 12:00:00 -0000", True),
        ("yesterday", False),
        ("", False),
    ],
)
def test_dates(asked: str, current: bool) -> None:
    assert is_current(Conditions(if_modified_since=asked), etag=None, modified=NOON) is current


def test_where_a_tag_is_asked_about_the_date_does_not_count() -> None:
    both = Conditions('"old"', "Fri, 06 Feb 2026 23:00:00 GMT")
    assert not is_current(both, etag='"new"', modified=NOON)


def test_without_a_condition_nothing_is_current() -> None:
    assert not is_current(Conditions(), etag='"a"', modified=NOON)


def test_conditions_are_read_from_the_headers() -> None:
    assert Conditions.of({"if-none-match": '"a"', "accept": "*/*"}) == Conditions('"a"', None)


def test_dates_are_written_in_gmt() -> None:
    dubai = NOON.astimezone(timezone(timedelta(hours=4)))
    assert http_date(dubai) == "Fri, 06 Feb 2026 12:00:00 GMT"
