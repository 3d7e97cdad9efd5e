"""SIGKILL at any moment: never a torn or missing file, never a lost or doubled item, and the next run heals."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from tests.acceptance.place import Place, story
from tests.patience import PATIENCE
from tests.process_table import MARK, marked

KILLED_BUILD = Path(__file__).with_name("killed_build.py")
SOAK = int(os.environ.get("FEEDBUILDER_SOAK", "1"))
"""How many times as many kills as usual: `make soak`."""
RANDOM_KILLS = 40 * SOAK
RUN_KILLS = 6 * SOAK
CHOSEN_KILLS = (0, 0, 1, 2, 3, 5, 7, 8, 11, 13)
"""Before which replacement of a file the process dies; 0: between commit and publish."""

pytestmark = [
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL"),
    pytest.mark.timeout(900),
]


class Builds:
    """Builds in processes of their own, one after the other, which may be killed."""

    def __init__(self, place: Place) -> None:
        self._mark = f"{place.folder}-{os.getpid()}"
        self._forks = subprocess.Popen(
            [sys.executable, str(KILLED_BUILD), str(place.config_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), MARK: self._mark},
        )
        assert self._said() == "ready"

    def _said(self) -> str:
        assert self._forks.stdout is not None
        return self._forks.stdout.readline().strip()

    def run(self, ending: str = "whole") -> int:
        """Build in a new process and return its exit code; for endings see `killed_build`."""
        assert self._forks.stdin is not None
        self._forks.stdin.write(f"{ending}\n")
        self._forks.stdin.flush()
        return int(self._said())

    def time_one(self, place: Place) -> float:
        """Return how long a build with one new story takes after the first, which imports and reads so much more."""
        assert self.run() == 0
        place.newsroom.add(story("timed"))
        began = time.monotonic()
        assert self.run() == 0
        return time.monotonic() - began

    def until_alone(self) -> None:
        """Wait until no process of a build is left; none is looked for where there is no /proc."""
        limit = time.monotonic() + PATIENCE
        while set(marked(self._mark)) - {self._forks.pid}:
            assert time.monotonic() < limit, "a process outlives its program"
            time.sleep(0.05)

    def close(self) -> None:
        self._forks.communicate()


@pytest.fixture
def builds(place: Place) -> Iterator[Builds]:
    made = Builds(place)
    yield made
    made.close()


def assert_whole(place: Place, paths: set[Path]) -> set[Path]:
    """Check that every file that ever was there is there and whole; return all that are there."""
    found = {path for path in place.output.rglob("*") if path.is_file() and not path.name.startswith(".")}
    assert paths <= found
    for path in found:
        content = path.read_bytes()
        if path.suffix == ".json":
            json.loads(content)
        elif path.suffix == ".xml":
            etree.fromstring(content)
        elif path.suffix in {".png", ".ico"}:
            assert content.endswith(b"IEND\xaeB`\x82")  # the end of a PNG, which an icon holds too
        else:
            assert content.rstrip().endswith((b"</html>", b"</opml>"))
    return found


def assert_each_once(place: Place, slugs: list[str]) -> None:
    links = [entry.link for entry in place.feed("all").entries]
    assert len(links) == len(set(links))
    for slug in slugs:
        assert sum(link.endswith(slug) for link in links) == 1, slug


def ids_and_dates(place: Place) -> dict[str, tuple[str, str]]:
    """Return what never changes of an entry, by its link."""
    return {entry.link: (entry.id, entry.published) for entry in place.feed("all", "atom.xml").entries}


@pytest.mark.slow(50)
def test_killed_fifty_times_nothing_is_torn_lost_or_doubled(place: Place, builds: Builds) -> None:
    chance = random.Random(20260206)
    whole_build = builds.time_one(place)
    paths: set[Path] = assert_whole(place, set())
    slugs: list[str] = []
    killed = 0

    moments: list[int | None] = [*CHOSEN_KILLS, *[None] * RANDOM_KILLS]
    chance.shuffle(moments)
    for index, moment in enumerate(moments):
        if index % 5 == 0:
            slugs.append(f"bridge-{index:04}")  # of one moment, and the page lists the last name first
            place.newsroom.add(story(slugs[-1]))
        else:  # so that every build has something to write
            place.newsroom.edit(slugs[-1], summary=f"Ferries will go on for {index} years, the ministry says")
        code = builds.run(f"after {chance.uniform(0, whole_build)}" if moment is None else f"before {moment}")
        killed += code == -signal.SIGKILL
        builds.until_alone()
        paths = assert_whole(place, paths)
        if index % 10 == 9:
            assert builds.run() == 0
            assert_each_once(place, slugs)
    while killed < len(moments):  # some random moments came after the end of the build
        place.newsroom.edit(slugs[-1], summary=f"Ferries stop, says minister {killed}")
        assert builds.run("before 1") == -signal.SIGKILL
        killed += 1
        paths = assert_whole(place, paths)

    assert builds.run() == 0
    assert_each_once(place, slugs)
    after = place.files()
    assert builds.run() == 0
    assert place.files() == after
    assert not list(place.output.rglob(".feedbuilder-*"))


@pytest.mark.slow(20)
def test_a_run_that_is_killed_again_and_again_loses_and_doubles_nothing(place: Place, builds: Builds) -> None:
    chance = random.Random(20260207)
    whole_build = builds.time_one(place)
    paths, slugs = assert_whole(place, set()), []
    known = ids_and_dates(place)
    for index in range(RUN_KILLS):
        if index % 2 == 0:
            slugs.append(f"tunnel-{index:04}")
            place.newsroom.add(story(slugs[-1]))
        assert builds.run(f"run {chance.uniform(0, 2 * whole_build)}") == -signal.SIGKILL
        builds.until_alone()
        paths = assert_whole(place, paths)
        if index % 6 == 5:  # before the page has no more room for what no run lived to read
            assert builds.run() == 0
            assert_each_once(place, slugs)
    assert ids_and_dates(place).items() >= known.items()
    after = place.files()
    assert builds.run() == 0
    assert place.files() == after
