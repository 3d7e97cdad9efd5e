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


def listed(
    *addresses: str, title: str | None = "Harbour bridge reopens", dates: tuple[SaidDate | None, ...] = ()
) -> int:
    """Return how many articles these links to stories of one title are."""
    when = dates or (None,) * len(addresses)
    items = [
        Item(address, f"https://{address}", title, published=date)
        for address, date in zip(addresses, when, strict=True)
    ]
    return len(merged([*items, Item("example.org/other-story-of-today", "https://example.org/other", "Another story")]))


@pytest.mark.parametrize(
    "addresses",
    [
        ("example.org/n/100?ref=hero", "example.org/n/100?ref=list"),
        ("example.org/n/100", "example.org/n/100?zz=list"),
        ("example.org/n/harbour-bridge-reopens?a=1", "example.org/n/harbour-bridge-reopens?b=2"),
        ("example.org/world/41000-bridge", "example.org/politics/41000-bridge"),
        ("m.example.org/n/100/amp", "example.org/n/100"),
    ],
)
def test_links_to_one_path_with_one_title_are_one_article(addresses: tuple[str, str]) -> None:
    assert listed(*addresses) == 2


@pytest.mark.parametrize(
    "addresses",
    [
        ("example.org/show?id=100", "example.org/show?id=101"),
        ("example.org/n/100", "example.org/n/101"),
        ("example.org/world/41000-bridge", "example.org/world/41001-bridge"),
        ("example.org/show?article=7", "example.org/show?article=8"),
        ("example.org/town-news#first", "example.org/town-news#second"),
        ("example.org/p?lfd=7", "example.org/p?lfd=8"),
    ],
)
def test_stories_that_share_a_title_stay_two(addresses: tuple[str, str]) -> None:
    assert listed(*addresses) == 3


def test_one_title_on_two_days_is_two_stories() -> None:
    addresses = ("example.org/n/weather-for-the-weekend?week=5", "example.org/n/weather-for-the-weekend?week=6")
    days = (DAY, SaidDate(datetime(2026, 2, 12, 20, tzinfo=UTC), Precision.DAY))
    assert listed(*addresses, dates=days) == 3
    assert listed(*addresses, dates=(DAY, DAY)) == 2


def test_a_parameter_by_which_titles_differ_counts() -> None:
    items = [
        Item(f"example.org/n/100?ref={n}", f"https://example.org/n/100?ref={n}", title)
        for n, title in ((1, "One"), (2, "Two"))
    ]
    assert len(merged(items)) == 2
