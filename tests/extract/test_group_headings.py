"""Lists under headings that say the year, the month or the day: the heading completes the dates below it."""

from collections.abc import Callable, Sequence

import pytest

from feedbuilder.model import ExtractError, Item
from feedbuilder.parse.identity import canonical_url

Read = Callable[..., tuple[Item, ...]]


def days(items: Sequence[Item]) -> list[str | None]:
    return [item.published.at.date().isoformat() if item.published else None for item in items]


def test_a_year_above_completes_the_days_below(items: Read) -> None:
    page = """
    <h1>Archive</h1>
    <h2>2026</h2><ul><li><i>Jan 18</i> <a href=/a>Lead</a><li><i>05/01</i> <a href=/b>Next</a></ul>
    <h2>2025</h2><ul><li><i>Dec 3</i> <a href=/c>Older</a><li><i>11-30</i> <a href=/d>Oldest</a></ul>
    """
    read = items(page, item="li", date="i", group="h2", timezone="UTC", day_first=True)
    assert days(read) == ["2026-01-18", "2026-01-05", "2025-12-03", "2025-11-30"]


def test_a_month_above_completes_a_number(items: Read) -> None:
    page = "<h3>January 2026</h3><p><b>18</b> <a href=/a>Lead</a><h3>December 2025</h3><p><b>3</b> <a href=/b>Next</a>"
    assert days(items(page, item="p", date="b", group="h3", timezone="UTC")) == ["2026-01-18", "2025-12-03"]


def test_a_day_above_is_the_date_of_items_that_show_none(items: Read) -> None:
    page = (
        "<h3>3 February 2026</h3><p><a href=/a>Lead</a><p><a href=/b>Next</a><h3>2 February</h3><p><a href=/c>Old</a>"
    )
    assert days(items(page, item="p", group="h3", timezone="UTC")) == ["2026-02-03", "2026-02-03", "2026-02-02"]


def test_a_date_that_names_its_year_needs_no_heading(items: Read) -> None:
    page = (
        "<h2>2026</h2><p><i>2024-05-03</i> <a href=/a>Lead</a><p><time datetime=2025-12-31>x</time><a href=/b>Next</a>"
    )
    assert days(items(page, item="p", date=["i", "time"], group="h2", timezone="UTC")) == ["2024-05-03", "2025-12-31"]


def test_items_above_the_first_heading_stand_alone(items: Read) -> None:
    page = "<p><i>5 January 2026</i> <a href=/a>Pinned</a></p><h2>2025</h2><p><i>1 May</i> <a href=/b>Next</a></p>"
    assert days(items(page, item="p", date="i", group="h2", timezone="UTC")) == ["2026-01-05", "2025-05-01"]


def test_runs_of_siblings_stand_under_headings_too(items: Read) -> None:
    page = "<h2>2025</h2><h3><a href=/a>Lead</a></h3><p>1 May</p><h3><a href=/b>Next</a></h3><p>30 Apr</p>"
    read = items(page, item="h3", between=True, date="p", group="h2", timezone="UTC")
    assert days(read) == ["2025-05-01", "2025-04-30"]
    assert [item.canonical for item in read] == [canonical_url(f"https://example.org/{name}") for name in "ab"]


def test_a_run_ends_before_the_heading_of_what_follows(items: Read) -> None:
    page = "<h2>2 May 2025</h2><h3><a href=/a>Lead</a></h3><p>x</p><h2>1 May 2025</h2><h3><a href=/b>Next</a></h3>"
    read = items(page, item="h3", between=True, date="h2", group="h2", timezone="UTC")
    assert days(read) == ["2025-05-02", "2025-05-01"]
    assert [item.title for item in read] == ["Lead", "Next"]


def test_a_group_selector_that_is_wrong_is_named(items: Read) -> None:
    with pytest.raises(ExtractError, match='group selector "h2\\['):
        items("<p><a href=/a>Lead</a>", item="p", group="h2[")


def test_a_day_of_the_week_above_completes_a_time(items: Read) -> None:
    page = "<h3>Tuesday</h3><p><b>10:15</b> <a href=/a>Lead</a><p><b>9:00</b> <a href=/b>Next</a>"
    read = items(page, item="p", date="b", group="h3", timezone="UTC")
    assert [item.published.at.strftime("%A %H:%M") for item in read if item.published] == [
        "Tuesday 10:15", "Tuesday 09:00",
    ]  # fmt: skip


def test_where_br_parts_lines_a_card_is_the_line_of_its_link(items: Read) -> None:
    page = (
        "<p>1 May 2025 <a href=/a>Lead</a><br>30 Apr 2025 <a href=/b>Next</a><br>a summary<br>"
        "29 Apr 2025 <a href=/c>Last</a>"
    )
    read = items(page, item="a", between=True, date={"select": ":root", "match": r"^\W*(\d+ \w+ \d+)"}, timezone="UTC")
    assert days(read) == ["2025-05-01", "2025-04-30", "2025-04-29"]


@pytest.mark.parametrize("group", ["xpath://h2[not(@class)]", "h2:-soup-contains('20')"])
@pytest.mark.parametrize("item", ["li", "xpath://li"])
def test_headings_may_be_found_by_xpath_and_by_what_they_say(items: Read, group: str, item: str) -> None:
    page = (
        "<h2>2026</h2><h2 class=more>More</h2><ul><li><i>Jan 18</i> <a href=/a>Lead</a></ul>"
        "<h2>2025</h2><ul><li><i>Dec 3</i> <a href=/c>Older</a></ul>"
    )
    assert days(items(page, item=item, date="i", group=group, timezone="UTC")) == ["2026-01-18", "2025-12-03"]
