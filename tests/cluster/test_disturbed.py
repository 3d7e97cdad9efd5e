"""Schedulers and workers that are killed, a database and a bucket that are away: every story once, no host too often.

`make soak` does it for a quarter of an hour with as many processes and sources as a newsroom has. The sites' own record
of what they published and how they were asked is the truth by which all is judged.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from feedbuilder.store.queue_rows import GONE
from tests.cluster.many_hosts import ManyHosts, serving, told_by
from tests.cluster.many_processes import SCHEDULERS, ManyProcesses
from tests.object_storage import ObjectService, object_service_running
from tests.patience import PATIENCE
from tests.postgres import PostgresServer, postgres_server

pytestmark = [
    pytest.mark.slow(30),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks many addresses of 127.0.0.0/8"),
]
pytest.importorskip("procrastinate", reason="the extra cluster is not installed")

SOAK = int(os.environ.get("FEEDBUILDER_SOAK", "0"))
GAP = 0.2
WORKER, SCHEDULER, DATABASE, STORAGE = "worker killed", "scheduler killed", "database restarted", "object store away"


@dataclass(frozen=True)
class Size:
    """How much of it there is; all times in seconds."""

    hosts: int
    sources: int
    workers: int
    feeds: int
    every: int
    """Between two readings of a source."""
    disturbances: Sequence[str]
    between: float
    """Two disturbances, at the most."""
    away: float
    """How long the object store is away."""
    database_away: float
    """How long the database is, at the most."""
    news: float
    """Between two stories of whatever site."""


def size(soak: int) -> Size:
    if not soak:
        return Size(4, 8, 2, 2, 1, (STORAGE, WORKER, DATABASE, SCHEDULER), 2.0, 3.0, 0.0, 0.4)
    # Of ten, the object store is away once, for a minute.
    some = [WORKER, SCHEDULER, DATABASE, STORAGE, WORKER, SCHEDULER, WORKER, DATABASE, WORKER, SCHEDULER]
    return Size(60, 500, 4, 25, 30, [some[number % 10] for number in range(3 * soak)], 36.0, 60.0, 40.0, 0.7)


def is_read_whole(source: int) -> bool:
    """Return whether the article pages of a source are read: of one in four."""
    return source % 4 == 1


def configuration(sites: ManyHosts, size: Size) -> str:
    feeds = "".join(
        f'[[feed]]\nslug = "feed-{number}"\nentries = 5000\nsources = {json.dumps(ids)}\n'
        for number in range(size.feeds)
        if (ids := [f"s{one}" for one in range(number, size.sources, size.feeds)])
    )
    sources = "".join(
        f'[[source]]\nid = "s{number}"\nurl = "{sites.page(number)}"\nselectors.item = "article"\n'
        f'articles = "{"full" if is_read_whole(number) else "off"}"\narticle.content = "p"\n'
        for number in range(size.sources)
    )
    return f"""
        fetch = {{ host_gap = "{GAP}s", deadline = "10s", icons = false, allow_hosts = {json.dumps(sites.names)} }}
        reading.processes = 1
        [defaults]
        interval = "{size.every}s"
        min_interval = "{size.every}s"
        max_interval = "{size.every}s"
        timezone = "UTC"
        {feeds}
        {sources}
    """


@dataclass
class Trial:
    """All of it at work, and what was seen of it."""

    size: Size
    sites: ManyHosts
    database: PostgresServer
    service: ObjectService
    cluster: ManyProcesses
    chance: random.Random
    ids: dict[str, str] = field(default_factory=dict)
    """Under which id each story was published first, by its address."""
    texts: dict[str, str] = field(default_factory=dict)
    """What stood of each story in its feed last."""
    twice: int = 0
    changed: int = 0
    happened: Counter[str] = field(default_factory=Counter)
    back_at: float | None = None
    """When the object store is to be there again."""

    def go_on(self, seconds: float) -> None:
        """Let sites publish, and the object store come back when it is time."""
        end = time.monotonic() + seconds
        while (now := time.monotonic()) < end:
            if self.back_at is not None and now > self.back_at:
                self.service.start()
                self.back_at = None
            self.sites.publish(self.chance.randrange(self.size.sources))
            time.sleep(min(self.chance.uniform(0, 2 * self.size.news), end - now))

    def disturb(self, kind: str) -> None:
        self.happened[kind] += 1
        if kind == WORKER:
            self.cluster.kill(f"worker-{self.chance.randrange(self.size.workers)}")
        elif kind == SCHEDULER:
            self.cluster.kill(self.cluster.scheduling())
        elif kind == DATABASE:
            self.database.stop()
            self.go_on(self.chance.uniform(0, self.size.database_away))
            self.database.start()
        elif self.back_at is None:
            self.service.stop()
            self.back_at = time.monotonic() + self.size.away

    def published(self) -> Mapping[str, Sequence[str]]:
        """Return the links of each feed as it stands in the bucket, and note what must not be."""
        found = {}
        for number in range(self.size.feeds):
            entries = self.cluster.published(f"feed-{number}")
            found[f"feed-{number}"] = links = [entry["url"] for entry in entries]
            self.twice += len(links) - len(set(links))
            for entry in entries:
                self.changed += self.ids.setdefault(entry["url"], entry["id"]) != entry["id"]
                self.texts[entry["url"]] = entry.get("content_html", "")
        return found

    def wanted(self) -> Mapping[str, Sequence[str]]:
        """Return the links that each feed is to have in the end."""
        return {
            f"feed-{number}": [
                link
                for source in range(number, self.size.sources, self.size.feeds)
                for link in self.sites.links(source)
            ]
            for number in range(self.size.feeds)
        }

    def whole(self) -> tuple[int, int]:
        """Return how many stories are to stand in their feeds with the text of their own page, and how many do not."""
        self.published()
        links = [link for one in range(self.size.sources) if is_read_whole(one) for link in self.sites.links(one)]
        lacking = (told_by(urlsplit(link).path).strip() not in self.texts.get(link, "") for link in links)
        return len(links), sum(lacking)

    def missing(self) -> int:
        wanted, found = self.wanted(), self.published()
        return sum(len(set(wanted[slug]) - set(found[slug])) for slug in wanted)


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    it = size(SOAK)
    with (
        serving(ManyHosts(it.hosts, GAP)) as sites,
        postgres_server() as database,
        object_service_running() as service,
    ):
        for number in range(it.sources):
            sites.publish(number)
        cluster = ManyProcesses(tmp_path, database, service.bucket(), configuration(sites, it))
        try:
            yield Trial(it, sites, database, service, cluster, random.Random(7))
        finally:
            cluster.end()


def test_whatever_is_disturbed_every_story_is_published_once(trial: Trial) -> None:
    size, sites, cluster = trial.size, trial.sites, trial.cluster
    began, patience = time.monotonic(), PATIENCE * (4 if SOAK else 1)
    cluster.start([*SCHEDULERS, *(f"worker-{number}" for number in range(size.workers))])
    cluster.until(lambda: not trial.missing(), patience)
    for kind in trial.chance.sample(size.disturbances, len(size.disturbances)):
        trial.go_on(trial.chance.uniform(0, size.between))
        if trial.back_at is None:
            trial.published()
        tell(f"{time.monotonic() - began:.0f} s: {kind}, {len(trial.ids)} stories published")
        trial.disturb(kind)
    while trial.back_at is not None:
        trial.go_on(1.0)
    # From here on nothing happens: what was begun is to come to its end, and all sources are to be read again.
    before = Counter(sites.readings)
    [(last,)] = cluster.asked("SELECT coalesce(max(id), 0) FROM procrastinate_jobs")
    tell(f"{time.monotonic() - began:.0f} s: quiet, {trial.missing()} stories are not published yet")
    pages = [f"/page-{number}" for number in range(size.sources)]
    cluster.until(lambda: all(sites.readings[page] > before[page] for page in pages), patience)
    cluster.until(lambda: not trial.missing() and trial.whole()[1] == 0, patience)
    cluster.until(lambda: not cluster.asked(f"SELECT id FROM procrastinate_jobs WHERE id <= {last}"), patience)
    stuck = cluster.asked(STUCK)
    wanted, found = trial.wanted(), trial.published()
    whole, lacking = trial.whole()
    cluster.stop()
    counts = {
        **trial.happened,
        "stories that the sites published": sum(map(len, wanted.values())),
        "entries in the feeds": sum(map(len, found.values())),
        "of these with the text of their own page": whole - lacking,
        "that lack it": lacking,
        "entries of no story": sum(len(set(found[slug]) - set(wanted[slug])) for slug in wanted),
        "entries that stood there twice": trial.twice,
        "ids that changed": trial.changed,
        "requests to the sites": sites.requests,
        "requests at once or too soon": len(sites.offences),
        "jobs that are stuck": len(stuck),
        "sources that are forgotten": sum(sites.readings[page] <= before[page] for page in pages),
        "bugs in the logs": cluster.logs(10**9).count("a bug, please report it"),
    }
    tell(f"{time.monotonic() - began:.0f} s: " + "".join(f"\n  {name}: {count}" for name, count in counts.items()))
    assert {slug: sorted(links) for slug, links in found.items()} == {
        slug: sorted(links) for slug, links in wanted.items()
    }
    assert (trial.twice, trial.changed, stuck, sites.offences) == (0, 0, [], [])
    assert lacking == 0
    assert counts["bugs in the logs"] == 0, cluster.logs()


STUCK = f"""
    SELECT job.id, job.task_name FROM procrastinate_jobs AS job
    LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
    WHERE job.status = 'doing' AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => {GONE}))
"""


def tell(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - `make soak` shows it
