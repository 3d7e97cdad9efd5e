"""What stands in the queue: each source once, whoever is waited for first, nothing lost with a worker."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from feedbuilder.cluster import job_queue
from feedbuilder.cluster.job_queue import QUEUE, JobQueue, Priority
from feedbuilder.model import Source, StoreError
from feedbuilder.store import open_store


def source(name: str, host: str = "paper.example") -> Source:
    return Source.model_validate({"id": name, "url": f"https://{host}/{name}", "selectors": {"item": "a"}})


@pytest.fixture
def queue(url: str) -> Iterator[JobQueue]:
    with open_store(url):
        opened = JobQueue(url)
        opened.open()
        yield opened
        opened.close()


def rows(url: str, statement: str) -> list[Any]:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            result = connection.exec_driver_sql(statement)
            return list(result) if result.returns_rows else []
    finally:
        engine.dispose()


def fetch(url: str, worker: str = "NULL") -> tuple[str, dict[str, str]] | None:
    """Take a job as a worker does."""
    taken = rows(
        url,
        f"SELECT task_name, args FROM procrastinate_fetch_job_v2(ARRAY['{QUEUE}']::varchar[], {worker}::bigint)",
    )
    return tuple(taken[0]) if taken and taken[0][0] else None


def test_each_source_waits_once_and_hosts_go_on_side_by_side(queue: JobQueue, url: str) -> None:
    one, same_host, other = source("a"), source("b"), source("c", "other.example")
    queue.read([one, same_host, other])
    queue.read([one, other])
    assert queue.outstanding() == {"a", "b", "c"}
    assert fetch(url) == ("read", {"source": "a"})
    assert fetch(url) == ("read", {"source": "c"})  # the host of "b" is asked
    assert fetch(url) is None
    queue.read([one])  # it goes on, and may wait once more
    assert [row[0] for row in rows(url, "SELECT count(*) FROM procrastinate_jobs")] == [4]


def test_whom_somebody_waits_for_goes_first(queue: JobQueue, url: str) -> None:
    queue.read([source("a", "a.example"), source("b", "b.example")])
    queue.read([source("c", "c.example")], Priority.ASKED)
    assert fetch(url) == ("read", {"source": "c"})


def test_feeds_are_published_once_for_all_news_and_by_one(
    queue: JobQueue, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_queue, "GATHER", timedelta(hours=1))
    for _ in range(3):
        queue.publish()
    assert rows(url, "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'publish'")[0][0] == 1
    assert fetch(url) is None  # what comes soon goes along
    rows(url, "UPDATE procrastinate_jobs SET scheduled_at = now()")
    assert fetch(url) == ("publish", {})
    queue.publish()
    rows(url, "UPDATE procrastinate_jobs SET scheduled_at = now()")
    assert fetch(url) is None


def test_publishing_that_is_put_off_is_not_begun_for_news(
    queue: JobQueue, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_queue, "GATHER", timedelta())
    queue.publish()  # while the one that is refused goes on
    queue.publish(timedelta(hours=1))
    queue.publish()
    assert fetch(url) is None
    queue.publish(timedelta(hours=-1))
    assert fetch(url) == ("publish", {})
    queue.publish(timedelta(hours=1))  # where none waits
    queue.publish()
    assert fetch(url) is None


def test_the_jobs_of_dead_workers_are_given_to_others(
    queue: JobQueue, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_queue, "GONE", 0.0)  # the server of the tests may have been there for a moment only
    queue.read([source("a", "a.example"), source("b", "b.example"), source("c", "c.example")])
    times = "(now() + interval '1 hour'), (now() - interval '1 hour')"
    rows(url, f"INSERT INTO procrastinate_workers (last_heartbeat) VALUES {times}")
    assert fetch(url, "1") == ("read", {"source": "a"})
    assert fetch(url, "2") == ("read", {"source": "b"})
    assert fetch(url, "2") == ("read", {"source": "c"})
    queue.read([source("c", "c.example")])  # waits again already
    assert queue.free() == 2
    assert queue.free() == 0
    assert queue.outstanding() == {"a", "b", "c"}
    assert rows(url, "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")[0][0] == 2
    assert rows(url, "SELECT count(*) FROM procrastinate_workers")[0][0] == 1


def test_nobody_is_dead_while_the_server_is_not_there_for_longer(
    queue: JobQueue, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue.read([source("a")])
    rows(url, "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '10 years')")
    fetch(url, "1")
    with monkeypatch.context() as long:
        long.setattr(job_queue, "GONE", timedelta(days=3000).total_seconds())
        assert queue.free() == 0
    assert rows(url, "SELECT status FROM procrastinate_jobs") == [("doing",)]
    assert rows(url, "SELECT count(*) FROM procrastinate_workers") == [(1,)]


def test_a_job_that_was_given_to_another_is_noticed(queue: JobQueue, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_queue, "GONE", 0.0)
    queue.read([source("a")])
    rows(url, "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')")
    fetch(url, "1")
    [(number,)] = rows(url, "SELECT id FROM procrastinate_jobs")
    queue.check(number)
    assert queue.free() == 1
    with pytest.raises(StoreError, match="Another worker does it now"):
        queue.check(number)


def test_what_stands_there_is_shown(queue: JobQueue, url: str) -> None:
    queue.read([source("a"), source("b")])
    rows(url, "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() + interval '1 hour')")
    fetch(url, "1")
    with open_store(url) as store:
        state = store.queue_state()
    assert state is not None
    assert (state.waiting, state.going, state.workers, state.hosts) == (1, 1, 1, 0)
    assert state.oldest is not None
    assert state.sentence(state.oldest) == "1 worker, 1 job under way, 1 waiting, the oldest for 0 s"


def test_jobs_of_other_programs_are_left_alone(queue: JobQueue, url: str) -> None:
    rows(url, "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('mails', 'read', '{}')")
    rows(url, "SELECT task_name FROM procrastinate_fetch_job_v2(ARRAY['mails']::varchar[], NULL)")
    assert rows(url, "SELECT status FROM procrastinate_jobs") == [("doing",)]
    assert queue.free() == 0
    assert queue.outstanding() == set()
    with open_store(url) as store:
        state = store.queue_state()
    assert state is not None
    assert (state.waiting, state.going) == (0, 0)


def test_a_store_without_a_queue_has_none(url: str) -> None:
    with open_store(url) as store:
        assert store.queue_state() is None
        rows(url, "CREATE TABLE procrastinate_jobs (id int)")  # an old one's, of another program
        assert store.queue_state() is None


def test_a_server_that_is_away_is_told(tmp_path: Any) -> None:
    queue = JobQueue(f"postgresql://somebody:hushhush@/feeds?host={tmp_path}&connect_timeout=2")
    with pytest.raises(StoreError, match="cannot be used") as told:
        queue.open()
    assert "hushhush" not in str(told.value)
    queue.close()
