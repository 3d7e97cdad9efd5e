"""Where much is to be made anew at once, publishing goes on in portions until all of it stands in the output."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from feedbuilder.config import load
from feedbuilder.engine import Installation, Runner, runner
from feedbuilder.engine.installation import STATUS_LATEST
from feedbuilder.engine.readings import Readings
from feedbuilder.newsroom import HandClock
from tests.fetch.loopback import soon
from tests.store.makers import make_item, poll

SOURCE = '[[source]]\nid = "{name}"\nurl = "http://127.0.0.1:9/{name}"\ntags = ["{name}"]\nselectors.item = "article"\n'
NAMES = [f"paper-{number}" for number in range(5)]

Open = Callable[..., Installation]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def opened(tmp_path: Path, clock: HandClock) -> Iterator[Open]:
    """Open an installation, always on the same store, of five sources with a feed each."""
    made: list[Installation] = []

    def open_installation(title: str = "Feeds") -> Installation:
        path = tmp_path / "feedbuilder.toml"
        head = f'[site]\ntitle = "{title}"\noutput = "output"\n[store]\npath = "store.db"\n'
        path.write_text(head + "".join(SOURCE.format(name=name) for name in NAMES), "utf-8")
        made.append(Installation.open(load(path, {}), clock))
        made[-1].prepare()
        return made[-1]

    yield open_installation
    for one in made:
        one.close()


def test_run_publishes_until_nothing_is_left(opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "PORTION", -1.0)  # one feed at a time
    installation = opened()
    running = Runner(installation, lambda: installation.config)
    running.start()
    try:
        assert soon(lambda: all((tmp_path / "output" / name / "index.html").exists() for name in NAMES))
    finally:
        running.stop()


def test_what_another_process_published_while_it_had_the_store_stays(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Readings, "look", lambda _: None)
    installation, other = opened(), opened()
    source, clock = installation.sources[NAMES[0]], installation.clock
    stories = [make_item(name) for name in ("one", "two", "three")]
    for number, process in enumerate((installation, other, installation), start=1):
        poll(installation.store, source, stories[:number], clock())
        if number == 3:
            Runner(installation, lambda: installation.config, check_hold=lambda: True)._watch()
        process.publish()
    found = (tmp_path / "output" / NAMES[0] / "rss.xml").read_text("utf-8")
    assert all(f"Story of {name}" in found for name in ("one", "two", "three"))


def test_a_stop_leaves_no_news(opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "PORTION", -1.0)
    installation = opened()
    running = Runner(installation, lambda: installation.config)
    running.start()
    for name, source in installation.sources.items():
        poll(installation.store, source, [make_item(f"story-{name}")], installation.clock())
    running.stop()
    for name in NAMES:
        assert f"story-{name}".encode() in (tmp_path / "output" / name / "rss.xml").read_bytes()


def test_status_json_waits_for_news_that_is_left_and_not_for_what_a_setting_touches(
    opened: Open, tmp_path: Path, clock: HandClock
) -> None:
    status = tmp_path / "output" / "status.json"
    opened().publish()
    installation = opened("Another title")
    assert installation.publish(goes_on=lambda: False).has_more
    told = status.read_bytes()
    poll(installation.store, installation.sources["paper-3"], [make_item()], clock())  # stands in "all", too
    clock.advance(STATUS_LATEST / 2)
    publication = installation.publish(goes_on=lambda: False)
    assert publication.has_more
    assert publication.status_due == clock() + STATUS_LATEST / 2
    assert status.read_bytes() == told
    publication = installation.publish(goes_on=lambda: False)
    assert (publication.has_more, publication.status_due) == (True, None)
    assert status.read_bytes() != told
    assert not installation.publish().has_more
