"""One article shown twice on a page becomes one item."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from feedbuilder.extract.dedupe import merged
from feedbuilder.model import Item, Precision, SaidDate

BARE = Item("example.org/a", "https://example.org/a")
DAY = SaidDate(datetime(2026, 2, 5, 20, tzinfo=UTC), Precision.DAY)
INSTANT = SaidDate(datetime(2026, 2, 6, 8, 35, tzinfo=UTC))


@pytest.mark.parametrize(
    ("upper", "lower", "title"),
    [
        ("Talks go on", "Talks go…", "Talks go on"),
        ("Talks go…", "Talks go on", "Talks go on"),
        ("Talks g", "Talks go on", "Talks go on"),
        ("LIVE: Talks…", "Talks go on", "Talks go on"),
        ("Talks go on", "Other words", "Talks go on"),
        (None, "Talks", "Talks"),
        ("Talks", None, "Talks"),
        (None, None, None),
    ],
)
def test_the_whole_title_beats_a_cut_one(upper: str | None, lower: str | None, title: str | None) -> None:
    (item,) = merged([replace(BARE, title=upper, summary=upper), replace(BARE, title=lower, summary=lower)])
    assert (item.title, item.summary) == (title, title)


def test_a_moment_beats_a_day_and_else_the_upper_one_counts() -> None:
    def date(*dates: SaidDate | None) -> SaidDate | None:
        return merged(replace(BARE, published=one) for one in dates)[0].published

    assert date(DAY, INSTANT) == date(INSTANT, DAY) == date(None, INSTANT) == INSTANT
    assert date(DAY, None) == DAY
    assert date(INSTANT, SaidDate(datetime(2026, 1, 1, tzinfo=UTC))) == INSTANT


def test_the_rest_is_filled_in_and_tags_are_united() -> None:
    upper = replace(BARE, link="https://www.example.org/a", tags=("World", "Oman"))
    lower = replace(BARE, image="https://example.org/a.jpg", authors=("Jane",), tags=("#world", "Iran"))
    assert merged([upper, lower]) == (
        replace(upper, image="https://example.org/a.jpg", authors=("Jane",), tags=("World", "Oman", "Iran")),
    )


def test_others_keep_their_order_and_are_numbered() -> None:
    other = replace(BARE, canonical="example.org/b")
    assert [(one.canonical[-1], one.position) for one in merged([other, BARE, other])] == [("b", 0), ("a", 1)]
