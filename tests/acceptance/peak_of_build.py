"""Build from each configuration in a process of its own, a fork of this one, so that imports are done once.

Usage: peak_of_build.py FIRST CONFIG...; says one line of JSON for each CONFIG: the error of its source (null if there
was none), and by how many bytes the peak memory grew after a build from FIRST.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path

from feedbuilder import log
from feedbuilder.config import load
from feedbuilder.engine import Installation, build

UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in what `ru_maxrss` counts."""


def built(config: str) -> str | None:
    with Installation.open(load(Path(config), os.environ)) as installation:
        report = build(installation, installation.config.sources, progress=lambda _: None)
    return report.runs[0].error


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT


if __name__ == "__main__":
    log.configure(verbose=False, quiet=True, stream=sys.stderr)
    first, *configs = sys.argv[1:]
    for config in configs:
        child = os.fork()
        if child == 0:
            built(first)
            before = peak()
            error = built(config)
            sys.stdout.write(json.dumps({"error": error, "growth": peak() - before}) + "\n")
            sys.stdout.flush()
            os._exit(0)
        os.waitpid(child, 0)
