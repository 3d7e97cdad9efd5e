"""Processes of feedbuilder that die on purpose, each a fork of this one. Usage: killed_build.py CONFIG

Says "ready" when everything is imported. For each line on its input it forks a child that builds, and says how that
ended: its exit code, or the negative number of the signal that killed it. The line is "whole"; "before N", for a child
that kills itself before replacement N of a published file (0 is before anything is published, after the commit);
"after S", for a child that is killed after so many seconds; "run S", for one that does what `run` does until it is
killed after so many seconds; or "restore N FILE", for one that restores a backup over what is there, and kills itself
before replacement N. So what takes a second, the imports, is done once: the program imports much only where it is used,
and this process imports what the first child did. Each child is a process of its own all the same, with processes of
its own that read pages.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

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


def work(arguments: list[str], replacements: int | None, used: Path) -> None:
    """Carry out a command and end the process, which is a child that has our imports; tell `used` what it imported."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    if replacements is not None:
        die_before(replacements)
    sys.argv = ["feedbuilder", *arguments]
    try:
        main()
    except SystemExit as end:
        used.write_text("\n".join(sys.modules), "utf-8")
        os._exit(int(end.code or 0))
    finally:
        os._exit(1)


def warm_up(used: Path) -> None:
    """Import what a child has imported, for those that come after it."""
    for name in used.read_text("utf-8").split("\n") if used.exists() else ():
        if name.startswith("feedbuilder."):
            with suppress(ImportError):  # what is no module of its own
                importlib.import_module(name)
    gc.collect()
    gc.freeze()  # else each child would copy what its collector of garbage marks


def ending_of(child: int, seconds: float) -> int:
    """Kill a child after so many seconds, unless it ends before; return its exit code."""
    limit = time.monotonic() + seconds
    while (left := limit - time.monotonic()) > 0:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(min(0.01, left))
    os.kill(child, signal.SIGKILL)  # it is ours until we wait for it, and harmless if it has ended
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def run(config: str, ending: str, used: Path) -> int:
    """Build, or run, in a process of its own that ends as `ending` says; return its exit code."""
    how, _, number = ending.partition(" ")
    child = os.fork()
    if child == 0:
        command = ["run"] if how == "run" else ["build", "--force"]
        if how == "restore":
            number, _, file = number.partition(" ")
            command = ["restore", file, "--overwrite"]
        work([*command, "-c", config], int(number) if how in ("before", "restore") else None, used)
    if how in ("after", "run"):
        return ending_of(child, float(number))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    used = Path(sys.argv[1]).with_name("imported.txt")
    say("ready")
    for count, line in enumerate(sys.stdin):
        say(run(sys.argv[1], line.strip(), used))
        if count == 0:
            warm_up(used)
