"""Articles that are edited, or read late: text, words and `updated` move together, or not at all."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from feedbuilder.fetch.statuses import bad_status
from feedbuilder.model import Articles, Feed, NotModified, Page, Run, Site, Source, TagRules, Validators
from feedbuilder.pipeline.article_visits import MOST_TRIES
from feedbuilder.pipeline.catalogue import Catalogue
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.poll import poll
from feedbuilder.pipeline.ports import Tools
from feedbuilder.pipeline.press import Press
from feedbuilder.pipeline.publish import publish
from feedbuilder.pipeline.visit import visit
from feedbuilder.publish import Folder
from feedbuilder.store import SqlStore, open_store

START = datetime(2026, 2, 6, 10, tzinfo=UTC)
LONG = " The council met for three hours, and most of the questions were about money, ferries and the tides."


@dataclass(frozen=True)
class Story:
    number: int
    title: str
    summary: str
    text: str
    listed_at: datetime


def a_story(number: int = 1) -> Story:
    return Story(
        number,
        f"Bridge number {number} over the strait is to open in the spring",
        f"The ministry has named a day for bridge {number}.",
        f"First text of bridge {number}.",
        START - timedelta(hours=number),
    )


@dataclass
class Paper:
    """A site with a list and article pages; `broken` are the numbers of the pages that answer with status 500."""

    now: datetime = START
    stories: dict[int, Story] = field(default_factory=dict)
    broken: set[int] = field(default_factory=set)
    asked: list[int] = field(default_factory=list)

    def edit(self, number: int = 1, **parts: Any) -> None:
        self.stories[number] = replace(self.stories[number], **parts)

    def fetch(self, source: Source, _validators: Validators) -> Page | NotModified:
        cards = "".join(
            f'<article><h2><a href="/s/{one.number}">{one.title}</a></h2>'
            f'<time datetime="{one.listed_at.isoformat()}"></time><p>{one.summary}</p></article>'
            for one in self.stories.values()
        )
        return Page(source.url, cards.encode(), self.now)

    def further(self, _source: Source, url: str) -> Page:
        number = int(url.rpartition("/")[2])
        self.asked.append(number)
        if number in self.broken:
            raise bad_status(url, 500, {}, self.now)
        one = self.stories[number]
        body = f"<div class=text><p>{one.text}{LONG}</p></div>"
        return Page(
            url, f"<html><head><title>{one.title}</title></head><body><h1>{one.title}</h1>{body}".encode(), self.now
        )


SOURCE = Source.model_validate(
    {
        "id": "paper",
        "url": "https://paper.example/",
        "timezone": "UTC",
        "articles": "full",
        "selectors": {"item": "article", "summary": "p"},
        "article": {"content": ".text"},
    }
)


FEED = Feed(slug="paper")


@dataclass
class Desk:
    """One source, its store and its output, worked as `build` or `run` does."""

    paper: Paper
    store: SqlStore
    site: Site

    def poll(self) -> Run:
        return poll(SOURCE, self._tools())

    def read(self, budget: int = 20) -> None:
        for planned in self.store.visits(SOURCE.id, self.paper.now, budget):
            visit(planned, SOURCE, self._tools())

    def publish(self, *, patient: bool = False, sources: tuple[Source, ...] = (SOURCE,)) -> None:
        catalogue, folder = Catalogue((FEED,), sources, self.site, TagRules()), Folder(self.site.output)
        publish(Press(catalogue), self.store, folder, self.paper.now, patient=patient)

    def build(self, budget: int = 20) -> None:
        self.poll()
        self.read(budget)
        self.publish()

    def later(self, **time: float) -> None:
        self.paper.now += timedelta(**time)

    def entries(self) -> dict[int, dict[str, Any]]:
        feed = json.loads((self.site.output / "paper" / "feed.json").read_bytes())
        return {int(one["url"].rpartition("/")[2]): one for one in feed["items"]}

    def entry(self, number: int = 1) -> dict[str, Any]:
        return self.entries()[number]

    def _tools(self) -> Tools:
        return Tools(self.paper, self.store, LocalReader(), lambda: self.paper.now, lambda: 0.5)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_store(tmp_path / "feedbuilder.db") as store:
        store.sync_sources([SOURCE], START)
        yield Desk(Paper(stories={1: a_story()}), store, Site(output=tmp_path / "output"))


def updated(entry: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(entry.get("date_modified", entry["date_published"]))


EDITS: dict[str, dict[str, Any]] = {
    "title": {"title": "Bridge number 1 over the strait is not to open this year"},
    "summary": {"summary": "The ministry has taken the day back."},
}


@pytest.mark.parametrize("part", EDITS)
def test_an_edit_brings_words_text_and_date_together(desk: Desk, part: str) -> None:
    desk.build()
    before = desk.entry()
    assert "First text" in before["content_html"]
    desk.later(hours=1)
    desk.paper.edit(**EDITS[part], text="Second text.")
    desk.build()
    after = desk.entry()
    assert after[part] == EDITS[part][part]
    assert "Second text" in after["content_html"]
    assert updated(after) == desk.paper.now
    assert (after["id"], after["date_published"]) == (before["id"], before["date_published"])


@pytest.mark.parametrize("part", EDITS)
def test_under_run_nothing_of_an_edit_is_shown_before_its_page_was_read(desk: Desk, part: str) -> None:
    desk.build()
    before = desk.entry()
    desk.later(hours=1)
    desk.paper.edit(**EDITS[part], text="Second text.")
    run = desk.poll()
    desk.publish(patient=True)
    assert run.changed == 1
    assert desk.entry() == before
    desk.read()
    desk.publish(patient=True)
    after = desk.entry()
    assert (after[part], updated(after)) == (EDITS[part][part], desk.paper.now)
    assert "Second text" in after["content_html"]


def test_an_edit_whose_page_fails_waits_and_the_next_polls_find_nothing_new(desk: Desk) -> None:
    desk.build()
    before = desk.entry()
    desk.later(hours=1)
    desk.paper.edit(**EDITS["title"], text="Second text.")
    desk.paper.broken = {1}
    desk.build()
    assert desk.entry() == before
    assert desk.poll().changed == 0
    assert desk.paper.asked == [1, 1]  # a poll resets no try
    desk.later(minutes=3)
    desk.paper.broken = set()
    desk.build()
    assert "Second text" in desk.entry()["content_html"]
    assert updated(desk.entry()) == desk.paper.now


def test_an_edit_whose_page_cannot_be_read_at_all_shows_the_words_of_the_list_and_no_old_text(desk: Desk) -> None:
    desk.build()
    desk.later(hours=1)
    desk.paper.edit(**EDITS["title"], text="Second text.")
    desk.paper.broken = {1}
    for _ in range(MOST_TRIES):
        desk.later(hours=1)
        desk.build()
    after = desk.entry()
    assert (after["title"], updated(after)) == (EDITS["title"]["title"], desk.paper.now)
    assert "First text" not in after["content_html"]
    assert after["summary"] == a_story().summary
    desk.later(hours=1)
    desk.build()
    assert desk.entry() == after


def test_a_second_edit_while_the_first_waits_is_tried_anew(desk: Desk) -> None:
    desk.build()
    desk.paper.broken = {1}
    for title in ("The bridge over the strait is closed again", "The bridge over the strait is open after all"):
        desk.later(hours=1)
        desk.paper.edit(title=title, text=f"Text of: {title}.")
        desk.build()
    desk.later(hours=1)
    desk.paper.broken = set()
    desk.build()
    assert desk.entry()["title"] == title
    assert title in desk.entry()["content_html"]


def test_a_later_date_on_the_list_has_the_page_read_again(desk: Desk) -> None:
    desk.build()
    before = desk.entry()
    desk.later(hours=6)
    desk.paper.edit(listed_at=desk.paper.now - timedelta(minutes=10), text="Second text.")
    desk.build()
    after = desk.entry()
    assert "Second text" in after["content_html"]
    assert updated(after) == desk.paper.now
    assert after["date_published"] == before["date_published"]
    desk.later(hours=1)
    desk.build()
    assert desk.paper.asked == [1, 1]


def test_a_later_date_over_the_same_text_changes_nothing(desk: Desk) -> None:
    desk.build()
    before = desk.entry()
    desk.later(hours=6)
    desk.paper.edit(listed_at=desk.paper.now)
    desk.build()
    assert desk.entry() == before
    assert desk.paper.asked == [1, 1]


def test_a_date_that_is_rounded_from_reading_to_reading_reads_no_page_again(desk: Desk) -> None:
    """A list that says "3 hours ago" says another moment every half hour."""
    desk.build()
    first = desk.paper.stories[1].listed_at
    for minutes in (30, 59, 0, 45):
        desk.later(minutes=30)
        desk.paper.edit(listed_at=first + timedelta(minutes=minutes))
        desk.build()
    assert desk.paper.asked == [1]


def test_without_budget_an_item_waits_and_comes_whole(desk: Desk) -> None:
    desk.paper.stories = {number: a_story(number) for number in range(1, 6)}
    seen: dict[int, dict[str, Any]] = {}
    for expected in (2, 4, 5, 5):
        desk.build(budget=2)
        entries = desk.entries()
        assert len(entries) == expected
        assert all(f"First text of bridge {number}" in one["content_html"] for number, one in entries.items())
        assert {number: entries[number] for number in seen} == seen
        seen = entries
        desk.later(hours=1)


def test_what_was_tried_in_vain_is_published_and_its_text_comes_with_a_date(desk: Desk) -> None:
    desk.paper.broken = {1}
    desk.build()
    before = desk.entry()
    assert a_story().summary in before["content_html"]
    desk.later(hours=1)
    desk.paper.broken = set()
    desk.build()
    after = desk.entry()
    assert "First text" in after["content_html"]
    assert updated(after) == desk.paper.now
    assert (after["id"], after["date_published"]) == (before["id"], before["date_published"])


def test_what_waits_for_a_source_that_was_removed_is_published(desk: Desk) -> None:
    desk.poll()
    desk.publish()
    assert desk.entries() == {}
    assert desk.store.waiting() == 1
    desk.publish(sources=())
    assert desk.store.waiting() == 0
    assert list(desk.entries()) == [1]


def test_a_summary_that_the_list_cuts_is_published_whole(desk: Desk) -> None:
    whole = f"{a_story().text}{LONG}"
    desk.paper.edit(summary=whole[:60])
    desk.build()
    assert desk.entry()["summary"] == whole
    before = desk.entry()
    desk.later(hours=1)
    desk.paper.edit(summary=whole[:50] + " …")  # cut elsewhere, and said to be
    desk.build()
    assert desk.entry() == before
    assert desk.paper.asked == [1]


def test_bugs_are_counted_until_program_or_settings_change(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError("nobody thought of this page")

    with monkeypatch.context() as patch:
        patch.setattr("feedbuilder.article.read_article.read_article", broken)
        desk.build()
    desk.later(hours=1)
    desk.build()
    assert desk.store.state(SOURCE.id).bugs == 1
    monkeypatch.setattr(sys.modules[poll.__module__], "fingerprint", lambda _: "another program")
    desk.build()
    assert desk.store.state(SOURCE.id).bugs == 0


def test_where_no_text_is_asked_for_nothing_waits_for_the_next_build(desk: Desk) -> None:
    desk.poll()
    desk.publish(sources=(SOURCE.model_copy(update={"articles": Articles.AUTO}),))
    assert list(desk.entries()) == [1]
