"""Build from each configuration in turn and print the process's peak memory in bytes after each, a line each."""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

from feedbuilder import log
from feedbuilder.config import load
from feedbuilder.engine import Installation, build

UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in what `ru_maxrss` counts."""

log.configure(verbose=False, quiet=True, stream=sys.stderr)
for argument in sys.argv[1:]:
    with Installation.open(load(Path(argument), os.environ)) as installation:
        build(installation, installation.config.sources, progress=lambda _: None)
    sys.stdout.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT}\n")
