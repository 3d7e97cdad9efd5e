"""Processes of feedbuilder that die on purpose, each a fork of this one. Usage: killed_build.py CONFIG

Says "ready" when everything is imported. For each line on its input it forks a child that builds, and says how that
ended: its exit code, or the negative number of the signal that killed it. The line is "whole"; "before N", for a child
that kills itself before replacement N of a published file (0 is before anything is published, after the commit);
"after S", for a child that is killed after so many seconds; "run S", for one that does what `run` does until it is
killed after so many seconds; or "restore N FILE", for one that restores a backup over what is there, and kills itself
before replacement N. So what takes a second, the imports, is done once; each child is a process of its own all
the same, with processes of its own that read pages.
"""

from __future__ import annotations

import os
import signal
import sys
import time

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


def say(text: object) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def work(arguments: list[str], replacements: int | None) -> None:
    """Carry out a command and end the process, which is a child that has our imports."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    if replacements is not None:
        die_before(replacements)
    sys.argv = ["feedbuilder", *arguments]
    try:
        main()
    except SystemExit as end:
        os._exit(int(end.code or 0))
    finally:
        os._exit(1)


def run(config: str, ending: str) -> int:
    """Build, or run, in a process of its own that ends as `ending` says; return its exit code."""
    how, _, number = ending.partition(" ")
    child = os.fork()
    if child == 0:
        command = ["run"] if how == "run" else ["build", "--force"]
        if how == "restore":
            number, _, file = number.partition(" ")
            command = ["restore", file, "--overwrite"]
        work([*command, "-c", config], int(number) if how in ("before", "restore") else None)
    if how in ("after", "run"):
        time.sleep(float(number))
        os.kill(child, signal.SIGKILL)  # it is ours until we wait for it, and harmless if it has ended
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    say("ready")
    for line in sys.stdin:
        say(run(sys.argv[1], line.strip()))
