"""A newsroom that lives is polled for weeks: nobody is alarmed, and a redesign is one repair and no story twice."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import feedparser
import pytest

from feedbuilder.model import (
    EventKind,
    Feed,
    FetchError,
    NotModified,
    Outcome,
    Page,
    RepairState,
    Run,
    Site,
    Source,
    TagRules,
    Validators,
)
from feedbuilder.newsroom.demo_clock import DEMO_START
from feedbuilder.newsroom.site import Newsroom, Response
from feedbuilder.pipeline.catalogue import Catalogue
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.poll import poll
from feedbuilder.pipeline.ports import Tools
from feedbuilder.pipeline.press import Press
from feedbuilder.pipeline.publish import publish
from feedbuilder.publish import Folder
from feedbuilder.store import SqlStore, open_store

HOUR = timedelta(hours=1)
SITE = "http://newsroom.example"
DEMO = tomllib.loads((Path(__file__).parents[2] / "config" / "feedbuilder.toml").read_text("utf-8"))
SOURCE = Source.model_validate(
    next(one for one in DEMO["source"] if one["id"] == "world-news")
    | {"url": f"{SITE}/tags/world-news", "articles": "off", "timezone": DEMO["defaults"]["timezone"]}
)


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Desk:
    """The newsroom, whose hours are not those of the clock on the wall: at night nothing happens there."""

    folder: Path
    source: Source = SOURCE
    now: datetime = DEMO_START + timedelta(days=2)
    told: datetime = DEMO_START + timedelta(days=2)
    """Up to when its stories have appeared."""
    is_down: bool = False
    shown: tuple[object, ...] = ()
    answer: Response = field(init=False)
    reader: LocalReader = field(default_factory=LocalReader)
    store: SqlStore = field(init=False)
    newsroom: Newsroom = field(init=False)

    def __post_init__(self) -> None:
        self.newsroom = Newsroom(lambda: self.told)
        self.open()

    def open(self) -> None:
        self.store = open_store(self.folder / "store.db")
        self.store.sync_sources([self.source], self.now)
        self.press = Press(Catalogue((Feed(slug="all", entries=500),), (self.source,), Site(), TagRules()))

    def fetch(self, source: Source, validators: Validators) -> Page | NotModified:
        if self.is_down:
            raise FetchError(f"{source.url} cannot be reached", status=503)
        key = (self.told, *self.newsroom.fail)
        if key != self.shown:  # else nothing has happened there
            self.shown = key
            self.answer = self.newsroom.respond(source.url.removeprefix(SITE), {"Host": "newsroom.example"})
        return Page(source.url, self.answer.body, self.now, self.answer.headers["Content-Type"])

    def further(self, source: Source, url: str) -> Page:
        raise AssertionError(f"{source.id}: {url} was asked for")

    def poll(self, hours: float = 1, news: float = 1) -> Run:
        """Read the source `hours` later, when so many hours of `news` have appeared."""
        self.now += hours * HOUR
        self.told += news * HOUR
        return poll(self.source, Tools(self, self.store, self.reader, lambda: self.now, lambda: 0.5))

    def redesign(self, *, is_on: bool = True) -> None:
        path = self.source.url.removeprefix(SITE)
        self.newsroom.fail.pop(path, None)
        if is_on:
            self.newsroom.fail[path] = "redesign"

    def subscribed(self) -> list[tuple[str, str]]:
        """Return what a subscriber sees: the ids and links of the feed, the newest first."""
        publish(self.press, self.store, Folder(self.folder / "output"), self.now)
        feed = feedparser.parse((self.folder / "output" / "all" / "rss.xml").read_bytes())
        return [(entry.id, entry.link) for entry in feed.entries]

    def events(self) -> list[EventKind]:
        return [event.kind for _, event in self.store.health_events(50)][::-1]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    assert made.poll().outcome is Outcome.NEW
    return made


def hours_of_news(number: int) -> float:
    """Return how many hours of news appear in the hour `number`: busy days, still nights, a weekend, a day without."""
    day, hour = divmod(number, 24)
    if hour < 6 or day in (5, 6) or day == 3:
        return 0.0
    return 3.0 if 9 <= hour <= 11 else 1.0


def test_two_hundred_polls_of_a_living_newsroom_alarm_nobody(desk: Desk) -> None:
    first = len(desk.subscribed())
    for number in range(200):
        run = desk.poll(news=hours_of_news(number))
        assert (run.error, run.repair, run.note) == (None, None, None), number
    assert desk.events() == []
    memory = desk.store.list_memory("world-news")
    assert (memory.repair, memory.strange) == (None, {})
    assert len(desk.subscribed()) > first


def assert_same_stories(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> None:
    """Fail unless the feed grew at its top alone: each story once, in the order and under the ids that it had."""
    assert len({story for story, _ in after}) == len({link for _, link in after}) == len(after)
    assert after[len(after) - len(before) :] == before


def test_a_redesign_in_a_long_run_is_one_repair_and_one_alert(desk: Desk) -> None:
    seen = desk.subscribed()
    for number in range(40):
        desk.redesign(is_on=number >= 20)
        run = desk.poll()
        assert run.error is None, number
        assert (run.repair is not None) is (number == 20)
        shown = desk.subscribed()
        assert_same_stories(seen, shown)
        seen = shown
    assert desk.events() == [EventKind.REPAIRED]


def test_a_page_in_two_layouts_by_chance_settles(desk: Desk) -> None:
    seen = desk.subscribed()
    for number in range(24):
        desk.redesign(is_on=number % 3 == 2)
        assert desk.poll().error is None, number
    assert_same_stories(seen, desk.subscribed())
    assert desk.events() == [EventKind.REPAIRED]


def test_a_redesign_while_nobody_reads_heals(desk: Desk) -> None:
    seen = desk.subscribed()
    desk.store.close()
    desk.redesign()
    desk.open()
    run = desk.poll(hours=60)
    assert (run.error, run.repair is not None) == (None, True)
    assert_same_stories(seen, desk.subscribed())


def test_a_redesign_during_an_outage_is_a_recovery_and_a_repair(desk: Desk) -> None:
    seen, desk.is_down = desk.subscribed(), True
    for _ in range(5):
        assert desk.poll().outcome is Outcome.FAILED
    desk.is_down = False
    desk.redesign()
    assert desk.poll().repair is not None
    assert desk.events() == [EventKind.FAILING, EventKind.REPAIRED, EventKind.RECOVERED]
    assert_same_stories(seen, desk.subscribed())


@pytest.mark.parametrize("place", ["remember_list", "record", "tell"])
def test_a_repair_that_is_killed_half_way_heals_and_is_told_once(
    desk: Desk, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it ends: before its selectors, its reading or its event are written."""
    seen = desk.subscribed()
    desk.redesign()

    def die(*_given: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(f"feedbuilder.store.transaction.SqlTransaction.{place}", die)
        with pytest.raises(Killed):
            desk.poll()
    desk.store.close()
    desk.open()
    assert desk.store.list_memory("world-news").repair is None
    assert desk.poll().repair is not None
    repair = desk.store.list_memory("world-news").repair
    assert repair is not None
    assert repair.state is RepairState.ACTIVE
    assert desk.events() == [EventKind.REPAIRED]
    assert_same_stories(seen, desk.subscribed())


def test_a_repair_that_turns_out_wrong_is_undone_by_itself(desk: Desk) -> None:
    """The site takes its redesign back."""
    desk.redesign()
    assert desk.poll().repair is not None
    desk.redesign(is_on=False)
    for _ in range(3):
        assert desk.poll().error is None
    repair = desk.store.list_memory("world-news").repair
    assert repair is not None
    assert repair.state is RepairState.RESTING
    assert desk.events() == [EventKind.REPAIRED]


def test_a_newsroom_whose_domain_was_let_go_is_told_once_and_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = desk.subscribed()
    parked = b"<title>newsroom.example</title><h1>This domain may be for sale</h1><a href='/loans'>Loans</a>"
    fetch = Desk.fetch

    def sold(one: Desk, source: Source, validators: Validators) -> Page | NotModified:
        page = fetch(one, source, validators)
        assert isinstance(page, Page)
        return replace(page, body=parked)

    with monkeypatch.context() as patched:
        patched.setattr(Desk, "fetch", sold)
        for _ in range(4):
            assert desk.poll().outcome is Outcome.FAILED
    assert desk.events() == [EventKind.FAILING]
    assert desk.subscribed() == seen
    desk.poll()
    assert desk.events() == [EventKind.FAILING, EventKind.RECOVERED]
