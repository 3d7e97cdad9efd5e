"""A page that says what the last one said lists the same items, unless something about them depends on the moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder.extract import CardCache, extract
from feedbuilder.model import AskedOfList, Page, Source
from feedbuilder.parse.dates import read_dates
from feedbuilder.parse.dates.lasting_dates import do_last
from feedbuilder.pipeline.local_reader import LocalReader

NOW = datetime(2026, 2, 6, 11, 5, tzinfo=UTC)
TEXTS = (
    *("5 Feb 2026", "Feb. 5, 2026 12:35 p.m.", "2026-02-05T10:00:00Z", "2026-02-06T11:04:00+04:00", "1770282000"),
    *("5 Feb", "Sat 7 Feb", "2 hours ago", "yesterday", "12:35", "Monday", "vor 3 Tagen", "today at 9:10"),
    *("03/02/2026", "13/02/2026", "26.02.03", "7/12", "06.02.", "11-09", "5 listopada 2026", "1404/11/17"),
    *("7 Feb 2026", "1 March 2026", "6 Feb 2026 15:06", "2027-01-01", "30 Feb 2026", "1 Jan 1970", "5 Feb 1850"),
    *("by Jane Doe", "12", "", "in 2 days", "Apply by: 5 Feb 2026", "hace un rato", "Published 5 Feb 2026, 3 min read"),
)
lists = st.lists(st.lists(st.sampled_from(TEXTS), max_size=2), max_size=6)
later = st.sampled_from([timedelta(0), *(timedelta(hours=one) for one in (1, 5, 14, 24, 48, 24 * 30, 24 * 370))])


@settings(max_examples=120)
@given(lists, later, st.sampled_from(["Asia/Dubai", "America/Lima"]), st.sampled_from([None, "en", "ko", "pl"]))
def test_dates_that_last_are_the_same_at_any_later_moment(
    cards: list[list[str]], wait: timedelta, zone: str, language: str | None
) -> None:
    here = ZoneInfo(zone)
    if do_last(cards, here, NOW):
        now, then = (read_dates(cards, zone=here, now=at, language=language) for at in (NOW, NOW + wait))
        assert now == then


@pytest.mark.parametrize("text", ["5 Feb 2026", "Feb. 5, 2026 12:35 p.m.", "2026-02-05T10:00:00Z", "13/02/2025"])
def test_days_of_a_year_that_is_named_last(text: str) -> None:
    assert do_last([[text], []], ZoneInfo("UTC"), NOW)


@pytest.mark.parametrize("text", ["5 Feb", "2 hours ago", "12:35", "03/02/2026", "2027-01-01", "by Jane Doe"])
def test_what_counts_from_the_moment_or_is_to_come_or_open_does_not(text: str) -> None:
    assert not do_last([["5 Feb 2026"], [text]], ZoneInfo("UTC"), NOW)


CARD = '<div class="card"><h3><a href="{link}">{title}</a></h3><time>{date}</time><i>{reads} reads</i></div>'
DATA = '<script type="application/ld+json">{{"@type":"NewsArticle","url":"/a","author":{{"name":"{name}"}}}}</script>'
PAGES = {
    "head": st.sampled_from(["<title>News</title>", "<title>A title | News</title>", "<base href=/there/>"]),
    "titles": st.lists(st.sampled_from(["A title of words | News", "Other words"]), min_size=2, max_size=2),
    "dates": st.lists(st.sampled_from(["5 Feb 2026", "6 Feb 2026 15:06", "2 hours ago"]), min_size=2, max_size=2),
    "reads": st.integers(10, 30),
    "data": st.sampled_from(["", "", DATA.format(name="Ann"), DATA.format(name="Bob")]),
    "hours": st.sampled_from([-3, 0, 1, 30]),
    "host": st.sampled_from(["example.org", "example.org", "mirror.example"]),
}
STEPS = st.sampled_from(sorted(PAGES)).flatmap(lambda name: st.tuples(st.just(name), PAGES[name]))


@settings(max_examples=50)
@given(st.fixed_dictionaries(PAGES), st.lists(STEPS | st.none(), max_size=12))
def test_a_list_that_is_known_as_a_whole_is_the_plain_one(
    made: dict[str, object], steps: list[tuple[str, object] | None]
) -> None:
    source = Source.model_validate({"id": "n", "url": "https://example.org/", "selectors": {"item": ".card"}})
    cards, now = CardCache(), NOW
    for step in (None, *steps):
        made = {**made, **dict([step] if step else [])}
        now += timedelta(hours=int(str(made["hours"])))
        page = html(made, now)
        assert extract(page, source, cards) == extract(page, source)


def html(made: dict[str, object], now: datetime) -> Page:
    titles, dates = made["titles"], made["dates"]
    assert isinstance(titles, list)
    assert isinstance(dates, list)
    body = "".join(
        CARD.format(link=f"{'ab'[place]}", title=title, date=date, reads=made["reads"])
        for place, (title, date) in enumerate(zip(titles, dates, strict=True))
    )
    head = f"<!doctype html>{made['head']}{made['data']}"
    return Page(f"https://{made['host']}/", f"{head}{body}".encode(), now)


def reading(*hosts: str, date: str = "5 Feb 2026", data: str = "") -> list[Page]:
    """Return a page, read once an hour."""
    made = {"head": "<title>News</title>", "titles": ["One title", "Another one"], "dates": [date] * 2, "data": data}
    return [html({**made, "reads": 12, "host": host}, NOW + timedelta(hours=n)) for n, host in enumerate(hosts)]


def test_a_list_that_is_asked_about_is_not_told_again(source: Callable[..., Source]) -> None:
    reader, here = LocalReader(), source()
    first, second, third, fourth, moved = reading(*["example.org"] * 4, "mirror.example")
    assert reader.read_familiar(first, here, lambda: None).mark is None
    assert reader.read_familiar(second, here, lambda: None).mark is None  # remembered for the next one
    told = reader.read_familiar(third, here, lambda: None)
    assert told.mark
    assert len(told.items) == 2
    short = reader.read_familiar(fourth, here, lambda: None, AskedOfList(told.mark))
    assert (short.items, short.mark) == ((), told.mark)
    assert short.as_before is not None
    assert (short.as_before.items, short.as_before.titles) == (2, 1)
    # A process that has not read it yet tells it, and none takes another list for it.
    assert LocalReader().read_familiar(fourth, here, lambda: None, AskedOfList(told.mark)).items == told.items
    other = reader.read_familiar(moved, here, lambda: None, AskedOfList(told.mark))
    assert other.as_before is None
    assert other.items == LocalReader().read_list(moved, here)
    named = reader.read_familiar(fourth, source(summary="i"), lambda: None, AskedOfList(told.mark))
    assert named.as_before is None


@pytest.mark.parametrize("said", [{"date": "2 hours ago"}, {"date": "7 Feb 2026"}, {"data": DATA.format(name="Ann")}])
def test_a_list_that_may_be_another_at_another_moment_is_known_by_nothing(
    said: dict[str, str], source: Callable[..., Source]
) -> None:
    reader = LocalReader()
    for page in reading(*["example.org"] * 4, **said):
        told = reader.read_familiar(page, source(), lambda: None, AskedOfList("a mark"))
        assert told.mark is None
        assert len(told.items) == 2
