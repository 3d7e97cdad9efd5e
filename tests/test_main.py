"""How the process ends, and where its frames are kept."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.patience import PATIENCE

PROGRAM = """
import atexit, os, sys, threading
import feedbuilder.cli
from feedbuilder.__main__ import main

class Told:
    def __del__(self, tell=os.write):
        tell(1, b"taken apart\\n")

sys.told = Told()
atexit.register(sys.stdout.write, "at exit\\n")
feedbuilder.cli.main = lambda: run()
def run():
"""


def ended(*lines: str) -> tuple[int, str]:
    """Return how a program ended of which these are the lines, and what it printed."""
    program = PROGRAM + "".join(f"    {line}\n" for line in lines) + "main()\n"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


@pytest.mark.parametrize(("raised", "code"), [("sys.exit()", 0), ("sys.exit(2)", 2), ("raise SystemExit(True)", 1)])
def test_it_ends_with_its_code_and_is_not_taken_apart(raised: str, code: int) -> None:
    assert ended("print('done')", raised) == (code, "done\nat exit\n")


def test_it_waits_for_threads() -> None:
    waiting = "threading.Thread(target=lambda: (threading.main_thread().join(), print('waited for'))).start()"
    code, printed = ended(waiting, "sys.exit(1)")
    assert (code, printed) == (1, "waited for\nat exit\ntaken apart\n")


@pytest.mark.parametrize("watch", ["sys.setprofile(lambda *_: None)", "import cProfile; cProfile.Profile().enable()"])
def test_who_watches_it_sees_its_end(watch: str) -> None:
    assert ended(watch, "sys.exit(1)")[1].endswith("taken apart\n")


@pytest.mark.skipif(sys.platform != "linux", reason="faults are counted otherwise elsewhere")
def test_calls_at_any_depth_ask_the_system_for_no_memory() -> None:
    """Each fault is a page of memory that was asked for: some for each piece of frames, of which there are few."""
    code, printed = ended(
        "import resource",
        "faults = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_minflt",
        "called = lambda: None",
        "deeper = lambda left: ([called() for _ in range(200)], left and deeper(left - 1))",
        "deeper(400)",
        "before = faults()",
        "deeper(400)",
        "print(faults() - before < 200)",
        "sys.exit()",
    )
    assert (code, printed) == (0, "True\nat exit\n")
