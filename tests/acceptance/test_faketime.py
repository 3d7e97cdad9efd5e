"""Real processes under a clock that is wrong (Debian's `faketime`), and then right again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedbuilder.engine import system_clock
from tests.acceptance.dated_sites import Told, Watcher, dated_sites
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]
LIBRARY = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)

pytestmark = [
    pytest.mark.slow(15),
    pytest.mark.timeout(900),
    pytest.mark.skipif(LIBRARY is None, reason="faketime is not installed"),
]


@pytest.fixture
def watcher(tmp_path: Path) -> Iterator[Watcher]:
    with dated_sites(system_clock, "one.example", "two.test") as sites:
        for host in sites.stories:
            sites.stories[host] = [Told(f"{host[:3]}-{number}") for number in range(3)]
        made = Watcher(tmp_path, sites, system_clock)
        made.write_config()
        yield made


def environment(watcher: Watcher, off: str) -> Mapping[str, str]:
    """Return an environment whose clock is `off` by what the file `off` of the folder says, also when that changes."""
    file = watcher.folder / "off"
    file.write_text(off)
    faked = {"LD_PRELOAD": str(LIBRARY), "FAKETIME_TIMESTAMP_FILE": str(file), "FAKETIME_NO_CACHE": "1"}
    return {**os.environ, **faked, "FAKETIME_DONT_FAKE_MONOTONIC": "1", "PYTHONPATH": str(ROOT)}


def command(watcher: Watcher, name: str) -> list[str]:
    return [sys.executable, "-m", "feedbuilder", name, "-c", str(watcher.config_path)]


def built(watcher: Watcher, off: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(watcher, "build"),
        env=environment(watcher, off),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def stories(watcher: Watcher) -> dict[str, datetime]:
    """Return when each published story was published, by its name."""
    path = watcher.output / "all" / "feed.json"
    items = json.loads(path.read_bytes())["items"] if path.exists() else []
    return {item["url"].rpartition("/")[2]: datetime.fromisoformat(item["date_published"]) for item in items}


@pytest.mark.parametrize("off", ["+365d", "-2d"])
def test_builds_wait_for_the_right_time(watcher: Watcher, off: str) -> None:
    assert built(watcher, "+0").returncode == 0
    before = stories(watcher)
    assert len(before) == 6
    watcher.sites.stories["one.example"].insert(0, Told("missed"))
    wrong = built(watcher, off)
    assert wrong.returncode == 1
    assert "clock must be wrong" in wrong.stderr
    assert stories(watcher) == before
    watcher.sites.stories["one.example"].insert(0, Told("newest"))
    assert built(watcher, "+0").returncode == 0
    after = stories(watcher)
    assert set(after) - set(before) == {"missed", "newest"}
    assert {name: after[name] for name in before} == before
    assert all(abs(after[name] - datetime.now(UTC)) < timedelta(hours=1) for name in after)


@pytest.mark.parametrize("off", ["+365d", "-2d"])
def test_run_reads_as_soon_as_the_clock_is_set(watcher: Watcher, off: str) -> None:
    assert built(watcher, "+0").returncode == 0
    log = watcher.folder / "run.log"
    asked = watcher.sites.asked.count("one.example/")
    watcher.sites.stories["one.example"].insert(0, Told("newest"))
    with log.open("w") as stream:
        process = subprocess.Popen(
            command(watcher, "run"), env=environment(watcher, off), stdout=stream, stderr=stream, text=True
        )
    try:
        until(lambda: "nothing is read" in log.read_text(), log)
        until(lambda: "running" in log.read_text(), log)
        assert watcher.sites.asked.count("one.example/") == asked
        # The source is due as soon as possible, so that one need not wait for its next turn.
        request = subprocess.Popen(command(watcher, "build"), env=environment(watcher, off), stdout=-3, stderr=-3)
        try:
            (watcher.folder / "off").write_text("+0")
            until(lambda: "newest" in stories(watcher), log)
        finally:
            request.kill()
            request.wait(PATIENCE)
        assert "the clock is right again" in log.read_text()
        process.terminate()
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait(PATIENCE)
    assert all(abs(date - datetime.now(UTC)) < timedelta(hours=1) for date in stories(watcher).values())


def until(true: Callable[[], bool], log: Path) -> None:
    limit = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < limit, log.read_text()
        time.sleep(0.2)
