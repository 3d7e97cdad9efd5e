"""Workers: as many jobs at the same time as they are told, and none for a host that wants to be left alone."""

from __future__ import annotations

import gc
from collections import Counter
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Event

import pytest

pytest.importorskip("procrastinate", reason="the extra cluster is not installed")

from feedbuilder.cli import worker_command
from feedbuilder.cluster import job_queue, work
from feedbuilder.cluster.chores import AFTER_REFUSAL, Chores
from feedbuilder.cluster.job_queue import READ, JobQueue
from feedbuilder.cluster.work import Worker
from feedbuilder.config import load
from feedbuilder.engine import Installation, once
from feedbuilder.logger import log
from feedbuilder.model import (
    AlreadyRunningError,
    FetchError,
    OutdatedError,
    PublishError,
    Source,
    StoreAwayError,
    StoreError,
    StoreRefusedError,
    Validators,
)
from feedbuilder.processes import Nursery
from feedbuilder.store import hold, is_there, open_store
from feedbuilder.store.host_turns import HostTurns
from feedbuilder.store.migrate import VERSION_TABLE
from feedbuilder.tend.polite_fetcher import polite_fetcher
from tests.patience import PATIENCE

THREADS = 40
"""More than a loop has threads by itself."""
OWN_PLACES = 'site.output = "output"\nstore.path = "store.db"\n'
ONE_SOURCE = '[[source]]\nid = "a"\nurl = "https://a.example/"\nselectors.item = "a"\n'


def source(name: str) -> Source:
    return Source.model_validate({"id": name, "url": f"https://{name}.example/", "selectors": {"item": "a"}})


def test_as_many_jobs_go_on_at_the_same_time_as_it_was_told(url: str) -> None:
    all_at_once, stop = Barrier(THREADS), Event()

    def read(source: str) -> None:
        try:
            all_at_once.wait(PATIENCE / 3)
        finally:
            stop.set()

    with open_store(url):
        queue = JobQueue(url)
        queue.open()
        queue.read([source(f"s{number}") for number in range(THREADS)])
        Worker(queue, {READ: read}, THREADS).run_until(stop)
    assert not all_at_once.broken


def test_an_older_worker_leaves_newer_jobs_alone_and_ends_when_the_store_is_newer(url: str) -> None:
    queue = JobQueue(url)
    with open_store(url) as store:
        queue.open()
        queue.read([source("newer")])
        with store._database.committing() as connection:
            connection.exec_driver_sql("UPDATE procrastinate_jobs SET queue_name = 'feedbuilder-2', priority = 100")
        queue.read([source("ours"), source("later")])
        done: list[str] = []

        def read(source: str) -> None:
            done.append(source)
            with store._database.writing() as connection:
                connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
            store.check_version()

        with pytest.raises(OutdatedError, match="of version 9999 now"):
            Worker(queue, {READ: read}, 1).run_until(Event())
        assert "newer" not in done
        with store._database.committing() as connection:
            left = connection.exec_driver_sql("SELECT args->>'source', status FROM procrastinate_jobs").all()
        assert ("newer", "todo") in left


def test_a_worker_whose_job_was_given_to_another_goes_on(
    url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    said: list[str] = []
    monkeypatch.setattr(log, "warning", lambda text, **_: said.append(text))
    monkeypatch.setattr(job_queue, "GONE", 0.0)
    monkeypatch.setattr(work, "AGAIN", 0.1)
    stop, tried = Event(), Counter[str]()
    with open_store(url):
        queue, other = JobQueue(url), JobQueue(url)
        other.open()
        other.read([source("a")])
        later = source("b")

        def read(source: str) -> None:
            tried[source] += 1
            if source == "b":
                stop.set()
            elif tried[source] == 1:
                assert other.free() == 1  # taken for dead, it goes on
                other.read([later])

        Worker(queue, {READ: read}, 1).run_until(stop)
        other.close()
    assert tried == {"a": 2, "b": 1}
    gc.collect()  # asyncio tells of the task that ended the first "a" when it is let go
    assert set(said) == {"a job was done that is not ours to end"}
    assert "asyncio" not in {one.name for one in caplog.records}


def test_who_publishes_settles_nothing_once_another_worker_has_the_job(tmp_path: Path) -> None:
    class Queue:
        def check(self, job: int) -> None:
            raise StoreError(f"Another worker does {job} now.")

    path = tmp_path / "feedbuilder.toml"
    feeds = '[[feed]]\nslug = "one"\n[[feed]]\nslug = "other"\n'
    path.write_text(f"{OWN_PLACES}{ONE_SOURCE}{feeds}", "utf-8")
    with Installation.open(load(path, {})) as installation:
        installation.prepare()
        with pytest.raises(StoreError, match="Another worker does 7 now"):
            Chores(installation, Queue()).publish(7)  # type: ignore[arg-type]
        assert installation.store.printed() == {}
        assert installation.output.read("one/feed.json") is not None
        assert installation.output.read("other/feed.json") is None
        assert installation.output.read("index.html") is None


def test_an_output_that_refuses_is_tried_again_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[timedelta | None] = []

    class Queue:
        def publish(self, after: timedelta | None = None) -> None:
            asked.append(after)

    def refuse(_: Installation, **__: object) -> None:
        raise PublishError("full")

    path = tmp_path / "feedbuilder.toml"
    path.write_text(OWN_PLACES + ONE_SOURCE, "utf-8")
    monkeypatch.setattr(Installation, "publish", refuse)
    with Installation.open(load(path, {})) as installation, pytest.raises(PublishError):
        Chores(installation, Queue()).publish(7)  # type: ignore[arg-type]
    assert asked == [AFTER_REFUSAL]


def test_a_host_that_wants_to_be_left_alone_is_no_failure_of_its_sources(tmp_path: Path) -> None:
    path = tmp_path / "config" / "feedbuilder.toml"
    path.parent.mkdir()
    path.write_text('[[source]]\nid = "a"\nurl = "https://a.example/"\nselectors.item = "article"', "utf-8")
    with Installation.open(load(path, {})) as installation:
        installation.prepare()
        installation.waits.refused("a.example", FetchError("HTTP 429", status=429))
        Chores(installation, JobQueue("postgresql://nobody@/nowhere")).read("a")
        assert installation.store.runs("a", 1) == []
        assert installation.state(installation.sources["a"]).failures == 0


def configured(tmp_path: Path, url: str) -> Path:
    """Write a configuration for several processes, which has one source that cannot be reached."""
    path = tmp_path / "config" / "feedbuilder.toml"
    path.parent.mkdir()
    path.write_text(
        f'engine = "procrastinate"\nstore.url = "{url}"\n'
        'fetch = { robots = false, icons = false, allow_hosts = ["127.0.0.1"] }\n'
        '[[source]]\nid = "a"\nurl = "http://127.0.0.1:9/"\nselectors.item = "article"\n',
        "utf-8",
    )
    return path


def test_a_build_beside_who_only_schedules_says_so_where_nobody_works(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "WORKERS_WAIT", 0.0)
    path = configured(tmp_path, url)
    config = load(path, {})
    with hold(url, by=path), Installation.open(config) as installation:
        with pytest.raises(AlreadyRunningError, match="only schedules, and there is no worker"):
            once.build(installation, config.sources)
        queue = JobQueue(url)
        queue.open()
        queue.close()
        with pytest.raises(AlreadyRunningError, match="only schedules, and there is no worker"):
            once.build(installation, config.sources)
        with installation.store._database.committing() as connection:
            connection.exec_driver_sql("INSERT INTO procrastinate_workers DEFAULT VALUES")
        monkeypatch.setattr(once, "LONGEST_WAIT", 1.0)
        with pytest.raises(AlreadyRunningError, match="but it did not within"):
            once.build(installation, config.sources)


def test_a_build_waits_for_another_one(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "WORKERS_WAIT", 0.0)
    monkeypatch.setattr(once, "LONGEST_WAIT", 1.0)
    config = load(configured(tmp_path, url), {})
    with (
        hold(url),
        Installation.open(config) as installation,
        pytest.raises(AlreadyRunningError, match="but it did not within"),
    ):
        once.build(installation, config.sources)


def test_who_reads_beside_workers_takes_turns_with_them(tmp_path: Path, url: str) -> None:
    config = load(configured(tmp_path, url), {})
    source = config.sources[0]
    asked: list[str] = []

    def refuse(host: str, goes_on: object) -> str:
        asked.append(host)
        raise FetchError("not your turn")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(HostTurns, "take", lambda self, host, goes_on: refuse(host, goes_on))
        with Installation.open(config) as installation, pytest.raises(FetchError, match="not your turn"):
            installation.fetcher.fetch(source, Validators())
        with polite_fetcher(config, None) as fetcher, pytest.raises(FetchError, match="not your turn"):
            fetcher.fetch(source, Validators())
    assert asked == ["127.0.0.1", "127.0.0.1"]


def test_to_look_at_a_page_makes_no_store(tmp_path: Path, url: str) -> None:
    config = load(configured(tmp_path, url), {})
    with polite_fetcher(config, None) as fetcher, pytest.raises(FetchError):
        fetcher.fetch(config.sources[0], Validators())
    assert not is_there(url)


def test_while_the_server_is_away_a_person_may_look_at_pages(tmp_path: Path) -> None:
    config = load(configured(tmp_path, f"postgresql://nobody@/nowhere?host={tmp_path}&connect_timeout=2"), {})
    with polite_fetcher(config, None) as fetcher, pytest.raises(FetchError):
        fetcher.fetch(config.sources[0], Validators())


def test_a_worker_waits_for_a_server_that_is_away_and_says_so_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedbuilder.processes.nursery.can_fork", lambda: False)
    config = load(configured(tmp_path, "postgresql://nobody@/nowhere"), {})
    nursery, opened = Nursery(), object()
    answers = [StoreAwayError("away"), StoreAwayError("away"), opened, StoreRefusedError("a password")]

    def open_it(*_: object, **__: object) -> object:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    said: list[str] = []
    monkeypatch.setattr(worker_command, "AGAIN", 0.0)
    monkeypatch.setattr(Installation, "open", open_it)
    monkeypatch.setattr(log, "error", lambda text, **_: said.append(text))
    assert worker_command._opened(config, nursery, Event()) is opened
    assert said == ["cannot work yet; trying again"]
    with pytest.raises(StoreError, match="a password"):
        worker_command._opened(config, nursery, Event())
    stopped = Event()
    stopped.set()
    assert worker_command._opened(config, nursery, stopped) is None
