"""Alerts: each event once to each address, a broken address tried again later, new ones told no old news."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from feedbuilder.config import Config, load
from feedbuilder.engine import alerts
from feedbuilder.engine.alerts import FIRST_WAIT, LONGEST_WAIT, Alerts
from feedbuilder.model import EventKind, FetchError, HealthEvent
from feedbuilder.store import SqlStore, open_store

NOW = datetime(2026, 2, 6, 10, 0, tzinfo=UTC)
GOOD, BAD = "https://good.example/hook", "https://bad.example/hook"
SOURCE = '[[source]]\nid = "town"\ntitle = "Town hall"\nurl = "https://town.example/"\nselectors.item = "article"\n'


@dataclass
class World:
    """A store, addresses that take alerts or not, and a clock."""

    store: SqlStore
    folder: Path
    taken: list[tuple[str, list[str]]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    seconds: float = 0.0
    events: int = 0

    def config(self, *addresses: str) -> Config:
        path = self.folder / "feedbuilder.toml"
        path.write_text(f"[alerts]\nwebhook = {list(addresses)!r}\n\n{SOURCE}", "utf-8")
        return load(path, {})

    def alerts(self, *addresses: str) -> Alerts:
        """Return what a process that starts now delivers by."""
        made = Alerts(self.config(*addresses), self.store, lambda: self.seconds)
        made.meet()
        return made

    def happens(self, kind: EventKind = EventKind.FAILING) -> None:
        self.events += 1
        event = HealthEvent.of("town", kind, NOW + timedelta(hours=self.events), failures=3, reason="It is gone.")
        with self.store.transaction() as memory:
            memory.tell([event])

    def post(self, url: str, value: dict[str, Any], _bundle: Path | None) -> None:
        self.asked.append(url)
        if url in self.broken:
            raise FetchError("it did not take the alert")
        self.taken.append((url, [event["title"] for event in value["events"]]))


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    made = World(open_store(tmp_path / "store.db"), tmp_path)
    monkeypatch.setattr(alerts, "post_json", made.post)
    yield made
    made.store.close()


def test_each_event_goes_once_to_each_address_over_restarts(world: World) -> None:
    two = world.alerts(GOOD, BAD)
    world.happens()
    assert two.deliver() == 2
    assert two.deliver() == 0
    assert world.alerts(GOOD, BAD).deliver() == 0
    world.happens(EventKind.RECOVERED)
    assert two.deliver() == 2
    failing, recovered = ["Town hall cannot be read"], ["Town hall is read again"]
    assert world.taken == [(GOOD, failing), (BAD, failing), (GOOD, recovered), (BAD, recovered)]


def test_events_that_came_together_are_one_message(world: World) -> None:
    one = world.alerts(GOOD)
    for _ in range(5):
        world.happens()
    one.deliver()
    assert world.taken == [(GOOD, ["Town hall cannot be read"] * 5)]


def test_a_broken_address_is_tried_again_ever_later_and_keeps_no_other_back(world: World) -> None:
    two = world.alerts(BAD, GOOD)
    world.broken.add(BAD)
    world.happens()
    for _ in range(100):
        two.deliver()
    assert world.taken == [(GOOD, ["Town hall cannot be read"])]
    assert world.asked.count(BAD) == 1
    world.seconds += FIRST_WAIT
    two.deliver()
    two.deliver()
    assert world.asked.count(BAD) == 2
    for _ in range(50):
        world.seconds += LONGEST_WAIT
        two.deliver()
    assert world.asked.count(BAD) == 52
    world.broken.clear()
    world.happens(EventKind.RECOVERED)
    world.seconds += LONGEST_WAIT
    two.deliver()
    assert (BAD, ["Town hall cannot be read", "Town hall is read again"]) in world.taken


def test_a_new_address_is_told_no_old_news(world: World) -> None:
    world.happens()
    one = world.alerts(GOOD)
    assert one.deliver() == 0
    world.happens(EventKind.RECOVERED)
    assert one.deliver() == 1
    assert world.taken == [(GOOD, ["Town hall is read again"])]


def test_without_addresses_nothing_is_sent(world: World) -> None:
    world.happens()
    assert world.alerts().deliver() == 0


def test_after_a_stop_nothing_is_begun_and_the_next_start_sends_it(world: World) -> None:
    one = world.alerts(GOOD)
    world.happens()
    one.stop()
    assert one.deliver() == 0
    assert world.alerts(GOOD).deliver() == 1
