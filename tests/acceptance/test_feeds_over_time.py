"""What readers see while a site lives: new stories, edits, quiet hours, a lost store, a changed configuration."""

from __future__ import annotations

import shutil
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from feedbuilder.engine import Installation
from feedbuilder.model import Outcome, Page, Run, Source, Validators
from feedbuilder.newsroom.story import SECTIONS
from tests.acceptance.place import Place, story

IRAN = "Iran and US Return to Nuclear Talks in Oman as Tensions and Protests Shake Tehran"
DUBAI = ZoneInfo("Asia/Dubai")


def ids(place: Place, slug: str = "world-news") -> list[str]:
    return [entry.id for entry in place.feed(slug).entries]


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
@pytest.mark.parametrize("slug", ["world-news", "global-news"])
def test_the_demo_gives_feeds_that_feedparser_reads_without_complaint(place: Place, slug: str, name: str) -> None:
    assert not place.build().failed
    feed = place.feed(slug, name)
    assert not feed.bozo
    assert len(feed.entries) > 8


def test_the_doubled_story_stands_once_with_its_own_date(place: Place) -> None:
    place.build()
    found = [entry for entry in place.feed("world-news", "atom.xml").entries if entry.title == IRAN]
    assert [datetime.fromisoformat(entry.published) for entry in found] == [datetime(2026, 2, 6, 14, 28, tzinfo=DUBAI)]
    assert found[0].published.endswith("+04:00")


def test_no_entry_is_boilerplate_of_the_page(place: Place) -> None:
    place.build()
    entries = place.feed("all").entries
    assert entries
    for entry in entries:
        assert entry.link.startswith(tuple(f"{place.url}/{section}/" for section in SECTIONS))
        assert "?" not in entry.link
        assert not any(word in entry.title for word in ("Read More", "Sponsored", "Trending", "WhatsApp"))
        assert not entry.title.isdigit()
        assert not entry.get("summary", "").strip().isdigit()


def test_five_polls_with_moving_counters_leave_every_file_as_it_was(place: Place) -> None:
    place.build()
    before = place.files()
    for _ in range(5):
        report = place.build()
        assert not report.failed
        assert place.files() == before


def test_a_new_story_is_exactly_one_new_entry(place: Place) -> None:
    place.build()
    before = ids(place)
    place.newsroom.add(story())
    place.build()
    after = ids(place)
    assert len(after) == len(before) + 1
    assert set(before) < set(after)


def test_an_edited_summary_keeps_id_and_date_and_moves_updated(place: Place) -> None:
    place.newsroom.add(story())
    place.build()
    old = next(entry for entry in place.feed("world-news", "atom.xml").entries if entry.title.startswith("A Bridge"))
    place.later(0.5)
    place.newsroom.edit("bridge-opens", summary="Ferries stop at once, the ministry now says")
    place.build()
    new = next(entry for entry in place.feed("world-news", "atom.xml").entries if entry.title.startswith("A Bridge"))
    assert (new.id, new.published) == (old.id, old.published)
    assert datetime.fromisoformat(new.updated) > datetime.fromisoformat(old.updated)
    assert new.summary.endswith("<p>Ferries stop at once, the ministry now says</p>")


@pytest.mark.parametrize("failure", [500, 404, 429, "empty", "login"])
def test_a_broken_page_changes_no_file_and_says_why(place: Place, failure: int | str) -> None:
    place.build()
    before = place.files()
    for source in place.config().sources:
        place.newsroom.fail[source.url.removeprefix(place.url)] = failure  # type: ignore[assignment] # a literal
    place.later(1)
    report = place.build()
    assert [run.outcome for run in report.failed] == [Outcome.FAILED] * 4
    named = place.url.removeprefix("http://")  # one host: that it asks to be left alone holds for all of its pages
    assert all(run.error and named in run.error for run in report.failed)
    assert place.files() == before


def test_a_redesign_changes_no_entry_and_is_told(place: Place) -> None:
    place.build()
    before = ids(place)
    for source in place.config().sources:
        place.newsroom.fail[source.url.removeprefix(place.url)] = "redesign"
    report = place.build()
    assert not report.failed
    assert all(run.note and "was found again" in run.note for run in report.runs)
    assert all(run.note and "none of their summaries and pictures any more" in run.note for run in report.runs)
    assert not any(run.note for run in place.build().runs)
    assert ids(place) == before


def test_a_page_that_mends_goes_on_where_it_stopped(place: Place) -> None:
    place.build()
    before = ids(place)
    place.newsroom.fail["/tags/world-news"] = "redesign"
    place.build()
    del place.newsroom.fail["/tags/world-news"]
    report = place.build()
    assert not report.failed
    assert ids(place) == before


def test_back_off_is_honoured_until_forced(place: Place) -> None:
    place.newsroom.fail["/tags/world-news"] = 500
    place.build()
    asked = place.newsroom.requests["/tags/world-news"]
    report = place.build(force=False)
    assert place.newsroom.requests["/tags/world-news"] == asked
    assert "not asked again before" in (report.failed[0].error or "")
    place.build(force=True)
    assert place.newsroom.requests["/tags/world-news"] == asked + 1


def test_a_mended_configuration_is_tried_at_once(place: Place) -> None:
    right = place.config_path.read_text("utf-8")
    place.write_config(right.replace("/tags/world-news", "/tags/wrold-news"))
    assert place.build(force=False).failed
    place.write_config(right)
    assert not place.build(force=False).failed


def test_a_bug_in_one_source_leaves_the_others_published(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    poll = Installation.poll

    def failing(self: Installation, source: Source) -> Run:
        if source.id == "world-news":
            raise RuntimeError("a bug")
        return poll(self, source)

    monkeypatch.setattr(Installation, "poll", failing)
    report = place.build()
    assert [run.source for run in report.failed] == ["world-news"]
    assert "a bug" in (report.failed[0].error or "")
    assert place.feed("technology").entries


def test_pages_are_dated_by_the_clock_of_the_pipeline(place: Place) -> None:
    with place.open() as installation:
        page = installation.fetcher.fetch(place.config().sources[0], Validators())
    assert isinstance(page, Page)
    assert page.fetched_at == place.clock()


def test_a_lost_store_is_filled_again_from_the_published_feeds(place: Place) -> None:
    place.build()
    before = place.files()
    shutil.rmtree(place.folder / "var")
    report = place.build()
    assert sum(run.new for run in report.runs) == 0
    assert place.files() == before


def test_losing_the_store_again_and_again_leaves_a_small_feed_as_it_was(place: Place) -> None:
    place.write_config(
        place.config_path.read_text("utf-8")
        + """
[[feed]]
slug = "three"
title = "Three Stories"
entries = 3
"""
    )
    place.build()
    place.later(20)
    place.build()
    before = place.files()
    for _ in range(3):
        shutil.rmtree(place.folder / "var")
        assert sum(run.new for run in place.build().runs) == 0
        assert place.files() == before
    newest = ids(place, "three")
    shutil.rmtree(place.folder / "var")
    place.newsroom.add(story(listed="2026-02-06 15:00"))
    place.later(120)
    place.build()
    assert len(set(ids(place, "three")) - set(newest)) > 0
    assert ids(place, "three")[0] not in newest


def test_stories_that_left_the_page_stay_in_the_feed(place: Place) -> None:
    place.build()
    first = set(ids(place, "all"))
    place.later(12)
    place.build()
    second = ids(place, "all")
    assert len(second) > len(first)
    assert first < set(second)


def test_removing_a_source_leaves_its_items_in_the_feeds(place: Place) -> None:
    place.build()
    before = ids(place)
    text = place.config_path.read_text("utf-8")
    start, end = text.index('[[source]]\nid = "world-news"'), text.index('[[source]]\nid = "global-news"')
    place.write_config(text[:start] + text[end:])
    place.build()
    assert ids(place) == before


def test_a_feed_that_was_removed_is_reported_and_stays(place: Place) -> None:
    place.build()
    text = place.config_path.read_text("utf-8")
    start, end = text.index('[[feed]]\nslug = "technology"'), text.index('[[feed]]\nslug = "business"')
    place.write_config(text[:start] + text[end:])
    report = place.build()
    assert report.publication is not None
    assert report.publication.stale == ("technology",)
    assert (place.output / "technology" / "rss.xml").exists()
