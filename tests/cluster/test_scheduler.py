"""What is put into the queue and when: each reading once, and no site asked again for what the store suffers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

pytest.importorskip("procrastinate", reason="the extra cluster is not installed")

from feedbuilder.cluster.job_queue import Priority
from feedbuilder.cluster.scheduler import AFTER_FAILURE, Scheduler, schedule_by_turns
from feedbuilder.config import load
from feedbuilder.engine import Installation
from feedbuilder.logger import log
from feedbuilder.model import Outcome, OutdatedError, Run, Source, SourceState, StoreError, StoreRefusedError
from feedbuilder.newsroom import HandClock
from feedbuilder.store import SqlStore, open_store
from feedbuilder.store.migrate import VERSION_TABLE

HOUR = timedelta(hours=1)
SOURCE = """
[[source]]
id = "{0}"
url = "https://{0}.example/"
selectors.item = "article"
interval = "1h"
"""


@dataclass
class Queue:
    """A queue in memory, and how often each source was put into it."""

    waiting: set[str] = field(default_factory=set)
    put: list[str] = field(default_factory=list)

    def read(self, sources: Iterable[Source], priority: Priority = Priority.SCHEDULED) -> None:
        ids = [source.id for source in sources]
        self.put += ids
        self.waiting |= set(ids)

    def publish(self) -> None:
        pass

    def outstanding(self) -> set[str]:
        return set(self.waiting)

    def free(self) -> int:
        return 0


class Held:
    def check(self) -> None:
        pass


@dataclass
class House:
    """A scheduler that is looked after by hand."""

    path: Path
    installation: Installation
    clock: HandClock
    queue: Queue
    scheduler: Scheduler

    def later(self, wait: timedelta) -> list[str]:
        """Have it look some time later; return what it put into the queue."""
        self.clock.advance(wait)
        before = len(self.queue.put)
        self.scheduler._look()
        self.scheduler._free()
        self.scheduler._look()
        return self.queue.put[before:]

    def read(self, source: str, *, blocked: timedelta | None = None) -> None:
        """Read a source as a worker does."""
        now = self.clock()
        until = now + blocked if blocked else None
        state = SourceState(source, next_due=now + HOUR, last_run=now, last_success=now, blocked_until=until)
        with self.installation.store.transaction() as memory:
            memory.record(Run(source, now, now, Outcome.UNCHANGED), state)
        self.queue.waiting.discard(source)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    path = tmp_path / "config" / "feedbuilder.toml"
    path.parent.mkdir()
    path.write_text(SOURCE.format("a"), "utf-8")
    clock, queue = HandClock(), Queue()
    with Installation.open(load(path, {}), clock) as installation:
        scheduler = Scheduler(installation, queue, Held())  # type: ignore[arg-type]
        installation.prepare()
        scheduler._plan_all()
        yield House(path, installation, clock, queue, scheduler)


def test_a_reading_that_was_taken_notice_of_is_none_of_the_next_ones(house: House) -> None:
    assert house.later(timedelta()) == ["a"]
    house.read("a")
    assert house.later(timedelta(seconds=1)) == []
    assert house.later(HOUR) == ["a"]
    # The last reading stands in the store as before; the new one goes on.
    assert house.later(timedelta(seconds=1)) == []
    assert house.later(timedelta(seconds=20)) == []
    house.read("a")
    assert house.later(timedelta(seconds=1)) == []
    assert house.later(HOUR) == ["a"]


def test_what_the_store_could_not_remember_is_not_asked_for_again_at_once(house: House) -> None:
    assert house.later(timedelta()) == ["a"]
    house.queue.waiting.clear()  # the job ended, and nothing stands in the store
    assert house.later(timedelta(seconds=5)) == []
    assert house.later(timedelta(seconds=5)) == []
    assert house.later(AFTER_FAILURE) == ["a"]


def test_who_asks_waits_for_what_backs_off_unless_he_insists(house: House) -> None:
    house.later(timedelta())
    house.read("a", blocked=timedelta(minutes=30))
    house.later(timedelta(seconds=1))
    source = house.installation.sources["a"]
    house.installation.request([source], force=False)
    assert house.later(timedelta(seconds=1)) == []
    house.installation.request([source], force=True)
    assert house.later(timedelta(seconds=1)) == ["a"]


def test_a_configuration_that_the_store_did_not_take_is_taken_up_later(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.later(timedelta())
    with house.path.open("a", encoding="utf-8") as file:
        file.write(SOURCE.format("b"))

    def fail(_: Installation) -> None:
        raise StoreError("away")

    with monkeypatch.context() as broken:
        broken.setattr(Installation, "prepare", fail)
        with pytest.raises(StoreError):
            house.scheduler._look()
    assert house.later(timedelta(seconds=1)) == ["b"]


def test_who_schedules_ends_when_the_store_is_of_a_newer_program(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: SqlStore) -> None:
        raise OutdatedError("newer")

    monkeypatch.setattr(SqlStore, "check_version", refuse)
    house.scheduler._told(house.scheduler._free)()
    with pytest.raises(OutdatedError, match="newer"):
        house.scheduler.run_until(Event())


def test_what_fails_again_and_again_is_said_once_until_it_works(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [StoreError("away"), StoreError("away"), None, StoreError("away")]
    said: list[str] = []

    def chore() -> None:
        if answer := answers.pop(0):
            raise answer

    monkeypatch.setattr(log, "error", lambda text, **_: said.append(text))
    call = house.scheduler._told(chore)
    counts = []
    for _ in range(4):
        call()
        counts.append(len(said))
    assert counts == [1, 1, 1, 2]


def test_who_comes_to_a_store_of_a_newer_program_does_not_schedule(tmp_path: Path, url: str) -> None:
    path = tmp_path / "feedbuilder.toml"
    path.write_text(f'engine = "procrastinate"\nstore.url = "{url}"\n{SOURCE.format("a")}', "utf-8")
    with open_store(url) as store, store._database.writing() as connection:
        connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    with pytest.raises(OutdatedError, match="newer feedbuilder"):
        schedule_by_turns(load(path, {}), url, Event())
    with pytest.raises(StoreRefusedError):  # nobody will let us in sooner or later
        schedule_by_turns(load(path, {}), url.replace("postgres@/", "nobody@/"), Event())
