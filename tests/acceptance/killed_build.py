"""Run `feedbuilder build` in a process that dies on purpose. Usage: killed_build.py CONFIG [REPLACEMENT]

Says "ready" when everything is imported and begins at a line on its input, so that a parent can kill it while it works.
With REPLACEMENT, a number, it kills itself right before that replacement of a published file; 0 is before anything is
published, after the commit.
"""

from __future__ import annotations

import os
import signal
import sys

from feedbuilder.cli import main


def die_before(number: int) -> None:
    replace, count = os.replace, 0

    def counting(source: str, target: str) -> None:
        nonlocal count
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)
        count += 1
        replace(source, target)

    os.replace = counting  # type: ignore[assignment] # only paths are replaced here


if __name__ == "__main__":
    config, *moment = sys.argv[1:]
    if moment:
        die_before(int(moment[0]))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    sys.argv = ["feedbuilder", "build", "--force", "-c", config]
    main()
