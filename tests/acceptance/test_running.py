"""`feedbuilder run` as a process: starting, stopping, a second one, a build beside it, a changed configuration."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from feedbuilder.engine import Installation, Runner, build
from feedbuilder.model import PublishError, SourceState, StoreError
from tests.acceptance.place import Place, story

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds that a slow machine may take for what takes one."""


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def feedbuilder(place: Place, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "feedbuilder", *arguments, "-c", str(place.config_path)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env=environment(),
        check=False,
    )


@contextmanager
def running(place: Place) -> Iterator[subprocess.Popen[str]]:
    log = place.folder / "run.log"
    with log.open("w") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "feedbuilder", "run", "-c", str(place.config_path)],
            stdout=stream,
            stderr=stream,
            text=True,
            env=environment(),
        )
        try:
            until(lambda: "running" in log.read_text())
            yield process
        finally:
            process.kill()
            process.wait(10)


def until(true: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < limit, "waited too long"
        time.sleep(0.05)


def links(place: Place) -> set[str]:
    path = place.output / "world-news" / "rss.xml"
    return {entry.link for entry in place.feed("world-news").entries} if path.exists() else set()


def until_filled(place: Place) -> None:
    until(lambda: len(links(place)) > 8)


def log_of(place: Place) -> str:
    return (place.folder / "run.log").read_text("utf-8")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_fills_the_feeds_and_ends_in_order_when_asked(place: Place, number: signal.Signals) -> None:
    with running(place) as process:
        until_filled(place)
        process.send_signal(number)
        assert process.wait(PATIENCE) == 0
    assert "stopped" in log_of(place)
    assert "Traceback" not in log_of(place)


def test_new_stories_arrive_by_themselves(place: Place) -> None:
    text = place.config_path.read_text("utf-8")
    place.write_config(text.replace('"30s"', '"1s"').replace('"15s"', '"1s"').replace('"1m"', '"2s"'))
    with running(place):
        until_filled(place)
        place.newsroom.add(story("late-bridge"))
        until(lambda: any(link.endswith("late-bridge") for link in links(place)))


def test_a_second_one_refuses_and_says_why(place: Place) -> None:
    with running(place):
        second = feedbuilder(place, "run")
    assert second.returncode == 2
    assert "another feedbuilder" in second.stderr.lower()


def test_a_build_beside_it_has_the_sources_read_and_reports(place: Place) -> None:
    with running(place):
        until_filled(place)
        place.newsroom.add(story("bridge-beside"))
        report = feedbuilder(place, "build", "world-news")
        assert report.returncode == 0, report.stderr
        assert any(link.endswith("bridge-beside") for link in links(place))
    assert "World News" in report.stdout


@pytest.mark.parametrize("command", [["build"], ["add", "URL", "--yes"]])
def test_whoever_comes_with_another_configuration_is_turned_away_at_once(place: Place, command: list[str]) -> None:
    other = place.folder / "config" / "other.toml"
    other.write_bytes(place.config_path.read_bytes())
    with running(place):
        arguments = [f"{place.url}/tags/sports" if one == "URL" else one for one in command]
        told = feedbuilder(replace(place, name="other.toml"), *arguments)
    assert told.returncode == 2
    assert f"works by another configuration, {place.config_path}" in told.stderr
    assert other.read_bytes() == place.config_path.read_bytes()


def test_a_store_that_fails_once_silences_no_source(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    text = place.config_path.read_text("utf-8")
    place.write_config(text.replace('"30s"', '"1s"').replace('"15s"', '"1s"').replace('"1m"', '"2s"'))
    states, calls = Installation.states, 0

    def failing(self: Installation) -> Mapping[str, SourceState]:
        nonlocal calls
        calls += 1
        if 3 <= calls <= 8:
            raise StoreError("the disk is full")
        return states(self)

    monkeypatch.setattr(Installation, "states", failing)
    with place.open() as installation:
        runner = Runner(installation, place.config)
        runner.start()
        try:
            until(lambda: all(place.newsroom.requests[path] >= 3 for path in ("/tags/world-news", "/tags/technology")))
        finally:
            assert runner.stop()


def test_a_build_is_told_when_the_running_one_cannot_publish(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedbuilder.engine.once.PUBLISH_WAIT", 0.5)
    with running(place):
        until_filled(place)
        (place.output / "status.json").unlink()
        (place.output / "status.json").mkdir()
        with place.open() as installation, pytest.raises(PublishError, match="does not publish"):
            build(installation, installation.config.sources)


def test_a_valid_change_of_the_configuration_is_taken_up(place: Place) -> None:
    with running(place):
        until_filled(place)
        text = place.config_path.read_text("utf-8")
        place.write_config(text + '\n[[feed]]\nslug = "new-feed"\ntags = ["World News"]\n')
        until((place.output / "new-feed" / "rss.xml").exists)


def test_a_wrong_change_is_told_and_the_old_configuration_goes_on(place: Place) -> None:
    with running(place) as process:
        until_filled(place)
        text = place.config_path.read_text("utf-8")
        place.write_config(text.replace("timezone =", "timezome ="))
        until(lambda: "timezome" in log_of(place))
        assert process.poll() is None
        place.newsroom.add(story("after-the-mistake"))
        place.write_config(text + '\n[[feed]]\nslug = "mended"\n')
        until((place.output / "mended" / "rss.xml").exists)


def test_a_restart_goes_on_from_the_store(place: Place) -> None:
    for _ in range(2):
        with running(place) as process:
            until_filled(place)
            process.terminate()
            assert process.wait(PATIENCE) == 0
        before = place.files()
    assert place.files() == before
