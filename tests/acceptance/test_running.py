"""`feedbuilder run` as a process: starting, stopping, a second one, a build beside it, a changed configuration."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
import requests

from feedbuilder.engine import Installation, Runner, build
from feedbuilder.model import PublishError, SourceState, StoreError
from tests.acceptance.place import Place, placed, story, with_sources
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.timeout(900)


@contextmanager
def running(place: Place, *options: str) -> Iterator[subprocess.Popen[str]]:
    log = place.folder / "run.log"
    with log.open("w") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "feedbuilder", "run", *options, "-c", str(place.config_path)],
            stdout=stream,
            stderr=stream,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        try:
            until(lambda: "running" in log.read_text())
            yield process
        finally:
            process.kill()
            process.wait(PATIENCE)


def until(true: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < limit, "waited too long"
        time.sleep(0.1)


def world_news(place: Place) -> str:
    """Return the text of the feed; asked for often, so it is not parsed."""
    path = place.output / "world-news" / "rss.xml"
    return path.read_text("utf-8") if path.exists() else ""


def until_filled(place: Place) -> None:
    until(lambda: world_news(place).count("<item>") > 8)


def log_of(place: Place) -> str:
    return (place.folder / "run.log").read_text("utf-8")


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A place with a `run` over it, for all tests that only come beside one."""
    with placed(tmp_path_factory.mktemp("beside")) as place, running(place):
        until_filled(place)
        yield place


@pytest.fixture
def hurried(place: Place) -> Place:
    """A place whose two sources are read every few seconds."""
    text = with_sources(place.config_path.read_text("utf-8"), "world-news", "technology")
    place.write_config(text.replace('"30s"', '"4s"').replace('"15s"', '"4s"').replace('"1m"', '"4s"'))
    return place


@contextmanager
def runner(place: Place) -> Iterator[None]:
    """What `run` does, within this process."""
    with place.open() as installation:
        runner = Runner(installation, place.config)
        runner.start()
        try:
            yield
        finally:
            assert runner.stop()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to send")
def test_it_fills_the_feeds_ends_in_order_when_asked_and_goes_on_from_the_store(place: Place) -> None:
    snapshots = []
    for number in (signal.SIGTERM, signal.SIGINT):
        with running(place) as process:
            until_filled(place)
            process.send_signal(number)
            assert process.wait(PATIENCE) == 0
        assert "stopped" in log_of(place)
        assert "Traceback" not in log_of(place)
        snapshots.append(place.files())
    assert snapshots[0] == snapshots[1]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGHUP to send")
def test_a_hangup_has_the_configuration_read_anew_and_nothing_dies(place: Place) -> None:
    with running(place) as process:
        for times in (1, 2):
            process.send_signal(signal.SIGHUP)
            until(lambda: log_of(place).count("configuration taken up") == times)  # noqa: B023 - called at once
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    assert "Traceback" not in log_of(place)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no terminals of this kind")
def test_a_run_whose_terminal_is_gone_ends_in_order(place: Place) -> None:
    log, (near, far) = place.folder / "run.log", os.openpty()
    program = (
        "import fcntl, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
        "from feedbuilder.__main__ import main; sys.argv[0] = 'feedbuilder'; main()"
    )
    with log.open("w") as stream:
        process = subprocess.Popen(
            [sys.executable, "-c", program, "run", "-c", str(place.config_path)],
            stdin=far,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        os.close(far)
        try:
            until(lambda: "running" in log.read_text())
            os.close(near)
            assert process.wait(PATIENCE) == 0
        finally:
            process.kill()
            process.wait(PATIENCE)
    assert "stopped" in log.read_text()


def test_new_stories_arrive_by_themselves(hurried: Place) -> None:
    with runner(hurried):
        until_filled(hurried)
        hurried.newsroom.add(story("late-bridge"))
        until(lambda: "late-bridge</link>" in world_news(hurried))


def test_a_second_one_refuses_and_says_why(beside: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedbuilder.cli.run_command.stop_event", Event)  # the signals of this process stay ours
    second = beside.call("run")
    assert second.exit_code == 2
    assert "another feedbuilder" in second.stderr.lower()


def test_a_build_beside_it_has_the_sources_read_and_reports(beside: Place) -> None:
    beside.newsroom.add(story("bridge-beside"))
    report = beside.call("build", "world-news", "-v")
    assert report.exit_code == 0, report.output
    assert "bridge-beside</link>" in world_news(beside)
    assert "World News" in report.stdout


def test_a_source_is_added_beside_it(beside: Place) -> None:
    address = f"{beside.url}/category/sports"
    done = beside.call("add", address, "--id", "sport", "--tag", "Sport", "--timezone", "Asia/Dubai", "--yes")
    assert done.exit_code == 0, done.output
    assert "1 source read" in done.stdout
    assert "configuration taken up" in log_of(beside)
    assert "sport" in (beside.output / "status.json").read_text("utf-8")
    until(lambda: "/sports/" in (beside.output / "all" / "rss.xml").read_text("utf-8"))


@pytest.mark.parametrize("command", [["build"], ["add", "URL", "--yes"]])
def test_whoever_comes_with_another_configuration_is_turned_away_at_once(beside: Place, command: list[str]) -> None:
    other = replace(beside, name="other.toml")
    other.config_path.write_bytes(beside.config_path.read_bytes())
    told = other.call(*(f"{beside.url}/tags/culture" if word == "URL" else word for word in command))
    assert told.exit_code == 2
    assert f"works by another configuration, {beside.config_path}" in told.stderr
    assert other.config_path.read_bytes() == beside.config_path.read_bytes()


def test_a_build_is_told_when_the_running_one_cannot_publish(beside: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedbuilder.engine.once.PUBLISH_WAIT", 0.5)
    status = beside.output / "status.json"
    status.unlink()
    status.mkdir()
    try:
        with beside.open() as installation, pytest.raises(PublishError, match="does not publish"):
            build(installation, installation.config.sources)
    finally:
        status.rmdir()


def test_a_valid_change_of_the_configuration_is_taken_up(beside: Place) -> None:
    text = beside.config_path.read_text("utf-8")
    beside.write_config(text + '\n[[feed]]\nslug = "new-feed"\ntags = ["World News"]\n')
    until((beside.output / "new-feed" / "rss.xml").exists)


def test_a_wrong_change_is_told_and_the_old_configuration_goes_on(beside: Place) -> None:
    text = beside.config_path.read_text("utf-8")
    beside.write_config(text.replace("timezone =", "timezome ="))
    until(lambda: "timezome" in log_of(beside))
    beside.write_config(text + '\n[[feed]]\nslug = "mended"\n')
    until((beside.output / "mended" / "rss.xml").exists)


def test_a_store_that_fails_once_silences_no_source(hurried: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    states, calls = Installation.states, 0

    def failing(self: Installation) -> Mapping[str, SourceState]:
        nonlocal calls
        calls += 1
        if 3 <= calls <= 8:
            raise StoreError("the disk is full")
        return states(self)

    monkeypatch.setattr(Installation, "states", failing)
    with runner(hurried):
        until(lambda: all(hurried.newsroom.requests[path] >= 3 for path in ("/tags/world-news", "/tags/technology")))


def test_the_folder_that_is_served_changes_with_the_configuration(place: Place) -> None:
    (place.folder / "elsewhere").mkdir()
    (place.folder / "elsewhere" / "note.txt").write_text("the new folder", "utf-8")
    with running(place, "--serve", "--port", "0"):
        until_filled(place)
        until(lambda: "Serving" in log_of(place))
        address = re.search(r"http://127\.0\.0\.1:\d+", log_of(place).partition("Serving")[2])
        assert address is not None
        with requests.Session() as client:
            client.trust_env = False
            assert client.get(f"{address[0]}/note.txt").status_code == 404
            text = place.config_path.read_text("utf-8")
            place.write_config(text.replace('# output = "../output"', 'output = "../elsewhere"'))
            until(lambda: client.get(f"{address[0]}/note.txt").status_code == 200)
