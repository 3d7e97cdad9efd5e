"""SIGKILL at any moment: never a torn or missing file, never a lost or doubled item, and the next run heals."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from lxml import etree

from tests.acceptance.place import Place, story

KILLED_BUILD = Path(__file__).with_name("killed_build.py")
RANDOM_KILLS = 40
PATIENCE = 60.0
CHOSEN_KILLS = (0, 0, 1, 2, 3, 5, 7, 8, 11, 13)
"""Before which replacement of a file the process dies; 0: between commit and publish."""

pytestmark = [
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL"),
    pytest.mark.timeout(900),
]


def prepare(place: Place, *moment: str) -> subprocess.Popen[str]:
    """Return a process that has imported everything and waits for `finish`, so that imports cost no time in line."""
    return subprocess.Popen(
        [sys.executable, str(KILLED_BUILD), str(place.config_path), *moment],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


def finish(process: subprocess.Popen[str], kill_after: float | None = None) -> int:
    """Let a prepared process build, kill it after so many seconds, and return its exit code."""
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready"
    if kill_after is None:
        process.communicate("go\n", timeout=PATIENCE)
    else:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
        time.sleep(kill_after)
        process.kill()
        process.communicate(timeout=PATIENCE)
    return process.returncode


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
        else:
            assert content.rstrip().endswith((b"</html>", b"</opml>"))
    return found


def assert_each_once(place: Place, slugs: list[str]) -> None:
    links = [entry.link for entry in place.feed("all").entries]
    assert len(links) == len(set(links))
    for slug in slugs:
        assert sum(link.endswith(slug) for link in links) == 1, slug


@pytest.mark.slow
def test_killed_fifty_times_nothing_is_torn_lost_or_doubled(place: Place) -> None:
    chance = random.Random(20260206)
    place.write_config(place.config_path.read_text("utf-8").replace('"0.1s"', '"0s"'))
    first = prepare(place)
    began = time.monotonic()
    assert finish(first) == 0
    whole_build = time.monotonic() - began
    paths: set[Path] = assert_whole(place, set())
    slugs: list[str] = []
    killed = 0

    moments = [str(number) for number in CHOSEN_KILLS] + [""] * RANDOM_KILLS
    chance.shuffle(moments)
    waiting = prepare(place, *filter(None, moments[:1]))
    for index, moment in enumerate(moments):
        if index % 5 == 0:
            slugs.append(f"bridge-{index}")
            place.newsroom.add(story(slugs[-1]))
        else:  # so that every build has something to write
            place.newsroom.edit(slugs[-1], summary=f"Ferries will go on for {index} years, the ministry says")
        following = prepare(place, *filter(None, moments[index + 1 : index + 2]))
        code = finish(waiting, None if moment else chance.uniform(0, whole_build))
        killed += code == -signal.SIGKILL
        paths = assert_whole(place, paths)
        waiting = following
        if index % 10 == 9:
            assert finish(prepare(place)) == 0
            assert_each_once(place, slugs)
    waiting.kill()
    waiting.communicate()
    while killed < len(moments):  # some random moments came after the end of the build
        place.newsroom.edit(slugs[-1], summary=f"Ferries stop, says minister {killed}")
        assert finish(prepare(place, "1")) == -signal.SIGKILL
        killed += 1
        paths = assert_whole(place, paths)

    assert finish(prepare(place)) == 0
    assert_each_once(place, slugs)
    after = place.files()
    assert finish(prepare(place)) == 0
    assert place.files() == after
    assert not list(place.output.rglob(".feedbuilder-*"))
