"""Workers: as many jobs at the same time as they are told, and none for a host that wants to be left alone."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier, Event

import pytest

pytest.importorskip("procrastinate", reason="the extra cluster is not installed")

from feedbuilder.cluster.chores import Chores
from feedbuilder.cluster.job_queue import READ, JobQueue
from feedbuilder.cluster.work import Worker
from feedbuilder.config import load
from feedbuilder.engine import Installation
from feedbuilder.model import FetchError, Source
from feedbuilder.store import open_store
from tests.patience import PATIENCE

THREADS = 40
"""More than a loop has threads by itself."""


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
