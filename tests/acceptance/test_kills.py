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

import feedparser
import pytest

from tests.acceptance.place import Place, story

KILLED_BUILD = Path(__file__).with_name("killed_build.py")
RANDOM_KILLS = 40
CHOSEN_KILLS = (0, 0, 1, 2, 3, 5, 7, 8, 11, 13)
"""Before which replacement of a file the process dies; 0: between commit and publish."""

pytestmark = [
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL"),
    pytest.mark.timeout(400),
]


def start(place: Place, *moment: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, str(KILLED_BUILD), str(place.config_path), *moment],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready"
    return process


def finish(process: subprocess.Popen[str]) -> int:
    process.communicate(timeout=60)
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
            assert not feedparser.parse(content).bozo
        else:
            assert content.rstrip().endswith((b"</html>", b"</opml>"))
    return found


def assert_each_once(place: Place, slugs: list[str]) -> None:
    links = [entry.link for entry in place.feed("all").entries]
    assert len(links) == len(set(links))
    for slug in slugs:
        assert sum(link.endswith(slug) for link in links) == 1, slug


def test_killed_fifty_times_nothing_is_torn_lost_or_doubled(place: Place) -> None:
    chance = random.Random(20260206)
    began = time.monotonic()
    assert finish(start(place)) == 0
    whole_build = time.monotonic() - began
    paths, slugs, killed = assert_whole(place, set()), [], 0

    moments = [str(number) for number in CHOSEN_KILLS] + [""] * RANDOM_KILLS
    chance.shuffle(moments)
    for index, moment in enumerate(moments):
        if index % 5 == 0:
            slugs.append(f"bridge-{index}")
            place.newsroom.add(story(slugs[-1]))
        else:  # so that every build has something to write
            place.newsroom.edit(slugs[-1], summary=f"Ferries will go on for {index} years, the ministry says")
        process = start(place, *filter(None, [moment]))
        if not moment:
            time.sleep(chance.uniform(0, whole_build))
            process.kill()
        killed += finish(process) == -signal.SIGKILL
        paths = assert_whole(place, paths)
        if index % 10 == 9:
            assert finish(start(place)) == 0
            assert_each_once(place, slugs)
    while killed < 50:  # some random moments came after the end of the build
        place.newsroom.edit(slugs[-1], summary=f"Ferries stop, says minister {killed}")
        assert finish(start(place, "1")) == -signal.SIGKILL
        killed += 1
        paths = assert_whole(place, paths)

    assert finish(start(place)) == 0
    assert_each_once(place, slugs)
    after = place.files()
    assert finish(start(place)) == 0
    assert place.files() == after
    assert not list(place.output.rglob(".feedbuilder-*"))
