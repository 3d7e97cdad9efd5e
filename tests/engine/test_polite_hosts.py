"""Many sources of few hosts, read by `build` and by `run`: a host that refuses or hangs costs what it must, no more.

Requests are counted, and answers wait for each other; nothing is decided by time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedbuilder.config import load
from feedbuilder.engine import BuildReport, Installation, Runner, build
from feedbuilder.engine.clock_watch import ClockWatch
from feedbuilder.engine.dispatch import elapsed
from feedbuilder.model import HostWait
from feedbuilder.newsroom import HandClock
from tests.acceptance.place import feedbuilder
from tests.fetch.loopback import NOW, Line, Reply, Site, answer, soon
from tests.patience import PATIENCE

CARD = '<article><h2><a href="{path}/story">A story about {path} that is long enough</a></h2></article>'
OFTEN = answer("often", "Retry-After: 7200", status="429 Often")


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.stop()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


Open = Callable[..., Installation]


@pytest.fixture
def opened(tmp_path: Path, clock: HandClock, site: Site) -> Iterator[Open]:
    """Open an installation, always on the same store, that reads these paths of hosts which are all one server."""
    opened: list[Installation] = []

    def open_installation(*paths: str, robots: bool = False, articles: str = "off", workers: int = 8) -> Installation:
        config = tmp_path / "feedbuilder.toml"
        head = (
            f'[site]\noutput = "output"\n[store]\npath = "store.db"\n[fetch]\nhost_gap = "0s"\nworkers = {workers}\n'
            f'robots = {str(robots).lower()}\nallow_hosts = ["127.0.0.1", "localhost"]\n'
        )
        sources = "".join(
            f'[[source]]\nid = "{number}"\nurl = "{path if "://" in path else site.url(path)}"\ntimezone = "UTC"\n'
            f'articles = "{articles}"\nselectors = {{ item = "article" }}\n'
            for number, path in enumerate(paths)
        )
        config.write_text(head + sources, "utf-8")
        installation = Installation.open(load(config, {}), clock)
        opened.append(installation)
        return installation

    yield open_installation
    for one in opened:
        one.close()


def page(path: str) -> bytes:
    return answer(CARD.format(path=path), "Content-Type: text/html")


def built(installation: Installation, *, force: bool = False) -> BuildReport:
    return build(installation, installation.config.sources, force=force)


FORTY = [f"/{number}" for number in range(40)]


@pytest.mark.parametrize("reply", [OFTEN, answer("", "Retry-After: 7200", status="503 Busy")])
def test_forty_sources_of_a_host_that_refuses_are_one_request_for_build_after_build(
    reply: Reply, site: Site, opened: Open, clock: HandClock
) -> None:
    site.pages.update(dict.fromkeys(FORTY, reply))
    reports = [built(opened(*FORTY)) for _ in range(3)]
    assert len(site.asked) == 1
    assert [len(report.failed) for report in reports] == [40] * 3
    assert sum("Not asked before" in (run.error or "") for run in reports[0].failed) == 39
    assert all(site.url("") in (run.error or "") for run in reports[0].failed)
    built(opened(*FORTY), force=True)
    assert len(site.asked) == 2
    clock.advance(timedelta(hours=2))
    site.pages.update({path: page(path) for path in FORTY})
    assert len(built(opened(*FORTY), force=True).failed) == 0


def test_status_tells_which_host_is_left_alone(site: Site, opened: Open, tmp_path: Path) -> None:
    now, hour = datetime.now(UTC), timedelta(hours=1)
    with opened("/") as installation:
        for place, until in (("a.example", now - hour), ("b.example", now + hour)):
            installation.store.remember_wait(HostWait(place, until, now, 1, f"{place} is overloaded.", 503))
    told = feedbuilder(tmp_path, "status", "-c", str(tmp_path / "feedbuilder.toml"))
    assert "b.example: left alone until" in told.stdout
    assert "b.example is overloaded." in told.stdout
    assert "a.example" not in told.stdout


def test_a_robots_txt_that_refuses_speaks_for_all_sources(site: Site, opened: Open) -> None:
    site.pages = {"/robots.txt": OFTEN}
    built(opened(*FORTY, robots=True))
    built(opened(*FORTY, robots=True))
    assert site.paths == ["/robots.txt"]


def test_who_insists_has_robots_txt_read_again(site: Site, opened: Open) -> None:
    site.pages = {"/robots.txt": answer("oh", status="500 Oh")}
    built(opened(*FORTY, robots=True))
    built(opened(*FORTY, robots=True))
    assert site.paths == ["/robots.txt"]
    built(opened(*FORTY, robots=True), force=True)
    assert site.paths == ["/robots.txt"] * 2


def test_what_a_host_refused_says_nothing_of_the_sources_that_were_not_asked(site: Site, opened: Open) -> None:
    site.pages.update(dict.fromkeys(FORTY, OFTEN))
    installation = opened(*FORTY)
    built(installation)
    assert sum(state.failures for state in installation.states().values()) == 1


def test_article_pages_stop_at_the_first_that_refuses_and_stay_due(site: Site, opened: Open, clock: HandClock) -> None:
    cards = "".join(CARD.format(path=f"/{number}") for number in range(10))
    site.pages.update({"/": answer(cards)} | {f"/{number}/story": OFTEN for number in range(10)})
    installation = opened("/", articles="meta")
    built(installation)
    assert sum(path.endswith("/story") for path in site.paths) == 1
    clock.advance(timedelta(hours=3))
    site.pages |= {f"/{number}/story": page(f"/{number}") for number in range(10)}
    built(opened("/", articles="meta"))
    assert {path for path in site.paths if path.endswith("/story")} == {f"/{number}/story" for number in range(10)}


def pages_asked(site: Site) -> list[str]:
    """Return the paths that were asked for, without those of the icon, for which publishing asks when it gets to it."""
    return [path for path in site.paths if path != "/favicon.ico"]


def after(event: threading.Event) -> Callable[[Line], None]:
    """Return a page that is said only when `event` has come."""

    def reply(line: Line) -> None:
        assert event.wait(PATIENCE)
        line.send(page("/slow"))

    return reply


def setting(event: threading.Event) -> Callable[[Line], None]:
    def reply(line: Line) -> None:
        event.set()
        line.send(page("/quick"))

    return reply


def test_sources_of_a_slow_host_hold_up_nobody_in_a_build(site: Site, opened: Open) -> None:
    quick = threading.Event()
    slow = [f"/slow-{number}" for number in range(12)]
    site.pages.update({"/quick": setting(quick)} | dict.fromkeys(slow, after(quick)))
    report = built(opened(*slow, site.url("/quick", host="localhost"), workers=2))
    assert report.failed == ()


def test_sources_of_a_slow_host_hold_up_nobody_in_a_run(site: Site, opened: Open) -> None:
    quick = threading.Event()
    slow = [f"/slow-{number}" for number in range(12)]
    site.pages.update({"/quick": setting(quick)} | dict.fromkeys(slow, after(quick)))
    installation = opened(*slow, site.url("/quick", host="localhost"), workers=2)
    with running(installation):
        assert soon(lambda: len(pages_asked(site)) == 13)
    assert quick.is_set()


def test_run_asks_a_host_that_refuses_once_and_again_when_its_time_has_come(
    site: Site, opened: Open, clock: HandClock
) -> None:
    site.pages.update(dict.fromkeys(FORTY, OFTEN))
    installation = opened(*FORTY)
    with running(installation):
        assert soon(lambda: len(installation.store.runs(None, 100)) == 1)
    assert len(site.asked) == 1
    clock.advance(timedelta(hours=2))
    site.pages.update({path: page(path) for path in FORTY})
    installation = opened(*FORTY)
    with running(installation):
        assert soon(lambda: len(set(site.paths)) >= 39)


def test_who_insists_beside_a_run_has_the_host_asked_once_more(site: Site, opened: Open) -> None:
    site.pages.update(dict.fromkeys(FORTY, OFTEN))
    installation = opened(*FORTY)
    with running(installation):
        assert soon(lambda: len(installation.store.runs(None, 100)) == 1)
        beside = opened(*FORTY)
        beside.request(beside.config.sources, force=True)
        assert soon(lambda: len(installation.store.runs(None, 100)) == 2)
    assert len(site.asked) == 2


def test_a_clock_that_is_set_back_by_days_stops_nothing(site: Site, opened: Open) -> None:
    site.pages["/"] = page("/")
    installation = opened("/")
    with running(installation) as runner:
        assert soon(lambda: len(installation.store.runs(None, 100)) == 1)  # a reading under way serves a request, too
        for job in runner._scheduler.get_jobs():  # what the clock's being set back makes of all appointments
            job.modify(next_run_time=datetime.now(UTC) + timedelta(days=2))
        installation.request(installation.config.sources, force=True)
        runner.heed_clock(datetime.now(UTC) - timedelta(days=2), elapsed())
        assert soon(lambda: len(pages_asked(site)) == 2)


def test_a_clock_that_runs_is_not_one_that_was_set() -> None:
    watch = ClockWatch(NOW, 1000.0)
    assert watch.was_set(NOW + timedelta(seconds=60), 1061.0) == 0
    assert watch.was_set(NOW + timedelta(days=-2), 1121.0) == pytest.approx(-2 * 86400 - 120)
    assert watch.was_set(NOW + timedelta(days=-2, seconds=60), 1181.0) == 0


class running:  # noqa: N801 - read as a phrase: with running(installation)
    """A Runner over an installation, within this process."""

    def __init__(self, installation: Installation) -> None:
        self._runner = Runner(installation, lambda: installation.config)

    def __enter__(self) -> Runner:
        self._runner.start()
        return self._runner

    def __exit__(self, *_: object) -> None:
        assert self._runner.stop()
