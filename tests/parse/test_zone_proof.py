"""The time zone that a page's own data prove, and how much they do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.parse import zones
from feedbuilder.parse.zones import proven_zone


def zone_of(html: str) -> str | None:
    zone = proven_zone(html).zone
    return zone.key if zone else None


@pytest.mark.parametrize(
    ("html", "zone"),
    [
        ('<time datetime="2026-02-06T14:28:00+04:00">', "Etc/GMT-4"),
        ('<time datetime="2026-02-06T14:28+0400">', "Etc/GMT-4"),
        ("<time datetime='2026-02-06 14:28:00 -05:00'>", "Etc/GMT+5"),
        ('{"datePublished": "2026-02-06T14:28:00.123+05:30"}', "Asia/Kolkata"),
        ('{"datePublished":"2026-02-06T14:28:00Z"}', "UTC"),
        ('<meta itemprop="datePublished" class="x" content="2026-02-06T14:28:00+09:00">', "Etc/GMT-9"),
        ('<time datetime="2026-02-06T14:28:00+04:00"><time datetime="2026-08-06T14:28:00+04:00">', "Etc/GMT-4"),
    ],
)
def test_one_offset_gives_the_zone_that_has_it(html: str, zone: str) -> None:
    assert zone_of(html) == zone


@pytest.mark.parametrize(
    "html",
    [
        '<time datetime="2026-02-06T14:28:00">',
        '<time datetime="2026-02-06">',
        "On 2026-02-06T14:28:00+04:00 it happened",
        '<meta property="article:modified_time" content="2026-02-06T14:28:00+00:00">',
        '<time datetime="2026-02-06T14:28:00+10:30">',  # Lord Howe in summer; nobody has it all year
        '<time datetime="2026-02-06T14:28:00+77:00">',
    ],
)
def test_what_proves_nothing_gives_none(html: str) -> None:
    assert zone_of(html) is None


SEASONS = '<time datetime="2026-01-06T14:00+01:00"><time datetime="2026-07-06T14:00+02:00">'


def test_summer_time_proves_no_zone_but_is_told() -> None:
    proof = proven_zone(SEASONS)
    assert proof.zone is None
    assert proof.text == "the page's dates say +01:00 and +02:00: a zone with summer time, or several"


def test_a_zone_that_is_named_counts_if_the_dates_agree() -> None:
    assert zone_of(SEASONS + '<script>{"timezone": "Europe\\/Berlin"}</script>') == "Europe/Berlin"
    assert zone_of(SEASONS + '<script>{"timeZone": "America/New_York"}</script>') is None
    assert zone_of('<script>{"timezone": "Europe/Berlin"}</script>') is None


PIECES = st.sampled_from(
    [
        '<time datetime="', " datetime = ' ", '"datePublished" : "', 'itemprop="datePublished"', ' content="',
        "2026-02-06T14:28", ":59", "2026-02-06 14:28", "2024-01-", "-01-02t03:04", ".12", "5", "Z", "z", "Zulu",
        "+01:00", "-0500", " ", '"', "'", ">", "x" * 9, " title=", "x" * 199, "\u0131temprop=date12", "\n" * 9,
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60).map("".join))
def test_the_quick_way_to_moments_finds_what_the_plain_one_does(html: str) -> None:
    assert [found.span() for found in zones._moments(html)] == [found.span() for found in zones._MOMENT.finditer(html)]


def test_the_longest_beginning_of_a_moment_is_seen() -> None:
    gap = " " * 9
    html = (
        f"{'x' * 500} itemprop{gap}={gap}'date{'a' * 30}'{'b' * 199} content{gap}={gap}'{gap}2026-02-06T14:28:00+04:00"
    )
    assert [found.span() for found in zones._moments(html)] == [found.span() for found in zones._MOMENT.finditer(html)]
    assert zone_of(html) == "Etc/GMT-4"
