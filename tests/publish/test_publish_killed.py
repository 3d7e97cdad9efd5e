"""A process that is killed while it publishes leaves whole files, old or new, and the next one tidies up."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from feedbuilder.model import FeedFile
from feedbuilder.publish import Folder

WRITER = """
import itertools, sys
from pathlib import Path
from feedbuilder.model import FeedFile
from feedbuilder.publish import Folder
folder = Folder(Path(sys.argv[1]))
for number in itertools.count():
    content = f"{number:06}".encode() * 20_000
    folder.publish([FeedFile(f"news/{name}", content, "text/plain") for name in ("rss.xml", "atom.xml")])
    print(number, flush=True)
"""
KILLS = 8


def test_killed_at_random_moments(tmp_path: Path) -> None:
    chance = random.Random(7)
    for _ in range(KILLS):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()  # it has begun
            time.sleep(chance.uniform(0, 0.05))
            writer.kill()
        for name in ("rss.xml", "atom.xml"):
            content = (tmp_path / "news" / name).read_bytes()
            assert content == content[:6] * 20_000
    Folder(tmp_path).publish([FeedFile("news/rss.xml", b"new", "text/plain")])
    assert sorted(path.name for path in (tmp_path / "news").iterdir()) == ["atom.xml", "rss.xml"]
