"""A clock is wrong for a while: nothing is lost, nothing is dated wrongly, and nothing is silent after."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from feedbuilder.engine import Runner
from feedbuilder.model import ClockError, Precision, StoredItem
from tests.acceptance.dated_sites import DatedSites, Told, Watcher, dated_sites
from tests.patience import PATIENCE

START = datetime(2026, 2, 6, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WRONG = {"a year ahead": 365 * DAY, "two days behind": -2 * DAY}


@dataclass
class Clocks:
    """The true time, and what the machine takes for it."""

    now: datetime = START
    off: timedelta = field(default_factory=timedelta)

    def true(self) -> datetime:
        return self.now

    def machine(self) -> datetime:
        return self.now + self.off


@dataclass
class World:
    clocks: Clocks
    sites: DatedSites
    watcher: Watcher

    def items(self) -> list[StoredItem]:
        with self.watcher.open() as installation:
            return installation.store.items(limit=100)

    def feed(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = json.loads((self.watcher.output / "all/feed.json").read_bytes())["items"]
        return items

    def names(self) -> list[str]:
        return [item["url"].rpartition("/")[2] for item in self.feed()]

    def tell(self, host: str, *stories: Told) -> None:
        self.sites.stories[host] = [*stories, *self.sites.stories[host]]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    clocks = Clocks()
    with dated_sites(clocks.true, "one.example", "two.test") as sites:
        watcher = Watcher(tmp_path, sites, clocks.machine)
        made = World(clocks, sites, watcher)
        for host in sites.stories:
            made.tell(host, *(Told(f"{host[:3]}-{number}", f"2026-02-0{5 - number} 10:00") for number in range(3)))
        watcher.write_config()
        yield made


def published(world: World) -> dict[Path, bytes]:
    """Return all files of feeds; status.json is written at each start."""
    return {path: path.read_bytes() for path in world.watcher.output.rglob("*/*") if path.is_file()}


def alone(world: World) -> None:
    """Leave one site only."""
    del world.sites.stories["two.test"]
    world.watcher.write_config()


def all_said(world: World) -> None:
    """Check that every story is there once, with a date that is no later than now and as its page says."""
    listed = {told.name: told for stories in world.sites.stories.values() for told in stories}
    assert sorted(world.names()) == sorted(listed)
    for item in world.feed():
        date = listed[item["url"].rpartition("/")[2]].date
        published = datetime.fromisoformat(item["date_published"])
        assert START - 3 * DAY - 3 * HOUR <= published <= world.clocks.now
        if date.startswith("2026"):
            assert published == datetime.fromisoformat(date).replace(tzinfo=UTC)
        assert datetime.fromisoformat(item["_feedbuilder"]["first_seen"]) <= world.clocks.now


@pytest.mark.parametrize("sites", [1, 2])
@pytest.mark.parametrize("off", WRONG.values(), ids=WRONG)
def test_nothing_is_read_or_published_while_the_clock_is_wrong(world: World, off: timedelta, sites: int) -> None:
    if sites == 1:
        alone(world)
    world.watcher.build()
    before = {path: path.read_bytes() for path in world.watcher.output.rglob("*") if path.is_file()}
    known = world.items()

    world.clocks.off, world.clocks.now = off, START + HOUR
    world.tell("one.example", Told("undated"), Told("dated", "2026-02-06 12:30"))
    with pytest.raises(ClockError) as raised:
        world.watcher.build()
    assert f"{world.clocks.machine():%Y-%m-%d %H:%M} UTC" in str(raised.value)
    assert "one.example" in str(raised.value)
    assert {path: path.read_bytes() for path in world.watcher.output.rglob("*") if path.is_file()} == before
    assert world.items() == known

    world.clocks.off, world.clocks.now = timedelta(), START + 2 * HOUR
    report = world.watcher.build()
    assert sum(run.new for run in report.runs) == 2
    assert world.names()[:2] == ["undated", "dated"]
    all_said(world)


@pytest.mark.parametrize("off", WRONG.values(), ids=WRONG)
def test_two_sites_are_believed_in_the_very_beginning(world: World, off: timedelta) -> None:
    world.clocks.off = off
    with pytest.raises(ClockError, match="clock must be wrong"):
        world.watcher.build()
    assert not world.watcher.output.exists()
    world.clocks.off = timedelta()
    assert not world.watcher.build().failed
    all_said(world)


def unheard(world: World, off: timedelta) -> None:
    """Read and publish with a wrong clock, as before anybody watched it: no site says the time."""
    world.sites.skew = dict.fromkeys(("one.example", "two.test"), None)
    world.clocks.off = off
    world.watcher.build()
    world.clocks.off = timedelta()
    world.sites.skew = {}


def test_what_a_clock_ahead_has_left_is_put_right(world: World) -> None:
    world.watcher.build()
    world.clocks.now += HOUR
    world.tell("one.example", Told("undated"), Told("ago", "2 hours ago"), Told("dated", "2026-02-06 12:30"))
    unheard(world, 365 * DAY)
    wrong = {item["url"].rpartition("/")[2]: datetime.fromisoformat(item["date_published"]) for item in world.feed()}
    assert wrong["undated"] > world.clocks.now + 300 * DAY
    ids = {item["id"] for item in world.feed()}

    world.clocks.now += MINUTE
    world.tell("two.test", Told("later", "2026-02-06 12:50"))
    report = world.watcher.build()
    assert not report.failed
    assert {item["id"] for item in world.feed()} > ids
    all_said(world)
    came = [item.canonical.rpartition("/")[2] for item in world.items()]
    assert (came[0], set(came[1:4])) == ("later", {"undated", "ago", "dated"})
    dates = {item["url"].rpartition("/")[2]: datetime.fromisoformat(item["date_published"]) for item in world.feed()}
    assert abs(dates["ago"] - (world.clocks.now - 2 * HOUR)) <= 2 * MINUTE
    with world.watcher.open() as installation:
        for state in installation.store.states().values():
            assert state.next_due is not None
            assert state.next_due <= world.clocks.now + 2 * HOUR
            assert state.blocked_until is None
            assert state.last_run == world.clocks.now
    before = published(world)
    world.clocks.now += HOUR
    world.watcher.build()
    assert published(world) == before


def test_failures_under_a_wrong_clock_silence_nothing(world: World) -> None:
    world.watcher.build()
    stories, world.sites.stories = world.sites.stories, {}
    unheard(world, 365 * DAY)
    with world.watcher.open() as installation:
        assert all(state.failures for state in installation.store.states().values())
    world.sites.stories = stories
    world.tell("one.example", Told("undated"))
    world.clocks.now += HOUR
    report = world.watcher.build(force=False)
    assert not report.failed
    assert "undated" in world.names()


def test_a_site_that_is_wrong_alone_is_told_and_not_obeyed(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    alone(world)
    world.sites.skew["one.example"] = -400 * DAY
    for _ in range(3):
        assert not world.watcher.build().failed
        assert "this machine's differ" in capsys.readouterr().out
        world.clocks.now += HOUR
    all_said(world)


def test_a_site_that_is_wrong_beside_one_that_is_right_is_no_trouble(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.sites.skew["two.test"] = 400 * DAY
    for _ in range(3):
        assert not world.watcher.build().failed
        world.clocks.now += HOUR
    assert "clock" not in capsys.readouterr().out
    all_said(world)


def test_old_copies_from_caches_accuse_no_clock(world: World) -> None:
    world.sites.age = {"one.example": 86_400, "two.test": 86_400}
    assert not world.watcher.build().failed
    all_said(world)


def test_a_machine_that_slept_for_a_year_reads_on(world: World) -> None:
    world.watcher.build()
    world.clocks.now += 365 * DAY
    world.tell("one.example", Told("undated"))
    assert not world.watcher.build().failed
    assert world.names()[0] == "undated"


def test_feeds_that_a_wrong_clock_published_fill_a_lost_store_rightly(world: World) -> None:
    world.tell("one.example", Told("undated"))
    unheard(world, 365 * DAY)
    ids = {item["id"] for item in world.feed()}
    for path in world.watcher.folder.glob("feedbuilder.db*"):
        path.unlink()
    world.clocks.now += HOUR
    assert not world.watcher.build().failed
    assert {item["id"] for item in world.feed()} == ids
    all_said(world)


def test_without_a_site_that_says_the_time_reading_goes_on(world: World) -> None:
    world.watcher.build()
    world.sites.skew = dict.fromkeys(world.sites.stories, None)
    world.clocks.off = -2 * DAY
    assert not world.watcher.build().failed
    assert all(item.precision is Precision.INSTANT for item in world.items())


@pytest.mark.parametrize("off", [365 * DAY, -2 * DAY, 5 * HOUR], ids=["a year ahead", "two days behind", "five hours"])
def test_run_waits_for_the_right_time_and_then_plans_anew(
    world: World, monkeypatch: pytest.MonkeyPatch, off: timedelta
) -> None:
    world.watcher.build()
    world.clocks.now += 3 * HOUR
    world.clocks.off = off
    world.tell("one.example", Told("undated"))
    before = published(world)
    monkeypatch.setattr("feedbuilder.engine.readings.SPREAD", timedelta())
    asked = world.sites.asked.count("one.example/")
    with world.watcher.open() as installation:
        runner = Runner(installation, world.watcher.config)
        runner.start()
        try:
            # Five hours are found by the first answers: the machine may have rested for eight.
            until(lambda: runner._clock_is_wrong)
            assert runner._publish() is None
            assert published(world) == before
            assert world.sites.asked.count("one.example/") <= asked + (off == 5 * HOUR)

            world.clocks.off = timedelta()
            runner._look_at_clock()
            until(lambda: "undated" in world.names())
        finally:
            runner.stop()
    all_said(world)


def until(true: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < limit, "waited too long"
        time.sleep(0.05)
