"""A WebSub hub: told of each feed with news, once, over restarts; one that is dead is left alone and told of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedbuilder.config import Config, load
from feedbuilder.engine import hub_pings
from feedbuilder.engine.alerts import FIRST_WAIT, LONGEST_WAIT
from feedbuilder.engine.hub_pings import LOOK_EVERY, HubPings
from feedbuilder.model import FetchError, Printing
from feedbuilder.store import SqlStore, open_store

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
HUB = "https://hub.example/"
FILES = ("rss.xml", "feed.json")


@dataclass
class World:
    store: SqlStore
    folder: Path
    now: datetime = NOW
    told: list[str] = field(default_factory=list)
    asked: int = 0
    status: int | None = 204
    """What the hub answers; None where it does not."""
    refuses: str = "-"

    def config(self, site: str = f'url = "https://feeds.example/"\nhub = "{HUB}"') -> Config:
        path = self.folder / "feedbuilder.toml"
        path.write_text(f"[site]\n{site}\n", "utf-8")
        return load(path, {})

    def pings(self, config: Config | None = None) -> HubPings:
        """Return what a process that starts now tells the hub by."""
        return HubPings(config or self.config(), self.store, lambda: self.now)

    def prints(self, *slugs: str) -> None:
        """Publish feeds with a new entry in each."""
        self.now += timedelta(seconds=1)
        made = []
        for slug in slugs:
            addresses = [[file, f"https://feeds.example/{slug}/{file}"] for file in FILES]
            summary = {"updated": self.now.isoformat(), "count": 1, "newest": None, "addresses": addresses}
            made.append(Printing(slug, self.now.isoformat(), anew=True, summary=summary))
        self.store.settle(made, (), {}, 0)

    def post(self, url: str, fields: dict[str, str], _bundle: Path | None) -> None:
        assert (url, fields["hub.mode"]) == (HUB, "publish")
        self.asked += 1
        status = 404 if self.refuses in fields["hub.url"] else self.status
        if status is None or status >= 300:
            raise FetchError("hub.example did not take the news", status=status)
        self.told.append(fields["hub.url"].removeprefix("https://feeds.example/"))


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with open_store(tmp_path / "store.db") as store:
        made = World(store, tmp_path)
        monkeypatch.setattr(hub_pings, "post_form", made.post)
        yield made


def test_a_hub_is_told_of_what_comes_once_over_restarts(world: World) -> None:
    world.prints("town", "all")
    assert world.pings().deliver() == 0  # it is met
    assert world.pings().deliver() == 0
    world.prints("town")
    assert world.pings().deliver() == 1
    assert world.told == ["town/rss.xml", "town/feed.json"]
    assert world.pings().deliver() == 0
    world.prints("sports")
    assert world.pings().deliver() == 1
    assert world.told[2:] == ["sports/rss.xml", "sports/feed.json"]


def test_it_is_looked_for_news_where_files_were_written_and_now_and_then(world: World) -> None:
    pings = world.pings()
    pings.deliver()
    assert pings.deliver() == 0
    world.prints("town")
    assert pings.deliver() == 0
    pings.note_news()
    assert pings.deliver() == 1
    world.prints("town")  # by another process
    assert pings.deliver() == 0
    world.now += LOOK_EVERY
    assert pings.deliver() == 1


@pytest.mark.parametrize("status", [None, 500, 503, 429])
def test_a_dead_hub_is_tried_ever_later_and_its_news_wait(world: World, status: int | None) -> None:
    pings = world.pings()
    pings.deliver()
    world.status = status
    world.prints("town", "world")
    pings.note_news()
    for _ in range(20):
        pings.deliver()
    assert world.asked == 1
    state = world.store.hub_state(HUB)
    assert state is not None
    assert (state.failures, state.since, state.error) == (1, world.now, "hub.example did not take the news")
    since = world.now
    waits = []
    for _ in range(14):
        before = world.store.hub_state(HUB)
        assert before is not None
        assert before.not_before is not None
        waits.append((before.not_before - world.now).total_seconds())
        world.now = before.not_before
        world.pings().deliver()  # after a restart, too
    assert waits[:3] == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT]
    assert waits[-1] == LONGEST_WAIT
    world.status = 202
    world.now += timedelta(seconds=LONGEST_WAIT)
    state = world.store.hub_state(HUB)
    assert state is not None
    assert state.since == since
    assert world.pings().deliver() == 2
    assert world.told == ["town/rss.xml", "town/feed.json", "world/rss.xml", "world/feed.json"]
    state = world.store.hub_state(HUB)
    assert state is not None
    assert (state.failures, state.error, state.since) == (0, None, None)


def test_a_feed_that_the_hub_refuses_keeps_no_other_back(world: World) -> None:
    pings = world.pings()
    pings.deliver()
    world.refuses = "all/"
    world.prints("all", "town")
    pings.note_news()
    assert pings.deliver() == 2
    assert world.told == ["town/rss.xml", "town/feed.json"]
    state = world.store.hub_state(HUB)
    assert state is not None
    assert state.error is not None
    pings.note_news()
    assert pings.deliver() == 0


def test_of_many_feeds_some_are_told_at_a_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_pings, "MOST", 3)
    pings = world.pings()
    pings.deliver()
    world.prints(*(f"feed-{number}" for number in range(8)))
    pings.note_news()
    assert [pings.deliver() for _ in range(4)] == [3, 3, 2, 0]


def test_a_moment_that_a_wrong_clock_noted_binds_nobody(world: World) -> None:
    pings = world.pings()
    pings.deliver()
    world.now += timedelta(days=4000)
    world.status = None
    world.prints("town")
    pings.note_news()
    pings.deliver()
    world.now, world.status = NOW, 204
    assert world.pings().deliver() == 1


def test_a_stop_begins_nothing(world: World) -> None:
    pings = world.pings()
    pings.deliver()
    world.prints("town")
    pings.note_news()
    pings.stop()
    assert pings.deliver() == 0
    assert world.pings().deliver() == 1


def test_another_hub_is_met_anew(world: World) -> None:
    world.pings().deliver()
    world.prints("town")
    other = world.config('url = "https://feeds.example/"\nhub = "https://other.example/"')
    assert world.pings(other).deliver() == 0
    assert world.store.hub_state(HUB) is None
    assert world.asked == 0


@pytest.mark.parametrize("site", ['url = "https://feeds.example/"', f'hub = "{HUB}"'])
def test_without_a_hub_or_a_public_address_nobody_is_told(world: World, site: str) -> None:
    world.prints("town")
    pings = world.pings(world.config(site))
    assert pings.deliver() == 0
    assert world.store.hub_state(HUB) is None
