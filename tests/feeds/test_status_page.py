"""status.html: states in words, what needs somebody first, nothing secret, no script, escaped."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from feedbuilder.feeds import DAYS, SourceReport, render_status_page
from feedbuilder.feeds.feed_document import compose
from feedbuilder.feeds.feed_summary import summarise
from feedbuilder.model import ResponseTimes, Site, SourceState

HOUR = timedelta(hours=1)


@pytest.fixture
def well(noon: datetime) -> SourceState:
    return SourceState("paper", last_run=noon, last_success=noon, last_change=noon - HOUR, next_due=noon + HOUR)


def page(noon: datetime, *reports: SourceReport, site: Site | None = None, feeds: Any = ()) -> BeautifulSoup:
    file = render_status_page(site or Site(), noon, reports, feeds, {"world-news": 18_234}, "1.2.3")
    assert (file.path, file.media_type) == ("status.html", "text/html; charset=utf-8")
    return BeautifulSoup(file.content.decode(), "lxml")


def section(tree: BeautifulSoup, source: str) -> Tag:
    [found] = tree.select(f"#{source}")
    return found


def states(tree: BeautifulSoup) -> list[tuple[str, str]]:
    return [(str(one["id"]), one.select(".state")[0].text) for one in tree.select("section")]


def test_of_very_many_sources_those_that_need_somebody_are_shown_and_the_others_counted(
    noon: datetime, well: SourceState, source: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedbuilder.feeds.status_page.MOST_SHOWN", 2)
    reports = [SourceReport(source(f"well-{number}"), well) for number in range(3)]
    tree = page(noon, *reports, SourceReport(source("once"), replace(well, failures=1, error="It timed out.")))
    assert states(tree) == [("once", "failed once"), ("well-0", "well")]
    assert "2 more, of which none needs more attention than these" in tree.text
    assert [count.text for count in tree.select(".counts b")] == ["1", "3"]
    assert "more, of which" not in page(noon, *reports[:2]).text


def test_states_are_said_in_words_and_what_needs_somebody_comes_first(
    noon: datetime, well: SourceState, source: Any
) -> None:
    tree = page(
        noon,
        SourceReport(source("well"), well),
        SourceReport(source("new"), SourceState("new")),
        SourceReport(source("part"), replace(well, warning="no titles were found")),
        SourceReport(source("once"), replace(well, failures=1, error="It timed out.")),
        SourceReport(source("twice"), replace(well, failures=2, error="It timed out.")),
        SourceReport(source("odd"), well, strange=("far fewer",)),
        SourceReport(source("gone"), replace(well, failures=1, incident=noon, error="It is gone for good.")),
    )
    assert states(tree) == [
        ("gone", "cannot be read"),
        ("part", "read in part"),
        ("once", "failed once"),
        ("twice", "failed 2 times"),
        ("odd", "looks strange"),
        ("new", "not read yet"),
        ("well", "well"),
    ]
    counts = [" ".join(one.text.split()) for one in tree.select(".counts li")]
    assert counts == ["1 cannot be read", "4 to be watched", "1 not read yet", "1 well"]
    assert "It is gone for good." in section(tree, "gone").text
    assert "far fewer" in section(tree, "odd").text


def test_dates_and_the_way_to_a_repair_are_there(noon: datetime, well: SourceState, source: Any) -> None:
    tree = page(noon, SourceReport(source(), well, repaired=noon), SourceReport(source("new"), SourceState("new")))
    rows = section(tree, "paper").select("dl div")
    facts = {row.select("dt")[0].text: row.select("dd")[0].text for row in rows}
    assert facts["Last news"] == "6 February 2026, 11:00"
    assert facts["Next reading"] == "6 February 2026, 13:00"
    assert "feedbuilder heal paper" in section(tree, "paper").text
    assert "as soon as possible" in section(tree, "new").text


@pytest.mark.parametrize(
    ("mean", "longest", "words"),
    [(0.24, 0.3, "in 0.2 s"), (0.24, 2.04, "in 0.2 s, at most 2.0 s"), (None, None, None)],
)
def test_response_times_and_silence_are_said_where_they_are_known(
    noon: datetime, well: SourceState, source: Any, mean: float | None, longest: float | None, words: str | None
) -> None:
    times = ResponseTimes(timedelta(seconds=mean), timedelta(seconds=longest)) if mean and longest else None
    report = SourceReport(source(), well, responses=times, silence="It has brought nothing for 12d.")
    shown = section(page(noon, report), "paper")
    rows = {row.select("dt")[0].text: row.select("dd")[0].text for row in shown.select("dl div")}
    assert rows.get("Site answers") == words
    assert "It has brought nothing for 12d." in shown.text
    assert shown.select(".state")[0].text == "well"


def test_the_chart_has_a_bar_a_day(noon: datetime, well: SourceState, source: Any) -> None:
    news = (0,) * (DAYS - 2) + (5, 10)
    tree = page(noon, SourceReport(source(), well, news))
    bars = tree.select("rect")
    assert len(bars) == DAYS
    assert [int(str(bar["height"])) for bar in bars[-3:]] == [1, 19, 38]
    assert all(int(str(bar["y"])) + int(str(bar["height"])) == 40 for bar in bars)
    assert "15 new in 14 days, up to 10 a day" in tree.text


def test_nothing_secret_and_nothing_foreign_is_in_it(noon: datetime, well: SourceState, source: Any) -> None:
    hidden = source(url="https://user:pass-word@paper.example/world?token=abcdef", title="<script>alert(1)</script>")
    bad = replace(well, failures=1, error="https://paper.example/world?token=abcdef says <img src=x onerror=alert(2)>")
    file = render_status_page(Site(title="</title><b>"), noon, [SourceReport(hidden, bad)], (), {}, "1.2.3")
    text = file.content.decode()
    assert "abcdef" not in text
    assert "pass-word" not in text
    assert "<script" not in text
    assert "<img" not in text
    assert "</title><b>" not in text


def test_each_feed_has_its_entries_and_its_size(
    noon: datetime, feed: Any, item: Any, source: Any, well: SourceState
) -> None:
    feeds = [summarise(compose(feed(title="World News"), [item(1), item(2)], [source()], Site(), noon))]
    [row] = page(noon, SourceReport(source(), well), feeds=feeds).select(".list li")
    assert "2 entries · 18 kB" in " ".join(row.text.split())


def test_without_anything_it_says_so(noon: datetime) -> None:
    text = page(noon, site=Site(health=False)).text
    assert "No sources yet." in text
    assert "No feeds yet." in text
    assert "as a feed" not in text
